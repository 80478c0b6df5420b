//! Rows of delimited text, streamed, with the physical line on which each starts.

use std::path::PathBuf;
use std::sync::Arc;

use crate::decode::{END_MARK, TextReader, own_error};
use crate::limits::MAX_COLUMNS;
use crate::raw::RawRow;
use crate::{LeftOut, RejectCode, Result, SourceFile, TextEncoding};

/// Rows of a CSV.
#[derive(Debug)]
pub(crate) struct CsvRows {
    reader: csv::Reader<TextReader>,
    path: PathBuf,
    left_out: Option<Arc<LeftOut>>,
    row: RawRow,
    /// Line at which the reader stood before the row being read.
    started: u64,
    ended: bool,
}

impl CsvRows {
    pub(crate) fn open(
        file: &SourceFile,
        encoding: TextEncoding,
        delimiter: char,
        bom: bool,
    ) -> Result<Self> {
        let path = &file.path;
        let text = TextReader::without(path, encoding, bom, file.left_out.clone())?;
        let delimiter = u8::try_from(delimiter).unwrap_or(b',');
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(64 << 10)
            .from_reader(text);
        Ok(Self {
            reader,
            path: path.clone(),
            left_out: file.left_out.clone(),
            row: RawRow::default(),
            started: 1,
            ended: false,
        })
    }

    pub(crate) fn current(&self) -> &RawRow {
        &self.row
    }

    pub(crate) fn line(&self) -> u32 {
        self.line_of_file(self.started)
    }

    /// The line of the file, of a line of the text that is read.
    fn line_of_file(&self, line: u64) -> u32 {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let left_out = self.left_out.as_ref();
        left_out.map_or(line, |left_out| left_out.line_of_file(line))
    }

    pub(crate) fn next_row(&mut self) -> Result<Option<&RawRow>> {
        if self.ended {
            return Ok(None);
        }
        self.started = self.reader.position().line();
        self.reader.get_mut().grant();
        let found = self.reader.read_record(&mut self.row.record);
        let found = found.map_err(|error| own_error(error, &self.path))?;
        if !found {
            self.ended = true;
            return Ok(None);
        }
        self.row.fault = None;
        let text = self.row.record.as_slice();
        let line_ends = text.bytes().filter(|byte| *byte == b'\n').count() as u64;
        let after = self.reader.position().line();
        if text.ends_with('\0') {
            self.ended = true;
            if self.row.record.len() == 1 && text == END_MARK {
                return Ok(None);
            }
        }
        if self.ended || text.ends_with("\0\n") {
            // The end mark inside a cell: a quotation mark swallowed the rest of the file.
            self.ended = true;
            self.row.fault = Some(RejectCode::QuoteUnclosed);
            self.row.line = self.line_of_file(after.saturating_sub(line_ends));
            self.drop_end_mark();
            return Ok(Some(&self.row));
        }
        // The reader stands on the line after the row; blank lines before it are not the row's.
        self.row.line = self.line_of_file(after.saturating_sub(1 + line_ends));
        if self.row.record.len() > MAX_COLUMNS
            && self
                .row
                .record
                .iter()
                .skip(MAX_COLUMNS)
                .any(|c| !c.is_empty())
        {
            self.row.too_wide = true;
            self.row.record.truncate(MAX_COLUMNS);
        } else {
            self.row.too_wide = false;
        }
        Ok(Some(&self.row))
    }

    fn drop_end_mark(&mut self) {
        let cells = self
            .row
            .record
            .iter()
            .map(|cell| cell.trim_end_matches(['\n', '\0']).to_owned());
        self.row.record = cells.take(MAX_COLUMNS).collect::<Vec<_>>().into();
    }
}

impl CsvRows {
    /// Splits text that is already in memory; for telling delimiters apart.
    pub(crate) fn widths(text: &str, delimiter: char, rows: usize) -> Vec<usize> {
        let reader = csv::ReaderBuilder::new()
            .delimiter(u8::try_from(delimiter).unwrap_or(b','))
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        reader
            .into_records()
            .take(rows)
            .filter_map(std::result::Result::ok)
            .map(|row| row.len())
            .collect()
    }
}
