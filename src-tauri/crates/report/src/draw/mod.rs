//! Draws a chart description with plotters.

pub mod canvas;
mod frame;
mod horizontal;
mod pie;
mod scale;
pub mod theme;
mod trend;
mod vertical;

pub use horizontal::natural_height;

use crate::Result;
use crate::chart::{Chart, ChartKind, Lang, Size};
use canvas::Canvas;

/// The chart as SVG with its texts as text in the family [`crate::font::FAMILY`].
pub fn svg(chart: &Chart, lang: Lang, size: Size) -> Result<String> {
    chart.check()?;
    Canvas::svg(size, |canvas| match chart.kind {
        ChartKind::Bar
        | ChartKind::Trend
        | ChartKind::Pareto
        | ChartKind::Distribution
        | ChartKind::Waterfall => vertical::draw(canvas, chart, lang, size),
        ChartKind::HBar
        | ChartKind::Attainment
        | ChartKind::Funnel
        | ChartKind::HeatMap
        | ChartKind::Cohort => horizontal::draw(canvas, chart, lang, size),
        ChartKind::Pie => pie::draw(canvas, chart, lang, size),
    })
}
