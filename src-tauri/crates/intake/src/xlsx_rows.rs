//! Rows of a sheet, streamed: calamine reads on a thread of its own, because its reader borrows the
//! workbook, and hands over batches of rows through a short queue.

use std::borrow::Cow;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use csv::StringRecord;

use crate::limits::{BATCH_BYTES, MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROW_BYTES, MAX_SHEETS};
use crate::raw::{CellKind, RawRow};
use crate::{Damage, Error, RejectCode, Result};

type Book = Xlsx<BufReader<File>>;

const BATCH_ROWS: usize = 256;
const QUEUED_BATCHES: usize = 4;

/// What a workbook holds.
#[derive(Debug)]
pub(crate) struct Workbook {
    /// Name, and whether it is hidden.
    pub(crate) sheets: Vec<(String, bool)>,
    pub(crate) epoch_1904: bool,
}

enum Message {
    Rows(Vec<RawRow>),
    Failed(Error),
    End,
}

/// Rows of a sheet.
#[derive(Debug)]
pub(crate) struct XlsxRows {
    queue: Option<Receiver<Message>>,
    batch: std::vec::IntoIter<RawRow>,
    row: RawRow,
    path: PathBuf,
    sheet: String,
}

/// Sheets with cells (no charts), in order.
pub(crate) fn workbook(path: &Path) -> Result<Workbook> {
    let owned = path.to_owned();
    // On a thread, so that a panic on a hostile workbook is an error here.
    let answer = thread::spawn(move || {
        let book = open(&owned)?;
        let metadata = book.sheets_metadata();
        let sheets = metadata
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet);
        Ok(Workbook {
            sheets: sheets
                .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
                .collect(),
            epoch_1904: book.has_1904_epoch(),
        })
    });
    let book: Workbook = answer.join().unwrap_or_else(|_| Err(stopped(path, None)))?;
    if book.sheets.len() > MAX_SHEETS {
        return Err(Error::TooLarge {
            file: path.to_owned(),
            what: "sheets",
            limit: MAX_SHEETS as u64,
        });
    }
    Ok(book)
}

fn open(path: &Path) -> Result<Book> {
    let file = File::open(path).map_err(|source| Error::Io {
        file: path.to_owned(),
        source,
    })?;
    Book::new(BufReader::new(file)).map_err(|error| damaged(path, None, &error))
}

fn damaged(path: &Path, sheet: Option<&str>, error: &dyn std::fmt::Display) -> Error {
    Error::Damaged {
        file: path.to_owned(),
        sheet: sheet.map(str::to_owned),
        damage: Damage::Content,
        detail: error.to_string(),
    }
}

fn stopped(path: &Path, sheet: Option<&str>) -> Error {
    Error::Damaged {
        file: path.to_owned(),
        sheet: sheet.map(str::to_owned),
        damage: Damage::Reader,
        detail: "the reader stopped unexpectedly".to_owned(),
    }
}

impl XlsxRows {
    pub(crate) fn open(path: &Path, sheet: String) -> Self {
        let (sender, queue) = sync_channel(QUEUED_BATCHES);
        let (owned, name) = (path.to_owned(), sheet.clone());
        thread::spawn(move || {
            let last = match send_rows(&owned, &name, &sender) {
                Ok(()) => Message::End,
                Err(error) => Message::Failed(error),
            };
            // Nobody listens any more if the rows were dropped half-way: nothing to do then.
            let _ = sender.send(last);
        });
        Self {
            queue: Some(queue),
            batch: Vec::new().into_iter(),
            row: RawRow::default(),
            path: path.to_owned(),
            sheet,
        }
    }

    pub(crate) fn current(&self) -> &RawRow {
        &self.row
    }

    pub(crate) fn line(&self) -> u32 {
        self.row.line
    }

    pub(crate) fn next_row(&mut self) -> Result<Option<&RawRow>> {
        loop {
            if let Some(row) = self.batch.next() {
                self.row = row;
                return Ok(Some(&self.row));
            }
            let Some(queue) = &self.queue else {
                return Ok(None);
            };
            match queue.recv() {
                Ok(Message::Rows(rows)) => self.batch = rows.into_iter(),
                Ok(Message::End) => self.queue = None,
                Ok(Message::Failed(error)) => {
                    self.queue = None;
                    return Err(error);
                }
                Err(_) => {
                    self.queue = None;
                    return Err(stopped(&self.path, Some(&self.sheet)));
                }
            }
        }
    }
}

/// Sends all rows with a filled cell; returns early without an error when nobody listens.
fn send_rows(path: &Path, sheet: &str, sender: &SyncSender<Message>) -> Result<()> {
    let mut book = open(path)?;
    let mut cells = book
        .worksheet_cells_reader(sheet)
        .map_err(|error| damaged(path, Some(sheet), &error))?;
    let mut batch = Vec::with_capacity(BATCH_ROWS);
    let mut bytes = 0;
    let mut builder = RowBuilder::default();
    while let Some(cell) = cells
        .next_cell_with_formula_metadata()
        .map_err(|error| damaged(path, Some(sheet), &error))?
    {
        let (row, column) = cell.pos;
        // A formula that came to nothing has the result "", one that nobody calculated has none.
        let uncalculated = cell.formula.is_some() && matches!(cell.value, DataRef::Empty);
        let text = if uncalculated {
            Some((Cow::Borrowed(""), CellKind::Uncalculated))
        } else {
            cell_text(&cell.value)
        };
        let Some((text, kind)) = text else {
            continue;
        };
        if let Some(done) = builder.put(row, column as usize, &text, kind) {
            bytes += done.record.as_slice().len();
            batch.push(done);
            // By bytes too: one text that many cells share is copied for each of them.
            if batch.len() == BATCH_ROWS || bytes >= BATCH_BYTES {
                bytes = 0;
                let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH_ROWS));
                if sender.send(Message::Rows(full)).is_err() {
                    return Ok(());
                }
            }
        }
    }
    batch.extend(builder.finish());
    // As above: no listener, no error.
    let _ = sender.send(Message::Rows(batch));
    Ok(())
}

/// Collects the cells of one row; memory follows the cells that are there, not their coordinates.
#[derive(Debug, Default)]
struct RowBuilder {
    /// Row of the sheet from 0, once there is one.
    at: Option<u32>,
    record: StringRecord,
    kinds: Vec<CellKind>,
    /// Cells that came after one to the right of them, or a second time, which no program writes.
    strays: Vec<(usize, String, CellKind)>,
    bytes: usize,
    too_wide: bool,
}

impl RowBuilder {
    /// Adds a cell; gives the row before it if that is complete.
    fn put(&mut self, row: u32, column: usize, text: &str, kind: CellKind) -> Option<RawRow> {
        let done = if self.at == Some(row) {
            None
        } else {
            self.finish()
        };
        self.at = Some(row);
        // A cell is kept up to where its being too long shows; so is a row.
        let text = if self.bytes > MAX_ROW_BYTES {
            ""
        } else {
            &text[..text.floor_char_boundary(MAX_CELL_BYTES + 4)]
        };
        self.bytes += text.len();
        if column >= MAX_COLUMNS {
            self.too_wide = true;
        } else if column < self.kinds.len() {
            self.strays.push((column, text.to_owned(), kind));
            if self.strays.len() >= MAX_COLUMNS {
                self.settle_strays();
            }
        } else {
            while self.kinds.len() < column {
                self.record.push_field("");
                self.kinds.push(CellKind::Text);
            }
            self.record.push_field(text);
            self.kinds.push(kind);
        }
        done
    }

    fn finish(&mut self) -> Option<RawRow> {
        let at = self.at.take()?;
        let too_large = std::mem::take(&mut self.bytes) > MAX_ROW_BYTES;
        self.settle_strays();
        Some(RawRow {
            line: at.saturating_add(1),
            record: std::mem::take(&mut self.record),
            kinds: std::mem::take(&mut self.kinds),
            too_wide: std::mem::take(&mut self.too_wide),
            fault: too_large.then_some(RejectCode::RowTooLarge),
        })
    }

    /// Puts each stray where it belongs; the last one of a place counts.
    fn settle_strays(&mut self) {
        if self.strays.is_empty() {
            return;
        }
        let mut texts: Vec<String> = self.record.iter().map(str::to_owned).collect();
        for (column, text, kind) in self.strays.drain(..) {
            texts[column] = text;
            self.kinds[column] = kind;
        }
        self.record = texts.into();
    }
}

/// A cell as text; none for an empty one.
fn cell_text<'a>(value: &'a DataRef<'_>) -> Option<(Cow<'a, str>, CellKind)> {
    let (text, kind) = match value {
        DataRef::Empty => return None,
        DataRef::SharedString(text) => (Cow::Borrowed(*text), CellKind::Text),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            (Cow::Borrowed(text.as_str()), CellKind::Text)
        }
        DataRef::Bool(value) => {
            let text = if *value { "TRUE" } else { "FALSE" };
            (Cow::Borrowed(text), CellKind::Text)
        }
        DataRef::Error(error) => (error.to_string().into(), CellKind::Error),
        DataRef::Int(value) => (value.to_string().into(), CellKind::Number),
        DataRef::Float(value) => number_cell(*value),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            // A serial below 1 is a time of day, one above Excel's last day is clamped by the reader.
            let is_day = moment.is_datetime() && (1.0..2_958_466.0).contains(&moment.as_f64());
            let date = chrono::NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
            match date.filter(|_| is_day) {
                Some(date) => (date.to_string().into(), CellKind::Date),
                None => number_cell(moment.as_f64()),
            }
        }
    };
    (!text.trim().is_empty()).then_some((text, kind))
}

/// A number as Excel itself shows it in full: at most 15 significant digits, no exponent.
///
/// Excel keeps binary floats: a computed 1234.56 may be stored as 1234.5600000000002. Its own rule
/// (15 digits) names the decimal that is meant; an exact binary expansion names nothing.
fn number_cell(value: f64) -> (Cow<'static, str>, CellKind) {
    if !value.is_finite() {
        return (value.to_string().into(), CellKind::Error);
    }
    let shortest = value.to_string();
    let digits = shortest.bytes().filter(u8::is_ascii_digit).count();
    if digits <= 15 {
        return (shortest.into(), CellKind::Number);
    }
    let fifteen = format!("{value:.14e}").parse::<f64>().unwrap_or(value);
    (fifteen.to_string().into(), CellKind::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_excel_shows_them() {
        let check = |value: f64, expected: &str| assert_eq!(number_cell(value).0, expected);
        check(1054.0, "1054");
        check(1234.56, "1234.56");
        check(0.1 + 0.2, "0.3");
        check(1_234.560_000_000_000_2, "1234.56");
        check(-0.05, "-0.05");
        check(1e15, "1000000000000000");
        check(3_086_111.0, "3086111");
    }

    #[test]
    fn a_row_of_the_same_long_text_in_every_cell_does_not_take_all_memory() {
        let mut builder = RowBuilder::default();
        let text = "长".repeat(32_767);
        for column in 0..MAX_COLUMNS {
            assert!(builder.put(0, column, &text, CellKind::Text).is_none());
        }
        let row = builder.finish().unwrap();
        assert_eq!(row.fault, Some(RejectCode::RowTooLarge));
        assert!(row.record.as_slice().len() <= MAX_ROW_BYTES + text.len());
        // A cell beyond the limit stays recognisably so, and no longer.
        builder.put(1, 0, &"a".repeat(10 << 20), CellKind::Text);
        let row = builder.finish().unwrap();
        let kept = row.record.as_slice().len();
        assert!(kept > MAX_CELL_BYTES && kept < MAX_CELL_BYTES + 8, "{kept}");
    }

    #[test]
    fn cells_out_of_order_stand_in_their_place() {
        let mut builder = RowBuilder::default();
        for (column, text) in [(3, "d"), (1, "b"), (0, "a"), (1, "B"), (4, "e")] {
            assert!(builder.put(0, column, text, CellKind::Text).is_none());
        }
        let row = builder.put(1, 0, "next", CellKind::Text).unwrap();
        assert_eq!(row.record, vec!["a", "B", "", "d", "e"]);
        assert_eq!(builder.finish().unwrap().record, vec!["next"]);
    }

    #[test]
    fn rows_take_memory_for_cells_not_for_coordinates() {
        let mut builder = RowBuilder::default();
        assert!(
            builder
                .put(1_048_575, 16_383, "far", CellKind::Text)
                .is_none()
        );
        let row = builder.finish().unwrap();
        assert_eq!(
            (row.line, row.record.len(), row.too_wide),
            (1_048_576, 0, true)
        );
    }
}
