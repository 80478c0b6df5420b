//! A component worked out for a person or team: steps 2 to 7, exactly.

use std::collections::HashMap;

use yeji_core::{Currency, Ratio};

use super::compiled::Compiled;
use super::credit::{Credited, Entry, no_answer};
use super::facts::Fact;
use super::measure::{self, figure};
use super::tiers::{Basis, Lack, Position, Slice};
use super::trace::{self, Trace};
use super::window::{self, Segment, Window};
use super::{Known, receipts};
use crate::condition::Value as Name;
use crate::input::{CalculateInput, GoalInput, PersonInput, Span};
use crate::plan::{Baseline, By, Event, Limit, Measure, Over, Proration, RateDate};
use crate::statement::{Figure, Note};

/// What is the same for everybody.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub input: &'a CalculateInput,
    pub facts: &'a [Fact<'a>],
    /// Places of facts that are no refunds.
    pub by_id: HashMap<&'a str, usize>,
    pub currency: Currency,
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
    /// What the component does not prorate goes by days, too: the person is under another plan on others.
    pub partly: bool,
}

/// An exact part of what is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ExactLine {
    pub label: Note,
    pub tier: Option<usize>,
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
        let mut sum = Ratio::ZERO;
        for line in &self.lines {
            sum = sum.checked_add(line.exact)?;
        }
        Ok(sum)
    }

    fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
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
        worked.lines = receipts::lines(context, compiled, subject, entries, deals, trace)?;
        return Ok(worked);
    }
    let goal = goal_of(compiled, subject, window)?;
    worked.goal = goal.map(|goal| figure(context, compiled, goal));
    worked.attainment = match (measured.attainment, measured.measure, goal) {
        (Some(attainment), ..) => Some(attainment),
        (_, Some(measure), Some(goal)) if goal > Ratio::ZERO => Some(measure.checked_div(goal)?),
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

fn goal_of(
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
    Ok(goal
        .map(|major| major.checked_mul(compiled.scale))
        .transpose()?)
}

fn why_no_attainment(compiled: &Compiled<'_>, goal: Option<Ratio>, currency: Currency) -> Note {
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
fn baseline(
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    goal: Option<Ratio>,
    window: &Window,
) -> Known<Option<Ratio>> {
    Ok(match &compiled.component.rate.baseline {
        None => None,
        Some(Baseline::Amount { amount }) => Some(amount.value.checked_mul(compiled.scale)?),
        Some(Baseline::PercentOfGoal { percent }) => goal
            .filter(|goal| *goal > Ratio::ZERO)
            .map(|goal| goal.checked_mul(*percent))
            .transpose()?,
        // Asked for only where a tier that needs it pays.
        Some(Baseline::Kpi { kpi }) => measure::kpi_value(subject, kpi, window)
            .ok()
            .map(|value| value.checked_mul(compiled.scale))
            .transpose()?,
    })
}

struct Case<'a> {
    context: &'a Context<'a>,
    compiled: &'a Compiled<'a>,
    subject: &'a Subject<'a>,
    window: &'a Window,
    /// As given, also at zero and below.
    goal: Option<Ratio>,
}

impl Case<'_> {
    fn segments(&self, basis: &Basis, worked: &mut Worked, trace: &mut Trace) -> Known<()> {
        let component = self.compiled.component;
        let segments = self.parts_of_window()?;
        let chosen_by = self.compiled.chosen_by(basis);
        trace.add(|| trace::tier(self.compiled, chosen_by, self.context.currency));
        if let Some(x) = chosen_by {
            self.note_on_tier(x, worked);
        }
        for segment in segments {
            let basis = Basis {
                target: segment.target,
                ..*basis
            };
            let mut lines = Vec::new();
            for slice in self.slices(&basis, chosen_by, worked)? {
                trace.add(|| trace::rate(self.compiled, &slice, self.context.currency));
                lines.push(ExactLine {
                    label: trace::line_label(self.compiled, &slice, self.context.currency),
                    tier: slice.tier,
                    exact: slice.value,
                });
            }
            self.modify(&basis, &mut lines, trace)?;
            self.limit(basis.target, &mut lines, trace)?;
            if segment.share != Ratio::ONE {
                trace.add(|| trace::proration(segment.from, segment.to, segment.share));
                for line in &mut lines {
                    line.exact = line.exact.checked_mul(segment.share)?;
                }
            }
            worked.lines.append(&mut lines);
        }
        let by_days = component.proration == Proration::CalendarDays || self.subject.partly;
        if by_days && worked.lines.is_empty() {
            let away = self.parts_of_window()?.is_empty();
            if away {
                worked.note(Note::new("no_days", &[]));
            }
        }
        Ok(())
    }

    fn parts_of_window(&self) -> Known<Vec<Segment>> {
        let Some(person) = self.subject.person else {
            return Ok(vec![Segment {
                from: self.window.from,
                to: self.window.to,
                target: self.subject.team_target,
                share: Ratio::ONE,
            }]);
        };
        let mut proration = self.compiled.component.proration;
        // Facts by themselves count by their own days.
        if self.subject.partly && self.compiled.component.over() != Some(Over::Transaction) {
            proration = Proration::CalendarDays;
        }
        window::segments(&self.context.input.plan, person, proration, self.window)
    }

    /// What the tiers pay; nothing, with a note, where they lack a target bonus or goal.
    fn slices(
        &self,
        basis: &Basis,
        chosen_by: Option<Ratio>,
        worked: &mut Worked,
    ) -> Known<Vec<Slice>> {
        let Some(x) = chosen_by else {
            return Ok(Vec::new());
        };
        let paid = self.compiled.paid(basis, x)?;
        match paid.lack {
            None => {}
            Some(Lack::TargetBonus) => worked.note(Note::new("no_target_bonus", &[])),
            Some(Lack::Goal | Lack::Baseline) => {
                if let (Some(Lack::Baseline), Some(Baseline::Kpi { kpi })) =
                    (paid.lack, &self.compiled.component.rate.baseline)
                {
                    return Err(Note::new("kpi_missing", &[("kpi", kpi.clone())]));
                }
                let why = why_no_attainment(self.compiled, self.goal, self.context.currency);
                worked.note(why);
            }
        }
        Ok(paid.slices)
    }

    fn note_on_tier(&self, x: Ratio, worked: &mut Worked) {
        let shown = |x: Ratio| trace::shown_x(self.compiled, x, self.context.currency);
        let at = match self.compiled.component.rate.by {
            By::Attainment => crate::percent::shown(x),
            By::Amount => shown(x),
        };
        let bounds = &self.compiled.bounds;
        match self.compiled.position(x) {
            Position::In(_) => {}
            Position::Below => {
                let from = bounds.first().map_or(Ratio::ZERO, |(from, _)| *from);
                let params = [("attainment", at), ("from", shown(from))];
                worked.note(Note::new("below_first_tier", &params));
            }
            Position::Above => {
                let to = bounds.last().and_then(|(_, to)| *to).unwrap_or(Ratio::ZERO);
                let params = [("attainment", at), ("to", shown(to))];
                worked.note(Note::new("above_last_tier", &params));
            }
        }
    }

    /// Each fact by itself, a line each.
    fn transactions(
        &self,
        entries: &[Entry],
        basis: &Basis,
        worked: &mut Worked,
        trace: &mut Trace,
    ) -> Known<()> {
        let Measure::Facts { value, .. } = &self.compiled.component.measure else {
            return Ok(());
        };
        let target = self.parts_of_window()?.first().and_then(|one| one.target);
        let mut lines = Vec::with_capacity(entries.len());
        for entry in entries {
            let measure = measure::entry_value(self.context, entry, *value)?;
            let basis = Basis {
                measure: Some(measure),
                target,
                ..*basis
            };
            let exact = self.transaction(&basis, measure, worked, trace)?;
            let fact = self.context.facts[entry.fact].input;
            let params = [("fact", fact.label.clone()), ("on", fact.on.to_string())];
            lines.push(ExactLine {
                label: Note::new("line_fact", &params),
                tier: None,
                exact,
            });
        }
        self.limit(target, &mut lines, trace)?;
        worked.lines = lines;
        Ok(())
    }

    /// What one fact pays, within its own limits.
    pub fn transaction(
        &self,
        basis: &Basis,
        measure: Ratio,
        worked: &mut Worked,
        trace: &mut Trace,
    ) -> Known<Ratio> {
        let mut lines = Vec::new();
        for slice in self.slices(basis, Some(measure), worked)? {
            trace.add(|| trace::rate(self.compiled, &slice, self.context.currency));
            lines.push(ExactLine {
                label: Note::new("line_fact", &[]),
                tier: slice.tier,
                exact: slice.value,
            });
        }
        self.modify(basis, &mut lines, trace)?;
        let mut sum = sum_of(&lines)?;
        let component = self.compiled.component;
        // Where they cross, the cap holds.
        if let Some(floor) = limit_value(component.floor.per_deal.as_ref(), basis.target)?
            && sum < floor
        {
            trace.add(|| trace::limit("limit_floor_deal", sum, floor, self.context.currency));
            sum = floor;
        }
        if let Some(cap) = limit_value(component.cap.per_deal.as_ref(), basis.target)?
            && sum > cap
        {
            trace.add(|| trace::limit("limit_cap_deal", sum, cap, self.context.currency));
            sum = cap;
        }
        Ok(sum)
    }

    /// Step 5. Where the tiers pay zero nothing is asked.
    fn modify(&self, basis: &Basis, lines: &mut [ExactLine], trace: &mut Trace) -> Known<()> {
        if lines.iter().all(|line| line.exact == Ratio::ZERO) {
            return Ok(());
        }
        let value_of = |name: &str| self.value_of(basis, name);
        let component = self.compiled.component;
        let mut factor = Ratio::ONE;
        for ((when, otherwise), gate) in self.compiled.gates.iter().zip(&component.gates) {
            let holds = when
                .holds(&value_of)
                .map_err(|reason| no_answer("gate_no_answer", &gate.when, &reason))?;
            trace.add(|| trace::gate(&gate.when, holds, *otherwise));
            if !holds {
                factor = factor.checked_mul(*otherwise)?;
            }
        }
        for ((value, steps), modifier) in self.compiled.modifiers.iter().zip(&component.modifiers) {
            let number = value
                .number(&value_of)
                .map_err(|reason| no_answer("modifier_no_answer", &modifier.value, &reason))?;
            let reached = steps
                .iter()
                .rev()
                .find(|step| step.from.is_none_or(|from| number >= from.value));
            let step = reached.map_or(Ratio::ONE, |step| step.factor);
            trace.add(|| trace::modifier(&modifier.value, number, step));
            factor = factor.checked_mul(step)?;
        }
        if factor != Ratio::ONE {
            for line in lines {
                line.exact = line.exact.checked_mul(factor)?;
            }
        }
        Ok(())
    }

    /// Step 6: the cap's or floor's difference becomes a line.
    fn limit(
        &self,
        target: Option<Ratio>,
        lines: &mut Vec<ExactLine>,
        trace: &mut Trace,
    ) -> Known<()> {
        let component = self.compiled.component;
        let sum = sum_of(lines)?;
        let currency = self.context.currency;
        let cap = limit_value(component.cap.per_period.as_ref(), target)?;
        let floor = limit_value(component.floor.per_period.as_ref(), target)?;
        let Some((code, step, limit)) = held(sum, cap, floor) else {
            return Ok(());
        };
        trace.add(|| trace::limit(step, sum, limit, currency));
        let params = [("limit", trace::major(limit, currency))];
        lines.push(ExactLine {
            label: Note::new(code, &params),
            tier: None,
            exact: limit.checked_sub(sum)?,
        });
        Ok(())
    }

    /// What gates and modifiers see, money in major units.
    fn value_of<'n>(&self, basis: &Basis, name: &str) -> Option<Name<'n>> {
        let minor = Ratio::from_int(self.context.currency.minor_per_major());
        let major = |number: Option<Ratio>, scale: Ratio| number?.checked_div(scale).ok();
        let number = match name {
            "measure" => major(basis.measure, self.compiled.scale),
            "goal" => major(self.goal, self.compiled.scale),
            "attainment" => basis.attainment,
            "target_bonus" => major(basis.target, minor),
            _ => measure::kpi_value(self.subject, name, self.window).ok(),
        };
        number.map(Name::Number)
    }
}

/// The limit that holds a sum, with the codes of its line and step. Where cap and floor cross, the
/// cap does.
fn held(
    sum: Ratio,
    cap: Option<Ratio>,
    floor: Option<Ratio>,
) -> Option<(&'static str, &'static str, Ratio)> {
    let raised = floor.map_or(sum, |floor| sum.max(floor));
    match cap {
        Some(cap) if raised > cap => Some(("line_cap", "limit_cap", cap)),
        _ if raised > sum => Some(("line_floor", "limit_floor", raised)),
        _ => None,
    }
}

/// A limit in minor units; none where it is a share of a target bonus that is not there.
pub(super) fn limit_value(limit: Option<&Limit>, target: Option<Ratio>) -> Known<Option<Ratio>> {
    Ok(match limit {
        None => None,
        Some(Limit::Amount { amount }) => Some(Ratio::from_int(amount.minor)),
        Some(Limit::PercentOfTargetBonus { percent }) => target
            .map(|target| target.checked_mul(*percent))
            .transpose()?,
    })
}

fn sum_of(lines: &[ExactLine]) -> Known<Ratio> {
    let mut sum = Ratio::ZERO;
    for line in lines {
        sum = sum.checked_add(line.exact)?;
    }
    Ok(sum)
}

/// What one deal pays by itself, and its credit. `of_period`: the measure of its period, for what
/// gates and modifiers ask of it.
pub(super) fn of_transaction(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    entry: &Entry,
    of_period: Ratio,
    window: &Window,
) -> Known<Option<(Ratio, Ratio)>> {
    let Measure::Facts { value, .. } = &compiled.component.measure else {
        return Ok(None);
    };
    let case = Case {
        context,
        compiled,
        subject,
        window,
        goal: goal_of(compiled, subject, window)?,
    };
    let measure = measure::entry_value(context, entry, *value)?;
    let goal = case.goal.filter(|goal| *goal > Ratio::ZERO);
    let attainment = goal.map(|goal| of_period.checked_div(goal)).transpose()?;
    let basis = Basis {
        measure: Some(measure),
        goal,
        attainment,
        target: case.parts_of_window()?.first().and_then(|one| one.target),
        baseline: baseline(compiled, subject, case.goal, window)?,
    };
    let mut worked = Worked::default();
    let exact = case.transaction(&basis, measure, &mut worked, &mut Trace::default())?;
    Ok(Some((exact, measure)))
}
