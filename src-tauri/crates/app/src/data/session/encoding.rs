//! A text file read in another encoding than the one that was detected.

use std::path::{Path, PathBuf};

use yeji_intake::{Format, SourceFile, TextEncoding};

use super::{Session, Table, file_name, message_of};
use crate::api::Message;
use crate::api::data::{ImportDecisions, UnreadableFile};
use crate::error::{Error, Result};

/// Encodings that a file is not in, each as it is named, with the first line that is not in it: a large file
/// is not read whole once more at every other decision.
#[derive(Debug, Default)]
pub(super) struct Refused(Vec<(TextEncoding, String, u32)>);

/// A text file that is not in the encoding that was detected or named for all.
#[derive(Debug)]
pub(super) struct Closed {
    number: u32,
    of_file: u32,
    path: PathBuf,
    /// What it was read in last, as the reason names it.
    reason: Message,
    /// What was chosen last.
    chosen: Option<TextEncoding>,
    refused: Refused,
}

impl Session {
    /// Reads a text file in the chosen encoding, or again in the detected one. A file that cannot be read
    /// in it stays as it is.
    pub(super) fn read_as(&mut self, index: usize, chosen: Option<&str>) -> Result<()> {
        let chosen = chosen.map(parse_encoding).transpose()?;
        let table = &mut self.tables[index];
        let present = encoding_of(&table.file.format);
        let wanted = chosen.or(table.detected);
        let Some(wanted) = wanted.filter(|_| present.is_some() && wanted != present) else {
            return Ok(());
        };
        let Some(file) = table.refused.read(&table.file.path, wanted)? else {
            return Ok(());
        };
        self.forget_lines();
        let table = &mut self.tables[index];
        *table = Table {
            number: table.number,
            detected: table.detected,
            refused: std::mem::take(&mut table.refused),
            ..Table::new(file, table.of_file)
        };
        Ok(())
    }

    /// Reads the closed files for which an encoding was chosen; those that are in it are tables from then on.
    pub(super) fn read_closed(&mut self, decisions: &ImportDecisions) {
        let mut closed = Vec::new();
        for mut file in std::mem::take(&mut self.closed) {
            let decision = decisions.files.get(&file.number);
            let chosen = decision.and_then(|decision| decision.encoding.as_deref());
            match file.read_as(chosen) {
                Ok(Some(table)) => {
                    self.forget_lines();
                    self.tables.push(table);
                }
                Ok(None) => closed.push(file),
                Err(error) => {
                    file.reason = said(&error);
                    closed.push(file);
                }
            }
        }
        self.closed = closed;
    }

    /// What is known of the lines of the only table is known of them as they were read.
    fn forget_lines(&mut self) {
        self.read_in_full();
        self.known = None;
    }
}

impl Closed {
    pub(super) fn new(number: u32, of_file: u32, path: &Path, error: &yeji_intake::Error) -> Self {
        Self {
            number,
            of_file,
            path: path.to_owned(),
            reason: message_of(error),
            chosen: None,
            refused: Refused::default(),
        }
    }

    /// The file in the chosen encoding. None: none was chosen.
    fn read_as(&mut self, chosen: Option<&str>) -> Result<Option<Table>> {
        let Some(label) = chosen else {
            return Ok(None);
        };
        let encoding = parse_encoding(label)?;
        self.chosen = Some(encoding);
        let file = self.refused.read(&self.path, encoding)?;
        Ok(file.map(|file| Table {
            number: self.number,
            refused: std::mem::take(&mut self.refused),
            ..Table::new(file, self.of_file)
        }))
    }

    pub(super) fn described(&self) -> UnreadableFile {
        UnreadableFile {
            file: file_name(&self.path),
            reason: self.reason.clone(),
            index: Some(self.number),
            encoding: self.chosen.map(TextEncoding::code),
        }
    }
}

impl Refused {
    /// The only table of a text file in an encoding; refuses again what was refused before.
    fn read(&mut self, path: &Path, encoding: TextEncoding) -> Result<Option<SourceFile>> {
        let known = self.0.iter().find(|(refused, ..)| *refused == encoding);
        if let Some((_, name, line)) = known {
            let known = yeji_intake::Error::BrokenEncoding {
                file: path.to_owned(),
                line: *line,
                encoding: name.clone(),
            };
            return Err(known.into());
        }
        match yeji_intake::inspect_as(path, Some(encoding)) {
            Ok(mut tables) => Ok(tables.pop()),
            Err(error) => {
                if let yeji_intake::Error::BrokenEncoding {
                    encoding: name,
                    line,
                    ..
                } = &error
                {
                    self.0.push((encoding, name.clone(), *line));
                }
                Err(error.into())
            }
        }
    }
}

/// An error as what is said.
pub(super) fn said(error: &Error) -> Message {
    Message {
        code: error.code().to_owned(),
        params: error.params(),
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
