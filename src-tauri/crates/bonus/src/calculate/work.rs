//! A component worked out for a person or team: steps 2 to 7, exactly. What the rate pays is in `pays`.

use yeji_core::calendar::Period;
use yeji_core::{Currency, Ratio};

use super::compiled::Compiled;
use super::credit::Credited;
use super::facts::Facts;
use super::measure::{self, figure};
use super::pays::Case;
use super::tiers::Basis;
use super::trace::{self, Trace};
use super::window::{self, Window};
use super::{Known, receipts};
use crate::exact::Exact;
use crate::input::{CalculateInput, Detail, GoalInput, PersonInput, Span};
use crate::plan::{Baseline, By, Event, Measure, Over, RateDate};
use crate::statement::{Figure, Note};

/// What is the same for everybody.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub input: &'a CalculateInput,
    pub facts: &'a Facts<'a>,
    pub period: Period,
    pub currency: Currency,
}

impl Context<'_> {
    /// Whether somebody reads how a result came about.
    pub fn is_full(&self) -> bool {
        self.input.detail == Detail::Full
    }

    /// See [`Note::told`].
    pub fn note(&self, code: &str, params: impl FnOnce() -> Vec<(&'static str, String)>) -> Note {
        Note::told(self.is_full(), code, params)
    }
}

/// Whom a component is worked out for.
#[derive(Debug, Clone)]
pub(super) struct Subject<'a> {
    /// None for a team.
    pub person: Option<&'a PersonInput>,
    pub goals: &'a [GoalInput],
    pub employed: Span,
    /// What those who report to the person earned, where that is measured.
    pub earned: Option<Known<i64>>,
    /// Sum of a team's target bonuses, where any member has one.
    pub team_target: Option<Ratio>,
    pub days: Days,
}

/// Which days of a person count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Days {
    /// Of the assignments, where a component goes by days.
    Assigned,
    /// What no component prorates goes by days, too: the person is under another plan on others.
    Partly,
    /// All of employment: for the rate of a deal.
    Every,
}

/// An exact part of what is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ExactLine {
    pub label: Note,
    pub tier: Option<usize>,
    /// The fact that is paid by itself: its place.
    pub fact: Option<u32>,
    /// Minor units.
    pub exact: Ratio,
}

/// A component's exact result.
#[derive(Debug, Clone, Default)]
pub(super) struct Worked {
    /// Minor units where it is money.
    pub measured: Option<Ratio>,
    pub measure: Option<Figure>,
    pub goal: Option<Figure>,
    pub attainment: Option<Ratio>,
    pub lines: Vec<ExactLine>,
    pub notes: Vec<Note>,
}

impl Worked {
    /// The exact sum of its lines.
    pub fn exact(&self) -> Known<Ratio> {
        sum_of(&self.lines)
    }

    pub fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// What exact lines pay together.
pub(super) fn sum_of(lines: &[ExactLine]) -> Known<Ratio> {
    let mut sum = Ratio::ZERO;
    for line in lines {
        sum = sum.plus(line.exact)?;
    }
    Ok(sum)
}

/// Works a component out over a window.
///
/// # Errors
/// Why it cannot be known.
pub(super) fn work(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    credited: &Credited,
    deals: Option<&Credited>,
    window: &Window,
    trace: &mut Trace,
) -> Known<Worked> {
    let component = compiled.component;
    if let Some(trouble) = credited.trouble(window.from, window.to) {
        return Err(trouble.clone());
    }
    let measured = measure::measure(context, compiled, subject, credited, window, trace)?;
    let mut worked = Worked {
        measured: measured.measure,
        measure: measured
            .measure
            .map(|number| figure(context, compiled, number)),
        ..Worked::default()
    };
    let entries = credited.within(window.from, window.to);
    if component.over().is_some() && entries.is_empty() {
        worked.note(Note::new("no_facts", &[]));
    }
    if component.credit.event == Event::Receipt
        && component.credit.rate_date == RateDate::Deal
        && let Some(deals) = deals
    {
        receipts::lines(
            context,
            compiled,
            subject,
            entries,
            deals,
            &mut worked,
            trace,
        )?;
        return Ok(worked);
    }
    let goal = goal_of(compiled, subject, window)?;
    worked.goal = goal.map(|goal| figure(context, compiled, goal));
    worked.attainment = match (measured.attainment, measured.measure, goal) {
        (Some(attainment), ..) => Some(attainment),
        (_, Some(measure), Some(goal)) if goal > Ratio::ZERO => Some(measure.over(goal)?),
        _ => None,
    };
    if measured.measure.is_some() && (goal.is_some() || component.rate.by == By::Attainment) {
        let (measure, goal, reached) = (worked.measure, worked.goal, worked.attainment);
        trace.add(|| trace::attainment(measure, goal, reached));
    }
    if measured
        .measure
        .is_some_and(|measure| measure < Ratio::ZERO)
    {
        worked.note(Note::new("negative_measure", &[]));
    }
    if component.rate.by == By::Attainment && worked.attainment.is_none() {
        worked.note(why_no_attainment(compiled, goal, context.currency));
    }
    let basis = Basis {
        measure: measured.measure,
        goal: goal.filter(|goal| *goal > Ratio::ZERO),
        attainment: worked.attainment,
        target: None,
        baseline: baseline(compiled, subject, goal, window)?,
    };
    let case = Case {
        context,
        compiled,
        subject,
        window,
        goal,
    };
    if component.over() == Some(Over::Transaction) {
        case.transactions(entries, &basis, &mut worked, trace)?;
    } else {
        case.segments(&basis, &mut worked, trace)?;
    }
    Ok(worked)
}

pub(super) fn goal_of(
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    window: &Window,
) -> Known<Option<Ratio>> {
    if matches!(
        compiled.component.measure,
        Measure::Scorecard { .. } | Measure::Objectives {}
    ) {
        return Ok(None);
    }
    let code = compiled.component.goal_code();
    let goal = window::goal(subject.goals, subject.employed, code, window)?;
    Ok(goal.map(|major| major.times(compiled.scale)).transpose()?)
}

/// Why there is no attainment, or nothing that needs a goal.
pub(super) fn why_no_attainment(
    compiled: &Compiled<'_>,
    goal: Option<Ratio>,
    currency: Currency,
) -> Note {
    match (&compiled.component.measure, goal) {
        (Measure::Objectives {}, _) => Note::new("no_objectives", &[]),
        (_, None) => Note::new("no_goal", &[]),
        (_, Some(goal)) if goal == Ratio::ZERO => Note::new("goal_zero", &[]),
        (_, Some(goal)) => {
            let text = if compiled.component.measures_money() {
                trace::major(goal, currency)
            } else {
                crate::percent::exact(goal)
            };
            Note::new("goal_negative", &[("goal", text)])
        }
    }
}

/// Where tiers over a baseline start; none where it is a share of a goal, or a KPI, that is not there.
pub(super) fn baseline(
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    goal: Option<Ratio>,
    window: &Window,
) -> Known<Option<Ratio>> {
    Ok(match &compiled.component.rate.baseline {
        None => None,
        Some(Baseline::Amount { amount }) => Some(amount.value.times(compiled.scale)?),
        Some(Baseline::PercentOfGoal { percent }) => goal
            .filter(|goal| *goal > Ratio::ZERO)
            .map(|goal| goal.times(*percent))
            .transpose()?,
        // Asked for only where a tier that needs it pays.
        Some(Baseline::Kpi { kpi }) => measure::kpi_value(subject, kpi, window)
            .ok()
            .map(|value| value.times(compiled.scale))
            .transpose()?,
    })
}
