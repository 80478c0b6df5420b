//! The steps of a component, in words' codes, with the formula that a reader can recompute. Made only
//! where somebody will read them.

use chrono::NaiveDate;
use yeji_core::{Currency, Ratio, Rounding};

use super::compiled::Compiled;
use super::tiers::{Position, Slice, Way};
use crate::percent;
use crate::plan::{By, Edge, Pay, RoundingRule};
use crate::statement::{Figure, Note, Step, StepKind};

/// Steps so far, or nothing if nobody reads them.
#[derive(Debug, Default)]
pub(super) struct Trace {
    steps: Option<Vec<Step>>,
}

impl Trace {
    pub fn new(kept: bool) -> Self {
        Self {
            steps: kept.then(Vec::new),
        }
    }

    pub fn is_kept(&self) -> bool {
        self.steps.is_some()
    }

    pub fn add(&mut self, step: impl FnOnce() -> Step) {
        if let Some(steps) = &mut self.steps {
            steps.push(step());
        }
    }

    pub fn into_steps(self) -> Vec<Step> {
        self.steps.unwrap_or_default()
    }
}

fn step(
    step: StepKind,
    code: &str,
    params: &[(&str, String)],
    formula: String,
    value: String,
) -> Step {
    Step {
        step,
        explain: Note::new(code, params),
        formula,
        value,
    }
}

/// Major units, exact.
pub(super) fn major(minor: Ratio, currency: Currency) -> String {
    let scale = currency.minor_per_major();
    minor
        .checked_div(Ratio::from_int(scale))
        .map_or_else(|_| format!("{minor} / {scale}"), money_text)
}

/// At least the cents where there are any, all digits where there are more.
fn money_text(major: Ratio) -> String {
    let cents = Ratio::from_int(100).checked_mul(major);
    match cents.ok().filter(|cents| cents.denominator() == 1) {
        Some(_) if major.denominator() != 1 => major
            .to_decimal(2, Rounding::Down)
            .unwrap_or_else(|_| percent::exact(major)),
        _ => percent::exact(major),
    }
}

pub(super) fn credit(
    counted: usize,
    left_out: usize,
    event: &str,
    from: NaiveDate,
    to: NaiveDate,
) -> Step {
    let last = to.pred_opt().unwrap_or(from);
    let mut params = vec![
        ("count", counted.to_string()),
        ("event", event.to_owned()),
        ("from", from.to_string()),
        ("last", last.to_string()),
    ];
    if left_out > 0 {
        params.push(("left_out", left_out.to_string()));
    }
    let formula = format!("{from} <= day < {to}");
    step(
        StepKind::Credit,
        "credit_facts",
        &params,
        formula,
        counted.to_string(),
    )
}

pub(super) fn measure(
    code: &str,
    params: &[(&str, String)],
    formula: String,
    value: String,
) -> Step {
    step(StepKind::Measure, code, params, formula, value)
}

pub(super) fn attainment(
    measure: Option<Figure>,
    goal: Option<Figure>,
    attainment: Option<Ratio>,
) -> Step {
    let text = |figure: Option<Figure>| figure.map_or_else(|| "?".to_owned(), Figure::text);
    let formula = format!("{} / {}", text(measure), text(goal));
    match attainment {
        Some(ratio) => step(
            StepKind::Attainment,
            "attainment_of_goal",
            &[("percent", percent::shown(ratio))],
            formula,
            percent::exact(ratio),
        ),
        None => step(
            StepKind::Attainment,
            "attainment_none",
            &[],
            formula,
            String::new(),
        ),
    }
}

/// x as people read it.
pub(super) fn shown_x(compiled: &Compiled<'_>, x: Ratio, currency: Currency) -> String {
    match compiled.component.rate.by {
        By::Attainment => percent::format(x),
        By::Amount if compiled.component.measures_money() => major(x, currency),
        By::Amount => percent::exact(x),
    }
}

pub(super) fn tier(compiled: &Compiled<'_>, x: Option<Ratio>, currency: Currency) -> Step {
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
pub(super) fn line_label(compiled: &Compiled<'_>, slice: &Slice, currency: Currency) -> Note {
    let (code, params) = slice_words(compiled, slice, currency);
    Note::new(&format!("line_{code}"), &params)
}

fn slice_words(
    compiled: &Compiled<'_>,
    slice: &Slice,
    currency: Currency,
) -> (&'static str, Vec<(&'static str, String)>) {
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
    let code = match slice.way {
        Way::Below => "below",
        Way::Whole => "whole",
        Way::Interpolated(_) => "interpolated",
        Way::Marginal(width) => {
            params.push(("part", shown_x(compiled, width, currency)));
            "marginal"
        }
        Way::OverBaseline(over) => {
            let over = if compiled.component.measures_money() {
                major(over, currency)
            } else {
                percent::exact(over)
            };
            params.push(("part", over));
            "over_baseline"
        }
    };
    (code, params)
}

fn pays(pay: &Pay, slice: &Slice, currency: Currency) -> String {
    match pay {
        Pay::Fixed { .. } | Pay::PerUnit { .. } => major(slice.number, currency),
        _ if matches!(slice.way, Way::Interpolated(_)) => percent::shown(slice.number),
        _ => percent::format(slice.number),
    }
}

pub(super) fn rate(compiled: &Compiled<'_>, slice: &Slice, currency: Currency) -> Step {
    let (code, params) = slice_words(compiled, slice, currency);
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
        rate_code(code),
        &params,
        formula,
        major(slice.value, currency),
    )
}

fn rate_code(way: &str) -> &'static str {
    match way {
        "below" => "pay_below",
        "whole" => "pay_whole",
        "interpolated" => "pay_interpolated",
        "marginal" => "pay_marginal",
        _ => "pay_over_baseline_step",
    }
}

pub(super) fn gate(when: &str, holds: bool, otherwise: Ratio) -> Step {
    let code = if holds { "gate_holds" } else { "gate_fails" };
    let factor = if holds { Ratio::ONE } else { otherwise };
    let params = [
        ("when", when.to_owned()),
        ("factor", percent::format(factor)),
    ];
    step(
        StepKind::Gate,
        code,
        &params,
        when.to_owned(),
        percent::format(factor),
    )
}

pub(super) fn modifier(value: &str, number: Ratio, factor: Ratio) -> Step {
    let params = [
        ("value", value.to_owned()),
        ("number", percent::exact(number)),
        ("factor", percent::format(factor)),
    ];
    let formula = format!("{value} = {}", percent::exact(number));
    step(
        StepKind::Modifier,
        "modifier_step",
        &params,
        formula,
        percent::format(factor),
    )
}

pub(super) fn limit(code: &str, sum: Ratio, limit: Ratio, currency: Currency) -> Step {
    let params = [("limit", major(limit, currency))];
    let sign = if code.contains("cap") { '>' } else { '<' };
    let formula = format!("{} {sign} {}", major(sum, currency), major(limit, currency));
    step(
        StepKind::Limit,
        code,
        &params,
        formula,
        major(limit, currency),
    )
}

pub(super) fn proration(from: NaiveDate, to: NaiveDate, share: Ratio) -> Step {
    let last = to.pred_opt().unwrap_or(from);
    let days = (to - from).num_days();
    let params = [
        ("from", from.to_string()),
        ("last", last.to_string()),
        ("days", days.to_string()),
        ("share", percent::shown(share)),
    ];
    step(
        StepKind::Proration,
        "proration_days",
        &params,
        format!("x {}", percent::exact(share)),
        percent::exact(share),
    )
}

pub(super) fn rounding(exact: Ratio, amount: i64, rule: RoundingRule, currency: Currency) -> Step {
    let mode = match rule.mode {
        Rounding::HalfUp => "half_up",
        Rounding::HalfEven => "half_even",
        Rounding::Floor => "floor",
        Rounding::Ceiling => "ceiling",
        Rounding::Down => "down",
    };
    let decimals = rule.decimals.unwrap_or(currency.decimals());
    let params = [
        ("mode", mode.to_owned()),
        ("decimals", decimals.to_string()),
    ];
    step(
        StepKind::Rounding,
        "rounding",
        &params,
        major(exact, currency),
        yeji_core::money::format_minor(amount, currency),
    )
}

pub(super) fn pool(team: &str, amount: i64, weight: &str, share: i64, currency: Currency) -> Step {
    let text = |minor| yeji_core::money::format_minor(minor, currency);
    let params = [
        ("team", team.to_owned()),
        ("amount", text(amount)),
        ("weight", weight.to_owned()),
    ];
    step(
        StepKind::Pool,
        "pool_share",
        &params,
        format!("{} x {weight}", text(amount)),
        text(share),
    )
}

pub(super) fn to_date(now: i64, before: i64, currency: Currency) -> Step {
    let text = |minor| yeji_core::money::format_minor(minor, currency);
    step(
        StepKind::Payout,
        "payout_to_date",
        &[("now", text(now)), ("before", text(before))],
        format!("{} - {}", text(now), text(before)),
        text(now - before),
    )
}

pub(super) fn payout(amounts: &[i64], total: i64, currency: Currency) -> Step {
    let text = |minor: i64| {
        let text = yeji_core::money::format_minor(minor, currency);
        if minor < 0 { format!("({text})") } else { text }
    };
    let formula = if amounts.len() > 12 {
        format!("sum of {} lines", amounts.len())
    } else {
        let terms: Vec<String> = amounts.iter().map(|minor| text(*minor)).collect();
        terms.join(" + ")
    };
    let code = if amounts.is_empty() {
        "payout_nothing"
    } else {
        "payout_sum"
    };
    step(
        StepKind::Payout,
        code,
        &[],
        if amounts.is_empty() {
            "0".to_owned()
        } else {
            formula
        },
        yeji_core::money::format_minor(total, currency),
    )
}
