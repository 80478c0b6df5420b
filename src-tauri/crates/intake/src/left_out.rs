//! Reading a file as if some of its lines were not there, with every line's number kept.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;

const BUFFER_BYTES: usize = 256 << 10;

/// Whole lines of a file that are not read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// In order, none touching the next.
    gaps: Vec<Gap>,
    /// SHA-256 of the whole file as it was when its lines were told apart.
    pub(crate) content: [u8; 32],
}

/// Lines that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Gap {
    /// Bytes of the file.
    start: u64,
    end: u64,
    /// Which line of the text that is read comes next, from 1.
    next_line: u32,
    /// Lines left out up to here.
    lines: u32,
}

impl LeftOut {
    /// Adds a line of the file: its number from 1, and its bytes with the line end. Lines come in order.
    pub(crate) fn push(&mut self, line: u32, start: u64, end: u64) {
        let lines = self.lines();
        match self.gaps.last_mut() {
            Some(gap) if gap.end == start => {
                gap.end = end;
                gap.lines += 1;
            }
            _ => self.gaps.push(Gap {
                start,
                end,
                next_line: line.saturating_sub(lines),
                lines: lines + 1,
            }),
        }
    }

    /// Lines that are left out.
    pub fn lines(&self) -> u32 {
        self.gaps.last().map_or(0, |gap| gap.lines)
    }

    /// The line of the file, from 1, that a line of the text without these lines is.
    pub(crate) fn line_of_file(&self, line: u32) -> u32 {
        let before = self.gaps.partition_point(|gap| gap.next_line <= line);
        let gap = before.checked_sub(1).and_then(|at| self.gaps.get(at));
        line.saturating_add(gap.map_or(0, |gap| gap.lines))
    }
}

/// The bytes of a file, without the lines that are left out.
#[derive(Debug)]
pub(crate) struct KeptLines {
    file: BufReader<File>,
    left_out: Option<Arc<LeftOut>>,
    /// Where in the file reading stands, and which gap comes next.
    position: u64,
    next: usize,
}

impl KeptLines {
    pub(crate) fn new(file: File, start: u64, left_out: Option<Arc<LeftOut>>) -> io::Result<Self> {
        let mut file = BufReader::with_capacity(BUFFER_BYTES, file);
        file.seek(SeekFrom::Start(start))?;
        Ok(Self {
            file,
            left_out,
            position: start,
            next: 0,
        })
    }

    /// Bytes until the next gap; passes over one that begins here.
    fn until_gap(&mut self) -> io::Result<u64> {
        while let Some(left_out) = &self.left_out
            && let Some(gap) = left_out.gaps.get(self.next)
        {
            if gap.start > self.position {
                return Ok(gap.start - self.position);
            }
            let over = i64::try_from(gap.end - self.position).map_err(io::Error::other)?;
            self.file.seek_relative(over)?;
            self.position = gap.end;
            self.next += 1;
        }
        Ok(u64::MAX)
    }
}

impl Read for KeptLines {
    /// Fills the buffer over gaps, so that whoever decodes it gets large pieces.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            let rest = &mut buffer[filled..];
            let limit = usize::try_from(self.until_gap()?).unwrap_or(usize::MAX);
            let length = rest.len().min(limit);
            match self.file.read(&mut rest[..length]) {
                Ok(0) => break,
                Ok(read) => {
                    filled += read;
                    self.position += read as u64;
                }
                Err(error) if filled > 0 && error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }
}
