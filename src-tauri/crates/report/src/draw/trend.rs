//! Lines over time, and the band of what is expected.

use super::canvas::Point;
use super::theme;
use super::vertical::Plot;
use crate::Result;
use crate::chart::{Role, Series, Value};

const LINE_PX: f64 = 2.0;
/// Half of a mark that stands alone: one value is no line.
const DOT_PX: f64 = 2.0;

impl Plot<'_, '_> {
    pub(super) fn draw_trend(&self) -> Result<()> {
        self.draw_band()?;
        for (index, series) in self.chart.series.iter().enumerate() {
            let color = theme::series_color(self.chart, index);
            let runs = self.runs(series);
            match series.role {
                Role::Actual | Role::Previous => {
                    for run in runs {
                        if let [(x, y)] = run[..] {
                            let (from, to) = ((x - DOT_PX, y - DOT_PX), (x + DOT_PX, y + DOT_PX));
                            self.canvas.rect(from, to, color)?;
                        }
                        self.canvas.line(&run, color, LINE_PX)?;
                    }
                }
                Role::Forecast => {
                    for run in runs {
                        for pair in run.windows(2) {
                            self.canvas.dashed(pair[0], pair[1], color)?;
                        }
                        // Hollow: what is expected is nothing yet.
                        for (x, y) in &run {
                            let square = |by: f64| ((x - by, y - by), (x + by, y + by));
                            let (from, to) = square(DOT_PX + 0.5);
                            self.canvas.rect(from, to, color)?;
                            let (from, to) = square(DOT_PX - 1.0);
                            self.canvas.rect(from, to, theme::SURFACE)?;
                        }
                    }
                }
                Role::Goal | Role::Lower | Role::Upper | Role::Cumulative | Role::Change => {}
            }
        }
        Ok(())
    }

    /// From the lower ends of the interval to the upper ones; a band one place wide has half a slot.
    fn draw_band(&self) -> Result<()> {
        let ends = |role: Role| {
            let series = self.chart.series.iter().enumerate();
            series.into_iter().find(|(_, series)| series.role == role)
        };
        let (Some((_, lower)), Some((index, upper))) = (ends(Role::Lower), ends(Role::Upper))
        else {
            return Ok(());
        };
        let color = theme::series_color(self.chart, index);
        for (mut low, mut high) in self.runs(lower).into_iter().zip(self.runs(upper)) {
            if low.len() != high.len() {
                continue;
            }
            for run in [&mut low, &mut high] {
                if let [(x, y)] = run[..] {
                    *run = vec![(x - DOT_PX * 2.0, y), (x + DOT_PX * 2.0, y)];
                }
            }
            let outline: Vec<Point> = high.into_iter().chain(low.into_iter().rev()).collect();
            self.canvas.polygon(&outline, color)?;
        }
        Ok(())
    }

    /// Places of known values, without those between which something is unknown.
    fn runs(&self, series: &Series) -> Vec<Vec<Point>> {
        let mut runs: Vec<Vec<Point>> = vec![Vec::new()];
        for (place, value) in series.values.iter().enumerate() {
            match value.as_ref().map(Value::exact) {
                None => runs.push(Vec::new()),
                Some(value) => {
                    if let Some(run) = runs.last_mut() {
                        run.push((self.middle(place), self.y(value)));
                    }
                }
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }
}
