//! A grid of values in one hue: people by weeks, cohorts by age.

use plotters::style::RGBColor;
use yeji_core::Ratio;

use crate::Result;
use crate::chart::{Chart, ChartKind, Lang, Series, Size, Value, ratio_to_f64};
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::theme::{self, HEAT, LABEL_PX, QUIET, SMALL_PX, TEXT};
use crate::draw::{frame, places};
use crate::font::{shorten, text_width};
use crate::format;

/// Height of a row in a picture that may be as high as it needs.
const ROW_PX: f64 = 26.0;
/// The lowest row whose name can still be read.
const MIN_ROW_PX: f64 = 15.0;
/// More would make banners of the cells of a few rows.
const MAX_ROW_PX: f64 = 40.0;
/// Height of the row of names above the columns.
const HEAD_PX: f64 = 20.0;
/// Space between name and cells.
const NAME_GAP_PX: f64 = 10.0;

/// From where to where the colours go: the values with zero among them.
fn range(chart: &Chart) -> (Ratio, Ratio) {
    let values = chart.series.iter().flat_map(|s| s.values.iter().flatten());
    let mut range = (Ratio::ZERO, Ratio::ZERO);
    for value in values.map(Value::exact) {
        range = (range.0.min(value), range.1.max(value));
    }
    range
}

/// Which of the colours a value has: all steps are equally wide.
fn step(value: Ratio, range: (Ratio, Ratio)) -> usize {
    let (low, high) = (ratio_to_f64(range.0), ratio_to_f64(range.1));
    if high <= low {
        return 0;
    }
    let share = (ratio_to_f64(value) - low) / (high - low);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a handful of steps"
    )]
    let step = (share * HEAT.len() as f64).floor().max(0.0) as usize;
    step.min(HEAT.len() - 1)
}

/// Whether an unknown value is one that is still to come: the end of a cohort's row.
fn is_ahead(chart: &Chart, series: &Series, place: usize) -> bool {
    chart.kind == ChartKind::Cohort && series.values[place..].iter().all(Option::is_none)
}

/// Draws frame, names, cells and figures.
pub fn draw(canvas: &Canvas, chart: &Chart, lang: Lang, size: Size) -> Result<()> {
    let rows = rows_that_fit(chart, lang, size);
    let hidden = chart.series.len() - rows;
    let note = (hidden > 0 && !chart.is_empty()).then(|| match lang {
        Lang::ZhCn => format!("另有 {hidden} 项未显示"),
        Lang::En => format!("{hidden} more not shown"),
    });
    let mut room = frame::draw(canvas, chart, lang, size, note.as_deref())?;
    if chart.is_empty() {
        return frame::draw_empty(canvas, room, lang);
    }
    let shown = &chart.series[..rows];
    let widths = shown.iter().map(|s| text_width(&s.label, LABEL_PX));
    let names = widths.fold(0.0, f64::max).min(room.width() / 3.0);
    let left = room.left;
    room.left += names + NAME_GAP_PX;
    #[expect(clippy::cast_precision_loss, reason = "a number of columns")]
    let slot = room.width() / chart.categories.len() as f64;
    places::draw(
        canvas,
        chart,
        slot,
        (room.left, room.right),
        room.top + 12.0,
    )?;
    room.top += HEAD_PX;
    #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
    let row = (room.height() / rows as f64).min(MAX_ROW_PX);
    let range = range(chart);
    let labelled = figures_fit(chart, lang, shown, slot)?;
    let mut top = room.top;
    for series in shown {
        let baseline = f64::midpoint(top, top + row) + 4.0;
        let name = shorten(&series.label, LABEL_PX, names);
        canvas.text(&name, (left + names, baseline), LABEL_PX, Anchor::End, TEXT)?;
        let mut from = room.left;
        for (place, value) in series.values.iter().enumerate() {
            let to = from + slot;
            let middle = (f64::midpoint(from, to), baseline);
            let figure = match value {
                Some(value) => {
                    let step = step(value.exact(), range);
                    canvas.rect((from, top), (to - seam(slot), top + row - 1.0), HEAT[step])?;
                    let text = format::compact(value, chart.unit, lang)?;
                    labelled.then(|| (text, theme::heat_ink(step)))
                }
                None if is_ahead(chart, series, place) || slot < 10.0 => None,
                None => Some((format::MISSING.to_owned(), QUIET)),
            };
            if let Some((text, ink)) = figure {
                canvas.text(&text, middle, SMALL_PX, Anchor::Middle, ink)?;
            }
            from = to;
        }
        top += row;
    }
    Ok(())
}

/// A hair of white between cells, unless they are as thin as it.
fn seam(slot: f64) -> f64 {
    if slot > 4.0 { 1.0 } else { 0.0 }
}

/// Whether every figure has room in its cell: some with and some without would look like a finding.
fn figures_fit(chart: &Chart, lang: Lang, shown: &[Series], slot: f64) -> Result<bool> {
    for value in shown.iter().flat_map(|s| s.values.iter().flatten()) {
        let text = format::compact(value, chart.unit, lang)?;
        if text_width(&text, SMALL_PX) + 5.0 > slot {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The height at which every row is well readable.
pub fn natural_height(chart: &Chart, lang: Lang, width: u32) -> f64 {
    let probe = Size::new(width, 1_000);
    let room = frame::room(chart, lang, probe, false);
    #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
    let rows = chart.series.len().max(4) as f64;
    1_000.0 - room.height() + HEAD_PX + rows * ROW_PX
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small and positive"
)]
fn rows_that_fit(chart: &Chart, lang: Lang, size: Size) -> usize {
    let fit = |note: bool| {
        let height = frame::room(chart, lang, size, note).height() - HEAD_PX;
        (height / MIN_ROW_PX).floor().max(1.0) as usize
    };
    let all = chart.series.len();
    if fit(false) >= all {
        all
    } else {
        fit(true).min(all)
    }
}

/// The key of the colours, from the least to the greatest value, ending at `right`.
pub fn draw_key(
    canvas: &Canvas,
    chart: &Chart,
    lang: Lang,
    right: f64,
    baseline: f64,
) -> Result<()> {
    const STEP_PX: f64 = 14.0;
    let (low, high) = range(chart);
    let text = |ratio: Ratio| {
        let text = format::compact(&Value::ratio(ratio), chart.unit, lang)?;
        Ok::<_, crate::Error>(text)
    };
    let (low, high) = (text(low)?, text(high)?);
    canvas.text(&high, (right, baseline), SMALL_PX, Anchor::End, QUIET)?;
    let mut to = right - text_width(&high, SMALL_PX) - 6.0;
    let step = |color: RGBColor, to: f64| {
        let (from, to) = ((to - STEP_PX, baseline - 9.0), (to - 1.0, baseline + 1.0));
        canvas.rect(from, to, color)
    };
    for color in HEAT.into_iter().rev() {
        step(color, to)?;
        to -= STEP_PX;
    }
    canvas.text(&low, (to - 6.0, baseline), SMALL_PX, Anchor::End, QUIET)
}
