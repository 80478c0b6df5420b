//! What goes onto the page and into the workbook.

use chrono::NaiveDate;

use crate::chart::{Chart, Lang, Value, ValueUnit};
use crate::{Error, Result, format};

/// A dashboard as it is handed on: words ready to print, numbers exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Title of page and workbook.
    pub title: String,
    /// Organisation unit and period, in one line.
    pub subtitle: String,
    /// The day of making; also the document's creation date, so that equal input is equal bytes.
    pub generated_on: NaiveDate,
    /// "Data up to ..., batch ...": always visible.
    pub data_state: String,
    /// Key figures; at most five fit a row.
    pub tiles: Vec<Tile>,
    /// Charts in reading order; ids are unique.
    pub charts: Vec<Chart>,
    /// Tables, after the charts.
    pub tables: Vec<Table>,
    /// Language of the words that the report adds.
    pub lang: Lang,
}

/// A key figure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tile {
    /// What it is.
    pub label: String,
    /// The figure with its unit, from [`crate::format::tile`].
    pub value: String,
    /// The same figure exactly: a number in the workbook, beside the short one on paper, where
    /// nobody can point at it.
    pub exact: Option<(Value, ValueUnit)>,
    /// Change against the comparison, with sign and words; the arrow is drawn from `trend`.
    pub delta: Option<String>,
    /// Direction of the change.
    pub trend: Option<Trend>,
    /// Attainment as an exact ratio: a bar that may pass 100 %.
    pub attainment: Option<Value>,
}

/// Direction of a change: an arrow and a colour, never a colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// More than before: ↑.
    Up,
    /// Less than before: ↓.
    Down,
    /// As before: →.
    Flat,
}

/// A table of exact values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What is listed.
    pub title: String,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows, each with one cell a column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Errors unless every row has one cell a column.
    pub fn check(&self) -> Result<()> {
        match self
            .rows
            .iter()
            .position(|row| row.len() != self.columns.len())
        {
            None => Ok(()),
            Some(index) => Err(Error::Table {
                table: self.title.clone(),
                row: index + 1,
                cells: self.rows[index].len(),
                columns: self.columns.len(),
            }),
        }
    }
}

impl Column {
    /// The label with the unit of its numbers: `成交额 (元)`.
    pub(crate) fn header(&self, lang: Lang) -> String {
        match self.unit.and_then(|unit| format::unit_label(unit, lang)) {
            Some(unit) => format!("{} ({})", self.label, unit.trim()),
            None => self.label.clone(),
        }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Header; the unit is added to it.
    pub label: String,
    /// Side on which its cells stand.
    pub align: Align,
    /// What its numbers are; `None` for words.
    pub unit: Option<ValueUnit>,
}

/// Side on which a cell's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, printed as they are.
    Text(String),
    /// An exact number in the unit of its column.
    Number(Value),
    /// Unknown: `—` on paper, empty in the sheet.
    Missing,
}
