//! Step 4: what the tiers pay, exactly.

use yeji_core::Ratio;

use super::Known;
use super::compiled::Compiled;
use crate::exact::Exact;
use crate::plan::{AppliesTo, Baseline, By, Edge, Pay};

/// What a tier looks at. Amounts in minor units.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Basis {
    /// None for attainments without a measure.
    pub measure: Option<Ratio>,
    /// Above zero.
    pub goal: Option<Ratio>,
    pub attainment: Option<Ratio>,
    pub target: Option<Ratio>,
    /// For tiers over a baseline.
    pub baseline: Option<Ratio>,
}

/// Where x lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// Under the first tier.
    Below,
    /// In a tier, counted from 0.
    In(usize),
    /// Over the end of the last tier.
    Above,
}

/// How a part of what is paid came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Below the first tier, or at its start where marginal tiers stand on it.
    Below,
    /// On the whole.
    Whole,
    /// On this much of x above the tier's start.
    Marginal(Ratio),
    /// On the whole, at this place between the tier's ends (0 to 1).
    Interpolated(Ratio),
    /// On this much above the baseline.
    OverBaseline(Ratio),
}

/// A part of what is paid; becomes a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slice {
    /// The tier, counted from 0; none below the first.
    pub tier: Option<usize>,
    pub way: Way,
    /// Percentage as a ratio, or minor units.
    pub number: Ratio,
    /// What it is applied to: measure, target bonus, units; 1 for fixed amounts.
    pub on: Ratio,
    /// Exact, in minor units.
    pub value: Ratio,
}

/// What a part of a rate lacks to pay anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lack {
    /// It needs a target bonus and there is none.
    TargetBonus,
    /// It needs a goal above zero and there is none.
    Goal,
    /// It needs a baseline and there is none.
    Baseline,
}

/// What a rate pays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Paid {
    /// Parts, lowest first.
    pub slices: Vec<Slice>,
    /// Why a part is missing among them.
    pub lack: Option<Lack>,
}

impl Paid {
    /// What all parts pay together, exact, in minor units.
    pub fn sum(&self) -> yeji_core::Result<Ratio> {
        let mut slices = self.slices.iter();
        slices.try_fold(Ratio::ZERO, |sum, slice| sum.plus(slice.value))
    }

    fn add(&mut self, part: Result<Option<Slice>, Lack>) {
        match part {
            Ok(slice) => self.slices.extend(slice),
            Err(lack) => self.lack = Some(lack),
        }
    }
}

impl Compiled<'_> {
    /// By what a tier is chosen; none without a goal above zero.
    pub fn chosen_by(&self, basis: &Basis) -> Option<Ratio> {
        match self.component.rate.by {
            By::Attainment => basis.attainment,
            By::Amount => basis.measure,
        }
    }

    /// What somebody with a goal and a target bonus stands at by x, for a curve. A baseline that is a KPI
    /// is nobody's here, and counts as zero.
    ///
    /// # Errors
    /// Products that do not fit.
    pub fn basis_at(&self, x: Ratio, goal: Ratio, target: Ratio) -> yeji_core::Result<Basis> {
        let by = self.component.rate.by;
        let measure = match by {
            By::Amount => x,
            By::Attainment => goal.times(x)?,
        };
        let baseline = match &self.component.rate.baseline {
            Some(Baseline::Amount { amount }) => amount.value.times(self.scale)?,
            Some(Baseline::PercentOfGoal { percent }) => goal.times(*percent)?,
            Some(Baseline::Kpi { .. }) | None => Ratio::ZERO,
        };
        Ok(Basis {
            measure: Some(measure),
            goal: Some(goal),
            attainment: (by == By::Attainment).then_some(x),
            target: Some(target),
            baseline: Some(baseline),
        })
    }

    /// Finds the tier. The plan has no errors: its tiers are in order, without hole or overlap.
    pub fn position(&self, x: Ratio) -> Position {
        let last = self.bounds.len().saturating_sub(1);
        if self.bounds.first().is_none_or(|(from, _)| x < *from) {
            return Position::Below;
        }
        let edge = self.component.rate.edge;
        let found = self.bounds.iter().enumerate().position(|(at, (_, to))| {
            to.is_none_or(|to| x < to || (x == to && (edge == Edge::Lower || at == last)))
        });
        found.map_or(Position::Above, Position::In)
    }

    /// What x pays.
    pub fn paid(&self, basis: &Basis, x: Ratio) -> Known<Paid> {
        match self.position(x) {
            Position::Below => self.paid_below(basis, x),
            Position::In(tier) => self.paid_in(tier, basis, x),
            Position::Above => Ok(Paid::default()),
        }
    }

    /// As [`Self::paid`] with the tier given, also at its two ends whichever tier they belong to.
    pub fn paid_in(&self, tier: usize, basis: &Basis, x: Ratio) -> Known<Paid> {
        let mut paid = Paid::default();
        let mut upper = x;
        for at in (0..=tier).rev() {
            if self.component.rate.tiers[at].applies_to != AppliesTo::Marginal {
                paid.add(self.whole(at, basis, upper)?);
                paid.slices.reverse();
                return Ok(paid);
            }
            let from = self.bounds[at].0;
            paid.add(self.marginal(at, basis, from, upper)?);
            upper = from;
        }
        let below = self.paid_below(basis, upper)?;
        paid.slices.extend(below.slices);
        paid.slices.reverse();
        paid.lack = paid.lack.or(below.lack);
        Ok(paid)
    }

    /// What is paid below the first tier.
    pub fn paid_below(&self, basis: &Basis, x: Ratio) -> Known<Paid> {
        let pay = &self.component.rate.below_first_tier;
        if *pay == Pay::Nothing {
            return Ok(Paid::default());
        }
        let mut paid = Paid::default();
        let slice = match self.on_whole(pay, basis, self.measure_at(basis, x)?)? {
            Ok((on, number)) => Ok(Some(Slice {
                tier: None,
                way: Way::Below,
                number,
                on,
                value: number.times(on)?,
            })),
            Err(lack) => Err(lack),
        };
        paid.add(slice);
        Ok(paid)
    }

    /// A tier that pays on everything, at x.
    fn whole(&self, at: usize, basis: &Basis, x: Ratio) -> Known<Result<Option<Slice>, Lack>> {
        let tier = &self.component.rate.tiers[at];
        if tier.pay == Pay::Nothing && tier.pay_to.is_none() {
            return Ok(Ok(None));
        }
        let mut measure = self.measure_at(basis, x)?;
        let mut way = Way::Whole;
        if tier.applies_to == AppliesTo::OverBaseline {
            let Some(baseline) = basis.baseline else {
                return Ok(Err(Lack::Baseline));
            };
            let over = measure
                .map(|measure| measure.minus(baseline))
                .transpose()?
                .unwrap_or(Ratio::ZERO)
                .max(Ratio::ZERO);
            measure = Some(over);
            way = Way::OverBaseline(over);
        }
        let (on, mut number) = match self.on_whole(&tier.pay, basis, measure)? {
            Ok(found) => found,
            Err(lack) => return Ok(Err(lack)),
        };
        let (from, to) = self.bounds[at];
        if let (AppliesTo::Interpolated, Some(to), Some(pay_to)) =
            (tier.applies_to, to, &tier.pay_to)
        {
            let place = x.minus(from)?.over(to.minus(from)?)?;
            let rise = pay_to.number().minus(number)?;
            number = number.plus(rise.times(place)?)?;
            way = Way::Interpolated(place);
        }
        Ok(Ok(Some(Slice {
            tier: Some(at),
            way,
            number,
            on,
            value: number.times(on)?,
        })))
    }

    /// A tier that pays on the part of x between its start and `upper`.
    fn marginal(
        &self,
        at: usize,
        basis: &Basis,
        from: Ratio,
        upper: Ratio,
    ) -> Known<Result<Option<Slice>, Lack>> {
        let pay = &self.component.rate.tiers[at].pay;
        let width = upper.minus(from)?;
        let measured = match self.component.rate.by {
            By::Amount => Some(width),
            By::Attainment => basis.goal.map(|goal| goal.times(width)).transpose()?,
        };
        let on = match pay {
            Pay::Nothing => return Ok(Ok(None)),
            Pay::Fixed { .. } if width > Ratio::ZERO => Ratio::ONE,
            Pay::Fixed { .. } => Ratio::ZERO,
            Pay::PercentOfTargetBonus { .. } => match basis.target {
                Some(target) => width.times(target)?,
                None => return Ok(Err(Lack::TargetBonus)),
            },
            Pay::PercentOfMeasure { .. } => match measured {
                Some(measured) => measured,
                None => return Ok(Err(Lack::Goal)),
            },
            Pay::PerUnit { .. } => match measured {
                Some(measured) => measured.over(self.scale)?,
                None => return Ok(Err(Lack::Goal)),
            },
            Pay::IndividualRate { .. } => match (basis.target, basis.goal, measured) {
                (None, ..) => return Ok(Err(Lack::TargetBonus)),
                (Some(target), Some(goal), Some(measured)) => measured.over(goal)?.times(target)?,
                _ => return Ok(Err(Lack::Goal)),
            },
        };
        let number = pay.number();
        Ok(Ok(Some(Slice {
            tier: Some(at),
            way: Way::Marginal(width),
            number,
            on,
            value: number.times(on)?,
        })))
    }

    /// What a pay on the whole is applied to, and its number.
    fn on_whole(
        &self,
        pay: &Pay,
        basis: &Basis,
        measure: Option<Ratio>,
    ) -> Known<Result<(Ratio, Ratio), Lack>> {
        let measured = measure.unwrap_or(Ratio::ZERO);
        let on = match pay {
            Pay::Nothing => Ratio::ZERO,
            Pay::Fixed { .. } => Ratio::ONE,
            Pay::PercentOfMeasure { .. } => measured,
            Pay::PerUnit { .. } => measured.over(self.scale)?,
            Pay::PercentOfTargetBonus { .. } => match basis.target {
                Some(target) => target,
                None => return Ok(Err(Lack::TargetBonus)),
            },
            Pay::IndividualRate { .. } => match (basis.target, basis.goal) {
                (None, _) => return Ok(Err(Lack::TargetBonus)),
                (_, None) => return Ok(Err(Lack::Goal)),
                (Some(target), Some(goal)) => measured.over(goal)?.times(target)?,
            },
        };
        Ok(Ok((on, pay.number())))
    }

    /// The measure that x stands for: itself, or its share of the goal.
    fn measure_at(&self, basis: &Basis, x: Ratio) -> Known<Option<Ratio>> {
        match self.component.rate.by {
            By::Amount => Ok(Some(x)),
            By::Attainment if basis.attainment == Some(x) => Ok(basis.measure),
            By::Attainment => Ok(basis.goal.map(|goal| goal.times(x)).transpose()?),
        }
    }
}
