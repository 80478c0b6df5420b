//! What a plan is told of people: employment, target bonuses, who reports to whom, and teams.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_bonus::plan::{Over, Who};
use yeji_bonus::{AssignmentInput, Measure, MemberInput, Plan, ReportInput, TeamInput};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::goal::TargetBonus;
use yeji_core::ids::UnitId;
use yeji_core::org::{MemberRole, Membership, OPEN_END, OPEN_START, Organisation};
use yeji_core::{Money, allocate};

use crate::error::Result;

/// Most periods that a plan looks back.
const MAX_PERIODS: usize = 60;

/// The first day that the windows of a plan's components look at.
pub(super) fn first_day(plan: &Plan, period: Period) -> NaiveDate {
    let mut first = period.start();
    for component in &plan.components {
        let kind = match component.over() {
            Some(Over::QuarterToDate) => PeriodKind::Quarter,
            Some(Over::YearToDate) => PeriodKind::Year,
            _ => continue,
        };
        let around = period.around(kind).unwrap_or(period);
        first = first.min(around.start());
    }
    first
}

/// The plan's periods from the one that holds a day to the one that is paid.
pub(super) fn periods_since(since: NaiveDate, period: Period) -> Result<Vec<Period>> {
    let mut periods = vec![period];
    let mut first = period;
    while first.start() > since && periods.len() < MAX_PERIODS {
        first = first.previous()?;
        periods.push(first);
    }
    periods.reverse();
    Ok(periods)
}

/// Whether the plan asks who reports to whom.
pub(super) fn asks_for_reports(plan: &Plan) -> bool {
    plan.components
        .iter()
        .any(|one| one.credit.who != Who::Owners || matches!(one.measure, Measure::Earnings { .. }))
}

/// Whether the plan has pools of teams.
pub(super) fn asks_for_teams(plan: &Plan) -> bool {
    plan.components.iter().any(|one| one.pool.is_some())
}

/// A person's target bonuses (`records`) as assignments. Records are per quarter: half years and years have twice and
/// four times as much, and a quarter's months share it by the largest remainder, the earlier first.
pub(super) fn assignments(
    records: &[TargetBonus],
    periods: &[Period],
) -> Result<Vec<AssignmentInput>> {
    let mut assignments = Vec::new();
    for record in records {
        let kind = periods.first().map(|period| period.kind());
        if kind == Some(PeriodKind::Month) {
            assignments.extend(monthly(record, periods)?);
            continue;
        }
        let times = match kind {
            Some(PeriodKind::Half) => 2,
            Some(PeriodKind::Year) => 4,
            _ => 1,
        };
        let minor = record
            .per_quarter
            .minor
            .checked_mul(times)
            .ok_or(yeji_core::Error::Overflow("target bonus"))?;
        assignments.push(AssignmentInput {
            from: (record.from > OPEN_START).then_some(record.from),
            to: (record.to < OPEN_END).then_some(record.to),
            target_bonus: Some(Money::new(minor, record.per_quarter.currency)),
            source: Some(record.from.to_string()),
        });
    }
    Ok(assignments)
}

fn monthly(record: &TargetBonus, periods: &[Period]) -> Result<Vec<AssignmentInput>> {
    let months = allocate(record.per_quarter.minor, &[1, 1, 1])?;
    let mut assignments = Vec::new();
    for period in periods {
        let (from, to) = (record.from.max(period.start()), record.to.min(period.end()));
        if from >= to {
            continue;
        }
        let quarter = period.around(PeriodKind::Quarter);
        let siblings = quarter.map(|quarter| quarter.parts(PeriodKind::Month));
        let place = siblings
            .and_then(|months| months.iter().position(|month| month == period))
            .unwrap_or(0);
        let minor = months.get(place).copied().unwrap_or_default();
        assignments.push(AssignmentInput {
            from: Some(from),
            to: Some(to),
            target_bonus: Some(Money::new(minor, record.per_quarter.currency)),
            source: Some(record.from.to_string()),
        });
    }
    Ok(assignments)
}

/// Who reports to whom: whoever sells in a unit to who leads it, leaders to those of the unit above; where
/// a unit is led by nobody, or by oneself, to the next one above that is.
pub(super) fn reports(organisation: &Organisation) -> Vec<ReportInput> {
    let mut leaders: Leaders<'_> = BTreeMap::new();
    for stay in organisation.memberships() {
        if stay.role == MemberRole::Manager {
            leaders.entry(stay.unit).or_default().push(stay);
        }
    }
    let mut found = Vec::new();
    for stay in organisation.memberships() {
        let unit = organisation.unit(stay.unit);
        let start = match stay.role {
            MemberRole::Sales => Some(stay.unit),
            MemberRole::Manager => unit.and_then(|unit| unit.parent),
        };
        let days = (stay.from, stay.to);
        upwards(organisation, &leaders, stay, start, days, &mut found);
    }
    found.sort_by(|a, b| {
        let key = |one: &ReportInput| (one.person.clone(), one.manager.clone(), one.from);
        key(a).cmp(&key(b))
    });
    found.dedup();
    found
}

/// Stays of those who lead a unit.
type Leaders<'a> = BTreeMap<UnitId, Vec<&'a Membership>>;

fn upwards(
    organisation: &Organisation,
    leaders: &Leaders<'_>,
    stay: &Membership,
    unit: Option<UnitId>,
    (from, to): (NaiveDate, NaiveDate),
    found: &mut Vec<ReportInput>,
) {
    let Some(unit) = unit else { return };
    let mut open = vec![(from, to)];
    let of_unit = leaders.get(&unit).into_iter().flatten();
    for leader in of_unit.filter(|one| one.person != stay.person) {
        let (start, end) = (leader.from.max(from), leader.to.min(to));
        if start < end {
            found.push(ReportInput {
                person: stay.person.to_string(),
                manager: leader.person.to_string(),
                from: (start > OPEN_START).then_some(start),
                to: (end < OPEN_END).then_some(end),
            });
            open = open
                .into_iter()
                .flat_map(|(a, b)| [(a, b.min(start)), (a.max(end), b)])
                .filter(|(a, b)| a < b)
                .collect();
        }
    }
    let parent = organisation.unit(unit).and_then(|unit| unit.parent);
    for days in open {
        upwards(organisation, leaders, stay, parent, days, found);
    }
}

/// Units in which people sell, with who sells there.
pub(super) fn teams(organisation: &Organisation) -> Vec<TeamInput> {
    let mut members: BTreeMap<UnitId, Vec<MemberInput>> = BTreeMap::new();
    for stay in organisation.memberships() {
        if stay.role == MemberRole::Sales {
            members.entry(stay.unit).or_default().push(MemberInput {
                person: stay.person.to_string(),
                from: (stay.from > OPEN_START).then_some(stay.from),
                to: (stay.to < OPEN_END).then_some(stay.to),
            });
        }
    }
    members
        .into_iter()
        .filter_map(|(unit, members)| {
            Some(TeamInput {
                team: unit.to_string(),
                name: organisation.unit(unit)?.name.clone(),
                members,
                goals: Vec::new(),
            })
        })
        .collect()
}
