//! Whether a description holds together: each kind's own rules, in one place for window and exports.

use yeji_core::Ratio;

use crate::chart::{Chart, ChartKind, Role, Series, Value};
use crate::{Error, Result};

/// Most rows of a heat map: more are no picture, and the window would draw for seconds.
pub const MAX_HEAT_ROWS: usize = 100;
/// Most columns of a heat map: the 53 weeks of a year, or five years of months.
pub const MAX_HEAT_COLUMNS: usize = 60;

impl Chart {
    /// Errors if the description contradicts itself, and so could not be drawn the same everywhere.
    pub fn check(&self) -> Result<()> {
        for series in &self.series {
            if series.values.len() != self.categories.len() {
                return Err(Error::Shape {
                    chart: self.id.clone(),
                    series: series.key.clone(),
                    values: series.values.len(),
                    categories: self.categories.len(),
                });
            }
        }
        match self.kind {
            ChartKind::Bar | ChartKind::HBar | ChartKind::Trend => Ok(()),
            ChartKind::Attainment => self.single().map(|_| ()),
            ChartKind::Pie | ChartKind::Funnel | ChartKind::Distribution => match self.single()? {
                Some(series) => self.check_not_negative(series),
                None => Ok(()),
            },
            ChartKind::HeatMap | ChartKind::Cohort => self.check_grid(),
            ChartKind::Pareto => self.check_pareto(),
            ChartKind::Waterfall => self.check_waterfall(),
        }
    }

    /// The one actual series of a kind that shows one; `None` if the chart has none at all.
    pub(crate) fn single(&self) -> Result<Option<&Series>> {
        match &self.series[..] {
            [] => Ok(None),
            [series] if series.role == Role::Actual => Ok(Some(series)),
            _ => Err(self.wrong_series()),
        }
    }

    /// The actual series and the one of `role` after it; `None` if the chart has none at all.
    pub(crate) fn pair(&self, role: Role) -> Result<Option<(&Series, &Series)>> {
        match &self.series[..] {
            [] => Ok(None),
            [first, second] if first.role == Role::Actual && second.role == role => {
                Ok(Some((first, second)))
            }
            _ => Err(self.wrong_series()),
        }
    }

    fn wrong_series(&self) -> Error {
        Error::SeriesCount {
            chart: self.id.clone(),
            kind: self.kind,
            series: self.series.len(),
        }
    }

    fn check_not_negative(&self, series: &Series) -> Result<()> {
        let negative = |value: &Option<Value>| {
            let value = value.as_ref().map(Value::exact);
            value.is_some_and(|value| value < Ratio::ZERO)
        };
        match series.values.iter().position(negative) {
            None => Ok(()),
            Some(place) => Err(Error::Negative {
                chart: self.id.clone(),
                kind: self.kind,
                label: self.categories[place].label.clone(),
            }),
        }
    }

    fn check_grid(&self) -> Result<()> {
        if self.series.iter().any(|series| series.role != Role::Actual) {
            return Err(self.wrong_series());
        }
        for (what, found, max) in [
            ("rows", self.series.len(), MAX_HEAT_ROWS),
            ("columns", self.categories.len(), MAX_HEAT_COLUMNS),
        ] {
            if found > max {
                return Err(Error::TooLarge {
                    chart: self.id.clone(),
                    what,
                    found,
                    max,
                });
            }
        }
        Ok(())
    }

    /// From the largest down, and each cumulative ratio in proportion to what was added up so far:
    /// the whole may be more than what is shown, but is one whole for all.
    fn check_pareto(&self) -> Result<()> {
        let Some((actual, cumulative)) = self.pair(Role::Cumulative)? else {
            return Ok(());
        };
        self.check_not_negative(actual)?;
        let off = |place: usize| Error::Pareto {
            chart: self.id.clone(),
            label: self.categories[place].label.clone(),
        };
        let mut sum = Ratio::ZERO;
        let mut before: Option<Ratio> = None;
        // A sum and its ratio, neither zero.
        let mut known: Option<(Ratio, Ratio)> = None;
        for (place, value) in actual.values.iter().enumerate() {
            if let Some(value) = value.as_ref().map(Value::exact) {
                if before.is_some_and(|before| value > before) {
                    return Err(off(place));
                }
                before = Some(value);
                sum = sum.checked_add(value)?;
            }
            let Some(ratio) = cumulative.values[place].as_ref().map(Value::exact) else {
                continue;
            };
            let proportional = match known {
                Some((sum_then, ratio_then)) => {
                    ratio.checked_mul(sum_then)? == ratio_then.checked_mul(sum)?
                }
                None => (ratio == Ratio::ZERO) == (sum == Ratio::ZERO),
            };
            if !proportional || ratio < Ratio::ZERO || ratio > Ratio::ONE {
                return Err(off(place));
            }
            if sum != Ratio::ZERO {
                known = Some((sum, ratio));
            }
        }
        Ok(())
    }

    /// Each place is a total or a step, first and last are totals, and each total is what the steps
    /// before it lead to.
    fn check_waterfall(&self) -> Result<()> {
        let Some((totals, changes)) = self.pair(Role::Change)? else {
            return Ok(());
        };
        if self.is_empty() {
            return Ok(());
        }
        let last = self.categories.len() - 1;
        let mut running = Ratio::ZERO;
        for (place, category) in self.categories.iter().enumerate() {
            let off = |expected: Option<Ratio>| Error::Waterfall {
                chart: self.id.clone(),
                label: category.label.clone(),
                expected: expected.map(|ratio| ratio.to_string()),
            };
            match (&totals.values[place], &changes.values[place]) {
                (Some(total), None) => {
                    if place > 0 && total.exact() != running {
                        return Err(off(Some(running)));
                    }
                    running = total.exact();
                }
                (None, Some(change)) if place > 0 && place < last => {
                    running = running.checked_add(change.exact())?;
                }
                _ => return Err(off(None)),
            }
        }
        Ok(())
    }
}
