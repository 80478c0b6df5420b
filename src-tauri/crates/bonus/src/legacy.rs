//! Documents of schema 1, short forms of inputs, and statements that were kept by earlier versions.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::{Money, Ratio, Rounding};

use crate::input::{
    AssignmentInput, CalculateInput, FactInput, GoalInput, PersonInput, ShareInput,
};
use crate::plan::{
    AppliesTo, Bound, By, Component, Edge, Event, Measure, Pay, Plan, PlanName, Rate, RoundingRule,
    SCHEMA, Tier,
};
use crate::statement::{
    ComponentResult, CountedFact, Figure, Note, Statement, StatementLine, Step,
};
use crate::{Error, Result, percent};

/// Code and names of the component that a plan of schema 1 becomes.
const COMPONENT: (&str, &str, &str) = ("attainment", "达成奖金", "Attainment bonus");

/// The figure that a plan of schema 1 measures, and so its goal.
const WON_AMOUNT: &str = "won_amount";

/// A plan of schema 1: one component on the attainment of won amounts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanOfSchema1 {
    #[allow(dead_code, reason = "read to be known")]
    schema: u32,
    code: String,
    metric: String,
    period: PeriodKind,
    #[serde(default)]
    edge: Edge,
    #[serde(default)]
    rounding: Rounding,
    #[serde(default)]
    default_target_bonus: Option<Money>,
    name: PlanName,
    #[serde(default)]
    below_first_tier: Pay,
    tiers: Vec<TierOfSchema1>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TierOfSchema1 {
    #[serde(with = "percent::text")]
    from: Ratio,
    #[serde(default, with = "percent::optional_text")]
    to: Option<Ratio>,
    #[serde(default)]
    applies_to: AppliesToOfSchema1,
    pay: Pay,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AppliesToOfSchema1 {
    #[default]
    All,
    Excess,
}

impl From<PlanOfSchema1> for Plan {
    fn from(old: PlanOfSchema1) -> Self {
        let tier = |tier: TierOfSchema1| Tier {
            from: Bound::share(tier.from),
            to: tier.to.map(Bound::share),
            applies_to: match tier.applies_to {
                AppliesToOfSchema1::All => AppliesTo::Whole,
                AppliesToOfSchema1::Excess => AppliesTo::Marginal,
            },
            pay: tier.pay,
            pay_to: None,
        };
        let (code, zh, en) = COMPONENT;
        let component = Component {
            code: code.to_owned(),
            name: PlanName {
                zh: zh.to_owned(),
                en: en.to_owned(),
            },
            proration: crate::plan::Proration::None,
            credit: crate::plan::Credit::default(),
            measure: Measure::Facts {
                value: crate::plan::Value::Amount,
                over: crate::plan::Over::Period,
                goal: (old.metric != WON_AMOUNT).then_some(old.metric),
            },
            cap: crate::plan::ComponentLimits::default(),
            floor: crate::plan::ComponentLimits::default(),
            pool: None,
            rate: Rate {
                by: By::Attainment,
                edge: old.edge,
                below_first_tier: old.below_first_tier,
                baseline: None,
                tiers: old.tiers.into_iter().map(tier).collect(),
            },
            gates: Vec::new(),
            modifiers: Vec::new(),
        };
        Self {
            schema: SCHEMA,
            code: old.code,
            period: old.period,
            rounding: RoundingRule {
                mode: old.rounding,
                ..RoundingRule::default()
            },
            name: old.name,
            default_target_bonus: old.default_target_bonus,
            cap: None,
            floor: None,
            components: vec![component],
        }
    }
}

/// A plan of either schema within an input.
pub(crate) fn plan_of_any_schema<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Plan, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let old = value.get("schema").and_then(Value::as_u64) == Some(1);
    let read = if old {
        serde_json::from_value::<PlanOfSchema1>(value).map(Plan::from)
    } else {
        serde_json::from_value(value)
    };
    read.map_err(serde::de::Error::custom)
}

/// The input with `goal`, `target_bonus` and `deals` of people written out.
pub(crate) fn without_short_forms(input: &CalculateInput) -> Result<Cow<'_, CalculateInput>> {
    let is_short = |person: &PersonInput| {
        person.goal.is_some() || person.target_bonus.is_some() || !person.deals.is_empty()
    };
    if !input.people.iter().any(is_short) {
        return Ok(Cow::Borrowed(input));
    }
    let mut whole = input.clone();
    for person in &mut whole.people {
        write_out(person, input, &mut whole.facts)?;
    }
    Ok(Cow::Owned(whole))
}

fn write_out(
    person: &mut PersonInput,
    input: &CalculateInput,
    facts: &mut Vec<FactInput>,
) -> Result<()> {
    if let Some(goal) = person.goal.take() {
        if goal.currency != input.currency {
            return Err(Error::MixedCurrencies {
                person: person.person.clone(),
                place: "goal".to_owned(),
                expected: input.currency,
                found: goal.currency,
            });
        }
        person.goals.push(GoalInput {
            period: input.period,
            measure: WON_AMOUNT.to_owned(),
            amount: Ratio::new(goal.minor.into(), goal.currency.minor_per_major().into())?,
        });
    }
    if let Some(record) = person.target_bonus.take() {
        person.assignments.push(AssignmentInput {
            from: None,
            to: None,
            target_bonus: Some(record.amount),
            source: Some(record.source),
        });
    }
    for deal in person.deals.drain(..) {
        if !input.period.contains(deal.closed_on) {
            return Err(Error::DealOutsidePeriod {
                person: person.person.clone(),
                deal: deal.id,
                closed_on: deal.closed_on,
                period: input.period,
            });
        }
        facts.push(FactInput {
            id: deal.id,
            label: deal.label,
            kind: Event::Closing,
            on: deal.closed_on,
            amount: deal.amount,
            margin: None,
            quantity: None,
            credits: vec![ShareInput {
                person: person.person.clone(),
                share: Ratio::ONE,
            }],
            overlays: Vec::new(),
            of: None,
            refunds: Vec::new(),
            attributes: std::collections::BTreeMap::new(),
        });
    }
    Ok(())
}

/// A statement as `bonus.calculate/1` and `/2` answered it.
#[derive(Debug, Deserialize)]
struct StatementOfVersion2 {
    person: String,
    name: String,
    period: Period,
    actual: Money,
    goal: Option<Money>,
    attainment: Option<Ratio>,
    target_bonus: Option<Money>,
    payout: Money,
    lines: Vec<LineOfVersion2>,
    trace: Vec<Step>,
    notes: Vec<Note>,
    deals: Vec<DealOfVersion2>,
}

#[derive(Debug, Deserialize)]
struct LineOfVersion2 {
    label: Note,
    tier: Option<usize>,
    basis: Money,
    rate: Ratio,
    amount: Money,
}

#[derive(Debug, Deserialize)]
struct DealOfVersion2 {
    id: String,
    label: String,
    closed_on: NaiveDate,
    amount: Money,
}

/// Reads a kept statement of this version or an earlier one.
///
/// # Errors
/// What is not a statement of any version.
pub fn read_statement(value: Value) -> std::result::Result<Statement, serde_json::Error> {
    if value.get("components").is_some() {
        return serde_json::from_value(value);
    }
    let old: StatementOfVersion2 = serde_json::from_value(value)?;
    let line = |line: LineOfVersion2| StatementLine {
        exact: Ratio::from_int(line.basis.minor)
            .checked_mul(line.rate)
            .unwrap_or(Ratio::from_int(line.amount.minor)),
        label: line.label,
        tier: line.tier,
        fact: None,
        amount: line.amount,
    };
    let deal = |deal: DealOfVersion2| CountedFact {
        id: deal.id,
        kind: Event::Closing,
        label: deal.label,
        on: deal.closed_on,
        amount: deal.amount,
        customer: None,
        product: None,
        credited: Figure::Money(deal.amount),
        refunded: false,
        restated: None,
    };
    let of_statement = |note: &Note| note.code.contains("target_bonus");
    let (notes, of_component): (Vec<Note>, Vec<Note>) =
        old.notes.into_iter().partition(of_statement);
    let (code, zh, en) = COMPONENT;
    Ok(Statement {
        person: old.person,
        name: old.name,
        period: old.period,
        payout: old.payout,
        blocked: false,
        target_bonus: old.target_bonus,
        components: vec![ComponentResult {
            code: code.to_owned(),
            name: PlanName {
                zh: zh.to_owned(),
                en: en.to_owned(),
            },
            measure: Some(Figure::Money(old.actual)),
            goal: old.goal.map(Figure::Money),
            attainment: old.attainment,
            amount: Some(old.payout),
            lines: old.lines.into_iter().map(line).collect(),
            trace: old.trace,
            counted: old.deals.into_iter().map(deal).collect(),
            left_out: Vec::new(),
            notes: of_component,
        }],
        limit: None,
        adjustments: Vec::new(),
        notes,
    })
}
