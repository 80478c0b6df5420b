//! A text file read in another encoding than the one that was detected.

use yeji_intake::{Format, TextEncoding};

use super::{Session, Table};
use crate::error::{Error, Result};

impl Session {
    /// Reads a text file in the chosen encoding, or again in the detected one. A file that cannot be read
    /// in it stays as it is.
    pub(super) fn read_as(&mut self, index: usize, chosen: Option<&str>) -> Result<()> {
        let chosen = chosen.map(parse_encoding).transpose()?;
        let table = &self.tables[index];
        let present = encoding_of(&table.file.format);
        let wanted = chosen.or(table.detected);
        if present.is_none() || wanted == present {
            return Ok(());
        }
        let mut read = yeji_intake::inspect_as(&table.file.path, wanted)?;
        let Some(file) = read.pop() else {
            return Ok(());
        };
        let detected = table.detected;
        // What is known of its lines is known of them in the other encoding.
        self.read_in_full();
        self.known = None;
        self.tables[index] = Table {
            detected,
            ..Table::new(file)
        };
        Ok(())
    }
}

/// The encoding of a text file; a workbook has none.
pub(super) fn encoding_of(format: &Format) -> Option<TextEncoding> {
    match format {
        Format::Csv { encoding, .. } => Some(*encoding),
        Format::Xlsx { .. } => None,
    }
}

/// An encoding by any name that programs have for it.
pub(in crate::data) fn parse_encoding(label: &str) -> Result<TextEncoding> {
    TextEncoding::of_label(label)
        .ok_or_else(|| Error::input("encoding", label, "the name of an encoding, as gb18030"))
}
