//! Which rows somebody sees: of goals and deals, and of pay.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use yeji_core::account::Role;
use yeji_core::facts::Opportunity;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::{MemberRole, Organisation};

use super::{AccessError, Actor, App, Right, may};
use crate::error::Result;
use crate::organisation::present_team;

/// Whose goals and deals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Everybody's.
    Company,
    /// Those made in these units (subtrees, listed).
    Units(Vec<UnitId>),
    /// One person's.
    Person(PersonId),
}

/// Whose pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PaySight {
    /// Everybody's.
    Everybody,
    /// Of these people.
    People(BTreeSet<PersonId>),
}

impl Sight {
    /// What an actor sees; `organisation` is asked for only where it decides.
    pub(super) async fn of(
        actor: &Actor,
        today: NaiveDate,
        organisation: impl AsyncFnOnce() -> Result<Arc<Organisation>>,
    ) -> Result<Self> {
        let nobody = PersonId(uuid::Uuid::nil());
        Ok(match actor.role() {
            Some(Role::Hr | Role::Auditor) => Self::Company,
            Some(Role::Manager) => {
                let person = actor.person().unwrap_or(nobody);
                let organisation = organisation().await?;
                Self::Units(led_units(&organisation, person, today))
            }
            // An account without a person sees the rows of nobody.
            Some(Role::Sales) | None => Self::Person(actor.person().unwrap_or(nobody)),
        })
    }

    /// Of the units asked for (None: all) those that are seen.
    pub(crate) fn units(&self, asked: Option<&[UnitId]>) -> Option<Vec<UnitId>> {
        match (self, asked) {
            (Self::Units(own), Some(asked)) => {
                let seen = asked.iter().filter(|unit| own.contains(unit));
                Some(seen.copied().collect())
            }
            (Self::Units(own), None) => Some(own.clone()),
            (Self::Company | Self::Person(_), asked) => asked.map(<[UnitId]>::to_vec),
        }
    }

    /// The only person whose rows are seen, if it is one.
    pub(crate) fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(*person),
            Self::Company | Self::Units(_) => None,
        }
    }
}

impl PaySight {
    /// Whether a person's pay is seen.
    pub(crate) fn includes(&self, person: PersonId) -> bool {
        match self {
            Self::Everybody => true,
            Self::People(people) => people.contains(&person),
        }
    }
}

impl App {
    /// Whose pay this actor sees: own pay always, the team's and the company's by right.
    pub(crate) async fn pay_sight(&self) -> Result<PaySight> {
        let has = |right| self.actor.has(right, self.policies);
        if has(Right::SeeAllPay) {
            return Ok(PaySight::Everybody);
        }
        let mut people: BTreeSet<PersonId> = self.actor.person().into_iter().collect();
        if let (true, Sight::Units(units)) = (has(Right::SeeTeamPay), &self.sight) {
            let organisation = self.store()?.organisation().await?;
            let today = self.actor.day(self.clock.today());
            let in_team = |person: PersonId| {
                present_team(&organisation, person, today)
                    .is_some_and(|unit| units.contains(&unit.id))
            };
            let all = organisation.people().map(|person| person.id);
            people.extend(all.filter(|person| in_team(*person)));
        }
        Ok(PaySight::People(people))
    }

    /// Refuses pay of somebody whose pay is not seen, naming the right that would be needed.
    pub(crate) async fn require_pay_of(&self, person: PersonId) -> Result<()> {
        if self.pay_sight().await?.includes(person) {
            return Ok(());
        }
        // A manager without the team's pay lacks that first, were it a person of the team or not.
        let led = matches!(self.sight, Sight::Units(_));
        let right = if led && !may(Role::Manager, Right::SeeTeamPay, self.policies) {
            Right::SeeTeamPay
        } else {
            Right::SeeAllPay
        };
        self.actor.require(right, self.policies)
    }

    /// Refuses goals and deals of a person whose rows are not seen by themselves.
    pub(crate) fn require_results_of(&self, person: PersonId) -> Result<()> {
        match &self.sight {
            Sight::Person(own) if *own != person => {
                self.actor.require(Right::SeeTeamResults, self.policies)
            }
            _ => Ok(()),
        }
    }

    /// Whether this actor sees what somebody wrote about customers on a day.
    pub(crate) fn sees_work_of(
        &self,
        organisation: &Organisation,
        person: PersonId,
        day: NaiveDate,
    ) -> bool {
        match &self.sight {
            Sight::Company => true,
            Sight::Person(own) => *own == person,
            Sight::Units(units) => {
                present_team(organisation, person, day).is_some_and(|unit| units.contains(&unit.id))
            }
        }
    }

    /// Refuses a deal that this actor does not see, as the sums of results leave it out.
    pub(crate) async fn require_deal(&self, deal: &Opportunity) -> Result<()> {
        match &self.sight {
            Sight::Company => Ok(()),
            Sight::Person(_) => self.require_results_of(deal.owner),
            Sight::Units(units) => {
                let team = self.store()?.team_of_deal(deal.id).await?;
                if team.is_some_and(|team| units.contains(&team)) {
                    return Ok(());
                }
                self.actor.require(Right::SeeAllResults, self.policies)
            }
        }
    }

    /// The units that a request means (None: all that this actor sees). A unit that somebody may not
    /// see is refused, and so is a manager who leads nothing. Who sees own results only is refused a unit
    /// in and below which they never were: its 0.00 would look like the unit's.
    pub(crate) fn require_units(
        &self,
        organisation: &Organisation,
        units: Option<&[UnitId]>,
    ) -> Result<()> {
        let own = match &self.sight {
            Sight::Company => return Ok(()),
            Sight::Units(own) => own,
            Sight::Person(person) => {
                let mut stays = organisation.stays(*person);
                let theirs = units.is_none_or(|units| stays.any(|stay| units.contains(&stay.unit)));
                return if theirs {
                    Ok(())
                } else {
                    self.actor.require(Right::SeeTeamResults, self.policies)
                };
            }
        };
        if own.is_empty() {
            let name = self.actor.author().to_owned();
            return Err(AccessError::LeadsNothing { name }.into());
        }
        match units.and_then(|units| units.first()) {
            Some(unit) if !own.contains(unit) => {
                self.actor.require(Right::SeeAllResults, self.policies)
            }
            _ => Ok(()),
        }
    }
}

/// The units that somebody leads on a day, with all below them, each once.
pub(crate) fn led_units(
    organisation: &Organisation,
    person: PersonId,
    day: NaiveDate,
) -> Vec<UnitId> {
    let mut units = Vec::new();
    let leads = |stay: &&yeji_core::org::Membership| {
        stay.role == MemberRole::Manager && stay.from <= day && day < stay.to
    };
    for stay in organisation.stays(person).filter(leads) {
        for unit in organisation.subtree(stay.unit) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
    }
    units
}
