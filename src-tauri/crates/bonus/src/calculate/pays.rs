//! Steps 4 to 7: what the rate pays, modified, limited and prorated, exactly.

use yeji_core::Ratio;

use super::Known;
use super::compiled::Compiled;
use super::credit::{Entry, no_answer};
use super::measure;
use super::tiers::{Basis, Lack, Position, Slice};
use super::trace::{self, Trace};
use super::window::{self, Segment, Window};
use super::work::{
    Context, Days, ExactLine, Subject, Worked, baseline, goal_of, sum_of, why_no_attainment,
};
use crate::condition::Value as Name;
use crate::exact::Exact;
use crate::plan::{Baseline, By, Limit, Measure, Over, Proration};
use crate::statement::Note;

/// A component, whom it is worked out for, and when.
pub(super) struct Case<'a> {
    pub context: &'a Context<'a>,
    pub compiled: &'a Compiled<'a>,
    pub subject: &'a Subject<'a>,
    pub window: &'a Window,
    /// As given, also at zero and below.
    pub goal: Option<Ratio>,
}

impl Case<'_> {
    /// Steps 4 to 7 for each part of the window.
    pub fn segments(&self, basis: &Basis, worked: &mut Worked, trace: &mut Trace) -> Known<()> {
        let segments = self.parts_of_window()?;
        let chosen_by = self.compiled.chosen_by(basis);
        trace.add(|| trace::tier(self.compiled, chosen_by, self.context.currency));
        if let Some(x) = chosen_by {
            self.note_on_tier(x, worked, trace);
        }
        if segments.is_empty() {
            worked.note(Note::new("no_days", &[]));
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
                    label: trace::line_label(self.compiled, &slice, self.context.currency, trace),
                    tier: slice.tier,
                    fact: None,
                    exact: slice.value,
                });
            }
            self.modify(&basis, &mut lines, trace)?;
            self.limit(basis.target, Ratio::ONE, &mut lines, trace)?;
            if segment.share != Ratio::ONE {
                trace.add(|| trace::proration(segment.from, segment.to, segment.share));
                for line in &mut lines {
                    line.exact = line.exact.times(segment.share)?;
                }
            }
            worked.lines.append(&mut lines);
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
        if self.subject.days == Days::Partly
            && self.compiled.component.over() != Some(Over::Transaction)
        {
            proration = Proration::CalendarDays;
        }
        let every_day = self.subject.days == Days::Every;
        let plan = &self.context.input.plan;
        window::segments(plan, person, proration, every_day, self.window)
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

    fn note_on_tier(&self, x: Ratio, worked: &mut Worked, trace: &Trace) {
        let shown = |x: Ratio| trace::shown_x(self.compiled, x, self.context.currency);
        let at = || match self.compiled.component.rate.by {
            By::Attainment => crate::percent::shown(x),
            By::Amount => shown(x),
        };
        let bounds = &self.compiled.bounds;
        match self.compiled.position(x) {
            Position::In(_) => {}
            Position::Below => {
                let from = bounds.first().map_or(Ratio::ZERO, |(from, _)| *from);
                let params = || vec![("attainment", at()), ("from", shown(from))];
                worked.note(trace.note("below_first_tier", params));
            }
            Position::Above => {
                let to = bounds.last().and_then(|(_, to)| *to).unwrap_or(Ratio::ZERO);
                let params = || vec![("attainment", at()), ("to", shown(to))];
                worked.note(trace.note("above_last_tier", params));
            }
        }
    }

    /// Each fact by itself, a line each.
    pub fn transactions(
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
            let measure = measure::worth(self.context, entry, *value)?;
            let basis = Basis {
                measure: Some(measure),
                target,
                ..*basis
            };
            let fact = self.context.facts.of(entry.fact).input;
            trace.about(Some(&fact.id));
            let exact = self.transaction(&basis, measure, worked, trace)?;
            trace.about(None);
            let params = || vec![("fact", fact.label.clone()), ("on", fact.on.to_string())];
            lines.push(ExactLine {
                label: trace.note("line_fact", params),
                tier: None,
                fact: Some(entry.fact),
                exact,
            });
        }
        // No part of the days follows that would make the period's limits smaller.
        let share = match (self.subject.person, self.subject.days) {
            (Some(person), Days::Partly) => window::share_of_days(person, self.context.period)?,
            _ => Ratio::ONE,
        };
        self.limit(target, share, &mut lines, trace)?;
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
                fact: None,
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
        let component = self.compiled.component;
        let nothing_to_ask = component.gates.is_empty() && component.modifiers.is_empty();
        if nothing_to_ask || lines.iter().all(|line| line.exact == Ratio::ZERO) {
            return Ok(());
        }
        let value_of = |name: &str| self.value_of(basis, name);
        let mut factor = Ratio::ONE;
        for ((when, otherwise), gate) in self.compiled.gates.iter().zip(&component.gates) {
            let holds = when
                .holds(&value_of)
                .map_err(|reason| no_answer("gate_no_answer", &gate.when, &reason))?;
            trace.add(|| trace::gate(&gate.when, holds, *otherwise));
            if !holds {
                factor = factor.times(*otherwise)?;
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
            factor = factor.times(step)?;
        }
        if factor != Ratio::ONE {
            for line in lines {
                line.exact = line.exact.times(factor)?;
            }
        }
        Ok(())
    }

    /// Step 6: the cap's or floor's difference becomes a line. `share`: of the limits that holds.
    fn limit(
        &self,
        target: Option<Ratio>,
        share: Ratio,
        lines: &mut Vec<ExactLine>,
        trace: &mut Trace,
    ) -> Known<()> {
        let component = self.compiled.component;
        let currency = self.context.currency;
        let of_days = |limit: Option<&Limit>| -> Known<Option<Ratio>> {
            let whole = limit_value(limit, target)?;
            Ok(whole.map(|whole| whole.times(share)).transpose()?)
        };
        let cap = of_days(component.cap.per_period.as_ref())?;
        let floor = of_days(component.floor.per_period.as_ref())?;
        if cap.is_none() && floor.is_none() {
            return Ok(());
        }
        let sum = sum_of(lines)?;
        let Some((code, step, limit)) = held(sum, cap, floor) else {
            return Ok(());
        };
        trace.add(|| trace::limit(step, sum, limit, currency));
        let params = || vec![("limit", trace::major(limit, currency))];
        lines.push(ExactLine {
            label: trace.note(code, params),
            tier: None,
            fact: None,
            exact: limit.minus(sum)?,
        });
        Ok(())
    }

    /// What gates and modifiers see, money in major units.
    fn value_of<'n>(&self, basis: &Basis, name: &str) -> Option<Name<'n>> {
        let minor = Ratio::from_int(self.context.currency.minor_per_major());
        let major = |number: Option<Ratio>, scale: Ratio| number?.over(scale).ok();
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
pub(crate) fn held(
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
pub(crate) fn limit_value(limit: Option<&Limit>, target: Option<Ratio>) -> Known<Option<Ratio>> {
    Ok(match limit {
        None => None,
        Some(Limit::Amount { amount }) => Some(Ratio::from_int(amount.minor)),
        Some(Limit::PercentOfTargetBonus { percent }) => {
            target.map(|target| target.times(*percent)).transpose()?
        }
    })
}

/// What one deal pays by itself, its credit, and what is to be said of it. `of_period`: the measure of its period, for what
/// gates and modifiers ask of it.
pub(super) fn of_transaction(
    context: &Context<'_>,
    compiled: &Compiled<'_>,
    subject: &Subject<'_>,
    entry: &Entry,
    of_period: Ratio,
    window: &Window,
) -> Known<Option<(Ratio, Ratio, Vec<Note>)>> {
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
    let measure = measure::worth(context, entry, *value)?;
    let goal = case.goal.filter(|goal| *goal > Ratio::ZERO);
    let attainment = goal.map(|goal| of_period.over(goal)).transpose()?;
    let basis = Basis {
        measure: Some(measure),
        goal,
        attainment,
        target: case.parts_of_window()?.first().and_then(|one| one.target),
        baseline: baseline(compiled, subject, case.goal, window)?,
    };
    let mut worked = Worked::default();
    let mut unseen = Trace::new(context.is_full());
    let exact = case.transaction(&basis, measure, &mut worked, &mut unseen)?;
    Ok(Some((exact, measure, worked.notes)))
}
