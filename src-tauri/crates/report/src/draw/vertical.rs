//! Vertical bars and lines over time or categories.

use yeji_core::Ratio;

use crate::Result;
use crate::chart::{Chart, ChartKind, Lang, Role, Series, Size, Value};
use crate::draw::canvas::{Anchor, Canvas, Point};
use crate::draw::frame::{self, Room};
use crate::draw::scale::Scale;
use crate::draw::theme::{self, HAIRLINE, QUIET, SMALL_PX, TEXT, ZERO_LINE};
use crate::draw::{pareto, places, waterfall};
use crate::font::text_width;
use crate::format;

/// Height of the row of category labels.
const LABEL_ROW_PX: f64 = 22.0;
/// Space above the last tick, for the label of a bar that reaches it.
const HEAD_PX: f64 = 14.0;
const MAX_BAR_PX: f64 = 44.0;
/// Height of a figure.
const FIGURE_PX: f64 = 10.0;

pub(super) struct Plot<'a, 'c> {
    pub(super) canvas: &'a Canvas<'c>,
    pub(super) chart: &'a Chart,
    pub(super) lang: Lang,
    pub(super) room: Room,
    scale: Scale,
    pub(super) slot: f64,
    /// Of the whole of a Pareto chart, what its axes end at.
    pub(super) top_share: Ratio,
}

/// Draws frame, axis, bars, goals and labels.
pub fn draw(canvas: &Canvas, chart: &Chart, lang: Lang, size: Size) -> Result<()> {
    let start = chart.axis_start()?;
    let cut = start.map(|start| waterfall::cut_words(start, chart, lang));
    let outer = frame::draw(canvas, chart, lang, size, cut.transpose()?.as_deref())?;
    if chart.is_empty() {
        return frame::draw_empty(canvas, outer, lang);
    }
    let mut room = outer;
    room.top += HEAD_PX;
    room.bottom -= LABEL_ROW_PX;
    let values = extent(chart)?;
    let steps = (room.height() / 38.0).floor().clamp(3.0, 6.0);
    let (values, unit) = (values.into_iter(), chart.unit);
    let end = chart.pareto_end()?;
    let scale = match (start, end) {
        (Some(start), _) => Scale::from(start, values, unit, steps)?,
        (None, Some((top, _))) => Scale::up_to(top, unit, steps)?,
        (None, None) => Scale::fit(values, unit, steps)?,
    };
    if chart.kind == ChartKind::Pareto {
        room.right -= pareto::axis_width();
    }
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
        top_share: end.map_or(theme::WHOLE, |(_, share)| share),
    };
    match chart.kind {
        ChartKind::Trend => plot.draw_trend()?,
        ChartKind::Pareto => plot.draw_pareto()?,
        ChartKind::Waterfall => plot.draw_waterfall()?,
        _ => plot.draw_bars(plot.labelled_series()?)?,
    }
    plot.draw_goals()?;
    let baseline = room.bottom + 17.0;
    places::draw(canvas, chart, slot, (room.left, room.right), baseline)
}

/// What the axis has to hold: the values in the chart's unit, or the ends of a waterfall's bars.
fn extent(chart: &Chart) -> Result<Vec<Ratio>> {
    if chart.kind == ChartKind::Waterfall {
        let spans = chart.spans()?;
        return Ok(spans
            .into_iter()
            .flat_map(|(from, to)| [from, to])
            .collect());
    }
    let of_unit = chart.series.iter().filter(|s| s.role != Role::Cumulative);
    let values = of_unit.flat_map(|s| s.values.iter().flatten());
    Ok(values.map(Value::exact).collect())
}

/// Whether a series is drawn as bars.
fn is_bars(series: &Series) -> bool {
    !matches!(series.role, Role::Goal | Role::Cumulative)
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
    pub(super) fn draw_bars(&self, labelled: Option<usize>) -> Result<()> {
        let shown: Vec<usize> = (0..self.chart.series.len())
            .filter(|i| is_bars(&self.chart.series[*i]))
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a number of series")]
        let count = shown.len().max(1) as f64;
        // Neighbouring bins touch: between them there is nothing.
        let bar = if self.chart.kind == ChartKind::Distribution {
            self.slot
        } else {
            (self.slot * 0.68 / count).min(MAX_BAR_PX)
        };
        let mut offset = -bar * count / 2.0;
        for index in shown {
            let series = &self.chart.series[index];
            for (place, value) in series.values.iter().enumerate() {
                let left = self.middle(place) + offset;
                // A hair of white between neighbours, unless the bars are as thin as it.
                let span = (left, left + if bar > 4.0 { bar - 1.0 } else { bar });
                let value = value.as_ref();
                self.draw_bar(span, value, (index, place), labelled == Some(index))?;
            }
            offset += bar;
        }
        Ok(())
    }

    fn draw_bar(
        &self,
        span: (f64, f64),
        value: Option<&Value>,
        (index, place): (usize, usize),
        labelled: bool,
    ) -> Result<()> {
        let series = &self.chart.series[index];
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
            let baseline = self.clear_of_goals(place, end, below);
            self.draw_figure(&text, (middle, baseline))?;
        }
        Ok(())
    }

    /// The baseline of the figure beyond a bar's end: where a goal would run through it, beyond the
    /// goal.
    fn clear_of_goals(&self, place: usize, end: f64, below: bool) -> f64 {
        let away = if below { 1.0 } else { -1.0 };
        let baseline = |from: f64| if below { from + 14.0 } else { from - 5.0 };
        let goals = self.chart.series.iter().filter(|s| s.role == Role::Goal);
        let goals = goals.filter_map(|goal| goal.values[place].as_ref());
        let mut far = end;
        for goal in goals.map(|goal| self.y(goal.exact())) {
            let beyond = (goal - end) * away;
            if (0.0..FIGURE_PX + 6.0).contains(&beyond) && (goal - far) * away > 0.0 {
                far = goal;
            }
        }
        baseline(far)
    }

    /// A figure within its slot. It has no ground: one would cut whatever it stands on.
    pub(super) fn draw_figure(&self, text: &str, place: Point) -> Result<()> {
        self.canvas
            .text(text, place, SMALL_PX, Anchor::Middle, TEXT)
    }

    /// The series whose bars carry their value: the only actual one, if all its texts fit.
    pub(super) fn labelled_series(&self) -> Result<Option<usize>> {
        let mut bars = self
            .chart
            .series
            .iter()
            .enumerate()
            .filter(|(_, s)| is_bars(s));
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

    #[expect(clippy::cast_precision_loss, reason = "a number of bars")]
    pub(super) fn middle(&self, place: usize) -> f64 {
        self.room.left + self.slot * (place as f64 + 0.5)
    }

    pub(super) fn y(&self, value: Ratio) -> f64 {
        self.room.bottom - self.room.height() * self.scale.share(value)
    }
}

/// A bar with its far end slightly rounded; one that is lower than the curve stays square.
pub(super) fn bar_outline(span: (f64, f64), zero: f64, end: f64) -> Vec<Point> {
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
