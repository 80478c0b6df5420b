//! The names of places along a horizontal axis.

use yeji_core::calendar::Period;

use crate::Result;
use crate::chart::Chart;
use crate::draw::canvas::{Anchor, Canvas};
use crate::draw::frame;
use crate::draw::theme::{QUIET, SMALL_PX};
use crate::font::{shorten, text_width};

/// One name a slot, from `left` to `right`. Names are cut, dates are left out: half a date says
/// nothing, a missing one is guessed.
pub fn draw(
    canvas: &Canvas,
    chart: &Chart,
    slot: f64,
    (left, right): (f64, f64),
    baseline: f64,
) -> Result<()> {
    let labels: Vec<&str> = chart.categories.iter().map(|c| c.label.as_str()).collect();
    let widest = labels
        .iter()
        .map(|l| text_width(l, SMALL_PX))
        .fold(0.0, f64::max);
    let cut = !is_time(chart) && slot >= 40.0;
    let every = if cut {
        1
    } else {
        every_nth(widest + 10.0, slot)
    };
    for (place, label) in labels.iter().enumerate().step_by(every) {
        let label = if cut {
            shorten(label, SMALL_PX, slot - 6.0)
        } else {
            (*label).to_owned()
        };
        let half = text_width(&label, SMALL_PX) / 2.0;
        #[expect(clippy::cast_precision_loss, reason = "a number of places")]
        let middle = left + slot * (place as f64 + 0.5);
        let x = middle.min(right + frame::SIDE_PX - 4.0 - half);
        canvas.text(&label, (x, baseline), SMALL_PX, Anchor::Middle, QUIET)?;
    }
    Ok(())
}

fn is_time(chart: &Chart) -> bool {
    chart
        .categories
        .iter()
        .all(|c| c.key.parse::<Period>().is_ok())
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
