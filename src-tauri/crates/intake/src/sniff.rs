//! What a file's bytes are: a workbook, or text in which encoding and with which delimiter.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::Encoding;

use crate::csv_rows::CsvRows;
use crate::decode::{TextReader, codec, count_line_ends};
use crate::legacy::legacy_encoding;
use crate::{Error, Result, TextEncoding, xlsx_safety};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Delimited text.
    Text {
        encoding: TextEncoding,
        bom: bool,
        delimiter: char,
        /// Another encoding that its few characters could as well be in.
        doubt: Option<TextEncoding>,
    },
    /// An Excel workbook.
    Xlsx,
}

/// An encoding and how sure it is.
pub(crate) struct Detected {
    pub(crate) encoding: TextEncoding,
    pub(crate) bom: bool,
    pub(crate) doubt: Option<TextEncoding>,
}

impl From<TextEncoding> for Detected {
    fn from(encoding: TextEncoding) -> Self {
        Self {
            encoding,
            bom: false,
            doubt: None,
        }
    }
}

pub(crate) const HEAD_BYTES: usize = 64 << 10;
pub(crate) const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// Rows by which delimiters are compared.
const DELIMITER_ROWS: usize = 100;

/// First bytes of what is often renamed to `.csv` or `.xlsx`.
static SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\0", "sqlite"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"PK\x05\x06", "zip"),
];

/// Decides what a file is; a chosen encoding holds for text.
pub(crate) fn content(path: &Path, chosen: Option<TextEncoding>) -> Result<Content> {
    let head = read_head(path)?;
    if head.is_empty() {
        return Err(Error::Empty {
            file: path.to_owned(),
        });
    }
    let not_a_table = |reason: &str| Error::NotATable {
        file: path.to_owned(),
        reason: reason.to_owned(),
    };
    match document(path, &head)? {
        Some("xlsx") => return Ok(Content::Xlsx),
        Some(other) => return Err(not_a_table(other)),
        None => {}
    }
    let Detected {
        encoding,
        bom,
        doubt,
    } = match chosen {
        Some(encoding) => Detected {
            bom: checked(path, &head, encoding)?,
            ..encoding.into()
        },
        None => encoding_of(path, &head)?,
    };
    let text = decode_head(&head, encoding, bom);
    if text.trim().is_empty() && head.len() < HEAD_BYTES {
        return Err(Error::Empty {
            file: path.to_owned(),
        });
    }
    if let Some(reason) = markup(&text) {
        return Err(not_a_table(reason));
    }
    Ok(Content::Text {
        encoding,
        bom,
        delimiter: delimiter_of(&text),
        doubt,
    })
}

/// What the file is by its first bytes, if it is no text.
pub(crate) fn document(path: &Path, head: &[u8]) -> Result<Option<&'static str>> {
    if head.starts_with(b"PK\x03\x04") {
        return xlsx_safety::package_kind(path).map(Some);
    }
    let known = |(signature, _): &&(&[u8], _)| head.starts_with(signature);
    Ok(SIGNATURES.iter().find(known).map(|(_, what)| *what))
}

pub(crate) fn read_head(path: &Path) -> Result<Vec<u8>> {
    let io = |source| Error::Io {
        file: path.to_owned(),
        source,
    };
    let mut head = Vec::with_capacity(HEAD_BYTES);
    File::open(path)
        .map_err(io)?
        .take(HEAD_BYTES as u64)
        .read_to_end(&mut head)
        .map_err(io)?;
    Ok(head)
}

/// Whether a file starts with the byte order mark of an encoding; refuses one that is no text of it.
fn checked(path: &Path, head: &[u8], encoding: TextEncoding) -> Result<bool> {
    let bom = Encoding::for_bom(head).is_some_and(|(marked, _)| marked == codec(encoding));
    TextReader::open(path, encoding, bom)?.check_all()?;
    Ok(bom)
}

/// A byte order mark decides; then valid UTF-8 over the whole file; then UTF-16 by its NULs; then
/// what the bytes look like.
pub(crate) fn encoding_of(path: &Path, head: &[u8]) -> Result<Detected> {
    let marks: [(&[u8], _); 3] = [
        (b"\xef\xbb\xbf", TextEncoding::Utf8),
        (b"\xff\xfe", TextEncoding::Utf16Le),
        (b"\xfe\xff", TextEncoding::Utf16Be),
    ];
    if let Some((_, encoding)) = marks.into_iter().find(|(mark, _)| head.starts_with(mark)) {
        return Ok(Detected {
            bom: true,
            ..encoding.into()
        });
    }
    let scan = scan_utf8(path).map_err(|source| Error::Io {
        file: path.to_owned(),
        source,
    })?;
    if let Some(byte) = scan.first_nul {
        return utf16_without_mark(head)
            .map(Detected::from)
            .ok_or_else(|| Error::NotText {
                file: path.to_owned(),
                byte,
                value: 0,
            });
    }
    if let Some((byte, value)) = binary_byte(head) {
        return Err(Error::NotText {
            file: path.to_owned(),
            byte,
            value,
        });
    }
    if scan.invalid == 0 {
        return Ok(TextEncoding::Utf8.into());
    }
    let broken_utf8 = || Error::BrokenEncoding {
        file: path.to_owned(),
        line: scan.first_invalid_line,
        encoding: "UTF-8".to_owned(),
    };
    // Much valid UTF-8 and little that is not: damaged UTF-8, not another encoding. Reading it as
    // one would turn every name into nonsense without a word.
    if scan.multi_byte >= scan.invalid.saturating_mul(10)
        || (scan.cut_at_end && scan.multi_byte > 0)
    {
        return Err(broken_utf8());
    }
    match legacy_encoding(path) {
        // Text of single bytes is never refused, but hardly ever reads as UTF-8.
        Ok(found) if scan.multi_byte > scan.invalid && codec(found.encoding).is_single_byte() => {
            Err(broken_utf8())
        }
        Ok(found) => Ok(found),
        Err(Error::BrokenEncoding { .. }) if scan.multi_byte > scan.invalid => Err(broken_utf8()),
        Err(error) => Err(error),
    }
}

#[derive(Debug, Default)]
struct Utf8Scan {
    multi_byte: u64,
    invalid: u64,
    first_invalid_line: u32,
    /// The only fault is a character cut off by the end of the file.
    cut_at_end: bool,
    first_nul: Option<u64>,
}

/// Invalid sequences after which nobody takes the file for UTF-8 any more.
const GIVE_UP_INVALID: u64 = 10_000;

fn scan_utf8(path: &Path) -> io::Result<Utf8Scan> {
    let mut file = File::open(path)?;
    let mut scan = Utf8Scan::default();
    let mut buffer = vec![0; HEAD_BYTES];
    let (mut carried, mut offset, mut line) = (0_usize, 0_u64, 1_u32);
    loop {
        let read = file.read(&mut buffer[carried..])?;
        let end = carried + read;
        if scan.first_nul.is_none() {
            let nul = buffer[carried..end].iter().position(|byte| *byte == 0);
            scan.first_nul = nul.map(|at| offset + (carried + at) as u64);
        }
        let mut from = 0;
        while from < end {
            let (valid_to, bad) = match std::str::from_utf8(&buffer[from..end]) {
                Ok(_) => (end, None),
                Err(error) => (from + error.valid_up_to(), Some(error.error_len())),
            };
            let valid = &buffer[from..valid_to];
            if !valid.is_ascii() {
                scan.multi_byte += valid.iter().filter(|byte| **byte >= 0xc0).count() as u64;
            }
            line = line.saturating_add(count_line_ends(valid));
            from = valid_to;
            match bad {
                None => {}
                // A character cut by the end of the buffer; by the end of the file if nothing came.
                Some(None) if read > 0 => break,
                Some(length) => {
                    scan.invalid += 1;
                    if scan.invalid == 1 {
                        scan.first_invalid_line = line;
                    }
                    scan.cut_at_end = length.is_none() && scan.invalid == 1;
                    from += length.unwrap_or(end - from);
                }
            }
        }
        if read == 0 || (scan.invalid > GIVE_UP_INVALID && scan.multi_byte < scan.invalid) {
            return Ok(scan);
        }
        buffer.copy_within(from..end, 0);
        carried = end - from;
        offset += from as u64;
    }
}

/// Text has no control characters but tabs, line and page ends (and a DOS end of file).
fn binary_byte(head: &[u8]) -> Option<(u64, u8)> {
    let control = |byte: &u8| *byte < 0x20 && !b"\t\n\r\x0b\x0c\x1a".contains(byte);
    let count = head.iter().filter(|byte| control(byte)).count();
    if count * 100 <= head.len() {
        return None;
    }
    head.iter()
        .position(control)
        .map(|at| (at as u64, head[at]))
}

fn utf16_without_mark(head: &[u8]) -> Option<TextEncoding> {
    let even = &head[..head.len() & !1];
    [TextEncoding::Utf16Le, TextEncoding::Utf16Be]
        .into_iter()
        .find(|encoding| {
            let text = codec(*encoding).decode_without_bom_handling_and_without_replacement(even);
            text.is_some_and(|text| {
                let clean = text
                    .chars()
                    .all(|c| !c.is_control() || "\t\n\r".contains(c));
                clean && text.contains(['\n', ',', ';', '\t'])
            })
        })
}

pub(crate) fn decode_head(head: &[u8], encoding: TextEncoding, bom: bool) -> String {
    let skip = match (bom, encoding) {
        (false, _) => 0,
        (true, TextEncoding::Utf8) => 3,
        (true, _) => 2,
    };
    codec(encoding)
        .decode_without_bom_handling(&head[skip..])
        .0
        .into_owned()
}

/// What looks like another kind of text document.
fn markup(text: &str) -> Option<&'static str> {
    let start: String = text
        .trim_start()
        .chars()
        .take(200)
        .flat_map(char::to_lowercase)
        .collect();
    let compact: String = start
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(2)
        .collect();
    match () {
        () if start.starts_with("<?xml") => Some("xml"),
        () if ["<html", "<!doctype", "<table", "<meta", "<head"]
            .iter()
            .any(|tag| start.starts_with(tag)) =>
        {
            Some("html")
        }
        () if ["[{", "{\"", "[["].contains(&compact.as_str()) => Some("json"),
        () => None,
    }
}

/// The delimiter that splits the most rows into the same number of cells; the wider table wins a
/// tie, then the order comma, semicolon, tab, bar. One column reads as comma.
fn delimiter_of(text: &str) -> char {
    if let Some(named) = text
        .strip_prefix("sep=")
        .and_then(|rest| rest.chars().next())
    {
        // Excel's own way to name it, in the first line.
        if DELIMITERS.contains(&named) {
            return named;
        }
    }
    let whole = if text.len() >= HEAD_BYTES {
        text.rsplit_once('\n').map_or(text, |(whole, _)| whole)
    } else {
        text
    };
    let mut best = (0, 0, ',');
    for delimiter in DELIMITERS {
        let widths = CsvRows::widths(whole, delimiter, DELIMITER_ROWS);
        let Some(width) = most_frequent(&widths).filter(|width| *width > 1) else {
            continue;
        };
        let rows = widths.iter().filter(|own| **own == width).count();
        let percent = rows * 100 / widths.len();
        if (percent, width) > (best.0, best.1) {
            best = (percent, width, delimiter);
        }
    }
    best.2
}

fn most_frequent(widths: &[usize]) -> Option<usize> {
    let mut counts = std::collections::BTreeMap::new();
    for width in widths {
        *counts.entry(*width).or_insert(0_usize) += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(width, count)| (*count, *width))
        .map(|(width, _)| width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters() {
        let check =
            |text: &str, delimiter: char| assert_eq!(delimiter_of(text), delimiter, "{text:?}");
        check("a,b,c\n1,2,3\n", ',');
        check("a;b;c\n1,5;2,5;3\n", ';');
        check("a\tb\n1\t2,3\n", '\t');
        check("a|b\n1|2\n", '|');
        check("a,b\n\"1;2;3\",x\n\"1;2;3\",y\n", ',');
        check("title\n\na;b\n1;2\n3;4\n", ';');
        check("sep=;\na,b;c\n", ';');
        check("one\ntwo\n", ',');
        check("", ',');
    }

    #[test]
    fn documents() {
        let check = |text: &str, reason: Option<&str>| assert_eq!(markup(text), reason, "{text}");
        check("<html><table>", Some("html"));
        check("\n<!DOCTYPE html>", Some("html"));
        check("<?xml version=\"1.0\"?>", Some("xml"));
        check("[ {\"a\":1}]", Some("json"));
        check("{\"a\":1}", Some("json"));
        check("name,age", None);
        check("<5,>5", None);
    }
}
