//! Horizontal bars: rankings, and attainment against the line at 100 %.
//!
//! Names stand left, figures right in a column of their own, so that neither a long bar nor the
//! goal line runs through a figure.

use yeji_core::Ratio;

use crate::Result;
use crate::chart::{Chart, ChartKind, Lang, Role, Size, Value};
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::frame::{self, Room};
use crate::draw::scale::Scale;
use crate::draw::theme::{self, HAIRLINE, LABEL_PX, QUIET, SMALL_PX, TEXT, WHOLE, ZERO_LINE};
use crate::font::{shorten, text_width};
use crate::format;

/// Height of a row in a picture that may be as high as it needs.
pub const ROW_PX: f64 = 26.0;
/// The lowest row whose name can still be read.
const MIN_ROW_PX: f64 = 15.0;
/// Height of the row of tick labels.
const TICK_ROW_PX: f64 = 20.0;
/// Height of the row that names the goal line.
const GOAL_ROW_PX: f64 = 16.0;
const MAX_BAR_PX: f64 = 18.0;

struct Plot<'a, 'c> {
    canvas: &'a Canvas<'c>,
    chart: &'a Chart,
    lang: Lang,
    room: Room,
    scale: Scale,
    rows: usize,
}

/// Draws frame, axis, bars, goals, names and figures.
pub fn draw(canvas: &Canvas, chart: &Chart, lang: Lang, size: Size) -> Result<()> {
    let rows = rows_that_fit(chart, lang, size);
    let hidden = chart.categories.len() - rows;
    let note = (hidden > 0 && !chart.is_empty()).then(|| match lang {
        Lang::ZhCn => format!("另有 {hidden} 项未显示"),
        Lang::En => format!("{hidden} more not shown"),
    });
    let outer = frame::draw(canvas, chart, lang, size, note.as_deref())?;
    if chart.is_empty() {
        return frame::draw_empty(canvas, outer, lang);
    }
    let figures = figures(chart, lang, rows, outer.width())?;
    let mut room = inner(chart, outer);
    room.left += name_width(chart, rows, outer) + 10.0;
    room.right -= figures
        .iter()
        .flatten()
        .map(|t| text_width(t, LABEL_PX))
        .fold(0.0, f64::max)
        + 10.0;
    let goal_line = (chart.kind == ChartKind::Attainment).then_some(WHOLE);
    let values = chart
        .series
        .iter()
        .flat_map(|s| s.values[..rows].iter().flatten());
    let steps = (room.width() / 70.0).floor().clamp(2.0, 5.0);
    let scale = Scale::fit(values.map(Value::exact).chain(goal_line), chart.unit, steps)?;
    let plot = Plot {
        canvas,
        chart,
        lang,
        room,
        scale,
        rows,
    };
    plot.draw_axis()?;
    plot.draw_bars()?;
    plot.draw_goals()?;
    plot.draw_words(outer, &figures)
}

/// The height at which every row is well readable.
pub fn natural_height(chart: &Chart, lang: Lang, width: u32) -> f64 {
    let probe = Size::new(width, 1_000);
    let room = inner(chart, frame::room(chart, lang, probe, false));
    #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
    let rows = chart.categories.len().max(4) as f64;
    1_000.0 - room.height() + rows * ROW_PX
}

/// The room of the rows: without the ticks below and the goal's name above.
fn inner(chart: &Chart, outer: Room) -> Room {
    let above = if chart.kind == ChartKind::Attainment {
        GOAL_ROW_PX
    } else {
        4.0
    };
    Room {
        top: outer.top + above,
        bottom: outer.bottom - TICK_ROW_PX,
        ..outer
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small and positive"
)]
fn rows_that_fit(chart: &Chart, lang: Lang, size: Size) -> usize {
    let fit = |note: bool| {
        let room = inner(chart, frame::room(chart, lang, size, note));
        (room.height() / MIN_ROW_PX).floor().max(1.0) as usize
    };
    let all = chart.categories.len();
    if fit(false) >= all {
        all
    } else {
        fit(true).min(all)
    }
}

/// What stands right of each row; nothing if several series share the row.
fn figures(chart: &Chart, lang: Lang, rows: usize, width: f64) -> Result<Vec<Option<String>>> {
    let mut actual = chart.series.iter().filter(|s| s.role == Role::Actual);
    let (Some(series), None) = (actual.next(), actual.next()) else {
        return Ok(vec![None; rows]);
    };
    let plain = series.values[..rows]
        .iter()
        .map(|v| format::compact_or_missing(v.as_ref(), chart.unit, lang).map(Some))
        .collect::<Result<Vec<_>>>()?;
    if chart.kind == ChartKind::Funnel {
        let full = with_steps(chart, lang, &plain)?;
        let widest = full.iter().flatten().map(|t| text_width(t, LABEL_PX));
        // A small picture keeps room for the bars.
        if widest.fold(0.0, f64::max) <= width * 0.45 {
            return Ok(full);
        }
    }
    Ok(plain)
}

/// The figures of stages, with their share of the stage before.
fn with_steps(chart: &Chart, lang: Lang, plain: &[Option<String>]) -> Result<Vec<Option<String>>> {
    let steps = chart.steps()?;
    let pairs = plain.iter().zip(&steps);
    pairs
        .map(|(figure, step)| match (figure, step) {
            (Some(figure), Some(step)) => {
                Ok(Some(format!("{figure} · {}", format::step(*step, lang)?)))
            }
            (figure, _) => Ok(figure.clone()),
        })
        .collect()
}

/// Width of the column of names: as wide as the widest, at most a third of the picture.
fn name_width(chart: &Chart, rows: usize, outer: Room) -> f64 {
    let widths = chart.categories[..rows]
        .iter()
        .map(|c| text_width(&c.label, LABEL_PX));
    widths.fold(0.0, f64::max).min(outer.width() / 3.0)
}

impl Plot<'_, '_> {
    fn draw_axis(&self) -> Result<()> {
        let baseline = self.room.bottom + 15.0;
        let mut free_from = f64::MIN;
        for (tick, label) in self.scale.labels(self.chart.unit, self.lang)? {
            let x = self.x(tick).round();
            let color = if tick == Ratio::ZERO {
                ZERO_LINE
            } else {
                HAIRLINE
            };
            self.canvas
                .rect((x, self.room.top), (x + 1.0, self.room.bottom), color)?;
            let half = text_width(&label, SMALL_PX) / 2.0;
            if x - half >= free_from {
                self.canvas
                    .text(&label, (x, baseline), SMALL_PX, Anchor::Middle, QUIET)?;
                free_from = x + half + 8.0;
            }
        }
        Ok(())
    }

    fn draw_bars(&self) -> Result<()> {
        let shown: Vec<usize> = (0..self.chart.series.len())
            .filter(|i| self.chart.series[*i].role != Role::Goal)
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a number of series")]
        let count = shown.len().max(1) as f64;
        let bar = (self.row() * 0.64 / count).min(MAX_BAR_PX);
        let mut offset = -bar * count / 2.0;
        for index in shown {
            let color = theme::series_color(self.chart, index);
            for (place, value) in self.chart.series[index].values[..self.rows]
                .iter()
                .enumerate()
            {
                let Some(value) = value else { continue };
                let top = self.middle(place) + offset;
                let (zero, end) = (self.x(Ratio::ZERO), self.x(value.exact()));
                self.canvas
                    .rect((zero.min(end), top), (zero.max(end), top + bar), color)?;
            }
            offset += bar;
        }
        Ok(())
    }

    fn draw_goals(&self) -> Result<()> {
        if self.chart.kind == ChartKind::Attainment {
            let x = self.x(WHOLE).round() + 0.5;
            let top = self.room.top - 2.0;
            self.canvas.goal_line((x, top), (x, self.room.bottom))?;
            let name = self.lang.pick("目标 100%", "Goal 100%");
            self.canvas
                .text(name, (x, top - 5.0), SMALL_PX, Anchor::Middle, QUIET)?;
        }
        for series in self.chart.series.iter().filter(|s| s.role == Role::Goal) {
            for (place, value) in series.values[..self.rows].iter().enumerate() {
                let Some(value) = value else { continue };
                let (x, middle) = (self.x(value.exact()), self.middle(place));
                let half = self.row() * 0.44;
                self.canvas
                    .goal_line((x, middle - half), (x, middle + half))?;
            }
        }
        Ok(())
    }

    fn draw_words(&self, outer: Room, figures: &[Option<String>]) -> Result<()> {
        let names = self.room.left - 10.0 - outer.left;
        for (place, figure) in figures.iter().enumerate() {
            let baseline = self.middle(place) + 4.5;
            let name = shorten(&self.chart.categories[place].label, LABEL_PX, names);
            self.canvas.text(
                &name,
                (self.room.left - 10.0, baseline),
                LABEL_PX,
                Anchor::End,
                TEXT,
            )?;
            if let Some(figure) = figure {
                self.canvas
                    .text(figure, (outer.right, baseline), LABEL_PX, Anchor::End, TEXT)?;
            }
        }
        Ok(())
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
    fn row(&self) -> f64 {
        self.room.height() / self.rows as f64
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
    fn middle(&self, place: usize) -> f64 {
        self.room.top + self.row() * (place as f64 + 0.5)
    }

    fn x(&self, value: Ratio) -> f64 {
        self.room.left + self.room.width() * self.scale.share(value)
    }
}
