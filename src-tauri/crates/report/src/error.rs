//! What can go wrong while drawing or writing a report.

use crate::chart::{ChartKind, Lang};

/// Result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// A chart or report that cannot be drawn as described, or a failure of a format's writer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A series has another number of values than the chart has categories.
    #[error("chart `{chart}`: series `{series}` has {values} values for {categories} categories")]
    Shape {
        /// Id of the chart.
        chart: String,
        /// Key of the series.
        series: String,
        /// Values in the series.
        values: usize,
        /// Categories of the chart.
        categories: usize,
    },
    /// A kind that shows one series got several (or none with categories present).
    #[error("chart `{chart}`: a {kind:?} chart shows one actual series, not {series}")]
    SeriesCount {
        /// Id of the chart.
        chart: String,
        /// Its kind.
        kind: ChartKind,
        /// Actual series given.
        series: usize,
    },
    /// Parts, stages and counts cannot be negative; [`crate::Chart::shares`] and
    /// [`crate::Chart::pareto`] choose bars instead.
    #[error("chart `{chart}`: `{label}` is negative, which a {kind:?} chart cannot show; use bars")]
    Negative {
        /// Id of the chart.
        chart: String,
        /// Its kind.
        kind: ChartKind,
        /// Label of the negative category.
        label: String,
    },
    /// A heat map with more rows or columns than are a picture.
    #[error(
        "chart `{chart}`: {found} {what}, at most {max} can be shown; choose a smaller unit or longer periods"
    )]
    TooLarge {
        /// Id of the chart.
        chart: String,
        /// Rows or columns.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many can be shown.
        max: usize,
    },
    /// A Pareto chart that does not go from the largest down, or whose line is not what its bars
    /// come to.
    #[error(
        "chart `{chart}`: at `{label}` the bars are not in descending order, or the line is not their sum"
    )]
    Pareto {
        /// Id of the chart.
        chart: String,
        /// The first place that is off.
        label: String,
    },
    /// A waterfall whose totals are not what its steps lead to, or that has a place that is neither
    /// total nor step, or does not begin and end with a total.
    #[error(
        "chart `{chart}`: at `{label}` the waterfall does not close{}",
        .expected.as_ref().map_or_else(String::new, |sum| format!("; its steps lead to {sum}"))
    )]
    Waterfall {
        /// Id of the chart.
        chart: String,
        /// The place that is off.
        label: String,
        /// The running sum, where the total is another one.
        expected: Option<String>,
    },
    /// A value that is not an exact number, or whose formatting leaves the exact range.
    #[error(transparent)]
    Value(#[from] yeji_core::Error),
    /// A picture smaller or larger than can be drawn.
    #[error("a picture of {width} x {height} pixels: each side must be {min} to {max}")]
    Size {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// Smallest side.
        min: u32,
        /// Largest side.
        max: u32,
    },
    /// plotters could not draw.
    #[error("the chart could not be drawn: {0}")]
    Draw(String),
    /// The drawn SVG could not be turned into outlines or pixels.
    #[error("the drawn chart could not be rendered: {0}")]
    Render(String),
    /// typst could not set the page.
    #[error("the PDF page could not be set: {0}")]
    Pdf(String),
    /// The workbook could not be written.
    #[error("the workbook could not be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// A report with more charts or tiles than its format holds.
    #[error("the report has {found} {what}; at most {max} fit")]
    TooMany {
        /// What is too many.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many fit.
        max: usize,
    },
    /// A row of a table has another number of cells than the table has columns.
    #[error("table `{table}`: row {row} has {cells} cells for {columns} columns")]
    Table {
        /// Title of the table.
        table: String,
        /// Row, counted from 1.
        row: usize,
        /// Cells in the row.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// Not one of the languages that reports are written in.
    #[error("`{0}` is not a report language (zh-CN, en)")]
    Lang(String),
}

impl std::str::FromStr for Lang {
    type Err = Error;

    /// Reads `zh-CN` or `en`.
    fn from_str(text: &str) -> Result<Self> {
        match text {
            "zh-CN" => Ok(Self::ZhCn),
            "en" => Ok(Self::En),
            _ => Err(Error::Lang(text.chars().take(64).collect())),
        }
    }
}
