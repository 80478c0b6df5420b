//! What a change is: who, when, why, which rows; and what applying it tells.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yeji_core::facts::{Batch, RejectedRow};
use yeji_core::ids::ChangeId;

use crate::{Entity, NamedCustomer, Record};

/// The use case that made a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Rows from files.
    Import,
    /// A batch taken back.
    UndoBatch,
    /// The demo company.
    Demo,
    /// A goal set.
    SetGoal,
    /// A goal split.
    SplitGoal,
    /// Numbers of a goal changed, locked, or made those of an older version.
    EditGoal,
    /// Target bonuses of people.
    SetTargetBonus,
    /// A version of a bonus plan.
    SavePlan,
    /// A bonus run with its statements.
    RunBonus,
    /// A setting.
    Setting,
    /// A mapping profile or alias.
    Mapping,
    /// Units, people, memberships by hand.
    Organisation,
    /// Other facts by hand.
    Edit,
    /// What a person wrote: an interaction, a next step, feedback.
    FollowUp,
    /// A personal file was handed out, or is being filled.
    PersonalFile,
    /// Accounts, their roles and passwords.
    Account,
    /// Somebody signed in or out, or could not.
    SignIn,
    /// A change taken back.
    Undo,
    /// A change that was taken back, done again.
    Redo,
    /// An overwritten value put back.
    Restore,
    /// A folder watched or no longer, and what became of its files.
    Watch,
    /// A board or a saved view.
    Board,
    /// A round of a goal: its days, numbers adjusted, units submitted or sent back.
    GoalRound,
    /// What somebody proposes for an own goal.
    GoalProposal,
    /// Words on a goal.
    GoalComment,
    /// A version of a goal made public.
    PublishGoal,
    /// An own goal confirmed.
    ConfirmGoal,
    /// A step of the cycle of a period's bonuses.
    BonusCycle,
    /// A line beside what a plan pays, or a decision on one.
    AdjustBonus,
    /// Who is under which bonus plan.
    AssignPlan,
    /// What people are to reach besides numbers.
    BonusObjective,
    /// A statement confirmed by whose it is.
    ConfirmStatement,
}

impl ChangeKind {
    /// All of them.
    pub const ALL: [Self; 32] = [
        Self::Import,
        Self::UndoBatch,
        Self::Demo,
        Self::SetGoal,
        Self::SplitGoal,
        Self::EditGoal,
        Self::SetTargetBonus,
        Self::SavePlan,
        Self::RunBonus,
        Self::Setting,
        Self::Mapping,
        Self::Organisation,
        Self::Edit,
        Self::FollowUp,
        Self::PersonalFile,
        Self::Account,
        Self::SignIn,
        Self::Undo,
        Self::Redo,
        Self::Restore,
        Self::Watch,
        Self::Board,
        Self::GoalRound,
        Self::GoalProposal,
        Self::GoalComment,
        Self::PublishGoal,
        Self::ConfirmGoal,
        Self::BonusCycle,
        Self::AdjustBonus,
        Self::AssignPlan,
        Self::BonusObjective,
        Self::ConfirmStatement,
    ];

    /// The code in the store.
    pub fn code(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::UndoBatch => "undo_batch",
            Self::Demo => "demo",
            Self::SetGoal => "set_goal",
            Self::SplitGoal => "split_goal",
            Self::EditGoal => "edit_goal",
            Self::SetTargetBonus => "set_target_bonus",
            Self::SavePlan => "save_plan",
            Self::RunBonus => "run_bonus",
            Self::Setting => "setting",
            Self::Mapping => "mapping",
            Self::Organisation => "organisation",
            Self::Edit => "edit",
            Self::FollowUp => "follow_up",
            Self::PersonalFile => "personal_file",
            Self::Account => "account",
            Self::SignIn => "sign_in",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Restore => "restore",
            Self::Watch => "watch",
            Self::Board => "board",
            Self::GoalRound => "goal_round",
            Self::GoalProposal => "goal_proposal",
            Self::GoalComment => "goal_comment",
            Self::PublishGoal => "publish_goal",
            Self::ConfirmGoal => "confirm_goal",
            Self::BonusCycle => "bonus_cycle",
            Self::AdjustBonus => "adjust_bonus",
            Self::AssignPlan => "assign_plan",
            Self::BonusObjective => "bonus_objective",
            Self::ConfirmStatement => "confirm_statement",
        }
    }

    /// Bulk changes log what they overwrote; their new rows name the change themselves, so a
    /// million of them need no million log rows.
    pub(crate) fn is_bulk(self) -> bool {
        matches!(self, Self::Import | Self::Demo | Self::PersonalFile)
    }

    /// Whether it only puts back what other changes wrote, so that whose words these are is told by those.
    pub(crate) fn puts_back(self) -> bool {
        match self {
            Self::UndoBatch | Self::Undo | Self::Redo => true,
            Self::Import
            | Self::Demo
            | Self::SetGoal
            | Self::SplitGoal
            | Self::EditGoal
            | Self::SetTargetBonus
            | Self::SavePlan
            | Self::RunBonus
            | Self::Setting
            | Self::Mapping
            | Self::Organisation
            | Self::Edit
            | Self::FollowUp
            | Self::PersonalFile
            | Self::Account
            | Self::SignIn
            | Self::Restore
            | Self::Watch
            | Self::Board
            | Self::GoalRound
            | Self::GoalProposal
            | Self::GoalComment
            | Self::PublishGoal
            | Self::ConfirmGoal
            | Self::BonusCycle
            | Self::AdjustBonus
            | Self::AssignPlan
            | Self::BonusObjective
            | Self::ConfirmStatement => false,
        }
    }

    /// Whether it writes records only as the words of sources make them: another order of sources, an
    /// import that was taken back.
    pub(crate) fn settles(self) -> bool {
        match self {
            Self::Setting | Self::UndoBatch => true,
            Self::Import
            | Self::Demo
            | Self::SetGoal
            | Self::SplitGoal
            | Self::EditGoal
            | Self::SetTargetBonus
            | Self::SavePlan
            | Self::RunBonus
            | Self::Mapping
            | Self::Organisation
            | Self::Edit
            | Self::FollowUp
            | Self::PersonalFile
            | Self::Account
            | Self::SignIn
            | Self::Undo
            | Self::Redo
            | Self::Restore
            | Self::Watch
            | Self::Board
            | Self::GoalRound
            | Self::GoalProposal
            | Self::GoalComment
            | Self::PublishGoal
            | Self::ConfirmGoal
            | Self::BonusCycle
            | Self::AdjustBonus
            | Self::AssignPlan
            | Self::BonusObjective
            | Self::ConfirmStatement => false,
        }
    }

    /// Whether the log holds every row that such a change wrote, so that [`crate::Store::take_back`]
    /// can take it back. An import is taken back by [`crate::Store::undo_batch`], what it made can
    /// come again from its files; a redo by taking its change back once more. What was done to accounts
    /// is done anew instead, and the log holds no password to put back. A publication and a confirmation are
    /// approvals: what they approved is told by them, whatever the goal became since.
    pub fn can_be_taken_back(self) -> bool {
        !self.is_bulk()
            && !matches!(
                self,
                Self::UndoBatch
                    | Self::Redo
                    | Self::Account
                    | Self::SignIn
                    | Self::Watch
                    | Self::PersonalFile
                    | Self::PublishGoal
                    | Self::ConfirmGoal
                    | Self::BonusCycle
                    | Self::AdjustBonus
                    | Self::ConfirmStatement
            )
    }
}

impl std::str::FromStr for ChangeKind {
    type Err = crate::Error;

    fn from_str(text: &str) -> crate::Result<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.code() == text)
            .ok_or_else(|| {
                yeji_core::Error::Unknown {
                    what: "change kind",
                    value: text.chars().take(64).collect(),
                }
                .into()
            })
    }
}

/// Entry for the audit chain, where the use case is one that an auditor asks about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditDraft {
    /// What was done (`bonus.run`, `import.undo`).
    pub action: String,
    /// To what (an id or a name).
    pub subject: String,
    /// Values worth keeping.
    pub detail: serde_json::Value,
}

/// The head of a change whose rows come in chunks ([`crate::Store::begin`]).
#[derive(Debug, Clone)]
pub struct ChangeHeader {
    /// Stable id; applying the same id twice is refused.
    pub id: ChangeId,
    /// When, by the caller's clock.
    pub at: DateTime<Utc>,
    /// Who, as shown in the history.
    pub author: String,
    /// Use case.
    pub kind: ChangeKind,
    /// Values for the history's sentence.
    pub summary: serde_json::Value,
    /// The import, if it is one.
    pub batch: Option<Batch>,
    /// Audit entry, if due.
    pub audit: Option<AuditDraft>,
    /// Whom the audit entry names, where it is not the author: who took in what somebody else wrote.
    pub audited: Option<String>,
}

/// A whole change. Within it the order of rows is free: references are checked at the end.
#[derive(Debug, Clone)]
pub struct Change {
    /// Stable id; applying the same id twice is refused.
    pub id: ChangeId,
    /// When, by the caller's clock.
    pub at: DateTime<Utc>,
    /// Who, as shown in the history.
    pub author: String,
    /// Use case.
    pub kind: ChangeKind,
    /// Values for the history's sentence.
    pub summary: serde_json::Value,
    /// The import, if it is one.
    pub batch: Option<Batch>,
    /// Rows to insert, or to replace by id.
    pub put: Vec<Record>,
    /// Rows to delete, before `put`.
    pub delete: Vec<(Entity, Uuid)>,
    /// Rows of files that were not imported.
    pub rejected: Vec<RejectedRow>,
    /// Whom an import named of rows beside merged customers.
    pub named: Vec<NamedCustomer>,
    /// Audit entry, if due.
    pub audit: Option<AuditDraft>,
    /// Whom the audit entry names, where it is not the author: who took in what somebody else wrote.
    pub audited: Option<String>,
}

impl Change {
    /// A change without rows yet.
    pub fn new(
        id: ChangeId,
        at: DateTime<Utc>,
        author: impl Into<String>,
        kind: ChangeKind,
    ) -> Self {
        Self {
            id,
            at,
            author: author.into(),
            kind,
            summary: serde_json::Value::Null,
            batch: None,
            put: Vec::new(),
            delete: Vec::new(),
            rejected: Vec::new(),
            named: Vec::new(),
            audit: None,
            audited: None,
        }
    }
}

/// What the UI refetches after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Units, people, memberships.
    Organisation,
    /// Customers, contacts, what they say, interactions.
    Customers,
    /// Next steps and feedback.
    FollowUps,
    /// Products.
    Products,
    /// Opportunities, stages, leads, orders, receipts, deliveries, and every figure made of them.
    Deals,
    /// Market indexes and exchange rates.
    Market,
    /// Goal plans and cells.
    Goals,
    /// Bonus plans, target bonuses, runs, statements.
    Bonus,
    /// Batches, rejected rows, mappings, aliases.
    Imports,
    /// Settings.
    Settings,
    /// Accounts.
    Accounts,
    /// Boards and saved views.
    Boards,
    /// The audit chain.
    Audit,
}

/// What applying a change tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// What changed, sorted, each once.
    pub topics: Vec<Topic>,
    /// The change.
    pub change: ChangeId,
    /// Use case.
    pub kind: ChangeKind,
    /// Who.
    pub author: String,
}

/// What taking a change back does with rows that a later change wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LaterWork {
    /// Keeps and lists them.
    Keep,
    /// Refuses the whole: the change's rows only make sense together.
    Refuse,
}

/// Why undoing a batch or change left a row as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeptBecause {
    /// A later change wrote the row.
    ChangedLater,
    /// A row outside refers to it.
    ReferredTo,
    /// Its earlier values refer to a row that is gone.
    EarlierValuesRefer,
    /// Earlier values of another row name it, which can come back.
    NamedEarlier,
}

/// What undoing a batch or change did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoOutcome {
    /// Its new rows that are gone.
    pub removed: u64,
    /// Rows that have their earlier values again.
    pub restored: u64,
    /// Rows left as they are, the first [`UndoOutcome::MAX_LISTED_ROWS`].
    pub kept: Vec<(Entity, Uuid, KeptBecause)>,
    /// How many were left as they are.
    pub kept_count: u64,
    /// What changed.
    pub applied: Applied,
}

impl UndoOutcome {
    /// Rows listed in [`UndoOutcome::kept`].
    pub const MAX_LISTED_ROWS: usize = 1_000;
}
