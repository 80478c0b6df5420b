//! Shares of a whole, each slice labelled directly.

use std::f64::consts::{FRAC_PI_2, TAU};

use plotters::style::RGBColor;
use yeji_core::Ratio;

use crate::Result;
use crate::chart::{Chart, Lang, Size, Value, ratio_to_f64};
use crate::draw::canvas::{Anchor, Canvas, Point};
use crate::draw::frame::{self, Room};
use crate::draw::theme::{self, LABEL_PX, PALETTE, QUIET, SMALL_PX, SURFACE, TEXT};
use crate::font::shorten;
use crate::format;
use crate::slices::OTHER_KEY;

/// Height of a label: name and figures.
const LABEL_HEIGHT_PX: f64 = 34.0;

struct Slice {
    name: String,
    figures: String,
    color: RGBColor,
    /// Start and end, clockwise from twelve o'clock, as parts of the whole.
    from: f64,
    to: f64,
}

/// Draws frame, slices and labels; the chart's values are not negative (checked before).
pub fn draw(canvas: &Canvas, chart: &Chart, lang: Lang, size: Size) -> Result<()> {
    let room = frame::draw(canvas, chart, lang, size, None)?;
    let slices = slices(chart, lang)?;
    if slices.is_empty() {
        return frame::draw_empty(canvas, room, lang);
    }
    let centre = (
        f64::midpoint(room.left, room.right),
        f64::midpoint(room.top, room.bottom),
    );
    let radius = (room.height() / 2.0 - 10.0)
        .min(room.width() * 0.24)
        .max(20.0);
    for slice in &slices {
        canvas.polygon(&outline(slice, centre, radius), slice.color)?;
    }
    if slices.len() > 1 {
        for slice in &slices {
            canvas.line(
                &[centre, on_circle(centre, radius + 1.0, slice.from)],
                SURFACE,
                1.5,
            )?;
        }
    }
    for right in [true, false] {
        draw_side(canvas, &slices, room, centre, radius, right)?;
    }
    Ok(())
}

/// The known parts above zero with their exact shares; colours by place, "other" grey.
fn slices(chart: &Chart, lang: Lang) -> Result<Vec<Slice>> {
    let Some(series) = chart.single()? else {
        return Ok(Vec::new());
    };
    let mut total = Ratio::ZERO;
    for value in series.values.iter().flatten() {
        total = total.checked_add(value.exact())?;
    }
    let mut slices = Vec::new();
    let mut sum = Ratio::ZERO;
    let known = chart.categories.iter().zip(&series.values).enumerate();
    for (place, (category, value)) in known {
        let Some(value) = value.as_ref().filter(|value| value.exact() > Ratio::ZERO) else {
            continue;
        };
        let share = value.exact().checked_div(total)?;
        let from = ratio_to_f64(sum);
        sum = sum.checked_add(share)?;
        let other = category.key == OTHER_KEY;
        slices.push(Slice {
            name: category.label.clone(),
            figures: figures(value, share, chart, lang)?,
            color: if other {
                theme::OTHER
            } else {
                PALETTE[place % PALETTE.len()]
            },
            from,
            to: ratio_to_f64(sum),
        });
    }
    Ok(slices)
}

fn figures(value: &Value, share: Ratio, chart: &Chart, lang: Lang) -> Result<String> {
    Ok(format!(
        "{} · {}",
        format::percent(share)?,
        format::tile(Some(value), chart.unit, lang)?
    ))
}

/// The slice as a polygon with so many corners that none is seen.
fn outline(slice: &Slice, centre: Point, radius: f64) -> Vec<Point> {
    const CORNERS: u32 = 360;
    let mut points = vec![centre];
    let steps = (0..=CORNERS)
        .map(|i| slice.from + (slice.to - slice.from) * f64::from(i) / f64::from(CORNERS));
    points.extend(steps.map(|share| on_circle(centre, radius, share)));
    points
}

fn on_circle(centre: Point, radius: f64, share: f64) -> Point {
    let angle = share * TAU - FRAC_PI_2;
    (
        centre.0 + radius * angle.cos(),
        centre.1 + radius * angle.sin(),
    )
}

/// The labels of one half, spread so that none touches the next, with a line from each slice.
fn draw_side(
    canvas: &Canvas,
    slices: &[Slice],
    room: Room,
    centre: Point,
    radius: f64,
    right: bool,
) -> Result<()> {
    let middle = |slice: &Slice| f64::midpoint(slice.from, slice.to);
    let mut side: Vec<&Slice> = slices
        .iter()
        .filter(|s| (middle(s) < 0.5) == right)
        .collect();
    if !right {
        side.reverse();
    }
    let wanted: Vec<f64> = side
        .iter()
        .map(|s| on_circle(centre, radius + 12.0, middle(s)).1)
        .collect();
    let places = spread(&wanted, room.top + 12.0, room.bottom - 12.0);
    let sign = if right { 1.0 } else { -1.0 };
    let (elbow, text) = (
        centre.0 + sign * (radius + 26.0),
        centre.0 + sign * (radius + 36.0),
    );
    let space = if right {
        room.right - text
    } else {
        text - room.left
    };
    let anchor = if right { Anchor::Start } else { Anchor::End };
    for (slice, y) in side.iter().zip(places) {
        let from = on_circle(centre, radius + 3.0, middle(slice));
        let bend = on_circle(centre, radius + 12.0, middle(slice));
        canvas.line(
            &[from, bend, (elbow, y), (text - sign * 4.0, y)],
            slice.color,
            1.0,
        )?;
        let name = shorten(&slice.name, LABEL_PX, space);
        canvas.text(&name, (text, y - 2.0), LABEL_PX, anchor, TEXT)?;
        let figures = shorten(&slice.figures, SMALL_PX, space);
        canvas.text(&figures, (text, y + 13.0), SMALL_PX, anchor, QUIET)?;
    }
    Ok(())
}

/// Moves ascending places apart by a label's height, first down, then back up from the floor; if
/// there is not that much room, evenly.
#[expect(clippy::cast_precision_loss, reason = "a number of labels")]
fn spread(wanted: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let gaps = (wanted.len() - 1) as f64;
    let gap = if gaps > 0.0 {
        LABEL_HEIGHT_PX.min((bottom - top) / gaps)
    } else {
        LABEL_HEIGHT_PX
    };
    let mut places = wanted.to_vec();
    let mut next = top;
    for place in &mut places {
        *place = place.max(next);
        next = *place + gap;
    }
    let mut last = bottom;
    for place in places.iter_mut().rev() {
        *place = place.min(last);
        last = *place - gap;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn labels_keep_apart(mut wanted in prop::collection::vec(0.0..400.0_f64, 0..7)) {
            wanted.sort_by(f64::total_cmp);
            let places = spread(&wanted, 20.0, 380.0);
            for pair in places.windows(2) {
                prop_assert!(pair[1] - pair[0] >= LABEL_HEIGHT_PX - 1e-6, "{:?}", places);
            }
            prop_assert!(places.iter().all(|p| (20.0 - 1e-6..=380.0 + 1e-6).contains(p)), "{:?}", places);
        }
    }
}
