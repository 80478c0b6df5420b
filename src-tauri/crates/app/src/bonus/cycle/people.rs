//! Who is who in a cycle: a second person, and the team of a statement.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use yeji_core::Money;
use yeji_core::account::Role;
use yeji_core::calendar::Period;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::Organisation;
use yeji_store::AuditFilter;

use super::review::PersonPay;
use super::{CycleError, Standing};
use crate::access::{Actor, LOCAL_AUTHOR, PaySight, led_units};
use crate::bonus::versions::last_day;
use crate::context::App;
use crate::error::Result;
use crate::organisation::present_team;

/// What is done to accounts, as the audit log names it.
const OF_ACCOUNTS: [&str; 3] = ["account.add", "account.password", "account.role"];
/// Audit entries read at once.
const AUDIT_WINDOW: u32 = 200;
/// The sum of fewer people's pay tells what one of them is paid.
const FEWEST_IN_SUM: u32 = 3;

/// A team of a cycle.
#[derive(Debug, Clone)]
pub(super) struct Team {
    pub unit: UnitId,
    pub name: String,
    pub people: u32,
    /// Without those whose pay waits; none: it would tell what somebody is paid whose pay is not seen.
    pub total: Option<Money>,
}

impl App {
    /// Refuses a step of whoever did the one before (`first`): the same account, or another one of the same
    /// person. Without accounts nobody is known to be another person.
    pub(super) async fn require_second_person(&self, first: &str) -> Result<()> {
        self.require_accounts()?;
        if first == LOCAL_AUTHOR {
            return Err(CycleError::NoAccounts.into());
        }
        let other = self.store()?.account_named(first).await?;
        let person = other.and_then(|account| account.person);
        let same_person = person.is_some() && person == self.actor().person();
        if first == self.actor().author() || same_person {
            let name = first.to_owned();
            return Err(CycleError::SecondPerson { name }.into());
        }
        Ok(())
    }

    /// Refuses an account that the one who did the step before has made, given a password or another role since a
    /// moment: whoever could sign in with it may be the same one.
    pub(super) async fn require_own_account(
        &self,
        first: &str,
        since: DateTime<Utc>,
    ) -> Result<()> {
        let filter = AuditFilter {
            action: None,
            actor: Some(first.to_owned()),
        };
        let mut after = None;
        loop {
            let page = self
                .store()?
                .audit_entries_of(&filter, after, AUDIT_WINDOW)
                .await?;
            for entry in &page.rows {
                if entry.at <= since {
                    return Ok(());
                }
                let touched = OF_ACCOUNTS.contains(&entry.action.as_str());
                if touched && entry.subject == self.actor().author() {
                    let name = first.to_owned();
                    return Err(CycleError::AccountOfFirst { name }.into());
                }
            }
            let Some(last) = page.rows.last().filter(|_| page.next.is_some()) else {
                return Ok(());
            };
            after = Some(last.seq);
        }
    }

    /// Refuses approvals where nobody has signed in, and from a personal file.
    pub(super) fn require_accounts(&self) -> Result<()> {
        match self.actor() {
            Actor::Account(_) => Ok(()),
            Actor::Owner(_) => Err(CycleError::InCompanyStore.into()),
            Actor::Local | Actor::Nobody => Err(CycleError::NoAccounts.into()),
        }
    }

    /// Units whose numbers this actor approves: all for HR, those that a manager leads.
    pub(super) fn approves(&self, organisation: &Organisation, unit: UnitId) -> bool {
        match self.actor().role() {
            Some(Role::Hr) => true,
            Some(Role::Manager) => self.leads(organisation, unit),
            _ => false,
        }
    }

    /// Whether this actor leads a unit, by itself or with one above.
    pub(super) fn leads(&self, organisation: &Organisation, unit: UnitId) -> bool {
        let today = self.actor().day(self.clock.today());
        let person = self.actor().person();
        person.is_some_and(|person| led_units(organisation, person, today).contains(&unit))
    }
}

/// The teams of statements, by name: where each person was on the last day of the period. Sums are those of
/// somebody who sees this pay.
pub(super) fn teams(
    organisation: &Organisation,
    period: Period,
    people: &[PersonPay],
    standing: &Standing,
    pay: &PaySight,
) -> Result<Vec<Team>> {
    let mut teams: BTreeMap<UnitId, (Team, u32)> = BTreeMap::new();
    for one in people {
        let Some(unit) = present_team(organisation, one.person, last_day(period)) else {
            continue;
        };
        let (team, unseen) = teams.entry(unit.id).or_insert_with(|| {
            let team = Team {
                unit: unit.id,
                name: unit.name.clone(),
                people: 0,
                total: Some(Money::new(0, one.payout.currency)),
            };
            (team, 0)
        });
        team.people += 1;
        if is_held(standing, one.person) {
            continue;
        }
        *unseen += u32::from(!pay.includes(one.person));
        team.total = match team.total {
            Some(total) => Some(total.checked_add(one.payout)?),
            None => None,
        };
    }
    let told = teams.into_values().map(|(team, unseen)| Team {
        total: team
            .total
            .filter(|_| unseen == 0 || unseen >= FEWEST_IN_SUM),
        ..team
    });
    let mut teams: Vec<Team> = told.collect();
    teams.sort_by(|a, b| a.name.cmp(&b.name).then(a.unit.cmp(&b.unit)));
    Ok(teams)
}

/// Whether somebody's pay of what was handed in waits.
pub(super) fn is_held(standing: &Standing, person: PersonId) -> bool {
    let counts = standing.counts();
    counts.is_some_and(|one| one.held.contains_key(&person))
}

/// Who approved a unit, by itself or with one above it.
pub(super) fn approval<'a>(
    organisation: &Organisation,
    standing: &'a Standing,
    unit: UnitId,
) -> Option<&'a super::state::Done> {
    let above = |id: &UnitId| organisation.unit(*id).and_then(|unit| unit.parent);
    std::iter::successors(Some(unit), above).find_map(|id| standing.teams.get(&id))
}
