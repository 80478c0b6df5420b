//! Which overwritten values may be put back by themselves, and what must hold then.
//!
//! What is a part of a whole is not put back alone: a cell of a goal would break the sums of its tree,
//! a state of a plan would put two in force. There the whole change is taken back. An account is changed
//! where accounts are. Runs, statements
//! and plan versions are never edited.

use chrono::NaiveDate;
use yeji_core::facts::{Opportunity, Stage};
use yeji_core::goal::TargetBonus;
use yeji_core::ids::BonusPlanId;
use yeji_core::org::{Membership, Organisation};
use yeji_store::{Entity, Record, Setting, Store};

use crate::calendar::{CALENDAR, CompanyCalendar};
use crate::context::App;
use crate::data::SOURCE_ORDER;
use crate::error::Result;
use crate::performance::OWN_METRIC;
use crate::settings::{BONUS_PLAN_IN_FORCE, CURRENCY};

/// Whether the history offers to put a value back.
pub(super) fn may_restore(entity: Entity, field: &str) -> bool {
    let whole = matches!(
        entity,
        Entity::GoalPlan
            | Entity::GoalCell
            | Entity::GoalLock
            | Entity::GoalRule
            | Entity::GoalRound
            | Entity::GoalProposal
            | Entity::GoalAdjustment
            | Entity::GoalSubmission
            | Entity::GoalComment
            | Entity::GoalPublication
            | Entity::GoalConfirmation
            | Entity::Scorecard
            | Entity::KpiGoal
            | Entity::ForecastSnapshot
            | Entity::BonusPlanVersion
            | Entity::BonusRun
            | Entity::Statement
            | Entity::FrozenInput
            | Entity::BonusStep
            | Entity::BonusAdjustment
            | Entity::AdjustmentDecision
            | Entity::PlanAssignment
            | Entity::BonusObjective
            | Entity::StatementConfirmation
            | Entity::UserAccount
            | Entity::SourceClaim
            | Entity::WatchedFolder
            | Entity::WatchedFile
            | Entity::PersonalFile
            | Entity::Dashboard
            | Entity::SavedView
    );
    let identity = matches!(
        field,
        "source" | "external_id" | "key" | "kind" | "from_text"
    );
    // A unit's kind is its level, no identity; it is checked like the rest of the tree.
    !whole && (!identity || (entity, field) == (Entity::OrgUnit, "kind"))
        || (entity, field) == (Entity::Interaction, "kind")
}

impl App {
    /// Why a record with a value put back would break a rule; none if it would not. The store checks
    /// identities, references and currencies itself.
    pub(crate) async fn broken_rule(
        &self,
        record: &Record,
        present: &Record,
    ) -> Result<Option<&'static str>> {
        let store = self.store()?;
        Ok(match record {
            // Whatever was wrong before is no reason not to put another value back.
            Record::Opportunity(deal) => {
                let was_whole = matches!(present, Record::Opportunity(now) if is_whole(now));
                (was_whole && !is_whole(deal)).then_some("part_of_a_whole")
            }
            Record::Contract(contract) => {
                let ends_first = contract
                    .from
                    .zip(contract.to)
                    .is_some_and(|(from, to)| to < from);
                ends_first.then_some("ends_before_start")
            }
            Record::OrgUnit(unit) => {
                let organisation = store.organisation().await?;
                let units = organisation
                    .units()
                    .map(|own| if own.id == unit.id { unit } else { own }.clone())
                    .collect();
                if unit.name.trim().is_empty() {
                    Some("empty_name")
                } else if unit.valid_from >= unit.valid_to {
                    Some("ends_before_start")
                } else if Organisation::new(units, Vec::new(), Vec::new()).is_err() {
                    Some("broken_tree")
                } else {
                    None
                }
            }
            Record::Person(person) => {
                let leaves_first = person
                    .hired_on
                    .zip(person.left_on)
                    .is_some_and(|(hired, left)| left < hired);
                if person.name.trim().is_empty() {
                    Some("empty_name")
                } else {
                    leaves_first.then_some("ends_before_start")
                }
            }
            Record::Membership(stay) => {
                let organisation = store.organisation().await?;
                broken_stay(stay, organisation.memberships())
            }
            Record::TargetBonus(bonus) => {
                let company = self.currency().await?;
                if bonus.per_quarter.currency == company {
                    broken_bonus(bonus, &store.target_bonuses().await?)
                } else {
                    Some("other_currency")
                }
            }
            Record::Setting(setting) => self.broken_setting(&store, setting).await?,
            _ => None,
        })
    }

    async fn broken_setting(
        &self,
        store: &Store,
        setting: &Setting,
    ) -> Result<Option<&'static str>> {
        if setting.key == CURRENCY && self.fixed_currency().await?.is_some() {
            return Ok(Some("currency_fixed"));
        }
        // The order of sources is stated where its records change with it, and a metric is a whole with
        // its formula and those that need it.
        if setting.key == SOURCE_ORDER || setting.key.starts_with(OWN_METRIC) {
            return Ok(Some("part_of_a_whole"));
        }
        if setting.key == CALENDAR {
            let readable = CompanyCalendar::read(setting.value.clone()).is_ok();
            return Ok((!readable).then_some("refers_to_nothing"));
        }
        if setting.key == BONUS_PLAN_IN_FORCE {
            let id: Option<BonusPlanId> = serde_json::from_value(setting.value.clone()).ok();
            let known = match id {
                Some(id) => store.bonus_plan(id).await?.is_some(),
                None => false,
            };
            return Ok((!known).then_some("refers_to_nothing"));
        }
        Ok(None)
    }
}

/// Stage, closing day and amount say one thing: an open deal has not closed, and a won one has a day and
/// an amount.
fn is_whole(deal: &Opportunity) -> bool {
    match deal.stage {
        Stage::Won => deal.closed_on.is_some() && deal.amount.is_some(),
        stage => !stage.is_open() || deal.closed_on.is_none(),
    }
}

fn overlap(a: (NaiveDate, NaiveDate), b: (NaiveDate, NaiveDate)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// A person is in one unit at a time in one role.
fn broken_stay(stay: &Membership, others: &[Membership]) -> Option<&'static str> {
    if stay.from >= stay.to {
        return Some("ends_before_start");
    }
    others
        .iter()
        .any(|other| {
            other.id != stay.id
                && (other.person, other.role) == (stay.person, stay.role)
                && overlap((other.from, other.to), (stay.from, stay.to))
        })
        .then_some("overlaps")
}

/// A person has one target bonus a day, and none below zero.
fn broken_bonus(bonus: &TargetBonus, others: &[TargetBonus]) -> Option<&'static str> {
    if bonus.from >= bonus.to {
        return Some("ends_before_start");
    }
    if bonus.per_quarter.minor < 0 {
        return Some("negative");
    }
    others
        .iter()
        .any(|other| {
            other.id != bonus.id
                && other.person == bonus.person
                && overlap((other.from, other.to), (bonus.from, bonus.to))
        })
        .then_some("overlaps")
}
