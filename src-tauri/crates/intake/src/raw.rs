//! A row before it has types, and the two readers that make them.

use csv::StringRecord;

use crate::csv_rows::CsvRows;
use crate::xlsx_rows::XlsxRows;
use crate::{Format, RejectCode, Result, SourceFile};

/// What a cell was in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum CellKind {
    /// Text; all cells of a CSV.
    #[default]
    Text,
    /// A number of Excel, as plain decimal text.
    Number,
    /// A date of Excel, as `2017-03-01`.
    Date,
    /// An error of Excel, as `#N/A`.
    Error,
    /// A formula whose result no program has stored: what it stands for is not known.
    Uncalculated,
}

/// Whether a cell of a column that is not text means "no value", as people and exports write it.
pub(crate) fn says_nothing(text: &str) -> bool {
    const NOTHING: [&str; 13] = [
        "", "-", "--", "—", "——", "/", "N/A", "n/a", "NULL", "null", "无", "無", "\\N",
    ];
    text.len() <= 6 && NOTHING.contains(&text)
}

/// One row; its buffers are used again for the next.
#[derive(Debug, Clone, Default)]
pub(crate) struct RawRow {
    /// Physical line (row of the sheet) on which it starts, from 1.
    pub(crate) line: u32,
    /// The cells' text.
    pub(crate) record: StringRecord,
    /// The cells' kinds; missing ones are text.
    pub(crate) kinds: Vec<CellKind>,
    /// Cells that were not stored because they stand beyond the widest table.
    pub(crate) too_wide: bool,
    /// What is wrong with the row as a whole.
    pub(crate) fault: Option<RejectCode>,
}

impl RawRow {
    /// A cell, trimmed, and its kind; empty beyond the end.
    pub(crate) fn cell(&self, index: usize) -> (&str, CellKind) {
        let kind = self.kinds.get(index).copied().unwrap_or_default();
        (self.record.get(index).unwrap_or_default().trim(), kind)
    }

    /// The cells, trimmed.
    pub(crate) fn cells(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        (0..self.record.len()).map(|index| self.cell(index).0)
    }

    /// Whether the row is no row: blank, and not because its formulas were never calculated.
    pub(crate) fn is_nothing(&self) -> bool {
        self.is_blank() && self.uncalculated().next().is_none()
    }

    /// Columns whose formula was never calculated.
    pub(crate) fn uncalculated(&self) -> impl Iterator<Item = usize> {
        let cells = self.kinds.iter().enumerate();
        cells.filter_map(|(column, kind)| (*kind == CellKind::Uncalculated).then_some(column))
    }

    /// No cell has anything but blanks.
    pub(crate) fn is_blank(&self) -> bool {
        !self.too_wide && self.fault.is_none() && self.record.as_slice().trim().is_empty()
    }
}

/// The rows of a table from its first line on, header included.
#[derive(Debug)]
pub(crate) enum RawRows {
    /// Boxed: its buffers make it far larger than the other.
    Csv(Box<CsvRows>),
    Xlsx(XlsxRows),
}

impl RawRows {
    pub(crate) fn open(file: &SourceFile) -> Result<Self> {
        match &file.format {
            Format::Csv {
                encoding,
                delimiter,
                bom,
            } => CsvRows::open(file, *encoding, *delimiter, *bom)
                .map(|rows| Self::Csv(Box::new(rows))),
            Format::Xlsx { .. } => {
                let sheet = file.sheet.clone().unwrap_or_default();
                Ok(Self::Xlsx(XlsxRows::open(&file.path, sheet)))
            }
        }
    }

    /// The next row, lent until the one after it.
    pub(crate) fn next_row(&mut self) -> Result<Option<&RawRow>> {
        match self {
            Self::Csv(rows) => rows.next_row(),
            Self::Xlsx(rows) => rows.next_row(),
        }
    }

    /// The row lent last.
    pub(crate) fn current(&self) -> &RawRow {
        match self {
            Self::Csv(rows) => rows.current(),
            Self::Xlsx(rows) => rows.current(),
        }
    }

    /// Line at which reading stands: where to look when it fails.
    pub(crate) fn line(&self) -> u32 {
        match self {
            Self::Csv(rows) => rows.line(),
            Self::Xlsx(rows) => rows.line(),
        }
    }
}
