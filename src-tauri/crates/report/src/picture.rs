//! A chart as a picture of its own: SVG in outlines, SVG with text, PNG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, WriteOptions};

use crate::chart::{Chart, ChartKind, Lang, Size};
use crate::draw::canvas::printable;
use crate::{Error, Result, draw, font};

/// The chart as SVG whose letters are outlines: it looks the same where no Chinese font is
/// installed. Title and values stay readable to machines in `<title>` and `<desc>`.
pub fn chart_svg(chart: &Chart, lang: Lang, size: Size) -> Result<String> {
    let options = WriteOptions {
        coordinates_precision: 3,
        ..WriteOptions::default()
    };
    let outlines = tree(chart, lang, size)?.to_string(&options);
    let head = outlines
        .find("<svg")
        .and_then(|start| outlines[start..].find('>').map(|end| start + end + 1))
        .ok_or_else(|| Error::Render("usvg wrote no SVG element".to_owned()))?;
    let (before, after) = outlines.split_at(head);
    Ok(format!("{before}\n{}{after}", description(chart)?))
}

/// The chart as SVG with text: searchable, for embedding where Noto Sans SC is at hand (the PDF).
pub fn chart_svg_text(chart: &Chart, lang: Lang, size: Size) -> Result<String> {
    check_size(size, 1)?;
    draw::svg(chart, lang, size)
}

/// The chart as PNG of `size` times `scale` pixels, rasterised from its SVG.
pub fn chart_png(chart: &Chart, lang: Lang, size: Size, scale: u32) -> Result<Vec<u8>> {
    check_size(size, scale)?;
    let tree = tree(chart, lang, size)?;
    let too_large = || Error::Render("no memory for the picture".to_owned());
    let mut pixels = Pixmap::new(size.width * scale, size.height * scale).ok_or_else(too_large)?;
    #[expect(clippy::cast_precision_loss, reason = "a scale is a small number")]
    let scale = scale as f32;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .map_err(|error| Error::Render(error.to_string()))
}

/// The size at which a chart is well readable on its own: as many rows or bars as it has.
pub fn natural_size(chart: &Chart, lang: Lang) -> Size {
    const WIDTH: u32 = 960;
    const MAX_HEIGHT: f64 = 2_400.0;
    match chart.kind {
        ChartKind::Bar
        | ChartKind::Trend
        | ChartKind::Pareto
        | ChartKind::Distribution
        | ChartKind::Waterfall => Size::new(WIDTH, 440),
        ChartKind::Pie => Size::new(720, 420),
        ChartKind::HBar
        | ChartKind::Attainment
        | ChartKind::Funnel
        | ChartKind::HeatMap
        | ChartKind::Cohort => {
            let height = draw::natural_height(chart, lang, WIDTH).min(MAX_HEIGHT);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "capped"
            )]
            Size::new(WIDTH, height.ceil() as u32)
        }
    }
}

fn tree(chart: &Chart, lang: Lang, size: Size) -> Result<Tree> {
    let svg = chart_svg_text(chart, lang, size)?;
    let options = Options {
        fontdb: font::database(),
        ..Options::default()
    };
    Tree::from_str(&svg, &options).map_err(|error| Error::Render(error.to_string()))
}

fn check_size(size: Size, scale: u32) -> Result<()> {
    let (min, max) = (Size::MIN_SIDE_PX, Size::MAX_SIDE_PX);
    let fits = |px: u32| {
        px >= min
            && px
                .checked_mul(scale)
                .is_some_and(|px| (min..=max).contains(&px))
    };
    if fits(size.width) && fits(size.height) {
        return Ok(());
    }
    let (width, height) = (
        size.width.saturating_mul(scale),
        size.height.saturating_mul(scale),
    );
    Err(Error::Size {
        width,
        height,
        min,
        max,
    })
}

/// What the outlines say, for screen readers and search.
fn description(chart: &Chart) -> Result<String> {
    let mut lines = Vec::new();
    for series in &chart.series {
        for (category, value) in chart.categories.iter().zip(&series.values) {
            // The steps of a waterfall have no total, and a cohort no age that is still to come.
            if value.is_none() && matches!(chart.kind, ChartKind::Waterfall | ChartKind::Cohort) {
                continue;
            }
            let figure = crate::format::full_or_missing(value.as_ref(), chart.unit_of(series))?;
            lines.push(format!("{} · {}: {figure}", category.label, series.label));
        }
    }
    let desc = escape(&lines.join("\n"));
    Ok(format!(
        "<title>{}</title>\n<desc>{desc}</desc>\n",
        escape(&chart.title)
    ))
}

fn escape(text: &str) -> String {
    text.lines()
        .map(|line| {
            printable(line)
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
        })
        .collect::<Vec<_>>()
        .join("\n")
}
