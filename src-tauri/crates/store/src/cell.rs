//! One value of one column, and how the values of the vocabulary become cells and come back.
//!
//! Every row that the store keeps is a list of cells in the order of its columns. Upserts, before
//! images, differences, fingerprints and reads are made of cells, so they exist once, not per table.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use yeji_core::account::{ReturnKey, Role};
use yeji_core::bonus_cycle::{BonusStepKind, Decision};
use yeji_core::calendar::{FiscalCalendar, Period};
use yeji_core::facts::{Origin, Stage};
use yeji_core::goal::GoalPlanState;
use yeji_core::goal_round::SubmissionState;
use yeji_core::ids::{
    AccountId, AdjustmentDecisionId, BatchId, BonusAdjustmentId, BonusObjectiveId, BonusPlanId,
    BonusRunId, BonusStepId, ContactId, ContractId, CreditListId, CustomerId, DashboardId,
    DeliveryId, ExchangeRateId, FeedbackId, GoalAdjustmentId, GoalCommentId, GoalConfirmationId,
    GoalPlanId, GoalProposalId, GoalPublicationId, GoalRoundId, GoalSubmissionId, InteractionId,
    InvoiceId, LeadId, MappingId, MarketIndexId, MembershipId, NextStepId, OpportunityId,
    OrderLineId, PersonId, PersonalFileId, PlanAssignmentId, ProductId, ReceiptId, SatisfactionId,
    SavedViewId, StageEventId, StatementConfirmationId, StatementId, TargetBonusId, UnitId,
};
use yeji_core::metric::GoalMetric;
use yeji_core::org::{MemberRole, UnitKind};
use yeji_core::papers::Credits;
use yeji_core::rate::Rate;
use yeji_core::scorecard::KpiWeights;
use yeji_core::{Currency, Money, Ratio};

use crate::{AliasKind, Error, Result};

/// A value of a column. Ids are 16 bytes (they sort as `UUIDv7` and take half of their text).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Id(Uuid),
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Text,
    Id,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: String,
    pub kind: Kind,
    /// Tells where the values came from (batch, line), not what they are: left out when two
    /// versions of a row are compared and in fingerprints.
    pub provenance: bool,
}

impl Column {
    /// The cell as the history shows it to everybody: what signs a person in or opens a file
    /// is not part of it. Of what is large and never changes it has the SHA-256, which tells whether the row
    /// is what it was.
    pub fn logged(&self, cell: &Cell) -> Value {
        match cell {
            Cell::Text(text) if self.name == "packed" => {
                Value::from(format!("sha256:{:x}", Sha256::digest(text)))
            }
            Cell::Text(_) if matches!(self.name.as_str(), "password_hash" | "return_key") => {
                Value::from("*")
            }
            _ => cell.to_json(),
        }
    }
}

impl Cell {
    /// The cell in a before image or difference.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Int(value) => Value::from(*value),
            Self::Text(text) => Value::from(text.as_str()),
            Self::Id(id) => Value::from(id.to_string()),
        }
    }

    /// Reads a cell of a before image.
    pub fn from_json(kind: Kind, value: &Value, place: &str) -> Result<Self> {
        let unreadable = || Error::Unreadable {
            place: place.to_owned(),
            value: value.to_string().chars().take(64).collect(),
            why: format!("{kind:?} expected"),
        };
        Ok(match (kind, value) {
            (_, Value::Null) => Self::Null,
            (Kind::Int, value) => Self::Int(value.as_i64().ok_or_else(unreadable)?),
            (Kind::Text, Value::String(text)) => Self::Text(text.clone()),
            (Kind::Id, Value::String(text)) => {
                Self::Id(Uuid::parse_str(text).map_err(|_| unreadable())?)
            }
            _ => return Err(unreadable()),
        })
    }

    /// Appends an unambiguous form (tag, length, bytes) to a hash.
    pub fn hash_into(&self, hash: &mut Sha256) {
        match self {
            Self::Null => hash.update([0]),
            Self::Int(value) => {
                hash.update([1]);
                hash.update(value.to_le_bytes());
            }
            Self::Text(text) => {
                hash.update([2]);
                hash.update((text.len() as u64).to_le_bytes());
                hash.update(text.as_bytes());
            }
            Self::Id(id) => {
                hash.update([3]);
                hash.update(id.as_bytes());
            }
        }
    }
}

/// First 64 bits of a SHA-256: the same on every platform and in every version of the program.
pub(crate) fn short_hash(hash: Sha256) -> u64 {
    let bytes: [u8; 32] = hash.finalize().into();
    u64::from_le_bytes([
        bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
    ])
}

/// An id made from a natural key, for rows that have no id of their own (RFC 9562 version 8).
pub(crate) fn derived_id(table: &str, parts: &[&[u8]]) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(table.as_bytes());
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let digest: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Cells of a row being read, in column order.
pub(crate) struct Cells<'a> {
    table: &'static str,
    values: std::vec::IntoIter<Cell>,
    columns: std::slice::Iter<'a, Column>,
}

impl<'a> Cells<'a> {
    pub fn new(table: &'static str, cells: Vec<Cell>, columns: &'a [Column]) -> Self {
        Self {
            table,
            values: cells.into_iter(),
            columns: columns.iter(),
        }
    }

    pub fn next(&mut self) -> Result<(Cell, String)> {
        match (self.values.next(), self.columns.next()) {
            (Some(cell), Some(column)) => Ok((cell, format!("{}.{}", self.table, column.name))),
            _ => Err(Error::Unreadable {
                place: self.table.to_owned(),
                value: String::new(),
                why: "the row is shorter than its table".to_owned(),
            }),
        }
    }
}

fn read_single<T: Single>(cell: &Cell, place: String) -> Result<T> {
    T::read(cell).ok_or_else(|| Error::Unreadable {
        place,
        value: cell.to_json().to_string().chars().take(64).collect(),
        why: format!("{} expected", T::EXPECTED),
    })
}

/// A value that takes one or more columns.
pub(crate) trait Field: Sized {
    /// Suffix of each column's name, its kind, and whether it is provenance.
    const COLUMNS: &'static [(&'static str, Kind, bool)];
    fn put(&self, out: &mut Vec<Cell>);
    fn get(cells: &mut Cells) -> Result<Self>;
}

/// A value of one column that may be absent.
trait Single: Sized {
    const KIND: Kind;
    /// What the cell must hold, in words.
    const EXPECTED: &'static str;
    fn cell(&self) -> Cell;
    /// The value; none where the cell holds something else.
    fn read(cell: &Cell) -> Option<Self>;
}

impl<T: Single> Field for T {
    const COLUMNS: &'static [(&'static str, Kind, bool)] = &[("", T::KIND, false)];

    fn put(&self, out: &mut Vec<Cell>) {
        out.push(self.cell());
    }

    fn get(cells: &mut Cells) -> Result<Self> {
        let (cell, place) = cells.next()?;
        read_single(&cell, place)
    }
}

impl<T: Single> Field for Option<T> {
    const COLUMNS: &'static [(&'static str, Kind, bool)] = &[("", T::KIND, false)];

    fn put(&self, out: &mut Vec<Cell>) {
        out.push(self.as_ref().map_or(Cell::Null, Single::cell));
    }

    fn get(cells: &mut Cells) -> Result<Self> {
        let (cell, place) = cells.next()?;
        if cell == Cell::Null {
            return Ok(None);
        }
        read_single(&cell, place).map(Some)
    }
}

impl Single for String {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "text";
    fn cell(&self) -> Cell {
        Cell::Text(self.clone())
    }
    fn read(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl Single for Value {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "JSON";
    fn cell(&self) -> Cell {
        Cell::Text(self.to_string())
    }
    fn read(cell: &Cell) -> Option<Self> {
        let text = String::read(cell)?;
        serde_json::from_str(&text).ok()
    }
}

impl Single for Credits {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "a credit list that totals 1";
    fn cell(&self) -> Cell {
        // Ids and ratios are strings in JSON: nothing in it can fail.
        Cell::Text(serde_json::to_string(self).unwrap_or_default())
    }
    fn read(cell: &Cell) -> Option<Self> {
        serde_json::from_str(&String::read(cell)?).ok()
    }
}

impl Single for KpiWeights {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "weights that total 1";
    fn cell(&self) -> Cell {
        // Codes and ratios are strings in JSON: nothing in it can fail.
        Cell::Text(serde_json::to_string(self).unwrap_or_default())
    }
    fn read(cell: &Cell) -> Option<Self> {
        serde_json::from_str(&String::read(cell)?).ok()
    }
}

impl Single for Ratio {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "an exact fraction";
    fn cell(&self) -> Cell {
        Cell::Text(self.to_string())
    }
    fn read(cell: &Cell) -> Option<Self> {
        String::read(cell)?.parse().ok()
    }
}

impl Single for Rate {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "a decimal above zero";
    fn cell(&self) -> Cell {
        Cell::Text(self.to_string())
    }
    fn read(cell: &Cell) -> Option<Self> {
        String::read(cell)?.parse().ok()
    }
}

impl Single for Currency {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "a currency code";
    fn cell(&self) -> Cell {
        Cell::Text(self.code().to_owned())
    }
    fn read(cell: &Cell) -> Option<Self> {
        String::read(cell)?.parse().ok()
    }
}

impl Single for i64 {
    const KIND: Kind = Kind::Int;
    const EXPECTED: &'static str = "an integer";
    fn cell(&self) -> Cell {
        Cell::Int(*self)
    }
    fn read(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Int(value) => Some(*value),
            _ => None,
        }
    }
}

macro_rules! small_int {
    ($($name:ty)*) => {$(
        impl Single for $name {
            const KIND: Kind = Kind::Int;
            const EXPECTED: &'static str = stringify!($name);
            fn cell(&self) -> Cell {
                Cell::Int(i64::from(*self))
            }
            fn read(cell: &Cell) -> Option<Self> {
                let value = i64::read(cell)?;
                <$name>::try_from(value).ok()
            }
        }
    )*};
}
small_int! { i32 u32 }

impl Single for bool {
    const KIND: Kind = Kind::Int;
    const EXPECTED: &'static str = "0 or 1";
    fn cell(&self) -> Cell {
        Cell::Int(i64::from(*self))
    }
    fn read(cell: &Cell) -> Option<Self> {
        match i64::read(cell)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Single for NaiveDate {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "a date such as 2018-01-31";
    fn cell(&self) -> Cell {
        Cell::Text(date_text(*self))
    }
    fn read(cell: &Cell) -> Option<Self> {
        String::read(cell)?.parse().ok()
    }
}

/// ISO text of a date. All dates of the store have four digits of year, so text order is date order.
pub(crate) fn date_text(day: NaiveDate) -> String {
    // Not `NaiveDate::format`, which interprets its pattern at every call: imports write millions.
    use chrono::Datelike as _;
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

impl Single for DateTime<Utc> {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "a time in RFC 3339";
    fn cell(&self) -> Cell {
        Cell::Text(instant_text(self))
    }
    fn read(cell: &Cell) -> Option<Self> {
        DateTime::parse_from_rfc3339(&String::read(cell)?)
            .ok()
            .map(|at| at.to_utc())
    }
}

/// RFC 3339 in UTC with nanoseconds: reads back the same, and text order is time order.
pub(crate) fn instant_text(at: &DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Nanos, true)
}

macro_rules! ids {
    ($($name:ty)*) => {$(
        impl Single for $name {
            const KIND: Kind = Kind::Id;
            const EXPECTED: &'static str = Uuid::EXPECTED;
            fn cell(&self) -> Cell {
                Cell::Id(self.0)
            }
            fn read(cell: &Cell) -> Option<Self> {
                Uuid::read(cell).map(Self::from)
            }
        }
    )*};
}

impl Single for crate::Entity {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "a table";
    fn cell(&self) -> Cell {
        Cell::Text(self.code().to_owned())
    }
    fn read(cell: &Cell) -> Option<Self> {
        String::read(cell)?.parse().ok()
    }
}

impl Single for ReturnKey {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "text";
    fn cell(&self) -> Cell {
        Cell::Text(self.0.clone())
    }
    fn read(cell: &Cell) -> Option<Self> {
        String::read(cell).map(Self)
    }
}

impl Single for Uuid {
    const KIND: Kind = Kind::Id;
    const EXPECTED: &'static str = "an id of 16 bytes";
    fn cell(&self) -> Cell {
        Cell::Id(*self)
    }
    fn read(cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Id(id) => Some(*id),
            _ => None,
        }
    }
}

/// The text behind `@` in the keys of its periods.
impl Single for FiscalCalendar {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "a calendar";
    fn cell(&self) -> Cell {
        Cell::Text(self.to_string())
    }
    fn read(cell: &Cell) -> Option<Self> {
        String::read(cell)?.parse().ok()
    }
}

/// Its key, which says which days it means.
impl Single for Period {
    const KIND: Kind = Kind::Text;
    const EXPECTED: &'static str = "the key of a period";
    fn cell(&self) -> Cell {
        Cell::Text(self.to_string())
    }
    fn read(cell: &Cell) -> Option<Self> {
        String::read(cell)?.parse().ok()
    }
}

ids! {
    AccountId AdjustmentDecisionId BatchId BonusAdjustmentId BonusObjectiveId BonusPlanId BonusRunId BonusStepId ContactId ContractId CreditListId CustomerId DashboardId DeliveryId ExchangeRateId FeedbackId GoalAdjustmentId GoalCommentId GoalConfirmationId GoalPlanId GoalProposalId GoalPublicationId GoalRoundId GoalSubmissionId InteractionId InvoiceId LeadId MappingId MarketIndexId MembershipId NextStepId OpportunityId OrderLineId PersonId PersonalFileId PlanAssignmentId ProductId ReceiptId SatisfactionId SavedViewId StageEventId StatementConfirmationId StatementId TargetBonusId UnitId
}

macro_rules! codes {
    ($($name:ty: $($variant:ident = $code:literal),+;)*) => {$(
        impl Single for $name {
            const KIND: Kind = Kind::Text;
            const EXPECTED: &'static str = concat!("one of", $(" ", $code),+);
            fn cell(&self) -> Cell {
                Cell::Text(match self { $(Self::$variant => $code),+ }.to_owned())
            }
            fn read(cell: &Cell) -> Option<Self> {
                match String::read(cell)?.as_str() {
                    $($code => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    )*};
}

codes! {
    UnitKind: Company = "company", Department = "department", Team = "team";
    MemberRole: Manager = "manager", Sales = "sales";
    Stage: Prospecting = "prospecting", Engaging = "engaging", Proposal = "proposal",
        Negotiation = "negotiation", Won = "won", Lost = "lost";
    GoalMetric: WonAmount = "won_amount", WonCount = "won_count", LostCount = "lost_count",
        Receipts = "receipts", Invoiced = "invoiced", Contracted = "contracted",
        GrossMargin = "gross_margin", CostOfSales = "cost_of_sales",
        NewCustomers = "new_customers", LostCustomers = "lost_customers",
        LeadCount = "lead_count", InteractionCount = "interaction_count";
    BonusStepKind: Submit = "submit", Hold = "hold", ApproveTeam = "approve_team",
        ApproveHr = "approve_hr", ApprovePay = "approve_pay", SendBack = "send_back", Pay = "pay",
        Close = "close", AskReopen = "ask_reopen", Reopen = "reopen",
        RefuseReopen = "refuse_reopen", Restate = "restate";
    Decision: Approved = "approved", Refused = "refused", Withdrawn = "withdrawn";
    SubmissionState: Submitted = "submitted", SentBack = "sent_back";
    GoalPlanState: Draft = "draft", Published = "published", Superseded = "superseded";
    Role: Hr = "hr", Manager = "manager", Sales = "sales", Auditor = "auditor";
    AliasKind: Person = "person", Unit = "unit", Customer = "customer", Product = "product";
}

/// `<name>_minor` and `<name>_currency`.
impl Field for Money {
    const COLUMNS: &'static [(&'static str, Kind, bool)] = &[
        ("_minor", Kind::Int, false),
        ("_currency", Kind::Text, false),
    ];

    fn put(&self, out: &mut Vec<Cell>) {
        out.push(Cell::Int(self.minor));
        out.push(Cell::Text(self.currency.code().to_owned()));
    }

    fn get(cells: &mut Cells) -> Result<Self> {
        let minor = i64::get(cells)?;
        let currency: Currency = String::get(cells)?.parse()?;
        Ok(Self { minor, currency })
    }
}

impl Field for Option<Money> {
    const COLUMNS: &'static [(&'static str, Kind, bool)] = Money::COLUMNS;

    fn put(&self, out: &mut Vec<Cell>) {
        match self {
            Some(money) => money.put(out),
            None => out.extend([Cell::Null, Cell::Null]),
        }
    }

    fn get(cells: &mut Cells) -> Result<Self> {
        let minor = Option::<i64>::get(cells)?;
        let currency = Option::<String>::get(cells)?;
        Ok(match (minor, currency) {
            (Some(minor), Some(currency)) => Some(Money {
                minor,
                currency: currency.parse()?,
            }),
            _ => None,
        })
    }
}

/// `source`, `external_id`, `batch`, `line`, whatever the field is called.
impl Field for Origin {
    const COLUMNS: &'static [(&'static str, Kind, bool)] = &[
        ("source", Kind::Text, false),
        ("external_id", Kind::Text, false),
        ("batch", Kind::Id, true),
        ("line", Kind::Int, true),
    ];

    fn put(&self, out: &mut Vec<Cell>) {
        self.source.put(out);
        self.external_id.put(out);
        self.batch.put(out);
        self.line.put(out);
    }

    fn get(cells: &mut Cells) -> Result<Self> {
        Ok(Self {
            source: Field::get(cells)?,
            external_id: Field::get(cells)?,
            batch: Field::get(cells)?,
            line: Field::get(cells)?,
        })
    }
}
