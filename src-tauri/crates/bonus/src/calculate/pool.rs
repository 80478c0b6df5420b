//! Components that are worked out for a team and divided among its members.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::{Money, Ratio, allocate};

use super::assemble::blocked;
use super::compiled::Compiled;
use super::credit::{Credited, Entry};
use super::facts::weights;
use super::measure;
use super::people::People;
use super::trace::{self, Trace};
use super::window::{self, Window};
use super::work::{Context, Days, Subject, Worked, work};
use super::{Known, lines};
use crate::exact::Exact;
use crate::input::{Span, TeamInput};
use crate::plan::{Measure, PoolBy};
use crate::statement::{ComponentResult, Note, StatementLine};

/// A member with a day in the team within the period.
struct Member {
    person: usize,
    /// Days in the team, in order and apart: those that two times share are there once.
    spans: Vec<(NaiveDate, NaiveDate)>,
    entries: Vec<Entry>,
}

impl Member {
    fn days(&self) -> i64 {
        let days = |(from, to): &(NaiveDate, NaiveDate)| (*to - *from).num_days();
        self.spans.iter().map(days).sum()
    }
}

/// The component of every paid person: shares of the pools of their teams.
pub(super) fn divide(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    by: PoolBy,
    credited: &[Credited],
    people: &People<'_>,
) -> Vec<ComponentResult> {
    let mut results: Vec<ComponentResult> = (0..people.paid)
        .map(|_| ComponentResult {
            amount: Some(Money::new(0, context.currency)),
            notes: vec![Note::new("no_team", &[])],
            ..blocked(compiled, Note::new("no_team", &[]), Trace::default())
        })
        .collect();
    let mut teams: Vec<&TeamInput> = context.input.teams.iter().collect();
    teams.sort_by(|a, b| a.team.cmp(&b.team));
    for team in teams {
        let members = members(context, team, credited, people);
        let mut trace = Trace::new(context.is_full());
        let pool = pool_of(context, compiled, team, &members, credited, &mut trace);
        let pool = pool.and_then(|(worked, amount)| {
            Ok(Divided {
                shares: shares(context, compiled, by, &members, amount)?,
                worked,
                amount,
            })
        });
        let steps = trace.into_steps();
        for (at, member) in members.iter().enumerate() {
            let Some(result) = results.get_mut(member.person) else {
                continue;
            };
            result.notes.retain(|note| note.code != "no_team");
            result.trace.extend(steps.iter().cloned());
            match &pool {
                Ok(divided) => add(context, result, team, by, divided, at),
                Err(note) => {
                    result.amount = None;
                    result.notes.push(note.clone());
                }
            }
        }
    }
    for (result, person) in results.iter_mut().zip(&context.input.people) {
        // Nothing says which part of a pool was brought under which plan.
        if person.partly && !result.lines.is_empty() {
            result.amount = None;
            result.notes.push(Note::new("pool_partly", &[]));
        }
        if result.amount.is_none() {
            result.lines.clear();
        }
    }
    results
}

/// In order of their ids.
fn members(
    context: &Context<'_>,
    team: &TeamInput,
    credited: &[Credited],
    people: &People<'_>,
) -> Vec<Member> {
    let period = context.period;
    let mut spans: BTreeMap<&str, Vec<(NaiveDate, NaiveDate)>> = BTreeMap::new();
    for member in &team.members {
        let from = member.span().start().max(period.start());
        let to = member.span().end().min(period.end());
        if from < to {
            spans.entry(&member.person).or_default().push((from, to));
        }
    }
    let member = |(id, spans)| {
        let person = people.known(id)?;
        let spans = apart(spans);
        let own = credited.get(person);
        let within = |(from, to): &(NaiveDate, NaiveDate)| own.map(|own| own.within(*from, *to));
        let entries = spans.iter().filter_map(within).flatten().cloned().collect();
        Some(Member {
            person,
            spans,
            entries,
        })
    };
    spans.into_iter().filter_map(member).collect()
}

/// Spans that meet made one.
fn apart(mut spans: Vec<(NaiveDate, NaiveDate)>) -> Vec<(NaiveDate, NaiveDate)> {
    spans.sort_unstable();
    let mut joined: Vec<(NaiveDate, NaiveDate)> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match joined.last_mut().filter(|(_, end)| from <= *end) {
            Some((_, end)) => *end = to.max(*end),
            None => joined.push((from, to)),
        }
    }
    joined
}

/// What the team's pool holds.
fn pool_of(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    team: &TeamInput,
    members: &[Member],
    credited: &[Credited],
    trace: &mut Trace,
) -> Known<(Worked, i64)> {
    let input = context.input;
    let mut together = Credited::default();
    for member in members {
        let own = credited.get(member.person);
        let mut troubles = member
            .spans
            .iter()
            .filter_map(|(from, to)| own?.trouble(*from, *to));
        if let Some(trouble) = troubles.next() {
            return Err(trouble.clone());
        }
        together.entries.extend(member.entries.iter().cloned());
    }
    together.entries.sort_by_key(|entry| (entry.on, entry.fact));
    let mut target = None;
    for member in members {
        let minor = input
            .people
            .get(member.person)
            .and_then(|person| window::target_bonus(&input.plan, person, context.period));
        if let Some(minor) = minor {
            let sum = target.get_or_insert(Ratio::ZERO);
            *sum = sum.plus(Ratio::from_int(minor))?;
        }
    }
    let subject = Subject {
        person: None,
        goals: &team.goals,
        employed: Span::default(),
        earned: None,
        team_target: target,
        days: Days::Assigned,
    };
    let window = Window::of(context.period);
    let worked = work(context, compiled, &subject, &together, None, &window, trace)?;
    let exact = worked.exact()?;
    let rule = input.plan.rounding;
    let amount = lines::round(exact, rule, context.currency)?;
    trace.add(|| trace::rounding(exact, amount, rule, context.currency));
    Ok((worked, amount))
}

/// What of the pool is each member's.
fn shares(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    by: PoolBy,
    members: &[Member],
    amount: i64,
) -> Known<Vec<(i64, Ratio)>> {
    let mut shares = Vec::with_capacity(members.len());
    for member in members {
        shares.push(match by {
            PoolBy::Equal => Ratio::ONE,
            PoolBy::Days => Ratio::from_int(member.days()),
            PoolBy::TargetBonus => {
                let person = context.input.people.get(member.person);
                let target = person.and_then(|person| {
                    window::target_bonus(&context.input.plan, person, context.period)
                });
                Ratio::from_int(target.unwrap_or(0))
            }
            PoolBy::Credit => brought(context, compiled, member)?.max(Ratio::ZERO),
        });
    }
    if shares.iter().all(|share| *share == Ratio::ZERO) {
        shares = vec![Ratio::ONE; members.len()];
    }
    let mut sum = Ratio::ZERO;
    for share in &shares {
        sum = sum.plus(*share)?;
    }
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let weights = weights(shares.iter().copied()).ok_or_else(lines::overflow)?;
    let unit = context.input.plan.rounding.unit(context.currency);
    let parts = allocate(amount / unit, &weights)?;
    parts
        .into_iter()
        .zip(shares)
        .map(|(part, share)| Ok((part * unit, share.over(sum)?)))
        .collect()
}

fn brought(context: &Context<'_>, compiled: &Compiled<'_>, member: &Member) -> Known<Ratio> {
    match &compiled.component.measure {
        Measure::Facts { value, .. } => measure::sum(context, &member.entries, *value),
        _ => Ok(Ratio::ZERO),
    }
}

/// A team's pool and how it is divided.
struct Divided {
    worked: Worked,
    amount: i64,
    /// Of each member: the part, and its exact share of all.
    shares: Vec<(i64, Ratio)>,
}

/// Adds a member's part of a pool to their result.
fn add(
    context: &Context<'_>,
    result: &mut ComponentResult,
    team: &TeamInput,
    by: PoolBy,
    divided: &Divided,
    at: usize,
) {
    let Some((part, share)) = divided.shares.get(at).copied() else {
        return;
    };
    let (worked, currency) = (&divided.worked, context.currency);
    result.measure = worked.measure;
    result.goal = worked.goal;
    result.attainment = worked.attainment;
    result.notes.extend(worked.notes.iter().cloned());
    if context.is_full() {
        let shown = crate::percent::shown(share);
        let step = trace::pool(&team.name, divided.amount, &shown, part, currency);
        result.trace.push(step);
    }
    let by = match by {
        PoolBy::Equal => "equal",
        PoolBy::Credit => "credit",
        PoolBy::TargetBonus => "target_bonus",
        PoolBy::Days => "days",
    };
    let params = || {
        let amount = yeji_core::money::format_minor(divided.amount, currency);
        vec![
            ("team", team.name.clone()),
            ("amount", amount),
            ("by", by.to_owned()),
        ]
    };
    result.lines.push(StatementLine {
        label: context.note("line_pool", params),
        tier: None,
        fact: None,
        exact: Ratio::from_int(part),
        amount: Money::new(part, currency),
    });
    let Some(sum) = result.amount else { return };
    result.amount = sum.checked_add(Money::new(part, currency)).ok();
    if result.amount.is_none() {
        result.notes.push(lines::overflow());
    }
}
