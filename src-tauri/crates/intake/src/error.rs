//! What can be wrong with a file as a whole, with the file and the place in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::{Field, HolidayProblem, Kind};

/// Result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// A file that cannot be imported. [`Error::code`] and [`Error::params`] are for translation.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The operating system says no.
    #[error("{}: {source}", file.display())]
    Io {
        /// File or folder.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A folder without CSV or XLSX files.
    #[error("{}: no CSV or XLSX file in this folder", folder.display())]
    NothingFound {
        /// The folder.
        folder: PathBuf,
    },
    /// Another file than the one that was looked at.
    #[error("{}: the file has changed since it was looked at; choose it again", file.display())]
    Changed {
        /// The file.
        file: PathBuf,
    },
    /// Nothing in it.
    #[error("{}: the file is empty", file.display())]
    Empty {
        /// The file.
        file: PathBuf,
    },
    /// Nothing in it but formulas that no program has calculated.
    #[error("{}: the formulas of the file were never calculated", file.display())]
    NotCalculated {
        /// The file.
        file: PathBuf,
    },
    /// Neither CSV nor XLSX.
    #[error("{}: neither CSV nor XLSX: {reason}", file.display())]
    NotATable {
        /// The file.
        file: PathBuf,
        /// What it is instead, as a code: `png`, `pdf`, `xls`, `zip`, `html` ...
        reason: String,
    },
    /// Bytes that no text has.
    #[error("{}: not a text file (byte {byte} is {value:#04x})", file.display())]
    NotText {
        /// The file.
        file: PathBuf,
        /// Offset from 0.
        byte: u64,
        /// The byte there.
        value: u8,
    },
    /// Text whose bytes do not fit its encoding.
    #[error("{}: line {line} holds bytes that are not {encoding}", file.display())]
    BrokenEncoding {
        /// The file.
        file: PathBuf,
        /// Line from 1.
        line: u32,
        /// The encoding of the rest.
        encoding: String,
    },
    /// A limit of [`crate::limits`].
    #[error("{}: {what} is over the limit of {limit}", file.display())]
    TooLarge {
        /// The file.
        file: PathBuf,
        /// What: `file_bytes`, `columns`, `row_bytes`, `xlsx_unpacked_bytes`, `xlsx_part_bytes`, `xlsx_cell_bytes`,
        /// `xlsx_parts`, `sheets`, `folder_files`.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// An XLSX that cannot be read.
    #[error("{}{}: the workbook is damaged: {detail}", file.display(), sheet_suffix(sheet.as_deref()))]
    Damaged {
        /// The file.
        file: PathBuf,
        /// The sheet, where one is to blame.
        sheet: Option<String>,
        /// In what way, which has words.
        damage: Damage,
        /// What the reader said, in its own words: for the log.
        detail: String,
    },
    /// No row looks like a header.
    #[error("{}{}: no header row in the first {rows} rows", file.display(), sheet_suffix(sheet.as_deref()))]
    NoHeader {
        /// The file.
        file: PathBuf,
        /// The sheet.
        sheet: Option<String>,
        /// Rows searched.
        rows: usize,
    },
    /// The headers fit no kind.
    #[error("{}{}: the headers ({}) fit no kind of data", file.display(), sheet_suffix(sheet.as_deref()), headers.join(", "))]
    UnknownKind {
        /// The file.
        file: PathBuf,
        /// The sheet.
        sheet: Option<String>,
        /// What it has.
        headers: Vec<String>,
    },
    /// Required fields without a column.
    #[error("{}{}: {kind} need a column for {}", file.display(), sheet_suffix(sheet.as_deref()), join(fields))]
    MissingColumns {
        /// The file.
        file: PathBuf,
        /// The sheet.
        sheet: Option<String>,
        /// The kind.
        kind: Kind,
        /// The fields.
        fields: Vec<Field>,
    },
    /// The mapping names a column that the file does not have.
    #[error("{}{}: no column `{header}` (mapped to `{field}`)", file.display(), sheet_suffix(sheet.as_deref()))]
    NoSuchColumn {
        /// The file.
        file: PathBuf,
        /// The sheet.
        sheet: Option<String>,
        /// The field.
        field: Field,
        /// The header in the mapping.
        header: String,
    },
    /// An amount is mapped but no currency is named.
    #[error("{}: the mapping names no currency for `{field}`", file.display())]
    NoCurrency {
        /// The file.
        file: PathBuf,
        /// The amount.
        field: Field,
    },
    /// A line of a list of holidays that cannot be taken.
    #[error("{}: line {line}: {}: `{value}`", file.display(), problem.code())]
    Holidays {
        /// The file.
        file: PathBuf,
        /// Line from 1.
        line: u32,
        /// What is wrong.
        problem: HolidayProblem,
        /// The text that has it.
        value: String,
    },
    /// A mapping that cannot be read or contradicts itself.
    #[error("mapping: {reason}")]
    Mapping {
        /// What is wrong, with the line where it was read from text.
        reason: String,
    },
}

/// In what way a workbook is damaged, as far as people can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Its list of parts, which stands at the end, is missing: cut off, as by a broken download.
    Cut,
    /// A part of it cannot be unpacked.
    Part,
    /// It can be unpacked, and what is inside is not what a workbook has.
    Content,
    /// The reader gave up.
    Reader,
}

impl Damage {
    /// The code that the words have.
    pub fn code(self) -> &'static str {
        match self {
            Self::Cut => "workbook_cut",
            Self::Part => "workbook_part",
            Self::Content => "workbook_content",
            Self::Reader => "workbook_reader",
        }
    }
}

fn sheet_suffix(sheet: Option<&str>) -> String {
    sheet.map(|name| format!(" [{name}]")).unwrap_or_default()
}

fn join(fields: &[Field]) -> String {
    fields
        .iter()
        .map(|field| field.code())
        .collect::<Vec<_>>()
        .join(", ")
}

impl Error {
    /// Every code of [`Error::code`], those of [`HolidayProblem::ALL`] apart; the UI's two languages
    /// must have words for each.
    pub const CODES: [&'static str; 16] = [
        "file_io",
        "file_changed",
        "nothing_found",
        "file_empty",
        "file_not_calculated",
        "not_a_table",
        "not_text",
        "broken_encoding",
        "file_too_large",
        "file_damaged",
        "no_header",
        "unknown_kind",
        "missing_columns",
        "no_such_column",
        "no_currency",
        "mapping_invalid",
    ];

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "file_io",
            Self::Changed { .. } => "file_changed",
            Self::NothingFound { .. } => "nothing_found",
            Self::Empty { .. } => "file_empty",
            Self::NotCalculated { .. } => "file_not_calculated",
            Self::NotATable { .. } => "not_a_table",
            Self::NotText { .. } => "not_text",
            Self::BrokenEncoding { .. } => "broken_encoding",
            Self::TooLarge { .. } => "file_too_large",
            Self::Damaged { .. } => "file_damaged",
            Self::NoHeader { .. } => "no_header",
            Self::UnknownKind { .. } => "unknown_kind",
            Self::MissingColumns { .. } => "missing_columns",
            Self::NoSuchColumn { .. } => "no_such_column",
            Self::NoCurrency { .. } => "no_currency",
            Self::Holidays { problem, .. } => problem.code(),
            Self::Mapping { .. } => "mapping_invalid",
        }
    }

    /// Values for the message: `file` (its name without the folder) and those of the variant.
    pub fn params(&self) -> BTreeMap<String, String> {
        let mut params = BTreeMap::new();
        let mut set = |key: &str, value: String| {
            params.insert(key.to_owned(), value);
        };
        match self {
            Self::Io { file, source } => {
                set("file", shown(file));
                set("reason", io_reason(source));
            }
            Self::NothingFound { folder: file }
            | Self::Empty { file }
            | Self::NotCalculated { file }
            | Self::Changed { file } => {
                set("file", shown(file));
            }
            Self::NotATable { file, reason } => {
                set("file", shown(file));
                set("reason", reason.clone());
            }
            Self::NotText { file, byte, value } => {
                set("file", shown(file));
                set("byte", byte.to_string());
                set("value", format!("{value:#04x}"));
            }
            Self::BrokenEncoding {
                file,
                line,
                encoding,
            } => {
                set("file", shown(file));
                set("line", line.to_string());
                set("encoding", encoding.clone());
            }
            Self::TooLarge { file, what, limit } => {
                set("file", shown(file));
                set("what", (*what).to_owned());
                set("limit", limit.to_string());
            }
            Self::Damaged {
                file,
                sheet,
                damage,
                ..
            } => {
                set("file", shown(file));
                set("sheet", sheet.clone().unwrap_or_default());
                set("reason", damage.code().to_owned());
            }
            Self::NoHeader { file, sheet, rows } => {
                set("file", shown(file));
                set("sheet", sheet.clone().unwrap_or_default());
                set("rows", rows.to_string());
            }
            Self::UnknownKind {
                file,
                sheet,
                headers,
            } => {
                set("file", shown(file));
                set("sheet", sheet.clone().unwrap_or_default());
                set("headers", headers.join(", "));
            }
            Self::MissingColumns {
                file,
                sheet,
                kind,
                fields,
            } => {
                set("file", shown(file));
                set("sheet", sheet.clone().unwrap_or_default());
                set("kind", kind.code().to_owned());
                set("fields", join(fields));
            }
            Self::NoSuchColumn {
                file,
                sheet,
                field,
                header,
            } => {
                set("file", shown(file));
                set("sheet", sheet.clone().unwrap_or_default());
                set("field", field.code().to_owned());
                set("header", header.clone());
            }
            Self::NoCurrency { file, field } => {
                set("file", shown(file));
                set("field", field.code().to_owned());
            }
            Self::Holidays {
                file, line, value, ..
            } => {
                set("file", shown(file));
                set("line", line.to_string());
                set("value", value.clone());
            }
            Self::Mapping { reason } => set("reason", reason.clone()),
        }
        params
    }
}

/// The file's name without its folder: messages go into logs and to other people.
fn shown(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Why the file system refused, for a sentence: a code where words are known in both languages, else what
/// the system says.
pub fn io_reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "not_found".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission_denied".to_owned(),
        _ => error.to_string(),
    }
}
