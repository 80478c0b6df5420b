//! One landscape A4 page with tiles and charts, then the tables, set by typst.
//!
//! The report's words reach typst as the file `report.json` and the charts as SVG files of a world
//! that exists in memory only: data is never pasted into markup, so a name such as `#import` or
//! `*` is a name. There is no network, no package, no clock and no other file in that world.

mod tables;

use std::collections::HashMap;

use chrono::Datelike;
use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::chart::{Chart, Lang, Size, ValueUnit, ratio_to_f64};
use crate::font::FONT;
use crate::report::{Report, Tile, Trend};
use crate::{Error, Result, chart_svg_text, format};
use tables::{TableText, tables};

/// Charts on one page; more continue on the next.
const CHARTS_PER_PAGE: usize = 6;
/// Most charts of one document.
pub const MAX_CHARTS: usize = 48;
/// Most tiles: two rows of five.
pub const MAX_TILES: usize = 10;

const TEMPLATE: &str = include_str!("page.typ");

/// Typographic points of a pixel: 72 of 96 a inch.
const PT_PER_PX: f64 = 0.75;
const GAP_PT: f64 = 10.0;
/// A4 landscape without the margins of the template.
const BODY_WIDTH_PT: f64 = 841.89 - 2.0 * 36.0;
const BODY_HEIGHT_PT: f64 = 595.28 - 34.0 - 40.0;
const HEADER_PT: f64 = 46.0;
const TILE_ROW_PT: f64 = 66.0;

/// The report as PDF: searchable, its font embedded, the same bytes for the same report.
pub fn dashboard_pdf(report: &Report) -> Result<Vec<u8>> {
    check_limits(report)?;
    let mut files = HashMap::new();
    let page = page(report, &mut files)?;
    let ident = format!(
        "{} {} {}",
        report.title, report.subtitle, report.generated_on
    );
    set(TEMPLATE, &page, files, ident)
}

/// Sets a template, which reads its words from `report.json`. `ident`: what tells the document apart.
pub(crate) fn set(
    template: &str,
    words: &impl Serialize,
    files: HashMap<FileId, Bytes>,
    ident: String,
) -> Result<Vec<u8>> {
    let world = OneDocument::new(template, words, files)?;
    let compiled = typst::compile::<PagedDocument>(&world);
    // typst remembers every layout of the process; exports are rare and rarely alike.
    typst::comemo::evict(0);
    let document = compiled
        .output
        .map_err(|errors| Error::Pdf(first_message(&errors)))?;
    let options = PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some("Yeji".to_owned())),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| Error::Pdf(first_message(&errors)))
}

fn check_limits(report: &Report) -> Result<()> {
    for (what, found, max) in [
        ("charts", report.charts.len(), MAX_CHARTS),
        ("tiles", report.tiles.len(), MAX_TILES),
    ] {
        if found > max {
            return Err(Error::TooMany { what, found, max });
        }
    }
    Ok(())
}

fn first_message(errors: &[SourceDiagnostic]) -> String {
    errors
        .first()
        .map_or_else(String::new, |error| error.message.to_string())
}

/// What the template reads.
#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    title: &'a str,
    subtitle: &'a str,
    made: String,
    data_state: &'a str,
    date: [i32; 3],
    tiles: Vec<TileText<'a>>,
    chart_pages: Vec<ChartPage>,
    tables: Vec<TableText<'a>>,
    gap_pt: f64,
    header_pt: f64,
    tile_row_pt: f64,
}

#[derive(Serialize)]
struct TileText<'a> {
    label: &'a str,
    value: &'a str,
    /// The exact figure, where the short one leaves digits out.
    exact: Option<String>,
    delta: Option<String>,
    delta_color: &'static str,
    attainment: Option<AttainmentBar>,
}

/// Parts of the bar's width: filled, and where 100 % stands.
#[derive(Serialize)]
struct AttainmentBar {
    filled: f64,
    whole: f64,
    text: String,
}

#[derive(Serialize)]
struct ChartPage {
    columns: usize,
    cells: Vec<ChartCell>,
}

#[derive(Serialize)]
struct ChartCell {
    file: String,
    alt: String,
    span: usize,
    width_pt: f64,
    height_pt: f64,
}

/// The files of one document.
struct OneDocument {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    font: Font,
    main: Source,
    files: HashMap<FileId, Bytes>,
}

impl OneDocument {
    fn new(
        template: &str,
        words: &impl Serialize,
        mut files: HashMap<FileId, Bytes>,
    ) -> Result<Self> {
        let json = serde_json::to_vec(words).map_err(|error| Error::Pdf(error.to_string()))?;
        files.insert(file_id("report.json")?, Bytes::new(json));
        let font = Font::new(Bytes::new(FONT), 0)
            .ok_or_else(|| Error::Pdf("the embedded font cannot be read".to_owned()))?;
        Ok(Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(FontBook::from_fonts([&font])),
            font,
            main: Source::new(file_id("main.typ")?, template.to_owned()),
            files,
        })
    }
}

impl World for OneDocument {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            Ok(self.main.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        (index == 0).then(|| self.font.clone())
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn file_id(name: &str) -> Result<FileId> {
    let path = VirtualPath::new(name).map_err(|error| Error::Pdf(error.to_string()))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

fn page<'a>(report: &'a Report, files: &mut HashMap<FileId, Bytes>) -> Result<Page<'a>> {
    let day = report.generated_on;
    let made = match report.lang {
        Lang::ZhCn => format!("制作日期 {day}"),
        Lang::En => format!("Made on {day}"),
    };
    Ok(Page {
        lang: report.lang.pick("zh", "en"),
        title: &report.title,
        subtitle: &report.subtitle,
        made,
        data_state: &report.data_state,
        date: [
            day.year(),
            day.month().cast_signed(),
            day.day().cast_signed(),
        ],
        tiles: report.tiles.iter().map(tile).collect::<Result<_>>()?,
        chart_pages: chart_pages(report, files)?,
        tables: tables(report)?,
        gap_pt: GAP_PT,
        header_pt: HEADER_PT,
        tile_row_pt: TILE_ROW_PT,
    })
}

fn tile(tile: &Tile) -> Result<TileText<'_>> {
    let (arrow, delta_color) = match tile.trend {
        Some(Trend::Up) => ("↑ ", "#1D6FB8"),
        Some(Trend::Down) => ("↓ ", "#B45309"),
        Some(Trend::Flat) => ("→ ", "#5F6673"),
        None => ("", "#5F6673"),
    };
    let attainment = tile.attainment.as_ref().map(|value| {
        let share = ratio_to_f64(value.exact()).max(0.0);
        let full = share.max(1.0);
        let percent = format::percent(value.exact())?;
        // A tile of the attainment itself need not say it twice.
        let text = if percent == tile.value {
            String::new()
        } else {
            percent
        };
        Ok::<_, Error>(AttainmentBar {
            filled: share / full,
            whole: 1.0 / full,
            text,
        })
    });
    Ok(TileText {
        label: &tile.label,
        value: &tile.value,
        exact: exact_beside(tile)?,
        delta: tile.delta.as_ref().map(|delta| format!("{arrow}{delta}")),
        delta_color,
        attainment: attainment.transpose()?,
    })
}

/// The exact figure of an amount; counts and percentages are said in full or to one decimal already.
fn exact_beside(tile: &Tile) -> Result<Option<String>> {
    match &tile.exact {
        Some((value, unit @ ValueUnit::Money { .. })) => format::full(value, *unit).map(Some),
        Some((value, ValueUnit::Count)) => {
            let text = format::full(value, ValueUnit::Count)?;
            Ok((text != tile.value).then_some(text))
        }
        _ => Ok(None),
    }
}

/// Lays the charts out in two columns, three from five charts on, and draws each at the size of
/// its place, so that letters are equally large in all.
fn chart_pages(report: &Report, files: &mut HashMap<FileId, Bytes>) -> Result<Vec<ChartPage>> {
    let mut pages = Vec::new();
    for (index, charts) in report.charts.chunks(CHARTS_PER_PAGE).enumerate() {
        let tiles = if index == 0 {
            report.tiles.len().div_ceil(5)
        } else {
            0
        };
        let height = BODY_HEIGHT_PT - HEADER_PT - count(tiles) * (TILE_ROW_PT + GAP_PT) - 2.0;
        let columns = if charts.len() > 4 {
            3
        } else {
            charts.len().min(2)
        };
        let rows = charts.len().div_ceil(columns);
        let row_pt = (height - GAP_PT * count(rows - 1)) / count(rows);
        let column_pt = (BODY_WIDTH_PT - GAP_PT * count(columns - 1)) / count(columns);
        let mut cells = Vec::new();
        for (place, chart) in charts.iter().enumerate() {
            // The first chart takes what is free, so that no corner of the page stays empty.
            let span = if place == 0 {
                1 + rows * columns - charts.len()
            } else {
                1
            };
            let width_pt = column_pt * count(span) + GAP_PT * count(span - 1);
            let file = format!("chart-{index}-{place}.svg");
            let svg = chart_svg_text(chart, report.lang, size_px(width_pt, row_pt))?;
            files.insert(file_id(&file)?, Bytes::from_string(svg));
            cells.push(ChartCell {
                file,
                alt: alt(chart),
                span,
                width_pt,
                height_pt: row_pt,
            });
        }
        pages.push(ChartPage { columns, cells });
    }
    Ok(pages)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "parts of an A4 page"
)]
fn size_px(width_pt: f64, height_pt: f64) -> Size {
    // Two points less each way: the hairline around the chart stands outside of its picture.
    let px = |pt: f64| ((pt - 2.0) / PT_PER_PX).floor() as u32;
    Size::new(px(width_pt), px(height_pt))
}

#[expect(clippy::cast_precision_loss, reason = "a few rows or columns")]
fn count(n: usize) -> f64 {
    n as f64
}

fn alt(chart: &Chart) -> String {
    match &chart.subtitle {
        Some(subtitle) => format!("{} ({subtitle})", chart.title),
        None => chart.title.clone(),
    }
}

/// Colours of the template are the theme's; asserted, since typst cannot read Rust.
#[cfg(test)]
mod tests {
    use super::TEMPLATE;
    use crate::draw::theme;

    #[test]
    fn the_template_uses_the_theme() {
        for color in [
            theme::TEXT,
            theme::QUIET,
            theme::HAIRLINE,
            theme::PALETTE[0],
        ] {
            assert!(
                TEMPLATE.contains(&theme::hex(color)),
                "{} is not in page.typ",
                theme::hex(color)
            );
        }
    }
}
