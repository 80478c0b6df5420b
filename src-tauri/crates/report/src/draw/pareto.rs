//! The line of a Pareto chart: what the bars come to together, on an axis of its own at the right.

use yeji_core::Ratio;

use super::canvas::{Anchor, Point};
use super::theme::{self, QUIET, SMALL_PX, WHOLE};
use super::vertical::Plot;
use crate::chart::{Role, Value, ratio_to_f64};
use crate::font::text_width;
use crate::{Result, format};

const LINE_PX: f64 = 2.0;
const DOT_PX: f64 = 2.5;
/// Least distance of the baselines of two figures that stand above each other.
const APART_PX: f64 = 12.5;
/// Fifths need this much height for each tick; lower charts have a half only.
const TICK_PX: f64 = 18.0;

/// Room for the widest tick at the right.
pub fn axis_width() -> f64 {
    text_width("100%", SMALL_PX) + 8.0
}

impl Plot<'_, '_> {
    pub(super) fn draw_pareto(&self) -> Result<()> {
        let Some((actual, cumulative)) = self.chart.pair(Role::Cumulative)? else {
            return Ok(());
        };
        self.draw_bars(None)?;
        self.draw_share_axis()?;
        let points: Vec<Option<Point>> = (0..self.chart.categories.len())
            .map(|place| {
                let ratio = cumulative.values[place].as_ref()?;
                Some((self.middle(place), self.y_of_share(ratio.exact())))
            })
            .collect();
        for run in points.split(Option::is_none) {
            let run: Vec<Point> = run.iter().copied().flatten().collect();
            if run.is_empty() {
                continue;
            }
            // A seam, so that the line is seen across the bars.
            self.canvas.line(&run, theme::SURFACE, LINE_PX + 2.0)?;
            self.canvas.line(&run, theme::PALETTE[1], LINE_PX)?;
            for (x, y) in run {
                let corners = |by: f64| ((x - by, y - by), (x + by, y + by));
                let (from, to) = corners(DOT_PX + 1.0);
                self.canvas.rect(from, to, theme::SURFACE)?;
                let (from, to) = corners(DOT_PX);
                self.canvas.rect(from, to, theme::PALETTE[1])?;
            }
        }
        if self.labelled_series()?.is_none() || self.slot < text_width("100.0%", SMALL_PX) + 6.0 {
            return Ok(());
        }
        for (place, value) in actual.values.iter().enumerate() {
            let Some(value) = value else { continue };
            let bar_label = self.y(value.exact()) - 5.0;
            let text = format::compact(value, self.chart.unit, self.lang)?;
            self.draw_figure(&text, (self.middle(place), bar_label))?;
            let (Some((x, y)), Some(ratio)) = (points[place], &cumulative.values[place]) else {
                continue;
            };
            let above = y - 7.0;
            let baseline = if (above - bar_label).abs() >= APART_PX {
                above
            } else {
                y + 17.0
            };
            self.draw_figure(&format::percent(ratio.exact())?, (x, baseline))?;
        }
        Ok(())
    }

    fn draw_share_axis(&self) -> Result<()> {
        let parts: i64 = if self.room.height() / 5.0 >= TICK_PX {
            5
        } else {
            2
        };
        for part in 0..=parts {
            let ratio = Ratio::new(i128::from(part), i128::from(parts))?;
            let text = format::compact(&Value::ratio(ratio), crate::ValueUnit::Percent, self.lang)?;
            let place = (self.room.right + 8.0, self.y_of_share(ratio) + 4.0);
            self.canvas.text(
                &text.replace(".0%", "%"),
                place,
                SMALL_PX,
                Anchor::Start,
                QUIET,
            )?;
        }
        Ok(())
    }

    /// The whole is as high as the axis at the left, which is of another unit.
    fn y_of_share(&self, share: Ratio) -> f64 {
        self.room.bottom - self.room.height() * ratio_to_f64(share) / ratio_to_f64(WHOLE)
    }
}
