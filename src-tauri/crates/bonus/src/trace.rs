//! The steps of a statement, in words' codes, with the formula that a reader can recompute.

use yeji_core::calendar::Period;
use yeji_core::{Money, Ratio, Rounding};

use crate::calculate::DealInput;
use crate::percent;
use crate::plan::{Edge, Plan};
use crate::rate::{Position, Slice};
use crate::statement::{Note, StatementLine, Step, StepKind};

/// A sum of more deals is not written out; the statement lists them anyway.
const MAX_TERMS: usize = 12;

pub(crate) fn credit(period: Period, deals: &[DealInput]) -> Step {
    let last = period.end().pred_opt().unwrap_or(period.start());
    let params = [
        ("count", deals.len().to_string()),
        ("from", period.start().to_string()),
        ("last", last.to_string()),
    ];
    Step {
        step: StepKind::Credit,
        explain: Note::new("credit_deals", &params),
        formula: format!("{} <= closed_on < {}", period.start(), period.end()),
        value: deals.len().to_string(),
    }
}

pub(crate) fn measure(plan: &Plan, deals: &[DealInput], actual: Money) -> Step {
    let formula = if deals.is_empty() {
        "0".to_owned()
    } else if deals.len() <= MAX_TERMS {
        let terms: Vec<_> = deals.iter().map(|deal| term(deal.amount)).collect();
        terms.join(" + ")
    } else {
        format!("sum of {} deals", deals.len())
    };
    Step {
        step: StepKind::Measure,
        explain: Note::new("measure_sum", &[("metric", plan.metric.code().to_owned())]),
        formula,
        value: actual.to_major(),
    }
}

pub(crate) fn attainment(actual: Money, goal: Option<Money>, attainment: Option<Ratio>) -> Step {
    let goal = goal.map_or_else(|| "?".to_owned(), term);
    let (explain, value) = match attainment {
        Some(ratio) => {
            let params = [("percent", percent::shown(ratio))];
            (
                Note::new("attainment_of_goal", &params),
                percent::exact(ratio),
            )
        }
        None => (Note::new("attainment_none", &[]), String::new()),
    };
    let formula = format!("{} / {goal}", actual.to_major());
    Step {
        step: StepKind::Attainment,
        explain,
        formula,
        value,
    }
}

pub(crate) fn tier(plan: &Plan, attainment: Option<Ratio>, place: Option<Position>) -> Step {
    let first = plan.tiers.first().map_or(Ratio::ZERO, |tier| tier.from);
    let at = attainment.map(percent::exact).unwrap_or_default();
    let (explain, formula, value) = match place {
        None => (Note::new("tier_none", &[]), String::new(), String::new()),
        Some(Position::Below) => {
            let params = [("from", percent::format(first))];
            let formula = format!("{at} < {}", percent::exact(first));
            (Note::new("tier_below", &params), formula, "0".to_owned())
        }
        Some(Position::Above) => {
            let to = plan
                .tiers
                .last()
                .and_then(|tier| tier.to)
                .unwrap_or(Ratio::ZERO);
            let params = [("to", percent::format(to))];
            let formula = format!("{at} > {}", percent::exact(to));
            (Note::new("tier_above", &params), formula, "0".to_owned())
        }
        Some(Position::In(index)) => tier_found(plan, &at, index),
    };
    Step {
        step: StepKind::Tier,
        explain,
        formula,
        value,
    }
}

fn tier_found(plan: &Plan, at: &str, index: usize) -> (Note, String, String) {
    let tier = &plan.tiers[index];
    let number = (index + 1).to_string();
    let mut params = vec![
        ("number", number.clone()),
        ("from", percent::format(tier.from)),
        ("edge", edge_code(plan.edge).to_owned()),
    ];
    let opens = if index == 0 || plan.edge == Edge::Upper {
        "<="
    } else {
        "<"
    };
    let mut formula = format!("{} {opens} {at}", percent::exact(tier.from));
    let Some(to) = tier.to else {
        return (Note::new("tier_found_open", &params), formula, number);
    };
    let last = index + 1 == plan.tiers.len();
    let closes = if last || plan.edge == Edge::Lower {
        "<="
    } else {
        "<"
    };
    formula = format!("{formula} {closes} {}", percent::exact(to));
    params.push(("to", percent::format(to)));
    (Note::new("tier_found", &params), formula, number)
}

/// The exact product in major units, before rounding.
pub(crate) fn rate(plan: &Plan, slice: &Slice, basis: Money) -> yeji_core::Result<Step> {
    let mut params = vec![("percent", percent::format(slice.percent))];
    let percent = percent::exact(slice.percent);
    let mut formula = format!("{} x {percent}", basis.to_major());
    let code = match slice.tier {
        None => "rate_below",
        Some(index) => {
            params.push(("number", (index + 1).to_string()));
            match slice.excess {
                None => "rate_all",
                Some(excess) => {
                    let from = plan.tiers[index].from;
                    params.push(("from", percent::format(from)));
                    params.push(("excess", percent::shown(excess)));
                    let upper = percent::exact(excess.checked_add(from)?);
                    formula = format!("{formula} x ({upper} - {})", percent::exact(from));
                    "rate_excess"
                }
            }
        }
    };
    Ok(Step {
        step: StepKind::Rate,
        explain: Note::new(code, &params),
        formula,
        value: percent::exact(exact_product(slice, basis)?),
    })
}

pub(crate) fn rounding(
    plan: &Plan,
    slice: &Slice,
    basis: Money,
    amount: Money,
) -> yeji_core::Result<Step> {
    let mode = rounding_code(plan.rounding);
    let params = [
        ("mode", mode.to_owned()),
        ("decimals", basis.currency.decimals().to_string()),
    ];
    Ok(Step {
        step: StepKind::Rounding,
        explain: Note::new("rounding", &params),
        formula: format!("{mode}({})", percent::exact(exact_product(slice, basis)?)),
        value: amount.to_major(),
    })
}

pub(crate) fn payout(lines: &[StatementLine], payout: Money) -> Step {
    let terms: Vec<_> = lines.iter().map(|line| term(line.amount)).collect();
    let code = if lines.is_empty() {
        "payout_nothing"
    } else {
        "payout_sum"
    };
    Step {
        step: StepKind::Payout,
        explain: Note::new(code, &[]),
        formula: if terms.is_empty() {
            "0".to_owned()
        } else {
            terms.join(" + ")
        },
        value: payout.to_major(),
    }
}

/// What a line is for.
pub(crate) fn line_label(plan: &Plan, slice: &Slice) -> Note {
    let mut params = vec![("percent", percent::format(slice.percent))];
    let Some((index, tier)) = slice
        .tier
        .and_then(|index| Some((index, plan.tiers.get(index)?)))
    else {
        return Note::new("tier_below_first", &params);
    };
    params.push(("number", (index + 1).to_string()));
    params.push(("from", percent::format(tier.from)));
    params.extend(tier.to.map(|to| ("to", percent::format(to))));
    Note::new(
        if slice.excess.is_some() {
            "tier_excess"
        } else {
            "tier_all"
        },
        &params,
    )
}

fn exact_product(slice: &Slice, basis: Money) -> yeji_core::Result<Ratio> {
    let major = Ratio::new(basis.minor.into(), basis.currency.minor_per_major().into())?;
    major.checked_mul(slice.rate)
}

/// An amount as a term of a formula: a negative one in brackets.
fn term(amount: Money) -> String {
    let text = amount.to_major();
    if amount.minor < 0 {
        format!("({text})")
    } else {
        text
    }
}

fn edge_code(edge: Edge) -> &'static str {
    match edge {
        Edge::Lower => "lower",
        Edge::Upper => "upper",
    }
}

fn rounding_code(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::HalfUp => "half_up",
        Rounding::HalfEven => "half_even",
        Rounding::Floor => "floor",
        Rounding::Ceiling => "ceiling",
        Rounding::Down => "down",
    }
}
