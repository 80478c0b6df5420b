//! The cells of a table as texts, for files whose columns are not those of a kind.

use std::path::Path;

use crate::raw::RawRows;
use crate::{Error, Result, inspect};

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Line or row of the file, from 1.
    pub line: u32,
    /// Its cells as texts, without blanks around them.
    pub cells: Vec<String>,
    /// Columns, from 0, with a formula whose result no program has stored: the cell is no empty one.
    pub uncalculated: Vec<usize>,
}

/// The rows of the first table of a file (CSV in any encoding, or a workbook), blank ones left out; none
/// where it has more than `most`.
///
/// # Errors
/// As reading a file for an import.
pub fn sheet_rows(path: &Path, most: usize) -> Result<Option<Vec<SheetRow>>> {
    let file = inspect(path)?.into_iter().next();
    let file = file.ok_or_else(|| Error::Empty {
        file: path.to_owned(),
    })?;
    let mut reader = RawRows::open(&file)?;
    let mut rows = Vec::new();
    while let Some(row) = reader.next_row()? {
        if row.is_nothing() {
            continue;
        }
        if rows.len() == most {
            return Ok(None);
        }
        let uncalculated = row.uncalculated().collect();
        let cells = row.cells().map(|cell| cell.trim().to_owned()).collect();
        rows.push(SheetRow {
            line: reader.line(),
            cells,
            uncalculated,
        });
    }
    Ok(Some(rows))
}
