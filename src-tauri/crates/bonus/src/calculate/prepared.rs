//! What is the same for all periods of an input, made once; and a period worked out from it.

use yeji_core::Money;
use yeji_core::calendar::Period;

use super::chain::Chains;
use super::compiled::Compiled;
use super::credit::{self, Credited};
use super::facts::{Fact, Facts};
use super::people::People;
use super::work::Context;
use super::{ENGINE_VERSION, Known, assemble, guard, lines, pool, statements};
use crate::input::{CalculateInput, Detail};
use crate::plan::{Credit, Event, Measure, Overlays, RateDate, Who};
use crate::statement::{CalculateOutput, ComponentResult, Note};
use crate::{Error, Result};

/// An input without short forms, ready for any of its periods.
pub(super) struct Prepared<'a> {
    input: &'a CalculateInput,
    people: People<'a>,
    chains: Chains,
    facts: Facts<'a>,
    components: Vec<Ready<'a>>,
}

/// A component with what it credits to whom, by number of the person.
struct Ready<'a> {
    compiled: Compiled<'a>,
    /// Empty where it measures no facts.
    credited: Vec<Credited>,
    /// Closings, where receipts are paid at the rate of their deals.
    deals: Option<Vec<Credited>>,
}

/// Results by paid person and place of the component.
pub(super) type Results = Vec<Vec<Option<ComponentResult>>>;

impl<'a> Prepared<'a> {
    /// # Errors
    /// See [`super::calculate()`].
    pub fn new(input: &'a CalculateInput) -> Result<Self> {
        guard::check_input(input)?;
        let mut people = People::new(&input.people)?;
        for member in input.teams.iter().flat_map(|team| &team.members) {
            people.index(&member.person);
        }
        let mut chains = Chains::new(&input.reports, &mut people)?;
        let facts = Facts::prepare(&input.facts, &mut people)?;
        let compiled =
            Compiled::all(&input.plan, input.currency).map_err(|_| guard::unusable(&input.plan))?;
        let listed = input.detail == Detail::Full;
        let ready = |compiled: Compiled<'a>| {
            let component = compiled.component;
            let mut divided = |event: Event| {
                credit::credit(&compiled, event, &facts, &mut chains, people.len(), listed)
            };
            let counts_facts = matches!(component.measure, Measure::Facts { .. });
            let at_rate_of_deals = counts_facts && component.credit.rate_date == RateDate::Deal;
            let credited = counts_facts.then(|| divided(component.credit.event));
            let deals = at_rate_of_deals.then(|| divided(Event::Closing));
            Ready {
                credited: credited.unwrap_or_default(),
                deals,
                compiled,
            }
        };
        let components = compiled.into_iter().map(ready).collect();
        Ok(Self {
            input,
            people,
            chains,
            facts,
            components,
        })
    }

    /// # Errors
    /// A period of another kind than the plan's, a total that does not fit.
    pub fn calculate(&mut self, period: Period) -> Result<CalculateOutput> {
        guard::check_period(&self.input.plan, period)?;
        let input = self.input;
        let context = Context {
            input,
            facts: &self.facts,
            period,
            currency: input.currency,
        };
        let each = || vec![None; self.components.len()];
        let mut results: Results = (0..self.people.paid).map(|_| each()).collect();
        // What others earned is known only after they are worked out.
        let earnings =
            |one: &Ready<'_>| matches!(one.compiled.component.measure, Measure::Earnings { .. });
        for (place, ready) in self.components.iter().enumerate() {
            if !earnings(ready) {
                own(&context, ready, place, &self.people, &mut results);
            }
        }
        for (place, ready) in self.components.iter().enumerate() {
            if earnings(ready) {
                let earned = earned(&context, &ready.compiled, &mut self.chains, &results);
                of_others(&context, &ready.compiled, place, earned, &mut results);
            }
        }
        let statements = statements::statements(&context, results);
        let total: i128 = statements
            .iter()
            .map(|statement| i128::from(statement.payout.minor))
            .sum();
        let total = i64::try_from(total).map_err(|_| Error::Overflow {
            person: String::new(),
            what: "total",
        })?;
        Ok(CalculateOutput {
            engine_version: ENGINE_VERSION.to_owned(),
            plan: input.plan.code.clone(),
            period,
            as_of: input.as_of,
            statements,
            total: Money::new(total, input.currency),
            notes: notes(&context, self.people.paid),
        })
    }
}

/// A component that goes by what is each person's own, or their teams'.
fn own(
    context: &Context<'_>,
    ready: &Ready<'_>,
    place: usize,
    people: &People<'_>,
    results: &mut Results,
) {
    let compiled = &ready.compiled;
    if let Some(pool) = &compiled.component.pool {
        let shares = pool::divide(context, compiled, pool.by, &ready.credited, people);
        for (of_person, result) in results.iter_mut().zip(shares) {
            of_person[place] = Some(result);
        }
        return;
    }
    let nothing = Credited::default();
    for (person, of_person) in results.iter_mut().enumerate() {
        let subject = assemble::subject(context, person, None);
        let credited = ready.credited.get(person).unwrap_or(&nothing);
        let deals = ready.deals.as_ref().and_then(|list| list.get(person));
        let result = assemble::component(context, compiled, &subject, credited, deals);
        of_person[place] = Some(result);
    }
}

/// What those below each person earned, by the hierarchy of the period's last day. Sums are wide, and of
/// several that are blocked the first by id is named: the order of the people never matters.
fn earned(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    chains: &mut Chains,
    results: &Results,
) -> Vec<Known<i64>> {
    let Measure::Earnings { of, .. } = &compiled.component.measure else {
        return Vec::new();
    };
    let people = &context.input.people;
    let components = &context.input.plan.components;
    let source = components.iter().position(|one| one.code == *of);
    let end = context.period.end();
    let last = end.pred_opt().unwrap_or(end);
    let levels = compiled.component.credit.levels.unwrap_or(u32::MAX);
    let mut sums: Vec<(i128, Option<usize>)> = vec![(0, None); people.len()];
    for (person, number) in (0..people.len()).zip(0..) {
        let Some(result) = source.and_then(|at| results[person][at].as_ref()) else {
            continue;
        };
        for (manager, level) in chains.above(number, last).iter() {
            let Some((sum, blocked)) = sums.get_mut(*manager as usize) else {
                continue;
            };
            match result.amount {
                _ if *level > levels => {}
                Some(amount) => *sum += i128::from(amount.minor),
                None => {
                    let id = |at: &usize| people[*at].person.as_str();
                    let both = blocked.iter().copied().chain([person]);
                    *blocked = both.min_by_key(id);
                }
            }
        }
    }
    let known = |(sum, blocked): (i128, Option<usize>)| match blocked {
        Some(person) => {
            let params = [("name", people[person].name.clone())];
            Err(Note::new("earnings_blocked", &params))
        }
        None => i64::try_from(sum).map_err(|_| lines::overflow()),
    };
    sums.into_iter().map(known).collect()
}

/// A component on what others earned.
fn of_others(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    place: usize,
    earned: Vec<Known<i64>>,
    results: &mut Results,
) {
    let nothing = Credited::default();
    for ((person, of_person), earned) in results.iter_mut().enumerate().zip(earned) {
        let subject = assemble::subject(context, person, Some(earned));
        let result = assemble::component(context, compiled, &subject, &nothing, None);
        of_person[place] = Some(result);
    }
}

/// What is to be said of a run as a whole.
fn notes(context: &Context<'_>, paid: usize) -> Vec<Note> {
    let (input, period) = (context.input, context.period);
    let mut notes = Vec::new();
    if input.as_of < period.end() {
        let params = [
            ("as_of", input.as_of.to_string()),
            ("end", period.end().to_string()),
        ];
        notes.push(Note::new("period_not_over", &params));
    }
    let components = input.plan.components.iter();
    let counting: Vec<&Credit> = components
        .filter(|one| matches!(one.measure, Measure::Facts { .. }))
        .map(|one| &one.credit)
        .filter(|credit| credit.who != Who::Reports && credit.overlays != Overlays::Only)
        .collect();
    let counts = |fact: &Fact<'_>| counting.iter().any(|one| one.event == fact.kind);
    let (mut of_others, mut of_nobody) = (0, 0);
    for fact in context.facts.within(period.start(), period.end()) {
        if fact.is_refund || !counts(fact) {
            continue;
        }
        let mut parts = context.facts.parts(fact).iter();
        of_others += usize::from(parts.any(|part| part.person as usize >= paid));
        of_nobody += usize::from(fact.input.credits.is_empty());
    }
    let said = [
        ("credited_to_others", of_others),
        ("nobody_credited", of_nobody),
    ];
    for (code, count) in said.into_iter().filter(|(_, count)| *count > 0) {
        notes.push(Note::new(code, &[("count", count.to_string())]));
    }
    notes
}
