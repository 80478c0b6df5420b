//! Days that a component looks at, and what a person has in them: goals, target bonuses, KPIs.

use chrono::NaiveDate;
use yeji_core::Ratio;
use yeji_core::calendar::{Period, PeriodKind};

use super::Known;
use crate::exact::Exact;
use crate::input::{AssignmentInput, GoalInput, KpiInput, PersonInput, Span};
use crate::plan::{Over, Plan, Proration};
use crate::statement::Note;

/// Half-open days made of periods of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub periods: Vec<Period>,
    /// Sums over several periods: those wholly outside employment are left out of them.
    to_date: bool,
}

impl Window {
    pub fn of(period: Period) -> Self {
        Self {
            from: period.start(),
            to: period.end(),
            periods: vec![period],
            to_date: false,
        }
    }

    /// To the end of `period`, from where `over` starts.
    pub fn over(over: Over, period: Period) -> Known<Self> {
        let kind = match over {
            Over::Period | Over::Transaction => return Ok(Self::of(period)),
            Over::QuarterToDate => PeriodKind::Quarter,
            Over::YearToDate => PeriodKind::Year,
        };
        let around = period.around(kind).unwrap_or(period);
        let mut periods = vec![period];
        let mut first = period;
        while first.start() > around.start() {
            first = first.previous()?;
            periods.push(first);
        }
        periods.reverse();
        Ok(Self {
            from: around.start(),
            to: period.end(),
            periods,
            to_date: true,
        })
    }

    /// The same without its last period, if there is anything left.
    pub fn before(&self) -> Option<Self> {
        let (last, periods) = self.periods.split_last()?;
        periods.last()?;
        Some(Self {
            from: self.from,
            to: last.start(),
            periods: periods.to_vec(),
            to_date: true,
        })
    }

    /// Periods whose goals and target bonuses are summed.
    fn summed(&self, employed: Span) -> impl Iterator<Item = Period> {
        let counts = move |one: &Period| !self.to_date || employed.meets(one.start(), one.end());
        self.periods.iter().copied().filter(counts)
    }

    /// Whether a day lies in it.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.to
    }

    /// The period in question.
    pub fn last(&self) -> Option<Period> {
        self.periods.last().copied()
    }

    fn days(&self) -> i64 {
        (self.to - self.from).num_days()
    }
}

/// A part of a window with one target bonus, as if it held for all of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Minor units.
    pub target: Option<Ratio>,
    /// Days / the window's days.
    pub share: Ratio,
}

/// The goal of a window, in major units.
pub(super) fn goal(
    goals: &[GoalInput],
    employed: Span,
    code: &str,
    window: &Window,
) -> Known<Option<Ratio>> {
    let mut sum = None;
    for period in window.summed(employed) {
        let of = |goal: &&GoalInput| goal.period == period && goal.measure == code;
        let Some(goal) = goals.iter().find(of) else {
            return Ok(None);
        };
        sum = Some(sum.unwrap_or(Ratio::ZERO).plus(goal.amount)?);
    }
    Ok(sum)
}

/// The value of a KPI for the window's last period.
pub(super) fn kpi<'a>(
    person: &'a PersonInput,
    code: &str,
    window: &Window,
) -> Option<&'a KpiInput> {
    let period = window.last()?;
    let of = |kpi: &&KpiInput| kpi.period == period && kpi.kpi == code;
    person.kpis.iter().find(of)
}

/// The assignment that counts for a period without proration: in force on the first day, else the
/// first that starts within it.
pub(super) fn assignment(person: &PersonInput, period: Period) -> Option<&AssignmentInput> {
    person
        .assignments
        .iter()
        .filter(|one| one.span().meets(period.start(), period.end()))
        .min_by_key(|one| one.span().start())
}

/// The target bonus of a period without proration, in minor units.
pub(super) fn target_bonus(plan: &Plan, person: &PersonInput, period: Period) -> Option<i64> {
    let chosen = assignment(person, period).and_then(|one| one.target_bonus);
    chosen
        .or(plan.default_target_bonus)
        .map(|amount| amount.minor)
}

/// The parts of a window that are worked out by themselves. `every_day`: also those outside all
/// assignments count.
pub(super) fn segments(
    plan: &Plan,
    person: &PersonInput,
    proration: Proration,
    every_day: bool,
    window: &Window,
) -> Known<Vec<Segment>> {
    match proration {
        Proration::None => Ok(vec![Segment {
            from: window.from,
            to: window.to,
            target: sum_of_targets(plan, person, window)?,
            share: Ratio::ONE,
        }]),
        Proration::CalendarDays => by_days(plan, person, every_day, window),
    }
}

fn sum_of_targets(plan: &Plan, person: &PersonInput, window: &Window) -> Known<Option<Ratio>> {
    let mut sum = None;
    for period in window.summed(person.employed) {
        if let Some(minor) = target_bonus(plan, person, period) {
            let sum = sum.get_or_insert(Ratio::ZERO);
            *sum = sum.plus(Ratio::from_int(minor))?;
        }
    }
    Ok(sum)
}

/// Of somebody who is under another plan on other days: the days under this one / the period's days.
pub(super) fn share_of_days(person: &PersonInput, period: Period) -> Known<Ratio> {
    if !person.partly {
        return Ok(Ratio::ONE);
    }
    let window = Window::of(period);
    let under = person.assignments.iter().map(|one| {
        let from = one.span().start().max(person.employed.start());
        let to = one.span().end().min(person.employed.end());
        (to.min(window.to) - from.max(window.from))
            .num_days()
            .max(0)
    });
    Ok(Ratio::new(under.sum::<i64>().into(), window.days().into())?)
}

/// Days outside all assignments, with the target bonus that the period has without proration.
fn with_gaps(
    spans: Vec<(Span, Option<i64>)>,
    usual: Option<i64>,
    window: &Window,
) -> Vec<(Span, Option<i64>)> {
    let gap = |from: NaiveDate, to: NaiveDate| {
        let span = Span {
            from: Some(from),
            to: Some(to),
        };
        (from < to).then_some((span, usual))
    };
    let mut all = Vec::with_capacity(2 * spans.len() + 1);
    let mut at = window.from;
    for (span, target) in spans {
        all.extend(gap(at, span.start().min(window.to)));
        at = at.max(span.end());
        all.push((span, target));
    }
    all.extend(gap(at, window.to));
    all
}

fn by_days(
    plan: &Plan,
    person: &PersonInput,
    every_day: bool,
    window: &Window,
) -> Known<Vec<Segment>> {
    let times =
        i64::try_from(window.periods.len()).map_err(|_| Note::new("bonus_overflow", &[]))?;
    let default = plan.default_target_bonus.map(|default| default.minor);
    let mut spans: Vec<(Span, Option<i64>)> = if person.assignments.is_empty() {
        vec![(Span::default(), default)]
    } else {
        let mut assignments: Vec<_> = person.assignments.iter().collect();
        assignments.sort_by_key(|one| one.span().start());
        let of = |one: &AssignmentInput| {
            let own = one.target_bonus.map(|amount| amount.minor);
            (one.span(), own.or(default))
        };
        assignments.into_iter().map(of).collect()
    };
    if every_day && let Some(period) = window.last() {
        spans = with_gaps(spans, target_bonus(plan, person, period), window);
    }
    let mut segments = Vec::new();
    for (span, target) in spans {
        let employed = person.employed;
        let from = span.start().max(employed.start()).max(window.from);
        let to = span.end().min(employed.end()).min(window.to);
        if from >= to {
            continue;
        }
        let target = target
            .map(|minor| Ratio::from_int(minor).times(Ratio::from_int(times)))
            .transpose()?;
        segments.push(Segment {
            from,
            to,
            target,
            share: Ratio::new((to - from).num_days().into(), window.days().into())?,
        });
    }
    Ok(segments)
}
