//! A cycle as somebody sees it: how far it is, what they may do, who is awaited, and what is unusual.

use std::collections::BTreeMap;
use std::sync::Arc;

use yeji_core::Money;
use yeji_core::bonus_cycle::{BonusStep, BonusStepKind};
use yeji_core::ids::PersonId;
use yeji_core::org::Organisation;
use yeji_store::BonusRun as KeptRun;

use super::error::against;
use super::people::{Team, approval, is_held, teams};
use super::review::Reviewed;
use super::state::code_of;
use super::{Cycle, CycleError};
use crate::access::{Actor, PaySight, Right, Sight};
use crate::api::bonus_cycle::{
    BonusCycle, CycleAction, CycleState, CycleStep, CycleSummary, GetBonusCycle, HeldPerson,
    TeamApproval,
};
use crate::api::{Message, NoArgs};
use crate::bonus::sum;
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::name_of;

impl App {
    /// The cycle of a period, as far as its pay is seen.
    pub async fn get_bonus_cycle(&self, args: GetBonusCycle) -> Result<BonusCycle> {
        let cycle = self.cycle(args.period, args.plan.as_deref()).await?;
        let organisation = self.store()?.organisation().await?;
        let pay = self.pay_sight().await?;
        let run = cycle.shown_run();
        let reviewed = match run {
            Some(run) => Some((run, self.reviewed(&cycle, run).await?)),
            None => None,
        };
        let (mut all, mut anomalies, mut total) = (Vec::new(), Vec::new(), None);
        if let Some((_, reviewed)) = &reviewed {
            all = self.teams_of(&organisation, &cycle, reviewed, &pay)?;
            let seen = reviewed.anomalies.iter();
            anomalies.extend(seen.filter(|one| pay.includes(one.person)).cloned());
            total = seen_total(&cycle, reviewed, &pay)?;
        }
        let can = self.can(&cycle, &all, &organisation).await?;
        let everybody = pay == PaySight::Everybody && !matches!(self.actor(), Actor::Owner(_));
        let waits_for = self
            .waits_for(&cycle, reviewed.as_ref(), &all, &organisation)
            .await?;
        let drift = if everybody {
            self.drift(&cycle).await?
        } else {
            None
        };
        Ok(BonusCycle {
            period: cycle.period,
            plan: cycle.plan.clone(),
            state: cycle.standing.state,
            run: run.map(|run| run.id),
            stamp: cycle.stamp(),
            version: cycle.standing.version(),
            total,
            notes: too_small(&all).into_iter().collect(),
            teams: self.shown_teams(&cycle, &organisation, all, &can),
            can,
            waits_for,
            steps: self.shown_steps(&cycle, &organisation, &pay),
            anomalies,
            held: shown_held(&cycle, &organisation, &pay),
            drift,
        })
    }

    /// Every period with a run or a step, newest first.
    pub async fn list_bonus_cycles(&self, _: NoArgs) -> Result<Vec<CycleSummary>> {
        let pay = self.pay_sight().await?;
        let approves = self.actor().has(Right::ApproveTeamBonus, self.policies());
        let organisation = self.store()?.organisation().await?;
        let mut list = Vec::new();
        for cycle in self.all_cycles().await? {
            let payouts = self.current_payouts(&cycle).await?;
            let seen: Vec<Money> = payouts
                .into_iter()
                .filter(|(person, _)| pay.includes(*person))
                .map(|(_, payout)| payout)
                .collect();
            if seen.is_empty() && pay != PaySight::Everybody && !approves {
                continue;
            }
            let total = match seen.first() {
                Some(first) => Some(sum(first.currency, seen.iter().copied())?),
                None => None,
            };
            list.push(CycleSummary {
                can: self.awaited_of_asker(&cycle, &organisation, &pay).await?,
                period: cycle.period,
                plan: cycle.plan.clone(),
                state: cycle.standing.state,
                total,
                waits_for: awaited(&cycle, &[]),
            });
        }
        Ok(list)
    }

    /// What the asker may do where somebody is awaited.
    async fn awaited_of_asker(
        &self,
        cycle: &Cycle,
        organisation: &Organisation,
        pay: &PaySight,
    ) -> Result<Vec<CycleAction>> {
        let standing = &cycle.standing;
        let teams = match (standing.state, cycle.shown_run()) {
            // Nobody is awaited any more, or not yet.
            (CycleState::Open | CycleState::Paid | CycleState::Closed, _)
                if standing.asked.is_none() =>
            {
                return Ok(Vec::new());
            }
            (CycleState::InReview, Some(run)) => {
                let reviewed = self.reviewed(cycle, run).await?;
                self.teams_of(organisation, cycle, &reviewed, pay)?
            }
            _ => Vec::new(),
        };
        self.can(cycle, &teams, organisation).await
    }

    /// What the run of a cycle pays everybody; nothing to whom pay waits.
    async fn current_payouts(&self, cycle: &Cycle) -> Result<BTreeMap<PersonId, Money>> {
        let Some(run) = cycle.shown_run() else {
            return Ok(BTreeMap::new());
        };
        let mut payouts: BTreeMap<PersonId, Money> =
            self.store()?.payouts(run.id).await?.into_iter().collect();
        for (person, payout) in &mut payouts {
            if is_held(&cycle.standing, *person) {
                payout.minor = 0;
            }
        }
        Ok(payouts)
    }

    fn teams_of(
        &self,
        organisation: &Organisation,
        cycle: &Cycle,
        reviewed: &Reviewed,
        pay: &PaySight,
    ) -> Result<Vec<Team>> {
        // Of teams only those see sums who approve them, and who see everybody's pay.
        if matches!(self.sight(), Sight::Person(_)) {
            return Ok(Vec::new());
        }
        let mut all = teams(
            organisation,
            cycle.period,
            &reviewed.people,
            &cycle.standing,
            pay,
        )?;
        if let Sight::Units(units) = self.sight() {
            all.retain(|team| units.contains(&team.unit));
        }
        Ok(all)
    }

    fn shown_teams(
        &self,
        cycle: &Cycle,
        organisation: &Organisation,
        all: Vec<Team>,
        can: &[CycleAction],
    ) -> Vec<TeamApproval> {
        let shown = all.into_iter().map(|team| {
            let approved = approval(organisation, &cycle.standing, team.unit);
            let may = can.contains(&CycleAction::ApproveTeam);
            TeamApproval {
                approved_by: approved.map(|done| done.by.clone()),
                at: approved.map(|done| done.at),
                may_approve: may && approved.is_none() && self.approves(organisation, team.unit),
                in_place: !self.leads(organisation, team.unit),
                unit: team.unit,
                name: team.name,
                people: team.people,
                total: team.total,
            }
        });
        shown.collect()
    }

    fn shown_steps(
        &self,
        cycle: &Cycle,
        organisation: &Organisation,
        pay: &PaySight,
    ) -> Vec<CycleStep> {
        // Reasons speak of other people's pay; most of all those of holding some of it back.
        let all = *pay == PaySight::Everybody;
        let manager = !matches!(self.sight(), Sight::Person(_));
        let told =
            |kind| all || manager && !matches!(kind, BonusStepKind::Submit | BonusStepKind::Hold);
        let seen = |step: &&BonusStep| step.person.is_none_or(|person| pay.includes(person));
        let mut steps = Vec::new();
        for step in cycle.steps.iter().filter(seen) {
            let unit = step.unit.and_then(|unit| organisation.unit(unit));
            let person = step.person.map(|person| name_of(organisation, person));
            steps.push(CycleStep {
                kind: code_of(step.kind).to_owned(),
                by: step.author.clone(),
                at: step.at,
                name: unit.map(|unit| unit.name.clone()).or(person),
                on: step.on,
                reason: step.reason.clone().filter(|_| told(step.kind)),
            });
        }
        steps
    }

    /// What this actor may do now.
    async fn can(
        &self,
        cycle: &Cycle,
        teams: &[Team],
        organisation: &Organisation,
    ) -> Result<Vec<CycleAction>> {
        let mut can = Vec::new();
        if matches!(self.actor(), Actor::Owner(_)) {
            return Ok(can);
        }
        for action in CycleAction::ALL {
            if !cycle.standing.allows(action) {
                continue;
            }
            let mut right = Right::RunBonus;
            if action == CycleAction::ApproveTeam {
                right = Right::ApproveTeamBonus;
                let open = |team: &&Team| {
                    self.approves(organisation, team.unit)
                        && approval(organisation, &cycle.standing, team.unit).is_none()
                };
                if !teams.iter().any(|team| open(&team)) {
                    continue;
                }
            }
            if self.actor().has(right, self.policies())
                && self.stands_against(cycle, action).await?.is_none()
            {
                can.push(action);
            }
        }
        Ok(can)
    }

    /// Who is awaited, and what stands in the way.
    async fn waits_for(
        &self,
        cycle: &Cycle,
        reviewed: Option<&(&KeptRun, Arc<Reviewed>)>,
        teams: &[Team],
        organisation: &Organisation,
    ) -> Result<Vec<Message>> {
        let missing = |team: &&Team| approval(organisation, &cycle.standing, team.unit).is_none();
        let missing: Vec<String> = teams
            .iter()
            .filter(missing)
            .map(|team| team.name.clone())
            .collect();
        let mut waits = awaited(cycle, &missing);
        if !self.actor().has(Right::RunBonus, self.policies())
            || matches!(self.actor(), Actor::Owner(_))
        {
            return Ok(waits);
        }
        let next = match cycle.standing.state {
            CycleState::Open => CycleAction::Submit,
            CycleState::InReview if cycle.standing.hr.is_some() => CycleAction::ApprovePay,
            CycleState::InReview => CycleAction::ApproveHr,
            _ if cycle.standing.asked.is_some() => CycleAction::Reopen,
            _ => return Ok(waits),
        };
        let against = self.stands_against(cycle, next).await?;
        waits.extend(against.map(|error| as_message(&error.into())));
        if let (CycleAction::Submit, Some((run, reviewed))) = (next, reviewed) {
            waits.extend(self.stands_in_the_way(cycle, run, reviewed).await?);
        }
        Ok(waits)
    }

    /// Why this actor cannot take a step that is to be taken; that something cannot be read is no reason.
    async fn stands_against(
        &self,
        cycle: &Cycle,
        action: CycleAction,
    ) -> Result<Option<CycleError>> {
        let ready = match action {
            CycleAction::Submit => self.require_run(cycle).await.map(|_| ()),
            _ => self.require_another(cycle, action).await,
        };
        against(ready)
    }

    /// Why the newest run of an open period cannot be handed in as it is.
    async fn stands_in_the_way(
        &self,
        cycle: &Cycle,
        run: &KeptRun,
        reviewed: &Reviewed,
    ) -> Result<Vec<Message>> {
        let mut waits = Vec::new();
        let (period, as_of) = (cycle.period, reviewed.as_of);
        let provisional = as_of < period.end() && period.end() <= self.clock.today();
        if provisional || self.hash_of_today(run, as_of).await? != run.inputs_hash {
            waits.push(as_message(&CycleError::FactsChanged { period }.into()));
        }
        let blocked = reviewed.people.iter().filter(|one| one.blocked);
        let names: Vec<&str> = blocked.map(|one| one.name.as_str()).collect();
        if !names.is_empty() {
            let count = names.len();
            let names = crate::words::names(names);
            waits.push(as_message(&CycleError::Blocked { count, names }.into()));
        }
        Ok(waits)
    }
}

/// Who is awaited, from how far a cycle is alone.
fn awaited(cycle: &Cycle, teams: &[String]) -> Vec<Message> {
    let standing = &cycle.standing;
    let mut waits = Vec::new();
    if let Some(asked) = &standing.asked {
        let params = [("name", asked.by.clone())];
        waits.push(Message::new("bonus_waits_reopen", &params));
        return waits;
    }
    match (standing.state, &standing.hr) {
        (CycleState::InReview, None) => {
            if !teams.is_empty() {
                let params = [("names", crate::words::names(teams.to_vec()))];
                waits.push(Message::new("bonus_waits_teams", &params));
            }
            waits.push(Message::new("bonus_waits_hr", &[]));
        }
        (CycleState::InReview, Some(done)) => {
            let params = [("name", done.by.clone())];
            waits.push(Message::new("bonus_waits_pay", &params));
        }
        (CycleState::Approved, _) => waits.push(Message::new("bonus_waits_payment", &[])),
        _ => {}
    }
    waits
}

/// An error as a sentence of what one reads.
fn as_message(error: &Error) -> Message {
    let mut params = error.params();
    params.remove("detail");
    Message {
        code: error.code().to_owned(),
        params,
    }
}

fn shown_held(cycle: &Cycle, organisation: &Organisation, pay: &PaySight) -> Vec<HeldPerson> {
    let held = cycle
        .standing
        .counts()
        .into_iter()
        .flat_map(|one| &one.held);
    let seen = held.filter(|(person, _)| pay.includes(**person));
    let mut held: Vec<HeldPerson> = seen
        .map(|(person, reason)| HeldPerson {
            person: *person,
            name: name_of(organisation, *person),
            reason: reason.clone().filter(|_| *pay == PaySight::Everybody),
        })
        .collect();
    held.sort_by(|a, b| a.name.cmp(&b.name));
    held
}

/// The sum of what is paid to people whose pay is seen; none: nobody's is.
fn seen_total(cycle: &Cycle, reviewed: &Reviewed, pay: &PaySight) -> Result<Option<Money>> {
    let seen = || {
        reviewed
            .people
            .iter()
            .filter(|one| pay.includes(one.person))
    };
    let paid = seen().filter(|one| !is_held(&cycle.standing, one.person));
    let total = sum(reviewed.currency, paid.map(|one| one.payout))?;
    Ok(seen().next().is_some().then_some(total))
}

/// Teams whose sums are not told.
fn too_small(teams: &[Team]) -> Option<Message> {
    let small = teams.iter().filter(|team| team.total.is_none());
    let names: Vec<String> = small.map(|team| team.name.clone()).collect();
    let names = (!names.is_empty()).then(|| ("names", crate::words::names(names)))?;
    Some(Message::new("bonus_team_too_small", &[names]))
}
