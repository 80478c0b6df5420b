//! Finding files and saying what each is: encoding, delimiter, header row, a sample.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::decode::codec;
use crate::limits::{
    COUNT_ROWS_MAX_BYTES, HEADER_SEARCH_ROWS, MAX_FILE_BYTES, MAX_FOLDER_FILES, SAMPLE_ROWS,
};
use crate::raw::{RawRow, RawRows};
use crate::rejected_book::{is_added, names_import};
use crate::sniff::{self, Content};
use crate::xlsx_rows::XlsxRows;
use crate::{Error, LeftOut, Result, header, xlsx_rows, xlsx_safety};

/// How a text file's bytes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum TextEncoding {
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, low byte first.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, high byte first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Chinese, simplified (holds GBK and GB2312).
    #[serde(rename = "gb18030")]
    Gb18030,
    /// Chinese, traditional.
    #[serde(rename = "big5")]
    Big5,
    /// Japanese.
    #[serde(rename = "shift_jis")]
    ShiftJis,
    /// Japanese, of Unix systems.
    #[serde(rename = "euc-jp")]
    EucJp,
    /// Korean.
    #[serde(rename = "euc-kr")]
    EucKr,
    /// Western European.
    #[serde(rename = "windows-1252")]
    Windows1252,
    /// Central European.
    #[serde(rename = "windows-1250")]
    Windows1250,
    /// Cyrillic.
    #[serde(rename = "windows-1251")]
    Windows1251,
}

impl TextEncoding {
    /// Every encoding, those that are likeliest first.
    pub const ALL: [Self; 11] = [
        Self::Utf8,
        Self::Gb18030,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Big5,
        Self::ShiftJis,
        Self::EucJp,
        Self::EucKr,
        Self::Windows1252,
        Self::Windows1250,
        Self::Windows1251,
    ];

    /// Its code: `gb18030`.
    pub fn code(self) -> String {
        codec(self).name().to_lowercase()
    }

    /// The encoding of a name that programs use for it (`GBK`, `utf8`, `windows-949`, `latin1`).
    pub fn of_label(label: &str) -> Option<Self> {
        let named = match Encoding::for_label(label.trim().as_bytes())? {
            // Part of the other.
            gbk if gbk == encoding_rs::GBK => encoding_rs::GB18030,
            other => other,
        };
        Self::ALL.into_iter().find(|own| codec(*own) == named)
    }
}

/// What a table is written in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Format {
    /// Delimited text.
    Csv {
        /// Encoding.
        encoding: TextEncoding,
        /// `,` `;` `|` or a tab.
        delimiter: char,
        /// Whether it starts with a byte order mark.
        bom: bool,
    },
    /// A sheet of an Excel workbook.
    Xlsx {
        /// Day 0 is 1 January 1904 (old Macs), not 1900.
        epoch_1904: bool,
    },
}

/// A table in a file: a CSV, or one sheet of an XLSX.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The file.
    pub path: PathBuf,
    /// Tells whether the file is still the one that was looked at.
    pub stamp: FileStamp,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// A sheet that Excel does not show: what people did not look at is not to be imported unseen.
    pub hidden: bool,
    /// How it is written.
    pub format: Format,
    /// Another encoding that its few characters could as well be in.
    pub doubt: Option<TextEncoding>,
    /// Physical line (row of the sheet) of the header, from 1.
    pub header_line: u32,
    /// Column headers, each once: a repeated one gets ` (2)`, an empty one `#3` (its column).
    pub headers: Vec<String>,
    /// The first rows below the header, as text.
    pub sample: Vec<Vec<String>>,
    /// Rows below the header that are not blank; none where the file is too large to count at once:
    /// [`crate::Proposal::rows`] tells them.
    pub rows: Option<u32>,
    /// The import whose refused rows these are, as our workbook of them names it.
    pub mends: Option<String>,
    /// Lines that are known already: the file is read as if they were not there.
    pub left_out: Option<Arc<LeftOut>>,
}

/// Length and time of the last change of a file. People mend a file in Excel between preview and
/// import: then its columns may stand elsewhere, and nothing of it is read by the old places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    bytes: u64,
    /// None where the file system keeps none.
    changed: Option<SystemTime>,
}

impl FileStamp {
    /// Of a file as it is now.
    pub fn of(path: &Path) -> Result<Self> {
        let meta = std::fs::metadata(path).map_err(|source| Error::Io {
            file: path.to_owned(),
            source,
        })?;
        Ok(Self {
            bytes: meta.len(),
            changed: meta.modified().ok(),
        })
    }
}

/// What a list of files and folders came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discovered {
    /// Files to inspect: those named, and the CSV and XLSX files of folders, sorted by name.
    pub files: Vec<PathBuf>,
    /// What lies in the folders beside them (other types, subfolders), so that it can be told.
    pub skipped: Vec<PathBuf>,
}

const TABLE_EXTENSIONS: [&str; 4] = ["csv", "tsv", "xlsx", "xlsm"];

impl SourceFile {
    /// The file's name for people, with the sheet: `sales.xlsx [Sheet1]`.
    pub fn label(&self) -> String {
        let name = self
            .path
            .file_name()
            .unwrap_or(self.path.as_os_str())
            .to_string_lossy();
        match &self.sheet {
            Some(sheet) => format!("{name} [{sheet}]"),
            None => name.into_owned(),
        }
    }

    /// Refuses a file that is another than the one that was looked at.
    pub(crate) fn require_unchanged(&self) -> Result<()> {
        if FileStamp::of(&self.path)? == self.stamp {
            Ok(())
        } else {
            Err(Error::Changed {
                file: self.path.clone(),
            })
        }
    }

    /// Position of a column.
    pub(crate) fn column(&self, header: &str) -> Option<usize> {
        self.headers.iter().position(|own| own == header)
    }
}

/// Lists files: a file is itself, a folder its tables (not those of its subfolders).
pub fn discover(paths: &[PathBuf]) -> Result<Discovered> {
    let mut found = Discovered::default();
    for path in paths {
        // What cannot be found is told when it is to be read: it must not stop the others.
        if path.is_dir() {
            discover_folder(path, &mut found)?;
        } else {
            found.files.push(path.clone());
        }
    }
    Ok(found)
}

fn discover_folder(folder: &Path, found: &mut Discovered) -> Result<()> {
    let io = |source| Error::Io {
        file: folder.to_owned(),
        source,
    };
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        if entries.len() == MAX_FOLDER_FILES {
            let limit = MAX_FOLDER_FILES as u64;
            return Err(Error::TooLarge {
                file: folder.to_owned(),
                what: "folder_files",
                limit,
            });
        }
        entries.push(entry.map_err(io)?.path());
    }
    entries.sort();
    let before = found.files.len();
    for path in entries {
        let target = if is_table(&path) {
            &mut found.files
        } else {
            &mut found.skipped
        };
        target.push(path);
    }
    if found.files.len() == before {
        return Err(Error::NothingFound {
            folder: folder.to_owned(),
        });
    }
    Ok(())
}

fn is_table(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // `~$book.xlsx` is the lock file of an open workbook, `._x.csv` a Mac's shadow.
    let shadow = name.starts_with("~$") || name.starts_with('.');
    let extension = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    !shadow && TABLE_EXTENSIONS.contains(&extension.as_str()) && path.is_file()
}

/// Says what a file holds: one entry for a CSV, one per sheet that is not empty for an XLSX.
/// The content decides, not the extension.
pub fn inspect(path: &Path) -> Result<Vec<SourceFile>> {
    inspect_as(path, None)
}

/// As [`inspect`], with the encoding of text that somebody chose. A workbook has none to choose.
pub fn inspect_as(path: &Path, chosen: Option<TextEncoding>) -> Result<Vec<SourceFile>> {
    let stamp = FileStamp::of(path)?;
    if stamp.bytes > MAX_FILE_BYTES {
        return Err(Error::TooLarge {
            file: path.to_owned(),
            what: "file_bytes",
            limit: MAX_FILE_BYTES,
        });
    }
    match sniff::content(path, chosen)? {
        Content::Text {
            encoding,
            bom,
            delimiter,
            doubt,
        } => {
            let format = Format::Csv {
                encoding,
                delimiter,
                bom,
            };
            let table = inspect_table(path, None, false, format, stamp)?;
            let table = table.ok_or_else(|| Error::Empty {
                file: path.to_owned(),
            })?;
            Ok(vec![SourceFile { doubt, ..table }])
        }
        Content::Xlsx => {
            xlsx_safety::check(path)?;
            let book = xlsx_rows::workbook(path)?;
            let mut tables = Vec::new();
            let mut formulas = false;
            for (sheet, hidden) in book.sheets {
                let format = Format::Xlsx {
                    epoch_1904: book.epoch_1904,
                };
                let table = inspect_table(path, Some(sheet.clone()), hidden, format, stamp)?;
                if table.is_none() {
                    // No filled cell, then; a row that is there all the same has formulas alone.
                    let row = XlsxRows::open(path, sheet).next_row()?.is_some();
                    formulas = formulas || row;
                }
                tables.extend(table);
            }
            let file = path.to_owned();
            match tables.is_empty() {
                true if formulas => Err(Error::NotCalculated { file }),
                true => Err(Error::Empty { file }),
                false => Ok(tables),
            }
        }
    }
}

fn is_xlsx(format: &Format) -> bool {
    matches!(format, Format::Xlsx { .. })
}

/// None for a table without any filled cell.
fn inspect_table(
    path: &Path,
    sheet: Option<String>,
    hidden: bool,
    format: Format,
    stamp: FileStamp,
) -> Result<Option<SourceFile>> {
    let mut file = SourceFile {
        path: path.to_owned(),
        stamp,
        sheet,
        hidden,
        format,
        doubt: None,
        header_line: 0,
        headers: Vec::new(),
        sample: Vec::new(),
        rows: None,
        mends: None,
        left_out: None,
    };
    let mut reader = RawRows::open(&file)?;
    let mut head: Vec<RawRow> = Vec::new();
    // Rows of formulas that nobody calculated are no headers, and count below one.
    let mut formulas = Vec::new();
    while head.len() < HEADER_SEARCH_ROWS && formulas.len() < HEADER_SEARCH_ROWS {
        match reader.next_row()? {
            Some(row) if !row.is_blank() => head.push(row.clone()),
            Some(row) if !row.is_nothing() => formulas.push(row.line),
            Some(_) => {}
            None => break,
        }
    }
    if head.is_empty() {
        return Ok(None);
    }
    let at = header::find(&head).ok_or_else(|| Error::NoHeader {
        file: path.to_owned(),
        sheet: file.sheet.clone(),
        rows: head.len(),
    })?;
    file.header_line = head[at].line;
    file.headers = header::names(&head[at], path)?;
    while is_xlsx(&file.format)
        && let Some(added) = file.headers.pop_if(|last| is_added(last))
    {
        if names_import(&added) {
            let column = file.headers.len();
            let mut cells = head[at + 1..]
                .iter()
                .filter_map(|row| row.cells().nth(column));
            file.mends = cells.next().map(str::to_owned);
        }
    }
    formulas.retain(|line| *line > file.header_line);
    let mut count = u32::try_from(head.len() - at - 1 + formulas.len()).unwrap_or(u32::MAX);
    let shown = |row: &RawRow| {
        row.cells()
            .take(file.headers.len())
            .map(crate::fold::shown)
            .collect()
    };
    file.sample = head[at + 1..].iter().map(shown).collect();
    while stamp.bytes <= COUNT_ROWS_MAX_BYTES || file.sample.len() < SAMPLE_ROWS {
        let Some(row) = reader.next_row()? else {
            file.rows = Some(count);
            break;
        };
        if row.is_nothing() {
            continue;
        }
        count = count.saturating_add(1);
        if file.sample.len() < SAMPLE_ROWS {
            file.sample.push(
                row.cells()
                    .take(file.headers.len())
                    .map(crate::fold::shown)
                    .collect(),
            );
        }
    }
    Ok(Some(file))
}
