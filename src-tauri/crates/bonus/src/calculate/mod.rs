//! Engine `bonus.calculate`: statements of a period, each number with the steps that made it.
//!
//! Order of steps, for each person and component: credit -> measure -> attainment -> tier -> modifiers
//! -> cap and floor -> proration -> rounding (once). `docs/bonus-plans.md` is the definition.

mod assemble;
mod chain;
pub(crate) mod compiled;
mod credit;
mod facts;
mod guard;
mod lines;
mod measure;
mod people;
mod pool;
mod receipts;
pub(crate) mod tiers;
mod trace;
mod window;
mod work;

use yeji_core::Money;

use crate::input::{CalculateInput, Detail};
use crate::plan::{Event, Measure, Overlays, RateDate, Who};
use crate::statement::{CalculateOutput, ComponentResult, Note};
use crate::{Error, Result, legacy};

use chain::Chains;
use compiled::Compiled;
use credit::Credited;
use facts::Fact;
use people::People;
use work::Context;

/// Name of the engine on the command line.
pub const ENGINE: &str = "bonus.calculate";
/// Version of the calculation; it changes whenever the same input may give another result.
pub const ENGINE_VERSION: &str = "bonus.calculate/3";

/// Something known, or why it is not: what cannot be known is never paid on a guess.
pub(crate) type Known<T> = std::result::Result<T, Note>;

/// Calculates the statements of a period.
///
/// Every line equals the exact fraction rounded once, as the plan says; the same input gives the same
/// output on every platform, in whatever order its lists are.
///
/// # Errors
/// A plan with errors, a period of another kind than the plan's, amounts in another currency, a
/// person, fact or team listed twice, a negative target bonus or share, a circle of managers or
/// refunds, a sum of statements that does not fit: each names its place. What concerns one person's
/// component blocks that one instead.
pub fn calculate(input: &CalculateInput) -> Result<CalculateOutput> {
    let input = &*legacy::without_short_forms(input)?;
    guard::check_input(input)?;
    let mut people = People::new(&input.people)?;
    let mut chains = Chains::new(&input.reports, &mut people)?;
    let facts = facts::prepare(input, &mut people)?;
    let compiled =
        Compiled::all(&input.plan, input.currency).map_err(|_| guard::unusable(&input.plan))?;
    let context = Context {
        input,
        facts: &facts,
        by_id: facts
            .iter()
            .enumerate()
            .filter(|(_, fact)| !fact.is_refund)
            .map(|(at, fact)| (fact.input.id.as_str(), at))
            .collect(),
        currency: input.currency,
    };
    let mut calculation = Calculation {
        context: &context,
        people: &people,
        results: (0..people.paid)
            .map(|_| vec![None; compiled.len()])
            .collect(),
    };
    // What others earned is known only after they are worked out.
    let is_earnings =
        |one: &Compiled<'_>| matches!(one.component.measure, Measure::Earnings { .. });
    for (place, component) in compiled.iter().enumerate() {
        if !is_earnings(component) {
            calculation.component(place, component, &mut chains);
        }
    }
    for (place, component) in compiled.iter().enumerate() {
        if is_earnings(component) {
            calculation.earnings(place, component, &mut chains);
        }
    }
    let results = calculation.results;
    let statements = assemble::statements(&context, results)?;
    let mut total = 0_i64;
    for statement in &statements {
        total = total
            .checked_add(statement.payout.minor)
            .ok_or(Error::Overflow {
                person: String::new(),
                what: "total",
            })?;
    }
    Ok(CalculateOutput {
        engine_version: ENGINE_VERSION.to_owned(),
        plan: input.plan.code.clone(),
        period: input.period,
        as_of: input.as_of,
        statements,
        total: Money::new(total, input.currency),
        notes: notes_of_run(input, &facts, people.paid),
    })
}

struct Calculation<'a> {
    context: &'a Context<'a>,
    people: &'a People<'a>,
    /// By paid person and place of the component.
    results: Vec<Vec<Option<ComponentResult>>>,
}

impl Calculation<'_> {
    fn component(&mut self, place: usize, compiled: &Compiled<'_>, chains: &mut Chains) {
        let component = compiled.component;
        let full = self.context.input.detail == Detail::Full;
        let counts_facts = matches!(component.measure, Measure::Facts { .. });
        let mut divided = |event: Event| {
            let (facts, people) = (self.context.facts, self.people.len());
            credit::credit(compiled, event, facts, chains, people, full)
        };
        let credited = counts_facts.then(|| divided(component.credit.event));
        let deals = (counts_facts && component.credit.rate_date == RateDate::Deal)
            .then(|| divided(Event::Closing));
        if let (Some(pool), Some(credited)) = (&component.pool, &credited) {
            let shares = pool::divide(self.context, compiled, pool.by, credited, self.people);
            for (person, result) in shares.into_iter().enumerate() {
                self.results[person][place] = Some(result);
            }
            return;
        }
        let nothing = Credited::default();
        for person in 0..self.people.paid {
            let subject = assemble::subject(self.context, person, None);
            let credited = credited.as_ref().map_or(&nothing, |list| &list[person]);
            let deals = deals.as_ref().map(|list| &list[person]);
            let result = assemble::component(self.context, compiled, &subject, credited, deals);
            self.results[person][place] = Some(result);
        }
    }

    /// Components on what those below earned, by the hierarchy of the period's last day.
    fn earnings(&mut self, place: usize, compiled: &Compiled<'_>, chains: &mut Chains) {
        let Measure::Earnings { of, .. } = &compiled.component.measure else {
            return;
        };
        let input = self.context.input;
        let components = &input.plan.components;
        let source = components.iter().position(|one| one.code == *of);
        let last = input
            .period
            .end()
            .pred_opt()
            .unwrap_or(input.period.start());
        let levels = compiled.component.credit.levels.unwrap_or(u32::MAX);
        let mut earned: Vec<Known<i64>> = vec![Ok(0); self.people.len()];
        for person in 0..self.people.paid {
            let Some(result) = source.and_then(|at| self.results[person][at].as_ref()) else {
                continue;
            };
            for (manager, level) in chains.above(person, last).iter() {
                if *level <= levels {
                    let sum = &mut earned[*manager];
                    *sum = add(sum.clone(), result, &input.people[person].name);
                }
            }
        }
        let nothing = Credited::default();
        for (person, earned) in earned.into_iter().take(self.people.paid).enumerate() {
            let subject = assemble::subject(self.context, person, Some(earned));
            let result = assemble::component(self.context, compiled, &subject, &nothing, None);
            self.results[person][place] = Some(result);
        }
    }
}

fn add(sum: Known<i64>, result: &ComponentResult, name: &str) -> Known<i64> {
    let Some(amount) = result.amount else {
        return Err(Note::new("earnings_blocked", &[("name", name.to_owned())]));
    };
    sum?.checked_add(amount.minor).ok_or_else(lines::overflow)
}

fn notes_of_run(input: &CalculateInput, facts: &[Fact<'_>], paid: usize) -> Vec<Note> {
    let mut notes = Vec::new();
    if input.as_of < input.period.end() {
        let params = [
            ("as_of", input.as_of.to_string()),
            ("end", input.period.end().to_string()),
        ];
        notes.push(Note::new("period_not_over", &params));
    }
    let counts = |credit: &crate::plan::Credit, fact: &Fact<'_>| {
        credit.event == fact.input.kind
            && credit.who != Who::Reports
            && credit.overlays != Overlays::Only
    };
    let wanted = |fact: &&Fact<'_>| {
        let components = input.plan.components.iter();
        !fact.is_refund
            && input.period.contains(fact.input.on)
            && components
                .filter(|one| matches!(one.measure, Measure::Facts { .. }))
                .any(|one| counts(&one.credit, fact))
    };
    let of_others = |fact: &&Fact<'_>| fact.parts.iter().any(|part| part.person >= paid);
    let of_nobody = |fact: &&Fact<'_>| fact.input.credits.is_empty();
    for (code, count) in [
        (
            "credited_to_others",
            facts.iter().filter(wanted).filter(of_others).count(),
        ),
        (
            "nobody_credited",
            facts.iter().filter(wanted).filter(of_nobody).count(),
        ),
    ] {
        if count > 0 {
            notes.push(Note::new(code, &[("count", count.to_string())]));
        }
    }
    notes
}
