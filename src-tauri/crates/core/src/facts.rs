//! Facts from outside: what customers, products and deals are. Each names its source and batch.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ids::{
    BatchId, ContactId, CustomerId, DeliveryId, InteractionId, LeadId, OpportunityId, OrderLineId,
    PersonId, ProductId, ReceiptId, SatisfactionId, StageEventId,
};
use crate::{Error, Money, Ratio, Result};

/// Where a fact comes from. `(source, external_id)` is its identity across imports.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// Code of the source (`crm`, `demo`, `manual`).
    pub source: String,
    /// Identity within it.
    pub external_id: String,
    /// The import that brought the present values; none for what a person entered.
    pub batch: Option<BatchId>,
    /// Line of the file that brought the present values, for messages and tracing.
    pub line: Option<u32>,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Stable id.
    pub id: CustomerId,
    /// Source.
    pub origin: Origin,
    /// Shown name.
    pub name: String,
    /// Type (sector), as the source spells it.
    pub customer_type: Option<String>,
    /// Segment.
    pub segment: Option<String>,
    /// Region or country.
    pub region: Option<String>,
    /// Name of the parent company, if any.
    pub parent_name: Option<String>,
    /// Employees.
    pub employees: Option<i64>,
    /// Annual revenue as the source gives it, in its unit (text: the unit differs by source).
    pub revenue: Option<String>,
    /// Year of foundation.
    pub founded_year: Option<i32>,
}

/// A person at a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Stable id.
    pub id: ContactId,
    /// Source.
    pub origin: Origin,
    /// Employer.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// Job.
    pub title: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Stable id.
    pub id: ProductId,
    /// Source.
    pub origin: Origin,
    /// Shown name.
    pub name: String,
    /// Series or category.
    pub category: Option<String>,
    /// List price.
    pub list_price: Option<Money>,
    /// Unit cost.
    pub cost: Option<Money>,
}

/// Where an opportunity stands. Sources' own names are mapped to these.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Known, not yet contacted.
    Prospecting,
    /// In conversation.
    Engaging,
    /// An offer is out.
    Proposal,
    /// Terms are discussed.
    Negotiation,
    /// Closed with success.
    Won,
    /// Closed without.
    Lost,
}

impl Stage {
    /// In the order of the funnel.
    pub const ALL: [Self; 6] = [
        Self::Prospecting,
        Self::Engaging,
        Self::Proposal,
        Self::Negotiation,
        Self::Won,
        Self::Lost,
    ];

    /// The code in files and the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Prospecting => "prospecting",
            Self::Engaging => "engaging",
            Self::Proposal => "proposal",
            Self::Negotiation => "negotiation",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// Neither won nor lost.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Won | Self::Lost)
    }
}

impl FromStr for Stage {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|stage| stage.code() == text)
            .ok_or_else(|| Error::Unknown {
                what: "stage",
                value: text.chars().take(64).collect(),
            })
    }
}

/// A person's part of a deal's credit; the list of an opportunity totals exactly 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Who.
    pub person: PersonId,
    /// How much of it, exact.
    pub share: Ratio,
}

/// A deal, open or closed. (Credit is the owner's whole until credit lists come with their issue.)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opportunity {
    /// Stable id.
    pub id: OpportunityId,
    /// Source.
    pub origin: Origin,
    /// Who sells.
    pub owner: PersonId,
    /// To whom; unknown while early.
    pub customer: Option<CustomerId>,
    /// What.
    pub product: Option<ProductId>,
    /// Where it stands.
    pub stage: Stage,
    /// First day of work on it.
    pub opened_on: Option<NaiveDate>,
    /// Day it was won or lost; none while open.
    pub closed_on: Option<NaiveDate>,
    /// Amount at closing; none while open (unknown is not zero).
    pub amount: Option<Money>,
}

/// A change of stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageEvent {
    /// Stable id.
    pub id: StageEventId,
    /// Source.
    pub origin: Origin,
    /// Of which deal.
    pub opportunity: OpportunityId,
    /// To which stage.
    pub stage: Stage,
    /// When.
    pub on: NaiveDate,
}

/// An early interest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// Stable id.
    pub id: LeadId,
    /// Source.
    pub origin: Origin,
    /// Company or person.
    pub name: String,
    /// Channel (exhibition, web).
    pub channel: Option<String>,
    /// Who follows it.
    pub owner: Option<PersonId>,
    /// When it came in.
    pub created_on: NaiveDate,
    /// The deal that it became.
    pub opportunity: Option<OpportunityId>,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// Stable id.
    pub id: OrderLineId,
    /// Source.
    pub origin: Origin,
    /// The deal behind the order.
    pub opportunity: OpportunityId,
    /// What.
    pub product: ProductId,
    /// Pieces.
    pub quantity: i64,
    /// Amount of the line.
    pub amount: Money,
    /// When.
    pub ordered_on: NaiveDate,
}

/// Money received; a refund is negative and names what it refunds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Stable id.
    pub id: ReceiptId,
    /// Source.
    pub origin: Origin,
    /// For which deal.
    pub opportunity: OpportunityId,
    /// The receipt that this one pays back.
    pub refunds: Option<ReceiptId>,
    /// Received; negative for a refund.
    pub amount: Money,
    /// When.
    pub received_on: NaiveDate,
}

/// A visit, call or message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interaction {
    /// Stable id.
    pub id: InteractionId,
    /// Source.
    pub origin: Origin,
    /// With whom.
    pub customer: CustomerId,
    /// By whom.
    pub person: PersonId,
    /// `visit`, `call`, `message`, `meeting`.
    pub kind: String,
    /// When.
    pub on: NaiveDate,
    /// What was said.
    pub note: Option<String>,
}

/// An answer to "how satisfied are you", 1 to 10.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SatisfactionScore {
    /// Stable id.
    pub id: SatisfactionId,
    /// Source.
    pub origin: Origin,
    /// Whose answer.
    pub customer: CustomerId,
    /// 1 to 10.
    pub score: i64,
    /// When.
    pub on: NaiveDate,
}

/// A delivery with its promised and its real day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryTicket {
    /// Stable id.
    pub id: DeliveryId,
    /// Source.
    pub origin: Origin,
    /// Of which deal.
    pub opportunity: OpportunityId,
    /// Promised.
    pub due_on: NaiveDate,
    /// Real; none while under way.
    pub delivered_on: Option<NaiveDate>,
}

/// One import of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Stable id.
    pub id: BatchId,
    /// Source code.
    pub source: String,
    /// File names, for people.
    pub files: Vec<String>,
    /// When it was imported.
    pub at: DateTime<Utc>,
    /// Rows that were new.
    pub new_rows: i64,
    /// Rows whose values changed.
    pub changed_rows: i64,
    /// Rows that were the same already.
    pub unchanged_rows: i64,
    /// Rows that were not imported, each listed with line and reason.
    pub rejected_rows: i64,
    /// When the whole batch was taken back, if it was.
    pub undone_at: Option<DateTime<Utc>>,
    /// Under which terms, and what the files held in all.
    pub detail: BatchDetail,
}

/// What was chosen for an import, and the control totals of its files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BatchDetail {
    /// By file: the rate of the tax that its amounts include; what is kept is net.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub tax_included: std::collections::BTreeMap<String, crate::rate::Rate>,
    /// Totals of the files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<ControlSum>,
    /// By file: the headers, where rows of it were not imported, so that they can be mended under them.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub headers: std::collections::BTreeMap<String, Vec<String>>,
    /// Which rows it repeated; none in imports that were made before this was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeated: Option<Repeated>,
}

/// Rows of an import that were the same already. They write nothing, so that they go with the import that
/// brought them, and this is what tells of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Repeated {
    /// How many, by the import that had brought them.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub by_import: std::collections::BTreeMap<BatchId, i64>,
    /// Of kinds whose records do not say which import brought them: how many, by kind.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub by_kind: std::collections::BTreeMap<String, i64>,
}

/// A total of the files of an import, to be held against the store's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlSum {
    /// The kind of the rows (`opportunities`: what was won).
    pub kind: String,
    /// Key of the month in which it happened (`2026-03`); empty for rows whose day cannot be read,
    /// `stage_undecided` for deals of which nobody knows whether they were won.
    pub period: String,
    /// Rows.
    pub rows: i64,
    /// Sum of their amounts, if they have one.
    pub amount: Option<Money>,
    /// Those of the rows that were not taken.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refused_rows: i64,
    /// Their amounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused_amount: Option<Money>,
    /// The import whose refused rows these are, mended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mends: Option<BatchId>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "what serde asks for")]
fn is_zero(rows: &i64) -> bool {
    *rows == 0
}

/// A row that was not imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRow {
    /// Of which import.
    pub batch: BatchId,
    /// File name.
    pub file: String,
    /// Line in it, counted from 1 with the header.
    pub line: u32,
    /// Closed code of the reason.
    pub code: String,
    /// Values for the message.
    pub params: std::collections::BTreeMap<String, String>,
    /// The row as it was.
    pub raw: Vec<String>,
}

impl RejectedRow {
    /// The value of the message that says where the row is counted in the totals of its file: its kind and
    /// the period of the [`ControlSum`]. Rows that are in no total have none.
    pub const COUNTED: &str = "counted";
}
