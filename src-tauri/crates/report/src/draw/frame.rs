//! What stands around every chart: title, subtitle, unit, legend, note; and the empty frame.

use plotters::style::RGBColor;

use crate::Result;
use crate::chart::{Chart, ChartKind, Lang, Role, Size};
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::heat;
use crate::draw::theme::{self, LABEL_PX, QUIET, SMALL_PX, TEXT, TITLE_PX};
use crate::font::{shorten, text_width};
use crate::format;

/// Space left and right of everything.
pub const SIDE_PX: f64 = 20.0;

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Room {
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// Draws the frame and returns the room that is left for axes and marks. `extra_note` is what the
/// drawing itself has to admit, such as rows that did not fit.
pub fn draw(
    canvas: &Canvas,
    chart: &Chart,
    lang: Lang,
    size: Size,
    extra_note: Option<&str>,
) -> Result<Room> {
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    let room = room(chart, lang, size, extra_note.is_some());
    canvas.rect((0.0, 0.0), (width, height), theme::SURFACE)?;

    let inner = width - 2.0 * SIDE_PX;
    let title = shorten(&chart.title, TITLE_PX, inner);
    canvas.text(&title, (SIDE_PX, 28.0), TITLE_PX, Anchor::Start, TEXT)?;
    if let Some(subtitle) = &chart.subtitle {
        let subtitle = shorten(subtitle, LABEL_PX, inner);
        canvas.text(&subtitle, (SIDE_PX, 47.0), LABEL_PX, Anchor::Start, QUIET)?;
    }
    let key_row = 47.0 + if chart.subtitle.is_some() { 21.0 } else { 3.0 };
    if has_key_row(chart, lang) && !chart.is_empty() {
        let unit_end = draw_unit(canvas, chart, lang, key_row)?;
        if chart.is_grid() {
            heat::draw_key(canvas, chart, lang, width - SIDE_PX, key_row)?;
        } else {
            draw_legend(canvas, chart, (unit_end + 16.0, width - SIDE_PX), key_row)?;
        }
    }
    let notes = [extra_note, chart.note.as_deref()];
    let note = notes
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(lang.pick("；", "; "));
    if !note.is_empty() {
        let note = shorten(&note, SMALL_PX, inner);
        canvas.text(
            &note,
            (SIDE_PX, height - 14.0),
            SMALL_PX,
            Anchor::Start,
            QUIET,
        )?;
    }
    Ok(room)
}

/// The room that [`draw`] will leave.
pub fn room(chart: &Chart, lang: Lang, size: Size, extra_note: bool) -> Room {
    let subtitle = if chart.subtitle.is_some() { 19.0 } else { 0.0 };
    let key = if has_key_row(chart, lang) { 20.0 } else { 0.0 };
    let note = if chart.note.is_some() || extra_note {
        32.0
    } else {
        16.0
    };
    Room {
        left: SIDE_PX,
        top: 44.0 + subtitle + key,
        right: f64::from(size.width) - SIDE_PX,
        bottom: f64::from(size.height) - note,
    }
}

/// "No data" in the middle of the room, inside hairlines.
pub fn draw_empty(canvas: &Canvas, room: Room, lang: Lang) -> Result<()> {
    for y in [room.top, room.bottom - 1.0] {
        canvas.rect((room.left, y), (room.right, y + 1.0), theme::HAIRLINE)?;
    }
    let middle = (
        f64::midpoint(room.left, room.right),
        f64::midpoint(room.top, room.bottom) + 5.0,
    );
    canvas.text(
        lang.pick("暂无数据", "No data"),
        middle,
        13.0,
        Anchor::Middle,
        QUIET,
    )
}

fn has_key_row(chart: &Chart, lang: Lang) -> bool {
    let unit = chart.kind != ChartKind::Pie && format::unit_label(chart.unit, lang).is_some();
    unit || chart.is_grid() || chart.series.len() > 1
}

fn draw_unit(canvas: &Canvas, chart: &Chart, lang: Lang, baseline: f64) -> Result<f64> {
    let Some(unit) = format::unit_label(chart.unit, lang) else {
        return Ok(SIDE_PX);
    };
    let text = match lang {
        Lang::ZhCn => format!("单位：{}", unit.trim()),
        Lang::En => format!("Unit: {unit}"),
    };
    canvas.text(&text, (SIDE_PX, baseline), SMALL_PX, Anchor::Start, QUIET)?;
    Ok(SIDE_PX + text_width(&text, SMALL_PX))
}

/// Keys from the right edge leftwards, so that they read in the order of the series.
fn draw_legend(canvas: &Canvas, chart: &Chart, span: (f64, f64), baseline: f64) -> Result<()> {
    const MARK: f64 = 14.0;
    const BETWEEN: f64 = 18.0;
    if chart.series.len() < 2 {
        return Ok(());
    }
    let mut right = span.1;
    for (index, series) in chart.series.iter().enumerate().rev() {
        let room = right - span.0 - MARK - 6.0;
        if room < 24.0 {
            break;
        }
        let label = shorten(&series.label, SMALL_PX, room);
        let left = right - text_width(&label, SMALL_PX);
        canvas.text(&label, (left, baseline), SMALL_PX, Anchor::Start, QUIET)?;
        let mark = left - 6.0 - MARK;
        draw_mark(
            canvas,
            (chart.kind, series.role),
            theme::series_color(chart, index),
            mark,
            baseline,
        )?;
        right = mark - BETWEEN;
    }
    Ok(())
}

fn draw_mark(
    canvas: &Canvas,
    (kind, role): (ChartKind, Role),
    color: RGBColor,
    x: f64,
    baseline: f64,
) -> Result<()> {
    let line = || {
        let y = baseline - 4.0;
        canvas.line(&[(x, y), (x + 14.0, y)], color, 2.0)
    };
    match role {
        // As it is drawn: what happened is a line, what is expected a dashed one.
        Role::Actual | Role::Previous if kind == ChartKind::Trend => line(),
        Role::Goal | Role::Forecast => {
            canvas.dashed((x, baseline - 4.0), (x + 13.0, baseline - 4.0), color)
        }
        Role::Change => {
            let half = |from: f64, color| {
                canvas.rect((from, baseline - 9.0), (from + 6.0, baseline + 1.0), color)
            };
            half(x, theme::UP)?;
            half(x + 8.0, theme::DOWN)
        }
        Role::Cumulative => line(),
        Role::Actual | Role::Previous | Role::Lower | Role::Upper => {
            canvas.rect((x + 4.0, baseline - 9.0), (x + 14.0, baseline + 1.0), color)
        }
    }
}
