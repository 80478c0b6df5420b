//! Draws a chart description with plotters.

pub mod canvas;
mod frame;
mod heat;
mod horizontal;
mod pareto;
mod pie;
mod places;
mod scale;
pub mod theme;
mod trend;
mod vertical;
mod waterfall;

use crate::Result;
use crate::chart::{Chart, ChartKind, Lang, Size};
use canvas::Canvas;

pub use waterfall::cut_words;

/// The chart as SVG with its texts as text in the family [`crate::font::FAMILY`].
pub fn svg(chart: &Chart, lang: Lang, size: Size) -> Result<String> {
    chart.check()?;
    Canvas::svg(size, |canvas| match chart.kind {
        ChartKind::Bar
        | ChartKind::Trend
        | ChartKind::Pareto
        | ChartKind::Distribution
        | ChartKind::Waterfall => vertical::draw(canvas, chart, lang, size),
        ChartKind::HBar | ChartKind::Attainment | ChartKind::Funnel => {
            horizontal::draw(canvas, chart, lang, size)
        }
        ChartKind::HeatMap | ChartKind::Cohort => heat::draw(canvas, chart, lang, size),
        ChartKind::Pie => pie::draw(canvas, chart, lang, size),
    })
}

/// The height at which every row of a chart of rows is well readable.
pub fn natural_height(chart: &Chart, lang: Lang, width: u32) -> f64 {
    if chart.is_grid() {
        heat::natural_height(chart, lang, width)
    } else {
        horizontal::natural_height(chart, lang, width)
    }
}
