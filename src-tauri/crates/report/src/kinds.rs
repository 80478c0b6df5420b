//! What a kind of chart makes of its values: steps, running sums, shares of a whole.

use yeji_core::Ratio;

use crate::chart::{Category, Chart, ChartKind, Lang, Role, Series, Value, ValueUnit};
use crate::{MAX_HEAT_ROWS, Result};

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
