//! Bytes of a text file to UTF-8 with `\n` line ends, streamed and checked.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::{Decoder, DecoderResult, Encoding};

use crate::left_out::KeptLines;
use crate::limits::MAX_ROW_BYTES;
use crate::{Error, LeftOut, Result, TextEncoding};

/// The line that follows the last: a NUL, which no accepted text holds, so that a reader that meets
/// it inside a cell knows that a quotation mark was never closed.
pub(crate) const END_MARK: &str = "\0";

const CHUNK_BYTES: usize = 64 << 10;

/// Reads a text file as UTF-8. `\r\n` and `\r` become `\n`, so that lines count as editors count
/// them; the last line always ends, and [`END_MARK`] follows as a line of its own.
#[derive(Debug)]
pub(crate) struct TextReader {
    file: KeptLines,
    path: PathBuf,
    left_out: Option<Arc<LeftOut>>,
    decoder: Decoder,
    encoding: TextEncoding,
    input: Vec<u8>,
    /// Undecoded part of `input`.
    pending: std::ops::Range<usize>,
    output: Vec<u8>,
    served: usize,
    at_end: bool,
    ended: bool,
    last_was_cr: bool,
    last_byte: u8,
    /// Line ends decoded so far.
    line_ends: u32,
    /// Characters decoded so far (bytes of UTF-8).
    decoded: u64,
    /// Bytes that may be served before `grant` is called again.
    budget: usize,
}

/// The decoder of an encoding.
pub(crate) fn codec(encoding: TextEncoding) -> &'static Encoding {
    match encoding {
        TextEncoding::Utf8 => encoding_rs::UTF_8,
        TextEncoding::Utf16Le => encoding_rs::UTF_16LE,
        TextEncoding::Utf16Be => encoding_rs::UTF_16BE,
        TextEncoding::Gb18030 => encoding_rs::GB18030,
        TextEncoding::Big5 => encoding_rs::BIG5,
        TextEncoding::ShiftJis => encoding_rs::SHIFT_JIS,
        TextEncoding::EucJp => encoding_rs::EUC_JP,
        TextEncoding::EucKr => encoding_rs::EUC_KR,
        TextEncoding::Windows1252 => encoding_rs::WINDOWS_1252,
        TextEncoding::Windows1250 => encoding_rs::WINDOWS_1250,
        TextEncoding::Windows1251 => encoding_rs::WINDOWS_1251,
    }
}

fn bom_bytes(encoding: TextEncoding) -> u64 {
    match encoding {
        TextEncoding::Utf8 => 3,
        TextEncoding::Utf16Le | TextEncoding::Utf16Be => 2,
        _ => 0,
    }
}

impl TextReader {
    pub(crate) fn open(path: &Path, encoding: TextEncoding, bom: bool) -> Result<Self> {
        Self::without(path, encoding, bom, None)
    }

    /// As [`TextReader::open`], without some lines.
    pub(crate) fn without(
        path: &Path,
        encoding: TextEncoding,
        bom: bool,
        left_out: Option<Arc<LeftOut>>,
    ) -> Result<Self> {
        let io = |source| Error::Io {
            file: path.to_owned(),
            source,
        };
        let start = if bom { bom_bytes(encoding) } else { 0 };
        let file = File::open(path).and_then(|file| KeptLines::new(file, start, left_out.clone()));
        Ok(Self {
            file: file.map_err(io)?,
            path: path.to_owned(),
            left_out,
            decoder: codec(encoding).new_decoder_without_bom_handling(),
            encoding,
            input: vec![0; CHUNK_BYTES],
            pending: 0..0,
            output: Vec::new(),
            served: 0,
            at_end: false,
            ended: false,
            last_was_cr: false,
            last_byte: b'\n',
            line_ends: 0,
            decoded: 0,
            budget: MAX_ROW_BYTES,
        })
    }

    /// Allows another row to be read.
    pub(crate) fn grant(&mut self) {
        self.budget = MAX_ROW_BYTES;
    }

    /// Whether the whole file is text of the encoding.
    pub(crate) fn check_all(mut self) -> Result<()> {
        while !self.ended {
            self.fill()?;
        }
        Ok(())
    }

    fn fill(&mut self) -> Result<()> {
        self.served = 0;
        self.output.clear();
        if self.pending.is_empty() && !self.at_end {
            let read = loop {
                match self.file.read(&mut self.input) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => {
                        break other.map_err(|source| Error::Io {
                            file: self.path.clone(),
                            source,
                        })?;
                    }
                }
            };
            self.pending = 0..read;
            self.at_end = read == 0;
        }
        // A byte of a legacy encoding becomes at most three of UTF-8; the decoder takes what fits.
        self.output.resize(CHUNK_BYTES * 3 + 16, 0);
        let input = &self.input[self.pending.clone()];
        let (result, read, written) =
            self.decoder
                .decode_to_utf8_without_replacement(input, &mut self.output, self.at_end);
        self.pending.start += read;
        self.output.truncate(written);
        self.normalise_line_ends();
        match result {
            DecoderResult::Malformed(..) => return Err(self.broken()),
            DecoderResult::InputEmpty if self.at_end => self.finish(),
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
        }
        Ok(())
    }

    /// In place: the text only gets shorter.
    fn normalise_line_ends(&mut self) {
        if !self.last_was_cr && !self.output.contains(&b'\r') {
            self.line_ends = self.line_ends.saturating_add(count_line_ends(&self.output));
            self.last_byte = self.output.last().copied().unwrap_or(self.last_byte);
            return;
        }
        let mut kept = 0;
        for index in 0..self.output.len() {
            let byte = self.output[index];
            let half_of_crlf = byte == b'\n' && self.last_was_cr;
            self.last_was_cr = byte == b'\r';
            if half_of_crlf {
                continue;
            }
            self.output[kept] = if byte == b'\r' { b'\n' } else { byte };
            kept += 1;
        }
        self.output.truncate(kept);
        self.line_ends = self.line_ends.saturating_add(count_line_ends(&self.output));
        self.last_byte = self.output.last().copied().unwrap_or(self.last_byte);
    }

    fn finish(&mut self) {
        if self.last_byte != b'\n' {
            self.output.push(b'\n');
        }
        self.output.extend_from_slice(END_MARK.as_bytes());
        self.output.push(b'\n');
        self.ended = true;
    }

    fn broken(&self) -> Error {
        let line = self.line_ends.saturating_add(1);
        let left_out = self.left_out.as_ref();
        Error::BrokenEncoding {
            file: self.path.clone(),
            line: left_out.map_or(line, |left_out| left_out.line_of_file(line)),
            encoding: codec(self.encoding).name().to_owned(),
        }
    }
}

#[allow(
    clippy::naive_bytecount,
    reason = "64 KiB at a time: a crate for this would save nothing"
)]
pub(crate) fn count_line_ends(text: &[u8]) -> u32 {
    u32::try_from(text.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX)
}

impl Read for TextReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.served == self.output.len() {
            if self.ended {
                return Ok(0);
            }
            self.fill().map_err(io::Error::other)?;
            if let Some(at) = self.nul_in_text() {
                let error = Error::NotText {
                    file: self.path.clone(),
                    byte: self.decoded + at,
                    value: 0,
                };
                return Err(io::Error::other(error));
            }
            self.decoded += self.output.len() as u64;
        }
        if self.budget == 0 {
            let limit = MAX_ROW_BYTES as u64;
            let error = Error::TooLarge {
                file: self.path.clone(),
                what: "row_bytes",
                limit,
            };
            return Err(io::Error::other(error));
        }
        let rest = &self.output[self.served..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.served += count;
        self.budget = self.budget.saturating_sub(count);
        Ok(count)
    }
}

impl TextReader {
    /// Where a NUL stands in the decoded text, the end mark apart.
    fn nul_in_text(&self) -> Option<u64> {
        let text = if self.ended {
            &self.output[..self.output.len() - 2]
        } else {
            &self.output[..]
        };
        text.iter().position(|byte| *byte == 0).map(|at| at as u64)
    }
}

/// The crate's own error out of one that passed through `io` and `csv`.
pub(crate) fn own_error(error: csv::Error, path: &Path) -> Error {
    let io = match error.into_kind() {
        csv::ErrorKind::Io(io) => io,
        other => io::Error::other(format!("{other:?}")),
    };
    match io.downcast::<Error>() {
        Ok(own) => own,
        Err(source) => Error::Io {
            file: path.to_owned(),
            source,
        },
    }
}
