//! Components that are worked out for a team and divided among its members.

use yeji_core::{Money, Ratio, allocate};

use super::assemble::{always, blocked};
use super::compiled::Compiled;
use super::credit::{Credited, Entry};
use super::facts::weights;
use super::measure::entry_value;
use super::people::People;
use super::trace::{self, Trace};
use super::window::{self, Window};
use super::work::{Context, Subject, Worked, work};
use super::{Known, lines};
use crate::input::{Detail, TeamInput};
use crate::plan::{Measure, PoolBy};
use crate::statement::{ComponentResult, Note, StatementLine};

/// A member with a day in the team within the period.
struct Member<'a> {
    person: usize,
    id: &'a str,
    days: i64,
    entries: Vec<Entry>,
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
        let mut trace = Trace::new(context.input.detail == Detail::Full);
        let pool = pool_of(context, compiled, team, &members, credited, &mut trace).and_then(
            |(worked, amount)| {
                let shares = shares(context, compiled, by, &members, amount)?;
                Ok((worked, amount, shares))
            },
        );
        let steps = trace.into_steps();
        for (at, member) in members.iter().enumerate() {
            let Some(result) = results.get_mut(member.person) else {
                continue;
            };
            result.notes.retain(|note| note.code != "no_team");
            result.trace.extend(steps.iter().cloned());
            match &pool {
                Ok((worked, amount, shares)) => {
                    add(context, result, team, worked, *amount, by, shares, at);
                }
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

fn members<'a>(
    context: &Context<'_>,
    team: &TeamInput,
    credited: &[Credited],
    people: &People<'a>,
) -> Vec<Member<'a>> {
    let period = context.input.period;
    let mut members: Vec<Member<'a>> = Vec::new();
    for member in &team.members {
        let from = member.span().start().max(period.start());
        let to = member.span().end().min(period.end());
        let Some(person) = people.known(&member.person).filter(|_| from < to) else {
            continue;
        };
        let days = (to - from).num_days();
        let entries = credited
            .get(person)
            .map(|credited| credited.within(from, to).to_vec())
            .unwrap_or_default();
        match members.iter_mut().find(|one| one.person == person) {
            Some(known) => {
                known.days += days;
                known.entries.extend(entries);
            }
            None => members.push(Member {
                person,
                id: people.id(person),
                days,
                entries,
            }),
        }
    }
    members.sort_by(|a, b| a.id.cmp(b.id));
    members
}

/// What the team's pool holds.
fn pool_of(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    team: &TeamInput,
    members: &[Member<'_>],
    credited: &[Credited],
    trace: &mut Trace,
) -> Known<(Worked, i64)> {
    let input = context.input;
    let mut together = Credited::default();
    for member in members {
        together.entries.extend(&member.entries);
        let spans = team.members.iter().filter(|one| one.person == member.id);
        for span in spans.map(crate::input::MemberInput::span) {
            let from = span.start().max(input.period.start());
            let to = span.end().min(input.period.end());
            let trouble = credited
                .get(member.person)
                .and_then(|one| one.trouble(from, to));
            if let Some(trouble) = trouble {
                return Err(trouble.clone());
            }
        }
    }
    together.entries.sort_by_key(|entry| (entry.on, entry.fact));
    let mut target = None;
    for member in members {
        let minor = input
            .people
            .get(member.person)
            .and_then(|person| window::target_bonus(&input.plan, person, input.period));
        if let Some(minor) = minor {
            let sum = target.get_or_insert(Ratio::ZERO);
            *sum = sum.checked_add(Ratio::from_int(minor))?;
        }
    }
    let subject = Subject {
        person: None,
        goals: &team.goals,
        employed: always(),
        earned: None,
        team_target: target,
        partly: false,
    };
    let window = Window::of(input.period);
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
    members: &[Member<'_>],
    amount: i64,
) -> Known<Vec<(i64, Ratio)>> {
    let mut shares = Vec::with_capacity(members.len());
    for member in members {
        shares.push(match by {
            PoolBy::Equal => Ratio::ONE,
            PoolBy::Days => Ratio::from_int(member.days),
            PoolBy::TargetBonus => {
                let person = context.input.people.get(member.person);
                let target = person.and_then(|person| {
                    window::target_bonus(&context.input.plan, person, context.input.period)
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
        sum = sum.checked_add(*share)?;
    }
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let weights = weights(&shares).ok_or_else(lines::overflow)?;
    let unit = context.input.plan.rounding.unit(context.currency);
    let parts = allocate(amount / unit, &weights)?;
    parts
        .into_iter()
        .zip(shares)
        .map(|(part, share)| Ok((part * unit, share.checked_div(sum)?)))
        .collect()
}

fn brought(context: &Context<'_>, compiled: &Compiled<'_>, member: &Member<'_>) -> Known<Ratio> {
    let Measure::Facts { value, .. } = &compiled.component.measure else {
        return Ok(Ratio::ZERO);
    };
    let mut sum = Ratio::ZERO;
    for entry in &member.entries {
        sum = sum.checked_add(entry_value(context, entry, *value)?)?;
    }
    Ok(sum)
}

#[allow(clippy::too_many_arguments, reason = "all of one share")]
fn add(
    context: &Context<'_>,
    result: &mut ComponentResult,
    team: &TeamInput,
    worked: &Worked,
    amount: i64,
    by: PoolBy,
    shares: &[(i64, Ratio)],
    at: usize,
) {
    let Some((part, share)) = shares.get(at).copied() else {
        return;
    };
    result.measure = worked.measure;
    result.goal = worked.goal;
    result.attainment = worked.attainment;
    result.notes.extend(worked.notes.iter().cloned());
    if context.input.detail == Detail::Full {
        let shown = crate::percent::shown(share);
        result.trace.push(trace::pool(
            &team.name,
            amount,
            &shown,
            part,
            context.currency,
        ));
    }
    let by = match by {
        PoolBy::Equal => "equal",
        PoolBy::Credit => "credit",
        PoolBy::TargetBonus => "target_bonus",
        PoolBy::Days => "days",
    };
    let params = [
        ("team", team.name.clone()),
        (
            "amount",
            yeji_core::money::format_minor(amount, context.currency),
        ),
        ("by", by.to_owned()),
    ];
    result.lines.push(StatementLine {
        label: Note::new("line_pool", &params),
        tier: None,
        exact: Ratio::from_int(part),
        amount: Money::new(part, context.currency),
    });
    result.amount = result
        .amount
        .and_then(|sum| sum.checked_add(Money::new(part, context.currency)).ok());
}
