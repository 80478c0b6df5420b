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
    let first = under_way(chart).map_or(0, |place| place % every);
    for (place, label) in labels.iter().enumerate().skip(first).step_by(every) {
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

/// The place that is not over: its name says so, and is not left out.
fn under_way(chart: &Chart) -> Option<usize> {
    let key = chart.under_way.as_ref()?;
    chart.categories.iter().position(|one| one.key == *key)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Category, ChartKind, Lang, Role, Series, Value, ValueUnit};
    use crate::picture::{chart_svg_text, natural_size};

    /// Months of which the last four are ahead, the first of them under way.
    fn trend(months: usize) -> Chart {
        let ahead = months - 4;
        let name = |at: usize| {
            let (year, month) = (2015 + at / 12, at % 12 + 1);
            let so_far = if at == ahead { " (so far)" } else { "" };
            Category {
                key: format!("{year}-{month:02}"),
                label: format!("{month}/{year}{so_far}"),
            }
        };
        let series = |role, from: usize, to: usize| Series {
            key: format!("{role:?}"),
            label: format!("{role:?}"),
            role,
            values: (0..months)
                .map(|at| (from..to).contains(&at).then(|| Value::count(7)))
                .collect(),
        };
        Chart {
            id: "forecast".to_owned(),
            kind: ChartKind::Trend,
            title: "Forecast".to_owned(),
            subtitle: None,
            unit: ValueUnit::Count,
            categories: (0..months).map(name).collect(),
            series: vec![
                series(Role::Actual, 0, ahead + 1),
                series(Role::Forecast, ahead, months),
                series(Role::Lower, ahead, months),
                series(Role::Upper, ahead, months),
            ],
            under_way: Some(name(ahead).key),
            note: None,
        }
    }

    /// The note under the picture is about this one; and a bar that is short because it is not over must not look as
    /// if business had fallen.
    #[test]
    fn a_long_axis_still_names_the_period_that_is_not_over() {
        for (months, kind) in (8..70).flat_map(|n| [(n, ChartKind::Trend), (n, ChartKind::Bar)]) {
            let mut chart = trend(months);
            chart.kind = kind;
            if kind == ChartKind::Bar {
                chart.series.truncate(1);
            }
            let size = natural_size(&chart, Lang::En);
            let svg = chart_svg_text(&chart, Lang::En, size).unwrap();
            assert!(svg.contains("(so far)"), "{months} months, {kind:?}");
        }
    }
}
