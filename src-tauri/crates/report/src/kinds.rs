//! What a kind of chart makes of its values: steps, running sums, shares of a whole.

use yeji_core::{Ratio, Rounding};

use crate::chart::{Category, Chart, ChartKind, Lang, Role, Series, Value, ValueUnit};
use crate::{MAX_HEAT_ROWS, Result};

/// The axis of a waterfall is cut where all its steps together take less than this part of it.
const CUT_BELOW: i64 = 4;
/// The cut is at a round number: a multiple of a round quarter of what the steps take.
const STEPS_IN_RANGE: i64 = 4;

impl Chart {
    /// What the values of a series are: the chart's unit, or ratios of a whole.
    pub fn unit_of(&self, series: &Series) -> ValueUnit {
        match series.role {
            Role::Cumulative => ValueUnit::Percent,
            _ => self.unit,
        }
    }

    /// Whether each series is a row of a grid, and each category a column.
    pub fn is_grid(&self) -> bool {
        matches!(self.kind, ChartKind::HeatMap | ChartKind::Cohort)
    }

    /// Of each stage of a funnel the share of the stage before; none for the first stage, beside an
    /// unknown one, and after one of zero.
    pub fn steps(&self) -> Result<Vec<Option<Ratio>>> {
        let Some(series) = self.single()? else {
            return Ok(Vec::new());
        };
        let mut before: Option<Ratio> = None;
        let mut steps = Vec::with_capacity(series.values.len());
        for value in &series.values {
            let value = value.as_ref().map(Value::exact);
            steps.push(match (value, before) {
                (Some(value), Some(before)) if before != Ratio::ZERO => {
                    Some(value.checked_div(before)?)
                }
                _ => None,
            });
            before = value;
        }
        Ok(steps)
    }

    /// Where each bar of a waterfall begins and ends: a total at zero, a step where the one before
    /// ended. Empty if nothing is known.
    pub fn spans(&self) -> Result<Vec<(Ratio, Ratio)>> {
        let Some((totals, changes)) = self.pair(Role::Change)? else {
            return Ok(Vec::new());
        };
        let mut running = Ratio::ZERO;
        let mut spans = Vec::with_capacity(totals.values.len());
        for pair in totals.values.iter().zip(&changes.values) {
            match pair {
                (Some(total), _) => {
                    running = total.exact();
                    spans.push((Ratio::ZERO, running));
                }
                (None, Some(change)) => {
                    let from = running;
                    running = running.checked_add(change.exact())?;
                    spans.push((from, running));
                }
                (None, None) => {}
            }
        }
        Ok(spans)
    }

    /// Where the axis of a waterfall starts if not at zero: where the bars are so much alike in
    /// height that its steps would be hairlines. None otherwise. The window has the same rule
    /// (`ui/src/charts/options/waterfall.ts`), and whoever draws it cuts the totals' bars visibly
    /// and says so.
    pub fn axis_start(&self) -> Result<Option<Ratio>> {
        let ChartKind::Waterfall = self.kind else {
            return Ok(None);
        };
        let Some((totals, _)) = self.pair(Role::Change)? else {
            return Ok(None);
        };
        let levels = self.spans()?.into_iter().zip(&totals.values);
        // Of a total only its far end is a level: the other one is zero.
        let levels = levels.flat_map(|((from, to), total)| match total {
            Some(_) => vec![to],
            None => vec![from, to],
        });
        let levels: Vec<Ratio> = levels.collect();
        let (Some(low), Some(high)) = (levels.iter().min(), levels.iter().max()) else {
            return Ok(None);
        };
        let range = high.checked_sub(*low)?;
        let seen = range.checked_mul(Ratio::from_int(CUT_BELOW))?;
        if *low <= Ratio::ZERO || range == Ratio::ZERO || seen >= *high {
            return Ok(None);
        }
        let step = round_up(range.checked_div(Ratio::from_int(STEPS_IN_RANGE))?)?;
        let below = low.checked_sub(range.checked_div(Ratio::from_int(2))?)?;
        let whole = below.checked_div(step)?.round(Rounding::Down)?;
        let start = step.checked_mul(Ratio::from_int(whole))?;
        Ok((start > Ratio::ZERO).then_some(start))
    }

    /// Where the axis of a Pareto chart ends, and what share of the whole that is: all of it, or, of
    /// the first parts of many, the fifths that they come to. So bars and line share one scale, and
    /// the line, which starts at the end of the first bar, runs through no other one. None without a
    /// line.
    pub fn pareto_end(&self) -> Result<Option<(Ratio, Ratio)>> {
        let ChartKind::Pareto = self.kind else {
            return Ok(None);
        };
        let Some((actual, cumulative)) = self.pair(Role::Cumulative)? else {
            return Ok(None);
        };
        let last = cumulative.values.iter().flatten().next_back();
        let last = last.map_or(Ratio::ZERO, Value::exact);
        if last == Ratio::ZERO {
            return Ok(None);
        }
        let mut sum = Ratio::ZERO;
        for value in actual.values.iter().flatten() {
            sum = sum.checked_add(value.exact())?;
        }
        let fifths = last
            .checked_mul(Ratio::from_int(5))?
            .round(Rounding::Ceiling)?;
        let share = Ratio::new(i128::from(fifths), 5)?;
        Ok(Some((sum.checked_div(last)?.checked_mul(share)?, share)))
    }

    /// A Pareto chart of one actual series: from the largest down (equals keep their order, unknown
    /// ones go), with the line of what they come to, called `cumulative`; or, if a value is negative
    /// (refunds), the ranking that can show it. Without a whole there is no line.
    pub fn pareto(mut self, cumulative: &str) -> Result<Self> {
        let Some(actual) = self.single()? else {
            self.kind = ChartKind::Pareto;
            return Ok(self);
        };
        let mut bars: Vec<(Category, Value)> = self
            .categories
            .iter()
            .zip(&actual.values)
            .filter_map(|(category, value)| Some((category.clone(), value.clone()?)))
            .collect();
        bars.sort_by_key(|(_, value)| std::cmp::Reverse(value.exact()));
        let negative = bars.iter().any(|(_, value)| value.exact() < Ratio::ZERO);
        let mut sum = Ratio::ZERO;
        let mut sums = Vec::with_capacity(bars.len());
        for (_, value) in &bars {
            sum = sum.checked_add(value.exact())?;
            sums.push(sum);
        }
        let (categories, values): (Vec<_>, Vec<_>) = bars.into_iter().unzip();
        self.categories = categories;
        self.series[0].values = values.into_iter().map(Some).collect();
        if negative {
            self.kind = ChartKind::HBar;
            return Ok(self);
        }
        let ratio = |part: &Ratio| match sum {
            Ratio::ZERO => Ok(None),
            whole => Ok(Some(Value::ratio(part.checked_div(whole)?))),
        };
        self.kind = ChartKind::Pareto;
        self.series.push(Series {
            key: "cumulative".to_owned(),
            label: cumulative.to_owned(),
            role: Role::Cumulative,
            values: sums.iter().map(ratio).collect::<Result<_>>()?,
        });
        Ok(self)
    }

    /// A heat map with at most [`MAX_HEAT_ROWS`] rows, the first ones; how many are left out is said
    /// in its note.
    #[must_use]
    pub fn cut_rows(mut self, lang: Lang) -> Self {
        let hidden = self.series.len().saturating_sub(MAX_HEAT_ROWS);
        if !self.is_grid() || hidden == 0 {
            return self;
        }
        self.series.truncate(MAX_HEAT_ROWS);
        let said = match lang {
            Lang::ZhCn => format!("只显示前 {MAX_HEAT_ROWS} 行，另有 {hidden} 行；请选择下级单位"),
            Lang::En => format!(
                "The first {MAX_HEAT_ROWS} rows are shown, {hidden} more are not: choose a smaller unit"
            ),
        };
        self.note = Some(match self.note {
            Some(note) => format!("{said}{}{note}", lang.pick("；", "; ")),
            None => said,
        });
        self
    }
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `raw`, which is above zero.
fn round_up(raw: Ratio) -> Result<Ratio> {
    let ten = Ratio::from_int(10);
    let mut power = Ratio::ONE;
    while power < raw {
        power = power.checked_mul(ten)?;
    }
    while power.checked_div(ten)? >= raw {
        power = power.checked_div(ten)?;
    }
    for part in [5, 2] {
        let step = power.checked_div(Ratio::from_int(part))?;
        if step >= raw {
            return Ok(step);
        }
    }
    Ok(power)
}
