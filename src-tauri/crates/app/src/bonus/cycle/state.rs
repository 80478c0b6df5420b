//! How far the bonuses of a period are: what its steps, in their order, make of it. Pure.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use yeji_core::bonus_cycle::{BonusStep, BonusStepKind};
use yeji_core::ids::{BonusRunId, PersonId, UnitId};

use crate::api::bonus_cycle::{CycleAction, CycleState};

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bonus) struct Done {
    pub by: String,
    pub at: DateTime<Utc>,
}

/// What was handed in: a run, and whose pay of it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bonus) struct HandedIn {
    pub run: BonusRunId,
    /// Whose pay waits, and why.
    pub held: BTreeMap<PersonId, Option<String>>,
}

/// A cycle as its steps have made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bonus) struct Standing {
    pub state: CycleState,
    /// The run that is in review or was approved; none while the period is open.
    pub handed_in: Option<HandedIn>,
    /// Approvals of the units of this hand-in.
    pub teams: BTreeMap<UnitId, Done>,
    pub hr: Option<Done>,
    /// Somebody has asked for the period to be opened again.
    pub asked: Option<Done>,
    /// What was paid; stays when the period is opened again.
    pub paid: Option<HandedIn>,
    /// Runs whose statements were frozen, in their order: handed in, or recalculated.
    pub frozen: Vec<BonusRunId>,
    /// Those of them that recalculate what was paid.
    pub restated: Vec<BonusRunId>,
}

impl Standing {
    /// Folds the steps of one cycle, oldest first. A step that does not follow from those before it (of a
    /// damaged or foreign file) changes nothing.
    pub fn of<'a>(steps: impl IntoIterator<Item = &'a BonusStep>) -> Self {
        let mut standing = Self {
            state: CycleState::Open,
            handed_in: None,
            teams: BTreeMap::new(),
            hr: None,
            asked: None,
            paid: None,
            frozen: Vec::new(),
            restated: Vec::new(),
        };
        for step in steps {
            standing.take(step);
        }
        standing
    }

    fn take(&mut self, step: &BonusStep) {
        match step.kind {
            BonusStepKind::Submit => {
                if let (Some(run), true) = (step.run, self.allows(CycleAction::Submit)) {
                    self.hand_in(run);
                }
            }
            BonusStepKind::Hold => {
                if let (CycleState::InReview, Some(handed_in), Some(person)) =
                    (self.state, &mut self.handed_in, step.person)
                {
                    handed_in.held.insert(person, step.reason.clone());
                }
            }
            BonusStepKind::Restate => {
                if let (Some(run), true) = (step.run, self.may_restate()) {
                    self.frozen.push(run);
                    self.restated.push(run);
                }
            }
            kind => {
                if let Some(action) = action_of(kind).filter(|action| self.allows(*action)) {
                    self.act(action, step);
                }
            }
        }
    }

    fn hand_in(&mut self, run: BonusRunId) {
        self.state = CycleState::InReview;
        self.handed_in = Some(HandedIn {
            run,
            held: BTreeMap::new(),
        });
        self.frozen.push(run);
    }

    fn act(&mut self, action: CycleAction, step: &BonusStep) {
        let done = Done {
            by: step.author.clone(),
            at: step.at,
        };
        match action {
            CycleAction::Submit => {}
            CycleAction::ApproveTeam => {
                if let Some(unit) = step.unit {
                    self.teams.insert(unit, done);
                }
            }
            CycleAction::ApproveHr => self.hr = Some(done),
            CycleAction::ApprovePay => self.state = CycleState::Approved,
            CycleAction::SendBack | CycleAction::Reopen => self.open(),
            CycleAction::Pay => {
                self.state = CycleState::Paid;
                // What was paid once stays: after a period was opened again only differences go on.
                if self.paid.is_none() {
                    self.paid.clone_from(&self.handed_in);
                }
            }
            CycleAction::Close => self.state = CycleState::Closed,
            CycleAction::AskReopen => self.asked = Some(done),
            CycleAction::RefuseReopen => self.asked = None,
        }
    }

    fn open(&mut self) {
        self.state = CycleState::Open;
        self.handed_in = None;
        self.teams.clear();
        self.hr = None;
        self.asked = None;
    }

    /// Whether an action can follow, whoever takes it.
    pub fn allows(&self, action: CycleAction) -> bool {
        let asked = self.asked.is_some();
        match action {
            CycleAction::Submit => self.state == CycleState::Open,
            CycleAction::ApproveTeam | CycleAction::ApproveHr => {
                self.state == CycleState::InReview && self.hr.is_none()
            }
            CycleAction::ApprovePay => self.state == CycleState::InReview && self.hr.is_some(),
            CycleAction::SendBack => self.state == CycleState::InReview,
            CycleAction::Pay => self.state == CycleState::Approved && !asked,
            CycleAction::Close => self.state == CycleState::Paid && !asked,
            CycleAction::AskReopen => self.is_settled() && !asked,
            CycleAction::Reopen | CycleAction::RefuseReopen => asked,
        }
    }

    /// Whether all have approved: nothing of it changes any more but by opening it again.
    pub fn is_settled(&self) -> bool {
        self.state >= CycleState::Approved
    }

    /// Whether HR has approved it, and nobody sent it back or opened it again since.
    pub fn is_approved(&self) -> bool {
        self.hr.is_some()
    }

    /// Whether a line that is entered now is paid with the period: it is open, and was not paid before.
    pub fn takes_lines(&self) -> bool {
        self.state == CycleState::Open && self.paid.is_none()
    }

    /// Whether differences go on as adjustments. Before payment they do not: a period that is opened again then is
    /// paid anew as a whole, and would pay them once more.
    pub fn may_restate(&self) -> bool {
        self.is_settled() && self.paid.is_some()
    }

    /// What counts as settled with people: what was paid, else what was approved.
    pub fn settled(&self) -> Option<&HandedIn> {
        let approved = self.handed_in.as_ref().filter(|_| self.is_settled());
        self.paid.as_ref().or(approved)
    }

    /// What is shown as the period's: what is settled with people, else what waits for approval. After a paid
    /// period was opened and approved again it is what was paid, for only the differences go on.
    pub fn counts(&self) -> Option<&HandedIn> {
        self.settled()
            .filter(|_| self.is_settled())
            .or(self.handed_in.as_ref())
    }

    /// How many versions of statements were frozen.
    pub fn version(&self) -> u32 {
        u32::try_from(self.frozen.len()).unwrap_or(u32::MAX)
    }
}

/// The action that a step is, if it is one by itself.
fn action_of(kind: BonusStepKind) -> Option<CycleAction> {
    Some(match kind {
        BonusStepKind::Submit => CycleAction::Submit,
        BonusStepKind::ApproveTeam => CycleAction::ApproveTeam,
        BonusStepKind::ApproveHr => CycleAction::ApproveHr,
        BonusStepKind::ApprovePay => CycleAction::ApprovePay,
        BonusStepKind::SendBack => CycleAction::SendBack,
        BonusStepKind::Pay => CycleAction::Pay,
        BonusStepKind::Close => CycleAction::Close,
        BonusStepKind::AskReopen => CycleAction::AskReopen,
        BonusStepKind::Reopen => CycleAction::Reopen,
        BonusStepKind::RefuseReopen => CycleAction::RefuseReopen,
        BonusStepKind::Hold | BonusStepKind::Restate => return None,
    })
}

/// The code of a step (term `bonus_step`).
pub(super) fn code_of(kind: BonusStepKind) -> &'static str {
    match (action_of(kind), kind) {
        (Some(action), _) => action.code(),
        (None, BonusStepKind::Restate) => "restate",
        (None, _) => "hold",
    }
}

/// The step that an action is.
pub(in crate::bonus) fn step_of(action: CycleAction) -> BonusStepKind {
    match action {
        CycleAction::Submit => BonusStepKind::Submit,
        CycleAction::ApproveTeam => BonusStepKind::ApproveTeam,
        CycleAction::ApproveHr => BonusStepKind::ApproveHr,
        CycleAction::ApprovePay => BonusStepKind::ApprovePay,
        CycleAction::SendBack => BonusStepKind::SendBack,
        CycleAction::Pay => BonusStepKind::Pay,
        CycleAction::Close => BonusStepKind::Close,
        CycleAction::AskReopen => BonusStepKind::AskReopen,
        CycleAction::Reopen => BonusStepKind::Reopen,
        CycleAction::RefuseReopen => BonusStepKind::RefuseReopen,
    }
}
