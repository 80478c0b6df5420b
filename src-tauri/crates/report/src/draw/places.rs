//! The names of places along a horizontal axis.

use yeji_core::calendar::Period;

use crate::Result;
use crate::chart::{Chart, Role};
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

/// The place where a trend has come so far and goes on from: its name says so, and is not left out.
fn under_way(chart: &Chart) -> Option<usize> {
    let of = |role: Role| chart.series.iter().find(|one| one.role == role);
    let forecast = of(Role::Forecast)?;
    let first = forecast.values.iter().position(Option::is_some)?;
    of(Role::Actual)?.values.get(first)?.as_ref().map(|_| first)
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
    use crate::chart::{Category, ChartKind, Lang, Series, Value, ValueUnit};
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
            note: None,
        }
    }

    /// The note under the picture is about this one.
    #[test]
    fn a_long_trend_still_names_the_period_that_is_not_over() {
        for months in 8..70 {
            let chart = trend(months);
            let size = natural_size(&chart, Lang::En);
            let svg = chart_svg_text(&chart, Lang::En, size).unwrap();
            assert!(svg.contains("(so far)"), "{months} months");
        }
    }
}
