//! Lines of a text file that are a row by themselves, so that one that was read before can be known
//! again without being read: by its bytes alone.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};

use sha2::{Digest, Sha256};

use crate::limits::MAX_ROW_BYTES;
use crate::{Error, Format, LeftOut, Result, SourceFile, TextEncoding};

const BUFFER_BYTES: usize = 256 << 10;
/// In UTF-8; other encodings with a mark are not told apart by lines.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What a line is known by: the first half of the SHA-256 of its bytes without the line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinePrint(pub [u8; 16]);

/// Which way of reading lines this is: raised whenever a line may come to mean something else than before
/// (a stage word, a form of dates, a rule for tax or rounding, a warning), so that nothing that was read
/// the old way is taken for read.
pub const READER: u32 = 2;

/// Refuses a file whose content is another than when its lines were told apart. Its length and time may
/// be the same: what is left out is not read again, so nothing else would notice.
///
/// # Errors
/// [`Error::Io`], [`Error::Changed`].
pub fn require_same_content(file: &SourceFile) -> Result<()> {
    let Some(left_out) = &file.left_out else {
        return Ok(());
    };
    let io = |source| Error::Io {
        file: file.path.clone(),
        source,
    };
    let mut content = Sha256::new();
    let mut reader = File::open(&file.path).map_err(io)?;
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let read = reader.read(&mut buffer).map_err(io)?;
        if read == 0 {
            break;
        }
        content.update(&buffer[..read]);
    }
    if <[u8; 32]>::from(content.finalize()) == left_out.content {
        Ok(())
    } else {
        Err(Error::Changed {
            file: file.path.clone(),
        })
    }
}

/// Calls back with the number (from 1) and print of every line below the header that is a row by
/// itself: not blank, without a quotation mark, and not inside a quoted cell. Those for which it answers
/// yes are left out when the file is read by what this gives back ([`SourceFile::left_out`]).
///
/// None for a workbook, for text whose bytes do not tell lines and marks apart (UTF-16, an encoding
/// whose characters may hold a delimiter's byte), and for line ends of old Macs.
///
/// # Errors
/// [`Error::Io`]; [`Error::Changed`] where the file is another than the one that was looked at.
pub fn plain_lines(
    file: &SourceFile,
    leave_out: &mut dyn FnMut(u32, LinePrint) -> bool,
) -> Result<Option<LeftOut>> {
    let Format::Csv {
        encoding,
        delimiter,
        bom: _,
    } = &file.format
    else {
        return Ok(None);
    };
    // Bytes of GB18030's characters may be those of `|`, never of the others, of `"` or a line end.
    let tells_apart = match encoding {
        TextEncoding::Utf8 => true,
        TextEncoding::Gb18030 => *delimiter != '|',
        _ => false,
    };
    let Ok(delimiter) = u8::try_from(*delimiter) else {
        return Ok(None);
    };
    if !tells_apart {
        return Ok(None);
    }
    file.require_unchanged()?;
    let found = read(file, delimiter, leave_out).map_err(|source| Error::Io {
        file: file.path.clone(),
        source,
    })?;
    file.require_unchanged()?;
    Ok(found)
}

fn read(
    file: &SourceFile,
    delimiter: u8,
    leave_out: &mut dyn FnMut(u32, LinePrint) -> bool,
) -> std::io::Result<Option<LeftOut>> {
    let mut reader = BufReader::with_capacity(BUFFER_BYTES, File::open(&file.path)?);
    let mut left_out = LeftOut::default();
    let mut quotes = Quotes::default();
    let mut line = Vec::new();
    let mut content = Sha256::new();
    let (mut number, mut start) = (0_u32, 0_u64);
    loop {
        line.clear();
        let limit = MAX_ROW_BYTES as u64;
        let read = reader.by_ref().take(limit).read_until(b'\n', &mut line)?;
        if read == 0 {
            left_out.content = content.finalize().into();
            return Ok(Some(left_out));
        }
        if read as u64 == limit {
            return Ok(None);
        }
        content.update(&line);
        number = number.saturating_add(1);
        let end = start + read as u64;
        let ended = line.last() == Some(&b'\n');
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        // The reader of rows begins behind the mark of byte order.
        let text = match text.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) if number == 1 => rest,
            _ => text,
        };
        if text.contains(&b'\r') {
            return Ok(None);
        }
        let is_plain = quotes.pass(text, delimiter) && !text.is_empty();
        // The last line without an end stays: what comes before it would then end in its place.
        if is_plain && ended && number > file.header_line && leave_out(number, LinePrint::of(text))
        {
            left_out.push(number, start, end);
        }
        start = end;
    }
}

impl LinePrint {
    fn of(line: &[u8]) -> Self {
        let hash = Sha256::digest(line);
        let mut print = [0; 16];
        print.copy_from_slice(&hash[..16]);
        Self(print)
    }
}

/// Whether a quoted cell is open where a line begins. Marks count as the reader of rows counts them: one
/// opens a cell only at its start, and what follows a closing one belongs to the cell as it is.
#[derive(Debug, Default)]
struct Quotes {
    open: bool,
}

impl Quotes {
    /// Passes a line; answers whether it is a row by itself.
    fn pass(&mut self, line: &[u8], delimiter: u8) -> bool {
        let began_open = self.open;
        if !line.contains(&b'"') {
            return !began_open;
        }
        let mut at_start = !self.open;
        let mut rest = line.iter().copied().peekable();
        while let Some(byte) = rest.next() {
            if self.open {
                // Two marks in a quoted cell are one that is meant.
                if byte == b'"' && rest.next_if_eq(&b'"').is_none() {
                    self.open = false;
                    at_start = false;
                }
            } else if byte == b'"' && at_start {
                self.open = true;
            } else {
                at_start = byte == delimiter;
            }
        }
        false
    }
}
