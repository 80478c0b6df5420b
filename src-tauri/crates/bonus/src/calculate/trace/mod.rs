//! The steps of a component, in words' codes, with the formula that a reader can recompute. Made only
//! where somebody will read them.

mod rate;

use chrono::NaiveDate;
use yeji_core::{Currency, Ratio, Rounding};

use crate::percent;
use crate::plan::RoundingRule;
use crate::statement::{Figure, Note, Step, StepKind};

pub(in crate::calculate) use rate::{line_label, rate, shown_x, tier};

/// Steps so far, or nothing if nobody reads them.
#[derive(Debug, Default)]
pub(in crate::calculate) struct Trace {
    steps: Option<Vec<Step>>,
    /// The fact that the steps are about, by its id.
    about: Option<String>,
}

impl Trace {
    pub fn new(kept: bool) -> Self {
        Self {
            steps: kept.then(Vec::new),
            about: None,
        }
    }

    pub fn is_kept(&self) -> bool {
        self.steps.is_some()
    }

    /// See [`Note::told`].
    pub fn note(&self, code: &str, params: impl FnOnce() -> Vec<(&'static str, String)>) -> Note {
        Note::told(self.is_kept(), code, params)
    }

    /// Steps that follow are about a fact; none: about all of them together.
    pub fn about(&mut self, fact: Option<&str>) {
        if self.is_kept() {
            self.about = fact.map(str::to_owned);
        }
    }

    pub fn add(&mut self, step: impl FnOnce() -> Step) {
        if let Some(steps) = &mut self.steps {
            steps.push(Step {
                fact: self.about.clone(),
                ..step()
            });
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
        fact: None,
        explain: Note::new(code, params),
        formula,
        value,
    }
}

/// Major units, exact.
pub(in crate::calculate) fn major(minor: Ratio, currency: Currency) -> String {
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

pub(in crate::calculate) fn credit(
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

pub(in crate::calculate) fn measure(
    code: &str,
    params: &[(&str, String)],
    formula: String,
    value: String,
) -> Step {
    step(StepKind::Measure, code, params, formula, value)
}

pub(in crate::calculate) fn attainment(
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

pub(in crate::calculate) fn gate(when: &str, holds: bool, otherwise: Ratio) -> Step {
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

pub(in crate::calculate) fn modifier(value: &str, number: Ratio, factor: Ratio) -> Step {
    let params = [
        ("value", value.to_owned()),
        ("number", percent::near_number(number)),
        ("factor", percent::near(factor)),
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

pub(in crate::calculate) fn limit(
    code: &str,
    sum: Ratio,
    limit: Ratio,
    currency: Currency,
) -> Step {
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

pub(in crate::calculate) fn proration(from: NaiveDate, to: NaiveDate, share: Ratio) -> Step {
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

pub(in crate::calculate) fn rounding(
    exact: Ratio,
    amount: i64,
    rule: RoundingRule,
    currency: Currency,
) -> Step {
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

pub(in crate::calculate) fn pool(
    team: &str,
    amount: i64,
    weight: &str,
    share: i64,
    currency: Currency,
) -> Step {
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

pub(in crate::calculate) fn to_date(now: i64, before: i64, currency: Currency) -> Step {
    let text = |minor| yeji_core::money::format_minor(minor, currency);
    step(
        StepKind::Payout,
        "payout_to_date",
        &[("now", text(now)), ("before", text(before))],
        format!("{} - {}", text(now), text(before)),
        text(now - before),
    )
}

pub(in crate::calculate) fn payout(amounts: &[i64], total: i64, currency: Currency) -> Step {
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
