//! Words of steps and lines for what tiers pay.

use yeji_core::{Currency, Ratio};

use super::super::compiled::Compiled;
use super::super::tiers::{Position, Slice, Way};
use super::{Trace, major, step};
use crate::percent;
use crate::plan::{By, Edge, Pay};
use crate::statement::{Note, Step, StepKind};

/// x as people read it.
pub(in crate::calculate) fn shown_x(
    compiled: &Compiled<'_>,
    x: Ratio,
    currency: Currency,
) -> String {
    match compiled.component.rate.by {
        By::Attainment => percent::format(x),
        By::Amount if compiled.component.measures_money() => major(x, currency),
        By::Amount => percent::exact(x),
    }
}

pub(in crate::calculate) fn tier(
    compiled: &Compiled<'_>,
    x: Option<Ratio>,
    currency: Currency,
) -> Step {
    let none = |code: &str, params: &[(&str, String)], formula: String| {
        step(StepKind::Tier, code, params, formula, "0".to_owned())
    };
    let Some(x) = x else {
        return none("tier_none", &[], String::new());
    };
    let shown = |x: Ratio| shown_x(compiled, x, currency);
    let at = shown(x);
    let first = compiled
        .bounds
        .first()
        .map_or(Ratio::ZERO, |(from, _)| *from);
    let end = compiled.bounds.last().and_then(|(_, to)| *to);
    match compiled.position(x) {
        Position::Below => {
            let from = shown(first);
            none(
                "tier_below",
                &[("from", from.clone())],
                format!("{at} < {from}"),
            )
        }
        Position::Above => {
            let to = shown(end.unwrap_or(Ratio::ZERO));
            none("tier_above", &[("to", to.clone())], format!("{at} > {to}"))
        }
        Position::In(index) => tier_found(compiled, index, &at, &shown),
    }
}

fn tier_found(
    compiled: &Compiled<'_>,
    index: usize,
    at: &str,
    shown: &dyn Fn(Ratio) -> String,
) -> Step {
    let (from, to) = compiled.bounds[index];
    let edge = compiled.component.rate.edge;
    let number = (index + 1).to_string();
    let mut params = vec![
        ("number", number.clone()),
        ("from", shown(from)),
        (
            "edge",
            if edge == Edge::Lower {
                "lower"
            } else {
                "upper"
            }
            .to_owned(),
        ),
    ];
    let opens = if index == 0 || edge == Edge::Upper {
        "<="
    } else {
        "<"
    };
    let mut formula = format!("{} {opens} {at}", shown(from));
    let mut code = "tier_found_open";
    if let Some(to) = to {
        let last = index + 1 == compiled.bounds.len();
        let closes = if last || edge == Edge::Lower {
            "<="
        } else {
            "<"
        };
        formula = format!("{formula} {closes} {}", shown(to));
        params.push(("to", shown(to)));
        code = "tier_found";
    }
    step(StepKind::Tier, code, &params, formula, number)
}

/// What a line is for: `line_below`, `line_whole`, `line_marginal` (from), `line_interpolated`,
/// `line_over_baseline`, with the tier's number from 1, what it pays and of what.
pub(in crate::calculate) fn line_label(
    compiled: &Compiled<'_>,
    slice: &Slice,
    currency: Currency,
    trace: &Trace,
) -> Note {
    let code = match slice.way {
        Way::Below => "line_below",
        Way::Whole => "line_whole",
        Way::Interpolated(_) => "line_interpolated",
        Way::Marginal(_) => "line_marginal",
        Way::OverBaseline(_) => "line_over_baseline",
    };
    trace.note(code, || slice_params(compiled, slice, currency))
}

/// Values of the words for a part of what is paid.
fn slice_params(
    compiled: &Compiled<'_>,
    slice: &Slice,
    currency: Currency,
) -> Vec<(&'static str, String)> {
    let rate = &compiled.component.rate;
    let pay = slice
        .tier
        .map_or(&rate.below_first_tier, |tier| &rate.tiers[tier].pay);
    let mut params = vec![
        ("pays", pays(pay, slice, currency)),
        ("of", pay.kind().to_owned()),
    ];
    if let Some(tier) = slice.tier {
        params.push(("number", (tier + 1).to_string()));
        params.push(("from", shown_x(compiled, compiled.bounds[tier].0, currency)));
    }
    match slice.way {
        Way::Below | Way::Whole | Way::Interpolated(_) => {}
        Way::Marginal(width) => {
            let part = match rate.by {
                By::Attainment => percent::near(width),
                By::Amount => shown_x(compiled, width, currency),
            };
            params.push(("part", part));
        }
        Way::OverBaseline(over) => {
            let over = if compiled.component.measures_money() {
                major(over, currency)
            } else {
                percent::near_number(over)
            };
            params.push(("part", over));
        }
    }
    params
}

fn pays(pay: &Pay, slice: &Slice, currency: Currency) -> String {
    match pay {
        Pay::Fixed { .. } | Pay::PerUnit { .. } => major(slice.number, currency),
        _ if matches!(slice.way, Way::Interpolated(_)) => percent::shown(slice.number),
        _ => percent::format(slice.number),
    }
}

pub(in crate::calculate) fn rate(
    compiled: &Compiled<'_>,
    slice: &Slice,
    currency: Currency,
) -> Step {
    let params = slice_params(compiled, slice, currency);
    let rate = &compiled.component.rate;
    let pay = slice
        .tier
        .map_or(&rate.below_first_tier, |tier| &rate.tiers[tier].pay);
    let formula = match pay {
        Pay::Fixed { .. } => major(slice.number, currency),
        Pay::PerUnit { .. } => format!(
            "{} x {}",
            percent::exact(slice.on),
            major(slice.number, currency)
        ),
        _ => {
            let on = if compiled.component.measures_money()
                || !matches!(pay, Pay::PercentOfMeasure { .. })
            {
                major(slice.on, currency)
            } else {
                percent::exact(slice.on)
            };
            format!("{on} x {}", percent::exact(slice.number))
        }
    };
    step(
        StepKind::Rate,
        rate_code(slice.way),
        &params,
        formula,
        major(slice.value, currency),
    )
}

fn rate_code(way: Way) -> &'static str {
    match way {
        Way::Below => "pay_below",
        Way::Whole => "pay_whole",
        Way::Interpolated(_) => "pay_interpolated",
        Way::Marginal(_) => "pay_marginal",
        Way::OverBaseline(_) => "pay_over_baseline_step",
    }
}
