//! What is checked of a zip package before calamine opens it, so that a bomb cannot fill the memory.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use crate::limits::{
    MAX_XLSX_CELL_BYTES, MAX_XLSX_PART_BYTES, MAX_XLSX_PARTS, MAX_XLSX_UNPACKED_BYTES,
};
use crate::{Damage, Error, Result};

/// Deflate cannot pack better than 1,032 to 1 (zlib's documentation), whatever a package claims.
const MAX_DEFLATE_RATIO: u64 = 1_032;

type Archive = ZipArchive<BufReader<File>>;

fn open(path: &Path) -> Result<Archive> {
    let file = File::open(path).map_err(|source| Error::Io {
        file: path.to_owned(),
        source,
    })?;
    let archive = ZipArchive::new(BufReader::new(file)).map_err(|error| Error::Damaged {
        file: path.to_owned(),
        sheet: None,
        damage: Damage::Cut,
        detail: error.to_string(),
    })?;
    if archive.len() > MAX_XLSX_PARTS {
        return Err(too_large(path, "xlsx_parts", MAX_XLSX_PARTS as u64));
    }
    Ok(archive)
}

fn damaged(path: &Path, error: &dyn std::error::Error) -> Error {
    Error::Damaged {
        file: path.to_owned(),
        sheet: None,
        damage: Damage::Part,
        detail: error.to_string(),
    }
}

fn too_large(path: &Path, what: &'static str, limit: u64) -> Error {
    Error::TooLarge {
        file: path.to_owned(),
        what,
        limit,
    }
}

/// What a zip package holds: `xlsx`, or the name of what it is instead.
pub(crate) fn package_kind(path: &Path) -> Result<&'static str> {
    let archive = open(path)?;
    let names: Vec<_> = archive
        .file_names()
        .collect::<std::result::Result<_, _>>()
        .map_err(|error| damaged(path, &error))?;
    let has = |name: &str| names.iter().any(|own| own.eq_ignore_ascii_case(name));
    let under = |folder: &str| names.iter().any(|own| own.starts_with(folder));
    Ok(match () {
        () if has("xl/workbook.xml") => "xlsx",
        () if has("xl/workbook.bin") => "xlsb",
        () if under("word/") => "docx",
        () if under("ppt/") => "pptx",
        () if has("content.xml") => "ods",
        () => "zip",
    })
}

/// Sizes beyond which a package is refused.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_field_names,
    reason = "a limit has its unit in its name"
)]
struct Limits {
    part_bytes: u64,
    total_bytes: u64,
    cell_bytes: u64,
}

/// Checks the unpacked sizes: those claimed, and the real ones of whatever could be too large, by
/// unpacking into nothing. Sheets are looked at for a cell that alone would fill the memory.
pub(crate) fn check(path: &Path) -> Result<()> {
    let limits = Limits {
        part_bytes: MAX_XLSX_PART_BYTES,
        total_bytes: MAX_XLSX_UNPACKED_BYTES,
        cell_bytes: MAX_XLSX_CELL_BYTES,
    };
    check_within(path, limits)
}

fn check_within(path: &Path, limits: Limits) -> Result<()> {
    let mut archive = open(path)?;
    let mut claimed_total = 0_u64;
    // Parts whose claim could be a lie that matters, and sheets that have room for a giant cell.
    let mut doubtful = Vec::new();
    for index in 0..archive.len() {
        let part = archive
            .by_index_raw(index)
            .map_err(|error| damaged(path, &error))?;
        let possible = part.compressed_size().saturating_mul(MAX_DEFLATE_RATIO);
        let mut limit = limits.cell_bytes;
        if !is_sheet(&part.name().map_err(|error| damaged(path, &error))?) {
            if part.size() > limits.part_bytes {
                return Err(too_large(path, "xlsx_part_bytes", limits.part_bytes));
            }
            limit = limits.part_bytes;
        }
        if possible > limit {
            doubtful.push(index);
        }
        claimed_total = claimed_total.saturating_add(part.size());
    }
    if claimed_total > limits.total_bytes {
        return Err(too_large(path, "xlsx_unpacked_bytes", limits.total_bytes));
    }
    measure(path, &mut archive, &doubtful, limits)
}

fn measure(path: &Path, archive: &mut Archive, parts: &[usize], limits: Limits) -> Result<()> {
    let mut total = 0;
    for index in parts {
        let part = archive
            .by_index(*index)
            .map_err(|error| damaged(path, &error))?;
        let streamed = is_sheet(&part.name().map_err(|error| damaged(path, &error))?);
        let (limit, what) = if streamed {
            (limits.total_bytes, "xlsx_unpacked_bytes")
        } else {
            (limits.part_bytes, "xlsx_part_bytes")
        };
        let mut cells = Cells::new(streamed.then_some(limits.cell_bytes));
        let copied = io::copy(&mut part.take(limit + 1), &mut cells);
        if cells.too_large {
            return Err(too_large(path, "xlsx_cell_bytes", limits.cell_bytes));
        }
        let size = copied.map_err(|error| damaged(path, &error))?;
        if size > limit {
            return Err(too_large(path, what, limit));
        }
        total += size;
        if total > limits.total_bytes {
            return Err(too_large(path, "xlsx_unpacked_bytes", limits.total_bytes));
        }
    }
    Ok(())
}

/// Watches a sheet go by for a cell, or a piece between two tags, beyond a limit.
struct Cells {
    limit: Option<u64>,
    /// Bytes since the last `<`, and since the start of the cell that is open.
    piece: u64,
    cell: Option<u64>,
    /// The two bytes before this one.
    before: [u8; 2],
    too_large: bool,
}

impl Cells {
    fn new(limit: Option<u64>) -> Self {
        Self {
            limit,
            piece: 0,
            cell: None,
            before: [0; 2],
            too_large: false,
        }
    }
}

impl io::Write for Cells {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(limit) = self.limit else {
            return Ok(bytes.len());
        };
        for byte in bytes {
            self.piece += 1;
            if let Some(cell) = &mut self.cell {
                *cell += 1;
            }
            match (self.before, byte) {
                (_, b'<') => self.piece = 0,
                ([b'<', b'c'], b' ' | b'>') => self.cell = Some(0),
                ([b'<', b'/'], b'c') => self.cell = None,
                _ => {}
            }
            self.before = [self.before[1], *byte];
            if self.piece > limit || self.cell.is_some_and(|cell| cell > limit) {
                self.too_large = true;
                return Err(io::Error::other("a cell is too large"));
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Sheets are streamed; every other part is kept in memory by the reader.
fn is_sheet(name: &str) -> bool {
    name.starts_with("xl/worksheets/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    const LIMITS: Limits = Limits {
        part_bytes: 1 << 20,
        total_bytes: 3 << 20,
        cell_bytes: 2 << 20,
    };

    fn package(parts: &[(&str, usize)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        for (name, size) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(&vec![b' '; *size]).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// Why a package is refused; none where it is taken.
    fn refusal(bytes: &[u8]) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.xlsx");
        std::fs::write(&path, bytes).unwrap();
        Some(match check_within(&path, LIMITS).err()? {
            Error::TooLarge { what, .. } => what.to_owned(),
            other => other.code().to_owned(),
        })
    }

    /// Claims another size in both headers of the parts that have this one.
    fn lie(bytes: &mut [u8], size: usize, claimed: u32) -> usize {
        let real = u32::try_from(size).unwrap().to_le_bytes();
        let places: Vec<usize> = (0..bytes.len() - 4)
            .filter(|at| bytes[*at..*at + 4] == real)
            .collect();
        for at in &places {
            bytes[*at..*at + 4].copy_from_slice(&claimed.to_le_bytes());
        }
        places.len()
    }

    #[test]
    fn bombs() {
        let check = |parts: &[(&str, usize)], expected: Option<&str>| {
            assert_eq!(refusal(&package(parts)).as_deref(), expected, "{parts:?}");
        };
        check(
            &[
                ("xl/sharedStrings.xml", 1 << 20),
                ("xl/worksheets/sheet1.xml", 2 << 20),
            ],
            None,
        );
        check(
            &[("xl/sharedStrings.xml", (1 << 20) + 1)],
            Some("xlsx_part_bytes"),
        );
        check(
            &[("xl/worksheets/sheet1.xml", (3 << 20) + 1)],
            Some("xlsx_unpacked_bytes"),
        );
        check(
            &[
                ("xl/worksheets/a.xml", 2 << 20),
                ("xl/worksheets/b.xml", 2 << 20),
            ],
            Some("xlsx_unpacked_bytes"),
        );
        let many: Vec<String> = (0..=MAX_XLSX_PARTS)
            .map(|index| format!("{index}"))
            .collect();
        let many: Vec<(&str, usize)> = many.iter().map(|name| (name.as_str(), 0)).collect();
        check(&many, Some("xlsx_parts"));
    }

    #[test]
    fn one_cell_that_would_fill_the_memory() {
        let sheet = |cells: &str| {
            let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
            writer
                .start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default())
                .unwrap();
            write!(writer, "<sheetData><row>{cells}</row></sheetData>").unwrap();
            refusal(&writer.finish().unwrap().into_inner())
        };
        let refused = Some("xlsx_cell_bytes".to_owned());
        let text = "a".repeat((2 << 20) + 1);
        assert_eq!(
            sheet(&format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")),
            refused
        );
        let runs = "<r><t>abcdefgh</t></r>".repeat(100_000);
        assert_eq!(
            sheet(&format!("<c t=\"inlineStr\"><is>{runs}</is></c>")),
            refused
        );
        assert_eq!(
            sheet(&format!("<c r=\"{text}\"/>")),
            refused,
            "an attribute"
        );
        let many = "<c t=\"inlineStr\"><is><t>abcdefgh</t></is></c>".repeat(60_000);
        assert_eq!(sheet(&many), None, "as much in many cells is a sheet");
    }

    #[test]
    fn bombs_that_lie_about_their_size() {
        let size = (5 << 20) + 77;
        for name in ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"] {
            let mut bytes = package(&[(name, size)]);
            assert!(bytes.len() < 1 << 20, "a bomb is small");
            assert!(
                lie(&mut bytes, size, 100) >= 1,
                "the claimed size was found"
            );
            // Whether the unzipper cuts at the claim, fails on the checksum, or we count: refused.
            let refusal = refusal(&bytes).expect("refused");
            assert!(
                [
                    "xlsx_part_bytes",
                    "xlsx_cell_bytes",
                    "xlsx_unpacked_bytes",
                    "file_damaged"
                ]
                .contains(&refusal.as_str()),
                "{refusal}"
            );
        }
    }
}
