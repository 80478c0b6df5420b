//! The store: one SQLite file that holds everything, written in one way only.
//!
//! - [`Store`] opens the file: one writer in one process (a lock file), read-only connections beside
//!   it. [`Key`] encrypts it (SQLCipher).
//! - [`Change`] is the only thing that writes: [`Store::apply`] or, in chunks, [`Store::begin`]. Rows,
//!   rollups, the entry in the change log and the audit entry are one transaction.
//! - [`Store::undo_batch`] takes an import back, [`Store::take_back`] any other change; both are changes
//!   themselves.
//! - The reads are methods of [`Store`] too, one file per subject in `queries/`.
//! - [`Store::verify`] recomputes what is derived and walks the hash chains; [`Store::backup`]
//!   copies, and checks the copy; [`Backup`] and [`Unpacked`] bring one back, checked before it
//!   replaces anything.
//!
//! The store knows no business rules. Ids are stored as 16-byte BLOBs, amounts as INTEGER minor units
//! beside their currency, dates as ISO text.

mod apart;
mod apply;
mod audit;
mod backup;
mod brought;
mod cell;
mod chain;
mod change;
mod changelog;
mod container;
mod customer_value;
mod documents;
mod durable;
mod error;
mod goal_pack;
mod grounds;
mod head;
mod kept;
mod key;
mod known_lines;
mod late_indexes;
mod lock;
mod log_file;
mod merges;
mod named;
mod naming;
mod page_cache;
mod past;
mod queries;
mod record;
mod recount;
mod references;
mod removing;
mod replace;
mod restore;
mod rollup;
mod rows;
mod said;
mod schema;
mod settling;
mod statements;
mod store;
mod take_back;
mod undo;
mod unsaying;
mod verdicts;
mod verify;
mod write;

pub use apart::ComingApart;
pub use apply::ApplyTx;
pub use audit::{AuditEntry, AuditFilter, ChainHeads};
pub use backup::BACKUP_FOLDER;
pub use brought::Brought;
pub use change::{
    Applied, AuditDraft, Change, ChangeHeader, ChangeKind, KeptBecause, LaterWork, Topic,
    UndoOutcome,
};
pub use container::{Backup, KEY_NAME_FILE, KEYS_FILE};
pub use documents::{
    Alias, AliasKind, BonusPlanVersion, BonusRun, CustomerRedirect, Dashboard, ForecastSnapshot,
    MappingProfile, SavedView, Setting, SourceClaim, StatementRow, WatchedFile, WatchedFolder,
    alias_id, goal_cell_id, goal_lock_id, kpi_goal_id, scorecard_id, setting_id, watched_file_id,
    watched_folder_id,
};
pub use durable::{rename_durably, write_durably};
pub use error::{BackupFault, Error, Result};
pub use head::{AuditHead, NotedHead};
pub use key::{Key, Probe, probe_file};
pub use known_lines::{KnownLine, KnownLines, KnownName};
pub use naming::NamedCustomer;
pub use past::Past;
pub use queries::bonus_facts::{BonusDeal, BonusPaper};
pub use queries::customer_value::{CustomerValue, CustomerValueQuery};
pub use queries::deals::{DealCursor, DealDate, DealPage, DealQuery, DealRow, DealSort};
pub use queries::goal_facts::ServedMarket;
pub use queries::goal_history::{CellsGrown, GoalStep};
pub use queries::goal_matrix::GoalMatrix;
pub use queries::goals::{GoalSum, GoalSumQuery, GoalSumSplit};
pub use queries::history::{
    ChangeEntry, ChangeFilter, FieldChange, Page, RecordChange, RowChange, RowFate,
};
pub use queries::imports::OpportunityIndex;
pub use queries::landing::{LandingDeal, ReachedStage};
pub use queries::measures::{
    CohortSum, MeasureCursor, MeasureKey, MeasureOnly, MeasureQuery, MeasureRecord,
    MeasureRecordPage, MeasureRecordQuery, MeasureSplit, MeasureSums, Purchase, SizeBins, WonSizes,
};
pub use queries::naming::Naming;
pub use queries::personal::PersonDay;
pub use queries::rollups::{DataSpan, OpenPipeline, RollupQuery, RollupRow, RollupSplit};
pub use queries::sources::{Disagreeing, DisagreementCursor, DisagreementFilter};
pub use queries::totals::MonthTotal;
pub use record::{Entity, Record};
pub use replace::INCOMING;
pub use restore::Unpacked;
pub use settling::{Settled, Settling, Unsaid};
pub use store::{OpenMode, Store};
pub use verify::{Finding, VerifyReport};
