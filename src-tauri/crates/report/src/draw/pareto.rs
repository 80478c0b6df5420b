//! The line of a Pareto chart: what the bars come to together, on an axis of its own at the right.

use yeji_core::Ratio;

use super::canvas::{Anchor, Point};
use super::theme::{self, QUIET, SMALL_PX, TEXT};
use super::vertical::Plot;
use crate::chart::{Role, Series, Value, ratio_to_f64};
use crate::font::text_width;
use crate::{Result, format};

const LINE_PX: f64 = 2.0;
const DOT_PX: f64 = 2.5;
/// Least distance of the baselines of two figures that stand above each other.
const APART_PX: f64 = 12.5;
/// A bar of this height has room for its figure.
const IN_BAR_PX: f64 = 22.0;
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
        if self.labelled_series()?.is_some() && self.slot >= text_width("100.0%", SMALL_PX) + 6.0 {
            self.draw_pareto_figures(actual, cumulative, &points)?;
        }
        Ok(())
    }

    /// Figures of bars above them, of points left above them: the line rises to the right. At the
    /// first place the point is the bar's end, so its figure stands in the bar.
    fn draw_pareto_figures(
        &self,
        actual: &Series,
        cumulative: &Series,
        points: &[Option<Point>],
    ) -> Result<()> {
        for (place, value) in actual.values.iter().enumerate() {
            let Some(value) = value else { continue };
            let end = self.y(value.exact());
            let text = format::compact(value, self.chart.unit, self.lang)?;
            let middle = self.middle(place);
            let point = points[place].zip(cumulative.values[place].as_ref());
            let Some(((_, y), ratio)) = point else {
                self.draw_figure(&text, (middle, end - 5.0))?;
                continue;
            };
            let mut share = y - 7.0;
            if share + APART_PX <= end - 5.0 {
                self.draw_figure(&text, (middle, end - 5.0))?;
            } else if self.room.bottom - end >= IN_BAR_PX {
                let inside = (middle, end + 16.0);
                let anchor = Anchor::Middle;
                self.canvas
                    .text(&text, inside, SMALL_PX, anchor, theme::SURFACE)?;
            } else {
                // Too low for a figure: one above the other.
                self.draw_figure(&text, (middle, end - 8.0))?;
                share = share.min(end - 8.0 - APART_PX);
            }
            let text = format::percent(ratio.exact())?;
            let right = (middle + 6.0).max(self.room.left + text_width(&text, SMALL_PX) + 2.0);
            self.canvas
                .text(&text, (right, share), SMALL_PX, Anchor::End, TEXT)?;
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
            let ratio = ratio.checked_mul(self.top_share)?;
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

    /// Both axes end at the same share of the whole, so the line starts at the end of the first bar
    /// and never runs through another one.
    fn y_of_share(&self, share: Ratio) -> f64 {
        self.room.bottom - self.room.height() * ratio_to_f64(share) / ratio_to_f64(self.top_share)
    }
}
