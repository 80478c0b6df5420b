//! What can be imported, as data: one table of fields per kind. From it follow the guess of a file's
//! kind, the mapping page, the template and the guide's page; a new kind of fact is one more table here
//! and one record in the app's planner.

mod customers;
mod deals;
mod market;
mod money;
mod organisation;
mod references;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $table:path;)*) => {
        /// What a file holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($(#[$doc])* $name,)* }

        impl Kind {
            /// In the order of import: what is referred to comes before what refers to it.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Code in files and on the command line: `people`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The kind's table.
            pub fn def(self) -> &'static KindDef {
                match self { $(Self::$name => &$table),* }
            }
        }
    };
}

kinds! {
    /// Organisation units with the days from and to which they exist.
    Units = "units", organisation::UNITS;
    /// Sales people with their team, manager and department.
    People = "people", organisation::PEOPLE;
    /// Dated stays of people in units.
    Memberships = "memberships", organisation::MEMBERSHIPS;
    /// Customers.
    Customers = "customers", customers::CUSTOMERS;
    /// People at customers.
    Contacts = "contacts", customers::CONTACTS;
    /// Products with list prices.
    Products = "products", deals::PRODUCTS;
    /// Deals, open and closed.
    Opportunities = "opportunities", deals::OPPORTUNITIES;
    /// Who shares the credit of a deal.
    Credits = "credits", deals::CREDITS;
    /// Changes of the stage of deals.
    StageHistory = "stage_history", deals::STAGE_HISTORY;
    /// Early interests.
    Leads = "leads", customers::LEADS;
    /// Lines of orders.
    OrderLines = "order_lines", deals::ORDER_LINES;
    /// Contracts.
    Contracts = "contracts", money::CONTRACTS;
    /// Invoices.
    Invoices = "invoices", money::INVOICES;
    /// Money received and paid back.
    Receipts = "receipts", money::RECEIPTS;
    /// Visits, calls, messages, meetings.
    Interactions = "interactions", customers::INTERACTIONS;
    /// Answers on satisfaction.
    Satisfaction = "satisfaction", customers::SATISFACTION;
    /// Deliveries, promised and real.
    Deliveries = "deliveries", deals::DELIVERIES;
    /// Values of market indexes.
    MarketIndex = "market_index", market::MARKET_INDEX;
    /// Exchange rates of days.
    ExchangeRates = "exchange_rates", market::EXCHANGE_RATES;
    /// What bonuses are at 100 %.
    TargetBonuses = "target_bonuses", money::TARGET_BONUSES;
    /// Goals of people by month.
    Goals = "goals", money::GOALS;
}

/// What a kind is made of.
#[derive(Debug)]
pub struct KindDef {
    /// Shown name, 中文 and English.
    pub titles: [&'static str; 2],
    /// The fields, in the order of the template.
    pub fields: &'static [FieldDef],
    /// The fields that together tell one row from another where it has no number of its own. Empty:
    /// the kind's own rules say (people, customers, products, deals).
    pub identity: &'static [Field],
    /// The day by which its rows are counted when a file is held against the store.
    pub counted_on: Option<Field>,
}

/// How a field's text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// As it is, trimmed.
    Text,
    /// A calendar day.
    Date,
    /// Money in the mapping's currency.
    Amount,
    /// A whole number.
    Integer,
    /// A stage of an opportunity.
    Stage,
    /// A role or job title of a person.
    Role,
    /// `Q4 2016`: never imported, only compared with the dates of the named field.
    QuarterOf(Field),
    /// A whole number within bounds, both included.
    Between(i64, i64),
    /// A month, or a day in it.
    Month,
    /// An exact decimal above zero.
    Rate,
    /// An ISO code of a currency.
    Currency,
    /// People with their shares: `王伟 60%; 李娜 40%`.
    Shares,
    /// One of a closed list: code, then the spellings that mean it, folded.
    Choice(&'static [(&'static str, &'static str)]),
}

/// A field of a kind.
#[derive(Debug, Clone, Copy)]
pub struct FieldDef {
    /// Which.
    pub field: Field,
    /// A row without it cannot be imported.
    pub required: bool,
    /// How it is read.
    pub kind: FieldType,
    /// Header spellings that mean it, both languages, folded as [`crate::guess_kind`] compares
    /// them (lower case, without spaces and punctuation), with a space between; best first.
    pub headers: &'static str,
    /// Header in templates, 中文 and English; both are among `headers`.
    pub titles: [&'static str; 2],
    /// What to write, 中文 and English.
    pub about: [&'static str; 2],
    /// A value of the template's example row, 中文 and English.
    pub example: [&'static str; 2],
}

/// One text for both languages.
const fn same(text: &'static str) -> [&'static str; 2] {
    [text, text]
}

/// A field that may be empty.
const fn field(
    field: Field,
    kind: FieldType,
    titles: [&'static str; 2],
    headers: &'static str,
    about: [&'static str; 2],
    example: [&'static str; 2],
) -> FieldDef {
    FieldDef {
        field,
        required: false,
        kind,
        headers,
        titles,
        about,
        example,
    }
}

impl FieldDef {
    /// The same field, without which a row cannot be imported.
    const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// The header spellings, best first.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.headers.split_whitespace()
    }
}

/// A field's stable code, as in mapping files. Equal codes in two kinds are the same word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(&'static str);

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        impl Field {
            $($(#[$doc])* pub const $name: Self = Self($code);)*
            /// Every field of every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

fields! {
    /// Identity within the source.
    EXTERNAL_ID = "external_id";
    /// Shown name.
    NAME = "name";
    /// Staff number.
    STAFF_NUMBER = "staff_number";
    /// Name of the manager.
    MANAGER = "manager";
    /// Team.
    TEAM = "team";
    /// Department or regional office.
    DEPARTMENT = "department";
    /// Role or job title.
    ROLE = "role";
    /// Hire date.
    HIRED_ON = "hired_on";
    /// First day no longer employed.
    LEFT_ON = "left_on";
    /// Customer type (sector).
    CUSTOMER_TYPE = "customer_type";
    /// Segment.
    SEGMENT = "segment";
    /// Region or country.
    REGION = "region";
    /// Parent company.
    PARENT = "parent";
    /// Number of employees.
    EMPLOYEES = "employees";
    /// Annual revenue, kept as text in the source's unit.
    REVENUE = "revenue";
    /// Year of foundation.
    FOUNDED_YEAR = "founded_year";
    /// Series or category of a product.
    CATEGORY = "category";
    /// List price.
    LIST_PRICE = "list_price";
    /// Unit cost.
    COST = "cost";
    /// Who sells: name or staff number.
    OWNER = "owner";
    /// Customer of a deal.
    CUSTOMER = "customer";
    /// Product of a deal.
    PRODUCT = "product";
    /// Stage of a deal.
    STAGE = "stage";
    /// First day of work on a deal.
    OPENED_ON = "opened_on";
    /// Day a deal was won or lost.
    CLOSED_ON = "closed_on";
    /// Amount of a deal.
    AMOUNT = "amount";
    /// Control: quarter of the opening.
    OPEN_QUARTER = "open_quarter";
    /// Control: quarter of the closing.
    CLOSE_QUARTER = "close_quarter";
    /// Organisation unit.
    UNIT = "unit";
    /// Level of a unit.
    UNIT_KIND = "unit_kind";
    /// Unit above.
    PARENT_UNIT = "parent_unit";
    /// Name or staff number of a person.
    PERSON = "person";
    /// First day.
    VALID_FROM = "valid_from";
    /// First day no longer.
    VALID_TO = "valid_to";
    /// Job of a contact.
    TITLE = "title";
    /// Telephone.
    PHONE = "phone";
    /// Channel of a lead.
    CHANNEL = "channel";
    /// Day on which a lead came in.
    CREATED_ON = "created_on";
    /// Number of a deal.
    OPPORTUNITY = "opportunity";
    /// People with their shares of a deal.
    CREDITS = "credits";
    /// Day of a change of stage.
    CHANGED_ON = "changed_on";
    /// Pieces.
    QUANTITY = "quantity";
    /// Day of an order.
    ORDERED_ON = "ordered_on";
    /// Day of a signature.
    SIGNED_ON = "signed_on";
    /// Number of a contract.
    CONTRACT = "contract";
    /// Day of an invoice.
    INVOICED_ON = "invoiced_on";
    /// Day of a receipt.
    RECEIVED_ON = "received_on";
    /// Number of the receipt that is paid back.
    REFUNDS = "refunds";
    /// Visit, call, message, meeting.
    INTERACTION_KIND = "interaction_kind";
    /// Day of an interaction.
    HAPPENED_ON = "happened_on";
    /// What was said.
    NOTE = "note";
    /// 1 to 10.
    SCORE = "score";
    /// Day of an answer.
    ANSWERED_ON = "answered_on";
    /// Promised day.
    DUE_ON = "due_on";
    /// Real day.
    DELIVERED_ON = "delivered_on";
    /// Name of an index.
    SERIES = "series";
    /// Month.
    MONTH = "month";
    /// Value of an index.
    VALUE = "value";
    /// One unit of this currency.
    FROM_CURRENCY = "from_currency";
    /// In this currency.
    TO_CURRENCY = "to_currency";
    /// Day.
    DAY = "day";
    /// Exchange rate.
    RATE = "rate";
}

impl Kind {
    /// The kind's fields.
    pub fn fields(self) -> &'static [FieldDef] {
        self.def().fields
    }

    /// Whether its amounts may include a tax: what is bought and sold, not what people are to reach or get.
    pub fn has_tax(self) -> bool {
        !matches!(self, Self::TargetBonuses | Self::Goals)
    }

    /// A field's definition, if the kind has it.
    pub fn field(self, field: Field) -> Option<&'static FieldDef> {
        self.fields().iter().find(|def| def.field == field)
    }
}

impl Field {
    /// Whether its text names another record.
    pub(crate) fn names_another(self) -> bool {
        const NAMING: [Field; 13] = [
            Field::CONTRACT,
            Field::CUSTOMER,
            Field::DEPARTMENT,
            Field::MANAGER,
            Field::OPPORTUNITY,
            Field::OWNER,
            Field::PARENT,
            Field::PARENT_UNIT,
            Field::PERSON,
            Field::PRODUCT,
            Field::REFUNDS,
            Field::TEAM,
            Field::UNIT,
        ];
        NAMING.contains(&self)
    }
}

fn unknown(what: &'static str, text: &str) -> yeji_core::Error {
    let value = text.chars().take(64).collect();
    yeji_core::Error::Unknown { what, value }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Kind {
    type Err = yeji_core::Error;

    fn from_str(text: &str) -> yeji_core::Result<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.code() == text)
            .ok_or_else(|| unknown("kind", text))
    }
}

impl Field {
    /// The code: `closed_on`.
    pub fn code(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FromStr for Field {
    type Err = yeji_core::Error;

    fn from_str(text: &str) -> yeji_core::Result<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|field| field.0 == text)
            .ok_or_else(|| unknown("field", text))
    }
}

yeji_core::text_in_json!(Field);
yeji_core::text_in_typescript!(Field);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::{fold_header, fold_word};

    #[test]
    fn tables_are_consistent() {
        for kind in Kind::ALL {
            assert_eq!(kind.code().parse(), Ok(*kind));
            let mut seen = std::collections::BTreeSet::new();
            for def in kind.fields() {
                assert!(
                    Field::ALL.contains(&def.field),
                    "{kind} {} is a listed field",
                    def.field
                );
                for header in def.spellings() {
                    assert_eq!(
                        fold_header(header),
                        header,
                        "{kind}: synonyms are written folded"
                    );
                    assert!(
                        seen.insert(header),
                        "{kind}: `{header}` must mean one field only"
                    );
                }
                for title in def.titles {
                    assert!(
                        def.spellings().any(|header| header == fold_header(title)),
                        "{kind}: the template's header `{title}` is a synonym"
                    );
                }
                let filled = def.example.iter().all(|example| !example.is_empty());
                assert!(filled || !def.required, "{kind} {}: an example", def.field);
                if let FieldType::Choice(choices) = def.kind {
                    for word in choices
                        .iter()
                        .flat_map(|(_, words)| words.split_whitespace())
                    {
                        assert_eq!(fold_word(word), word, "{kind}: choices are written folded");
                    }
                }
                if let FieldType::QuarterOf(of) = def.kind {
                    let target = kind.field(of).expect("a control names a field of its kind");
                    assert_eq!(target.kind, FieldType::Date);
                }
            }
            assert!(
                kind.fields().iter().any(|def| def.required),
                "{kind} needs an identity"
            );
        }
    }
}
