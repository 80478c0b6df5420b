//! Imports: files inspected, mapping proposed, previewed, committed, undone.
//!
//! The window never names a path: it holds the token of an import session, which `pick_import_files`
//! made from what a dialog returned.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use yeji_core::Money;
use yeji_core::ids::BatchId;

use super::Message;
use super::preview::{EmptiedValues, SampledRow};
use super::sources::DisagreementsFound;

/// Which dialog to open.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PickImportFiles {
    /// A folder instead of files.
    pub folder: bool,
    /// Read them by the kept mapping of this name.
    pub profile: Option<String>,
}

/// Of what kind of records.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TemplateArgs {
    /// Kind code.
    pub kind: String,
}

/// The files of an import with what was understood of them. Also the answer to every change of a decision.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportDraft {
    /// Token of the session.
    pub session: String,
    /// Source of the files: that of the last import of a file of the same name, else the usual one.
    pub source: String,
    /// Each file (each sheet of a workbook).
    pub files: Vec<ImportFile>,
    /// Files that cannot be imported, with the reason.
    pub unreadable: Vec<UnreadableFile>,
}

/// A file that cannot be imported.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UnreadableFile {
    /// File name.
    pub file: String,
    /// Why.
    pub reason: Message,
    /// For decisions, where another encoding may open it.
    pub index: Option<u32>,
    /// The encoding that was chosen for it last, without success.
    pub encoding: Option<String>,
}

/// One table of the import.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportFile {
    /// Position in the session; decisions name it.
    pub index: u32,
    /// Position of its file among all of the import: two files may have one name. The sheets of a workbook
    /// have the same.
    pub of_file: u32,
    /// File name, with the sheet for workbooks.
    pub file: String,
    /// `CSV, UTF-8, comma` or `XLSX`, for people.
    pub format: String,
    /// Encoding that the text is read in (`gb18030`); None: a workbook.
    pub encoding: Option<String>,
    /// Why it is not read in the encoding that was chosen last; it stays as it was.
    pub encoding_refused: Option<Message>,
    /// Kind, proposed or chosen (`people`, `opportunities`, `invoices` ...); None: not recognised.
    pub kind: Option<String>,
    /// Where the columns' fields come from: `proposal`, `remembered` from an earlier import of the same
    /// headers, `given` for this import.
    pub mapped_by: String,
    /// Headers in order.
    pub headers: Vec<String>,
    /// Up to 20 rows as they are.
    pub sample: Vec<Vec<String>>,
    /// Data rows.
    #[ts(type = "number")]
    pub rows: u64,
    /// The fields of the kind, each with its column.
    pub fields: Vec<FieldMapping>,
    /// What was concluded and why (date order, encoding, control totals), and warnings.
    pub evidence: Vec<Message>,
    /// Values of the stage column and what they are taken for.
    pub stages: Vec<StageMapping>,
    /// Values of the role column and what they are taken for.
    pub roles: Vec<RoleMapping>,
    /// Percent of the tax that is taken out of its amounts; None: they are net, or it has none.
    pub tax_included: Option<String>,
    /// What an earlier import of such a file took out of the same column.
    pub tax_remembered: Option<String>,
}

/// A field and the column that fills it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FieldMapping {
    /// Field code.
    pub field: String,
    /// Whether the kind cannot do without.
    pub required: bool,
    /// Header of the column; None: not filled.
    pub column: Option<String>,
    /// For dates: `day_first`, `month_first`, `year_first`.
    pub date_order: Option<String>,
    /// For dates whose values need an order: the value that it changes most.
    pub readings: Option<DateReadings>,
}

/// A value of a date column as each order reads it; None: no date in that order.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DateReadings {
    /// As the file has it.
    pub value: String,
    /// Day, month, year.
    pub day_first: Option<NaiveDate>,
    /// Month, day, year.
    pub month_first: Option<NaiveDate>,
    /// Year, month, day.
    pub year_first: Option<NaiveDate>,
}

/// A stage name of the source.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StageMapping {
    /// As the file has it.
    pub value: String,
    /// Stage code; None: not yet mapped, its rows are rejected.
    pub stage: Option<String>,
    /// Rows with it.
    #[ts(type = "number")]
    pub rows: u64,
}

/// A role or job title of the source.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RoleMapping {
    /// As the file has it.
    pub value: String,
    /// `sales`, `manager`, `by_deals` (who owns deals sells, who owns none leads).
    pub role: String,
    /// Rows with it.
    #[ts(type = "number")]
    pub rows: u64,
}

/// What a person decided on an import. Absent entries keep the proposal.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ImportDecisions {
    /// Per file index.
    pub files: BTreeMap<u32, FileDecision>,
    /// Aliases confirmed or refused: key `kind:text`, value the chosen name, or None for "not the same".
    pub aliases: BTreeMap<String, Option<String>>,
    /// Currency of amounts without one, ISO code.
    pub currency: Option<String>,
    /// Percent of the tax that the amounts include (`13`); empty: they are net. None: as remembered.
    pub tax_included: Option<String>,
    /// Source of the files; None: as the draft says.
    pub source: Option<String>,
    /// Keep the mapping under the file's headers for the next time.
    pub remember_mapping: bool,
    /// Read every line, also those that are as they were imported before.
    pub in_full: bool,
}

/// Decisions on one file.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct FileDecision {
    /// Leave this file out.
    pub skip: bool,
    /// Kind instead of the proposed one.
    pub kind: Option<String>,
    /// Encoding instead of the detected one.
    pub encoding: Option<String>,
    /// Field -> header (None: leave the field empty).
    pub columns: BTreeMap<String, Option<String>>,
    /// Field -> `day_first`, `month_first`, `year_first`.
    pub date_orders: BTreeMap<String, String>,
    /// Source's stage -> stage code.
    pub stages: BTreeMap<String, String>,
    /// Source's role or job title -> `sales`, `manager`, `by_deals`.
    pub roles: BTreeMap<String, String>,
}

/// Session and decisions.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// Token of the session.
    pub session: String,
    /// What was decided so far.
    pub decisions: ImportDecisions,
}

/// What an import would do (preview) or did (result).
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportPreview {
    /// Per table.
    pub files: Vec<FilePreview>,
    /// Names that are nearly known; each wants a yes or no. Refused or undecided ones stay unlinked or rejected as stated.
    pub aliases: Vec<AliasProposal>,
    /// Control totals of the files: won amount in all and by closing quarter.
    pub controls: Vec<ControlTotal>,
    /// Deals of the files whose stage has no meaning yet: they are in no control total.
    pub undecided: UndecidedStages,
    /// Warnings and statements (agents without a deal, deals without customer, ...).
    pub notes: Vec<Message>,
    /// Fields on which sources disagree, of the records that the files speak of.
    pub disagreements: DisagreementsFound,
    /// Values of the store that rows would empty; counted for a preview alone.
    pub emptied: EmptiedValues,
    /// Set by `commit_import`.
    pub batch: Option<BatchId>,
    /// Nothing would change.
    pub nothing_to_do: bool,
}

/// Counts and samples of one table.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FilePreview {
    /// Position in the session.
    pub index: u32,
    /// File name.
    pub file: String,
    /// Kind.
    pub kind: String,
    /// Rows that are new.
    #[ts(type = "number")]
    pub new_rows: u64,
    /// Rows that change values.
    #[ts(type = "number")]
    pub changed_rows: u64,
    /// Rows that are the same already.
    #[ts(type = "number")]
    pub unchanged_rows: u64,
    /// Rows that are not imported.
    #[ts(type = "number")]
    pub rejected_rows: u64,
    /// Up to 200 of the rejected ones.
    pub rejected: Vec<RejectedLine>,
    /// Up to 20 of the new ones; none after the import.
    pub new_samples: Vec<SampledRow>,
    /// Up to 20 of the changed ones; none after the import.
    pub changed_samples: Vec<SampledRow>,
}

/// A row that is not imported.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RejectedLine {
    /// File name.
    pub file: String,
    /// Line, counted from 1 with the header.
    pub line: u32,
    /// Why.
    pub reason: Message,
    /// The row as it was.
    pub raw: Vec<String>,
}

/// "`GTXPro` is probably `GTX Pro`".
#[derive(Debug, Clone, Serialize, TS)]
pub struct AliasProposal {
    /// `kind:text`, the key of the decision.
    pub key: String,
    /// `product`, `customer`, `person`.
    pub kind: String,
    /// As the file has it.
    pub text: String,
    /// The known name proposed; None: nothing near, choose by hand.
    pub proposal: Option<String>,
    /// Without a proposal: known names (up to 3) that could be meant as well. They wait for nobody: without
    /// a word a customer or product is new.
    pub near: Vec<String>,
    /// The known name that it was decided to be, now or in an earlier import; None: undecided, or new.
    pub target: Option<String>,
    /// Known names to choose from (up to 200).
    pub choices: Vec<String>,
    /// Rows that hang on it.
    #[ts(type = "number")]
    pub rows: u64,
    /// Won amount that hangs on it.
    pub won_amount: Money,
    /// Decided already (now or in an earlier import).
    pub decided: bool,
    /// Of a person's name: said to be none of the known ones, it becomes a new colleague. Otherwise nobody
    /// is made of it, and the rows that need the person are not imported.
    pub becomes_person: bool,
}

/// A total of the file beside the store's after the import.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ControlTotal {
    /// `won_amount`.
    pub metric: String,
    /// Period key, or `all`.
    pub period: String,
    /// In the files.
    pub in_file: Money,
    /// The same deals in the store; None before the commit.
    pub in_store: Option<Money>,
    /// Other sources speak of the same deals: what is in the store is theirs where they come first.
    pub shared: bool,
}

/// Deals of which nobody knows whether they were won.
#[derive(Debug, Clone, Copy, Default, Serialize, TS)]
pub struct UndecidedStages {
    /// Rows.
    #[ts(type = "number")]
    pub rows: i64,
    /// Their amounts, as far as they have one that can be read.
    pub amount: Option<Money>,
}

/// What the files of a source held of a kind in a month, beside what the store has.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReconciliationRow {
    /// Source.
    pub source: String,
    /// Kind code; of opportunities what was won.
    pub kind: String,
    /// Month: `2026-03`; empty for rows without a day that can be read, `stage_undecided` for deals of
    /// which nobody knows whether they were won.
    pub period: String,
    /// The latest import that speaks of it.
    pub batch: BatchId,
    /// Its files.
    pub files: Vec<String>,
    /// Rows in the files, those that were refused included.
    #[ts(type = "number")]
    pub file_rows: i64,
    /// Their amounts, for kinds that have one.
    pub file_amount: Option<Money>,
    /// Rows in the store.
    #[ts(type = "number")]
    pub store_rows: i64,
    /// Their amounts.
    pub store_amount: Option<Money>,
    /// Imports that speak of the month and are not taken back.
    #[ts(type = "number")]
    pub imports: u64,
    /// Rows in the store less those of the file.
    #[ts(type = "number")]
    pub row_difference: i64,
    /// The same of the amounts.
    pub amount_difference: Option<Money>,
    /// Both differences are zero; nothing else is tolerated.
    pub agrees: bool,
}

/// Which records to list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListFacts {
    /// Kind code.
    pub kind: String,
    /// Only what this source brought and counts in `month`; both or none.
    #[serde(default)]
    pub source: Option<String>,
    /// Month: `2026-03`.
    #[serde(default)]
    pub month: Option<String>,
    /// The `next` of the window before.
    pub after: Option<String>,
}

/// A window of records, as people read them.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FactPage {
    /// Code of the records' table, under which their history is asked for.
    pub entity: String,
    /// The columns, in order.
    pub columns: Vec<FactColumn>,
    /// The records.
    pub rows: Vec<FactLine>,
    /// Currency of amounts.
    pub currency: String,
    /// Continue after this; none at the end.
    pub next: Option<String>,
    /// All of them.
    #[ts(type = "number")]
    pub total: i64,
}

/// A column of a list of records.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FactColumn {
    /// Field code.
    pub field: String,
    /// What its cells hold: `text`, `date`, `amount`, `number`, `stage`, `choice`.
    pub holds: String,
}

/// A record of a list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FactLine {
    /// Id.
    pub id: Uuid,
    /// The source that brought it; numbers are one of a kind only within it.
    pub source: String,
    /// Cells by column; empty where there is nothing.
    pub cells: Vec<String>,
}

/// An import that was made.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BatchInfo {
    /// Id.
    pub id: BatchId,
    /// Source.
    pub source: String,
    /// File names.
    pub files: Vec<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// New rows.
    #[ts(type = "number")]
    pub new_rows: i64,
    /// Changed rows.
    #[ts(type = "number")]
    pub changed_rows: i64,
    /// Unchanged rows.
    #[ts(type = "number")]
    pub unchanged_rows: i64,
    /// Rejected rows.
    #[ts(type = "number")]
    pub rejected_rows: i64,
    /// Taken back at.
    pub undone_at: Option<DateTime<Utc>>,
}

/// Names a batch.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BatchArgs {
    /// Which.
    pub batch: BatchId,
}

/// What becomes of later imports that repeated rows of one that is taken back. An answer names those that
/// were shown: where there are others by now, the question is asked again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum LaterImports {
    /// Nothing is done if there are any: somebody must decide.
    #[default]
    Ask,
    /// They are taken back first, newest first, to be imported again from their files.
    TakeBackToo {
        /// Those that were shown.
        imports: Vec<BatchId>,
    },
    /// They stay; the rows that they repeated go nevertheless.
    Leave {
        /// Those that were shown.
        imports: Vec<BatchId>,
    },
}

/// Takes an import back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UndoBatch {
    /// Which.
    pub batch: BatchId,
    /// And those that repeated it.
    #[serde(default)]
    pub later: LaterImports,
}

impl From<BatchId> for UndoBatch {
    fn from(batch: BatchId) -> Self {
        let later = LaterImports::Ask;
        Self { batch, later }
    }
}

/// A later import that repeated rows of an earlier one.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LaterImport {
    /// It.
    pub import: BatchInfo,
    /// How many rows.
    #[ts(type = "number")]
    pub repeated_rows: i64,
}

/// What undoing a batch did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UndoResult {
    /// Later imports that were taken back too, as their files are to be imported again, oldest first. The
    /// counts are theirs as well.
    pub later: Vec<BatchInfo>,
    /// Rows removed.
    #[ts(type = "number")]
    pub removed: u64,
    /// Rows set back to what they were.
    #[ts(type = "number")]
    pub restored: u64,
    /// Rows kept because something later depends on them, with the reason; not all of very many.
    pub kept: Vec<Message>,
    /// Rows kept in all.
    #[ts(type = "number")]
    pub kept_count: u64,
}

/// A window of rejected rows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListRejected {
    /// Of which batch.
    pub batch: BatchId,
    /// Continue after this row: `next` of the page before.
    pub offset: u32,
    /// Only those that reconciliation counts there.
    #[serde(default)]
    pub counted: Option<CountedIn>,
}

/// A line of the reconciliation.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CountedIn {
    /// Kind code.
    pub kind: String,
    /// Its `period`.
    pub period: String,
}

/// Rejected rows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RejectedPage {
    /// Rows.
    pub rows: Vec<RejectedLine>,
    /// All of them.
    #[ts(type = "number")]
    pub total: u64,
    /// Where the next window continues.
    pub next: Option<u32>,
}

/// An earliest and latest day.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct DayRange {
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub last: NaiveDate,
}
