//! Engine `bonus.deal`: what something that has not happened would pay. Two calculations of the same
//! input, without it and with it, and their exact difference.

mod concerning;
mod reasons;
mod steps;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yeji_core::Money;
use yeji_core::calendar::Period;

use crate::calculate::calculate;
use crate::input::{CalculateInput, Detail, FactInput};
use crate::plan::PlanName;
use crate::statement::{
    CalculateOutput, ComponentResult, Figure, Note, Statement, StatementLine, Step, StepKind,
};
use crate::{Error, Result};

pub use concerning::concerning;

/// Name of the engine on the command line.
pub const ENGINE: &str = "bonus.deal";

/// Input of `bonus.deal`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DealQuestion {
    /// The period as it is. Steps are always told, whatever its `detail` says.
    pub input: CalculateInput,
    /// What would happen: a closing, with the plan on receipts its receipt too.
    pub facts: Vec<FactInput>,
}

/// Output of `bonus.deal`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DealOutput {
    /// [`crate::calculate::ENGINE_VERSION`].
    pub engine_version: String,
    /// Code of the plan.
    pub plan: String,
    /// The period.
    pub period: Period,
    /// What it pays all people together: the sum of their differences. What everybody is paid with and without
    /// it is not told: whom it does not concern is not worked out.
    pub difference: Money,
    /// Those whose statement changes, and those who are credited with it; in the order of the input.
    pub people: Vec<PersonChange>,
}

/// What changes for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    /// Who.
    pub person: String,
    /// Name.
    pub name: String,
    /// Payout without it.
    pub before: Money,
    /// Payout with it.
    pub after: Money,
    /// `after - before`.
    pub difference: Money,
    /// Something cannot be known with it, and `after` is of what is known.
    pub blocked: bool,
    /// Components that change, or of which it is said why they do not.
    pub components: Vec<ComponentChange>,
    /// What the plan's own cap or floor takes or adds more: `after - before` of its line.
    pub limit: Money,
    /// `deal_plan_cap`, `deal_plan_floor` (limit) where these set in.
    pub reasons: Vec<Note>,
}

/// What changes in a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComponentChange {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: PlanName,
    /// What it pays without it; none: blocked.
    pub before: Option<Money>,
    /// What it pays with it; none: blocked.
    pub after: Option<Money>,
    /// Measure without and with it.
    pub measure: (Option<Figure>, Option<Figure>),
    /// Attainment without and with it.
    pub attainment: (Option<yeji_core::Ratio>, Option<yeji_core::Ratio>),
    /// Lines that are not the same, in their order.
    pub lines: Vec<LineChange>,
    /// Steps that are not the same, in their order.
    pub steps: Vec<StepChange>,
    /// In words: `deal_attainment`, `deal_measure` (from, to), `deal_tier` (from, to), `deal_same_tier`
    /// (number), `deal_gate_opens`, `deal_gate_closes` (when), `deal_cap`, `deal_floor_gone` (limit),
    /// `deal_left_out_filter`, `deal_left_out_outside_period`, `deal_left_out_net_zero`,
    /// `deal_same_amount`; why it is blocked is said by the calculation's own note.
    pub reasons: Vec<Note>,
}

/// A line without and with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineChange {
    /// Without it.
    pub before: Option<StatementLine>,
    /// With it.
    pub after: Option<StatementLine>,
}

/// A step without and with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepChange {
    /// What kind.
    pub step: StepKind,
    /// Without it.
    pub before: Option<Step>,
    /// With it.
    pub after: Option<Step>,
}

/// Works out what facts that have not happened would pay.
///
/// # Errors
/// As [`calculate`], of what the facts concern ([`concerning`]): a fact whose id is in the input already is one
/// listed twice.
pub fn deal(question: &DealQuestion) -> Result<DealOutput> {
    let before = CalculateInput {
        detail: Detail::Full,
        ..concerning(&question.input, &question.facts)?
    };
    let mut after = before.clone();
    after.facts.extend(question.facts.iter().cloned());
    difference(&calculate(&before)?, &calculate(&after)?, &question.facts)
}

/// The difference of two calculations of the same people; `facts` are what the second one has more.
///
/// # Errors
/// Sums that do not fit.
pub fn difference(
    before: &CalculateOutput,
    after: &CalculateOutput,
    facts: &[FactInput],
) -> Result<DealOutput> {
    let mut people = Vec::new();
    let mut sum = Money::new(0, after.total.currency);
    for (was, is) in before.statements.iter().zip(&after.statements) {
        let change = person(was, is, facts)?;
        if change.is_told(was, is, facts) {
            sum = sum.checked_add(change.difference).map_err(overflow)?;
            people.push(change);
        }
    }
    Ok(DealOutput {
        engine_version: after.engine_version.clone(),
        plan: after.plan.clone(),
        period: after.period,
        difference: sum,
        people,
    })
}

impl PersonChange {
    fn is_told(&self, was: &Statement, is: &Statement, facts: &[FactInput]) -> bool {
        let mut credited = facts
            .iter()
            .flat_map(|fact| fact.credits.iter().chain(&fact.overlays));
        was.payout != is.payout
            || was.blocked != is.blocked
            || self.components.iter().any(ComponentChange::is_change)
            || credited.any(|share| share.person == self.person)
    }
}

impl ComponentChange {
    fn is_change(&self) -> bool {
        self.before != self.after || !self.lines.is_empty() || !self.steps.is_empty()
    }
}

fn person(was: &Statement, is: &Statement, facts: &[FactInput]) -> Result<PersonChange> {
    let mut components = Vec::new();
    for (before, after) in was.components.iter().zip(&is.components) {
        let change = component(before, after, facts);
        if change.is_change() || !change.reasons.is_empty() {
            components.push(change);
        }
    }
    let currency = is.payout.currency;
    let line = |one: &Statement| {
        let line = one.limit.as_ref();
        line.map_or(Money::new(0, currency), |line| line.amount)
    };
    Ok(PersonChange {
        person: is.person.clone(),
        name: is.name.clone(),
        before: was.payout,
        after: is.payout,
        difference: minus(is.payout, was.payout)?,
        blocked: is.blocked,
        components,
        limit: minus(line(is), line(was))?,
        reasons: reasons::of_plan(was, is),
    })
}

fn component(
    before: &ComponentResult,
    after: &ComponentResult,
    facts: &[FactInput],
) -> ComponentChange {
    let steps = steps::changed(&before.trace, &after.trace);
    ComponentChange {
        code: after.code.clone(),
        name: after.name.clone(),
        before: before.amount,
        after: after.amount,
        measure: (before.measure, after.measure),
        attainment: (before.attainment, after.attainment),
        lines: steps::lines(&before.lines, &after.lines),
        reasons: reasons::of_component(before, after, facts),
        steps,
    }
}

fn minus(after: Money, before: Money) -> Result<Money> {
    after.checked_sub(before).map_err(overflow)
}

fn overflow(_: yeji_core::Error) -> Error {
    Error::Overflow {
        person: String::new(),
        what: "difference",
    }
}
