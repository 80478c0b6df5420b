//! Vertical bars and lines over time or categories.

use yeji_core::Ratio;
use yeji_core::calendar::Period;

use crate::Result;
use crate::chart::{Chart, ChartKind, Lang, Role, Series, Size, Value};
use crate::draw::canvas::{Anchor, Canvas, Point};
use crate::draw::frame::{self, Room};
use crate::draw::scale::Scale;
use crate::draw::theme::{self, HAIRLINE, QUIET, SMALL_PX, TEXT, ZERO_LINE};
use crate::font::{shorten, text_width};
use crate::format;

/// Height of the row of category labels.
const LABEL_ROW_PX: f64 = 22.0;
/// Space above the last tick, for the label of a bar that reaches it.
const HEAD_PX: f64 = 14.0;
const MAX_BAR_PX: f64 = 44.0;

pub(super) struct Plot<'a, 'c> {
    pub(super) canvas: &'a Canvas<'c>,
    pub(super) chart: &'a Chart,
    lang: Lang,
    room: Room,
    scale: Scale,
    slot: f64,
}

/// Draws frame, axis, bars, goals and labels.
pub fn draw(canvas: &Canvas, chart: &Chart, lang: Lang, size: Size) -> Result<()> {
    let outer = frame::draw(canvas, chart, lang, size, None)?;
    if chart.is_empty() {
        return frame::draw_empty(canvas, outer, lang);
    }
    let mut room = outer;
    room.top += HEAD_PX;
    room.bottom -= LABEL_ROW_PX;
    let values = chart
        .series
        .iter()
        .flat_map(|s| s.values.iter().flatten())
        .map(Value::exact);
    let steps = (room.height() / 38.0).floor().clamp(3.0, 6.0);
    let scale = Scale::fit(values, chart.unit, steps)?;
    room.left = draw_axis(canvas, &scale, chart, lang, room)?;
    #[expect(clippy::cast_precision_loss, reason = "a number of bars")]
    let slot = room.width() / chart.categories.len() as f64;
    let plot = Plot {
        canvas,
        chart,
        lang,
        room,
        scale,
        slot,
    };
    if chart.kind == ChartKind::Trend {
        plot.draw_trend()?;
    } else {
        plot.draw_bars()?;
    }
    plot.draw_goals()?;
    plot.draw_category_labels()
}

/// Tick labels and hairlines; returns where the bars may start.
fn draw_axis(canvas: &Canvas, scale: &Scale, chart: &Chart, lang: Lang, room: Room) -> Result<f64> {
    let labels = scale.labels(chart.unit, lang)?;
    let widest = labels
        .iter()
        .map(|(_, t)| text_width(t, SMALL_PX))
        .fold(0.0, f64::max);
    let left = room.left + widest + 8.0;
    for (tick, label) in labels {
        let y = (room.bottom - room.height() * scale.share(tick)).round();
        let color = if tick == Ratio::ZERO {
            ZERO_LINE
        } else {
            HAIRLINE
        };
        canvas.rect((left, y), (room.right, y + 1.0), color)?;
        canvas.text(&label, (left - 8.0, y + 4.0), SMALL_PX, Anchor::End, QUIET)?;
    }
    Ok(left)
}

impl Plot<'_, '_> {
    fn draw_bars(&self) -> Result<()> {
        let shown: Vec<usize> = (0..self.chart.series.len())
            .filter(|i| self.chart.series[*i].role != Role::Goal)
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a number of series")]
        let count = shown.len().max(1) as f64;
        let bar = (self.slot * 0.68 / count).min(MAX_BAR_PX);
        let labelled = self.labelled_series()?;
        let mut offset = -bar * count / 2.0;
        for index in shown {
            let series = &self.chart.series[index];
            for (place, value) in series.values.iter().enumerate() {
                let left = self.middle(place) + offset;
                // A hair of white between neighbours, unless the bars are as thin as it.
                let span = (left, left + if bar > 4.0 { bar - 1.0 } else { bar });
                self.draw_bar(span, value.as_ref(), series, index, labelled == Some(index))?;
            }
            offset += bar;
        }
        Ok(())
    }

    fn draw_bar(
        &self,
        span: (f64, f64),
        value: Option<&Value>,
        series: &Series,
        index: usize,
        labelled: bool,
    ) -> Result<()> {
        let middle = f64::midpoint(span.0, span.1);
        let zero = self.y(Ratio::ZERO);
        let Some(value) = value else {
            // Unknown is said, not left to be read as zero; the previous period stays silent.
            if series.role == Role::Actual && span.1 - span.0 >= 5.0 {
                let place = (middle, zero - 5.0);
                self.canvas
                    .text(format::MISSING, place, SMALL_PX, Anchor::Middle, QUIET)?;
            }
            return Ok(());
        };
        let end = self.y(value.exact());
        self.canvas.polygon(
            &bar_outline(span, zero, end),
            theme::series_color(self.chart, index),
        )?;
        if labelled {
            let text = format::compact(value, self.chart.unit, self.lang)?;
            let below = value.exact() < Ratio::ZERO;
            let place = (middle, if below { end + 14.0 } else { end - 5.0 });
            // Within its slot, so it hides a gridline but no neighbour.
            let half = text_width(&text, SMALL_PX) / 2.0 + 2.0;
            let (from, to) = (
                (middle - half, place.1 - 9.5),
                (middle + half, place.1 + 2.0),
            );
            self.canvas.rect(from, to, theme::SURFACE)?;
            self.canvas
                .text(&text, place, SMALL_PX, Anchor::Middle, TEXT)?;
        }
        Ok(())
    }

    /// The series whose bars carry their value: the only actual one, if all its texts fit.
    fn labelled_series(&self) -> Result<Option<usize>> {
        let mut bars = self
            .chart
            .series
            .iter()
            .enumerate()
            .filter(|(_, s)| s.role != Role::Goal);
        let (Some((index, series)), None) = (bars.next(), bars.next()) else {
            return Ok(None);
        };
        for value in series.values.iter().flatten() {
            let text = format::compact(value, self.chart.unit, self.lang)?;
            if text_width(&text, SMALL_PX) + 6.0 > self.slot {
                return Ok(None);
            }
        }
        Ok(Some(index))
    }

    fn draw_goals(&self) -> Result<()> {
        for series in self.chart.series.iter().filter(|s| s.role == Role::Goal) {
            for (place, value) in series.values.iter().enumerate() {
                let Some(value) = value else { continue };
                let (middle, y) = (self.middle(place), self.y(value.exact()));
                let half = self.slot / 2.0;
                self.canvas
                    .goal_line((middle - half, y), (middle + half, y))?;
            }
        }
        Ok(())
    }

    fn draw_category_labels(&self) -> Result<()> {
        let baseline = self.room.bottom + 17.0;
        let labels: Vec<&str> = self
            .chart
            .categories
            .iter()
            .map(|c| c.label.as_str())
            .collect();
        let widest = labels
            .iter()
            .map(|l| text_width(l, SMALL_PX))
            .fold(0.0, f64::max);
        // Names are cut, dates are left out: half a date says nothing, a missing one is guessed.
        let cut = !self.is_time() && self.slot >= 40.0;
        let every = if cut {
            1
        } else {
            every_nth(widest + 10.0, self.slot)
        };
        for (place, label) in labels.iter().enumerate().step_by(every) {
            let label = if cut {
                shorten(label, SMALL_PX, self.slot - 6.0)
            } else {
                (*label).to_owned()
            };
            let half = text_width(&label, SMALL_PX) / 2.0;
            let x = self
                .middle(place)
                .min(self.room.right + frame::SIDE_PX - 4.0 - half);
            self.canvas
                .text(&label, (x, baseline), SMALL_PX, Anchor::Middle, QUIET)?;
        }
        Ok(())
    }

    fn is_time(&self) -> bool {
        self.chart
            .categories
            .iter()
            .all(|c| c.key.parse::<Period>().is_ok())
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of bars")]
    pub(super) fn middle(&self, place: usize) -> f64 {
        self.room.left + self.slot * (place as f64 + 0.5)
    }

    pub(super) fn y(&self, value: Ratio) -> f64 {
        self.room.bottom - self.room.height() * self.scale.share(value)
    }
}

/// Every how many slots a label of this width can stand.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small and positive"
)]
fn every_nth(label: f64, slot: f64) -> usize {
    (label / slot).ceil().max(1.0) as usize
}

/// A bar with its far end slightly rounded; one that is lower than the curve stays square.
fn bar_outline(span: (f64, f64), zero: f64, end: f64) -> Vec<Point> {
    let (left, right) = span;
    let towards_zero = if end < zero { 1.0 } else { -1.0 };
    let radius = 2.0_f64.min((right - left) / 4.0).min((zero - end).abs());
    let inner = end + radius * towards_zero;
    let soft = end + radius * 0.3 * towards_zero;
    vec![
        (left, zero),
        (left, inner),
        (left + radius * 0.3, soft),
        (left + radius, end),
        (right - radius, end),
        (right - radius * 0.3, soft),
        (right, inner),
        (right, zero),
    ]
}
