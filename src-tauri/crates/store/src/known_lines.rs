//! Lines of imported files that say what the store has: what is kept of each, and how it is written.

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yeji_core::ids::{BatchId, OpportunityId, PersonId};

use crate::cell::Cell;
use crate::rows::bind_all;
use crate::rows::unreadable;
use crate::{AliasKind, ApplyTx, Error, Result};

/// Bytes of a line: print, deal, owner, closing day, won amount, flags.
const LINE_BYTES: usize = 16 + 16 + 16 + 4 + 8 + 1;
const NO_CUSTOMER: u8 = 1;

/// Lines of deals that one import has read under one mapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownLines {
    /// Number of the change that they came with; the store's to say.
    pub change_seq: i64,
    /// The import that it was; the store's to say.
    pub batch: Option<BatchId>,
    /// The mapping, as TOML.
    pub mapping: String,
    /// What names in the lines meant.
    pub names: Vec<KnownName>,
    /// The lines, in the order of their file.
    pub lines: Vec<KnownLine>,
}

/// A name in a file and the record that it meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct KnownName {
    /// Of a person, a customer or a product.
    pub kind: AliasKind,
    /// As the file spells it.
    pub text: String,
    /// The record.
    pub id: Uuid,
    /// End of the last stay of a person.
    pub last_day: Option<NaiveDate>,
}

/// One line, a row by itself, which was taken without a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownLine {
    /// What it is known by.
    pub print: [u8; 16],
    /// The deal that it is of.
    pub deal: OpportunityId,
    /// Who sells it.
    pub owner: PersonId,
    /// Closing day of a won deal that has an amount.
    pub won_on: Option<NaiveDate>,
    /// Its amount in minor units; 0 without a day.
    pub won_minor: i64,
    /// The line names no customer.
    pub without_customer: bool,
}

impl KnownLine {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.print);
        bytes.extend_from_slice(self.deal.0.as_bytes());
        bytes.extend_from_slice(self.owner.0.as_bytes());
        let day = self.won_on.map_or(0, |day| day.num_days_from_ce());
        bytes.extend_from_slice(&day.to_le_bytes());
        bytes.extend_from_slice(&self.won_minor.to_le_bytes());
        bytes.push(u8::from(self.without_customer) * NO_CUSTOMER);
    }

    /// None: not what [`Self::write`] writes.
    fn read(bytes: &[u8]) -> Option<Self> {
        let (print, bytes) = bytes.split_first_chunk()?;
        let (deal, bytes) = bytes.split_first_chunk()?;
        let (owner, bytes) = bytes.split_first_chunk()?;
        let (day, bytes) = bytes.split_first_chunk()?;
        let (won, bytes) = bytes.split_first_chunk()?;
        let [flags] = bytes else { return None };
        let won_on = match i32::from_le_bytes(*day) {
            0 => None,
            day => Some(NaiveDate::from_num_days_from_ce_opt(day)?),
        };
        Some(Self {
            print: *print,
            deal: OpportunityId(Uuid::from_bytes(*deal)),
            owner: PersonId(Uuid::from_bytes(*owner)),
            won_on,
            won_minor: i64::from_le_bytes(*won),
            without_customer: flags & NO_CUSTOMER != 0,
        })
    }
}

/// Lines as they are stored.
pub(crate) fn read_lines(bytes: &[u8]) -> Result<Vec<KnownLine>> {
    let broken = || unreadable("known_lines.lines", "", "lines of 61 bytes");
    if !bytes.len().is_multiple_of(LINE_BYTES) {
        return Err(broken());
    }
    let lines = bytes.chunks_exact(LINE_BYTES);
    lines
        .map(|line| KnownLine::read(line).ok_or_else(broken))
        .collect()
}

impl ApplyTx {
    /// Forgets what is known of a source's files of one form.
    ///
    /// # Errors
    /// [`Error::Sql`].
    pub async fn forget_known_lines(&mut self, source: &str, form: &str) -> Result<()> {
        let cells = [Cell::Text(source.to_owned()), Cell::Text(form.to_owned())];
        let sql = "DELETE FROM known_lines WHERE source = ? AND form = ?";
        let done = bind_all(sql, &cells).execute(self.conn()).await;
        self.check(done.map_err(Error::from)).map(|_| ())
    }

    /// Keeps lines that this change's records are made of; `part` numbers the calls of one change.
    ///
    /// # Errors
    /// [`Error::Sql`].
    pub async fn keep_known_lines(
        &mut self,
        source: &str,
        form: &str,
        part: u32,
        known: &KnownLines,
    ) -> Result<()> {
        let mut bytes = Vec::with_capacity(known.lines.len() * LINE_BYTES);
        known.lines.iter().for_each(|line| line.write(&mut bytes));
        let cells = [
            Cell::Int(self.seq),
            Cell::Int(i64::from(part)),
            Cell::Text(source.to_owned()),
            Cell::Text(form.to_owned()),
            Cell::Text(known.mapping.clone()),
            Cell::Text(serde_json::to_string(&known.names)?),
        ];
        let sql = "INSERT INTO known_lines (change_seq, part, source, form, mapping, names, lines)
                   VALUES (?, ?, ?, ?, ?, ?, ?)";
        let done = bind_all(sql, &cells).bind(bytes).execute(self.conn()).await;
        self.check(done.map_err(Error::from)).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let id = |n| Uuid::from_bytes([n; 16]);
        let line = |won_on, won_minor, without_customer| KnownLine {
            print: [9; 16],
            deal: OpportunityId(id(1)),
            owner: PersonId(id(2)),
            won_on,
            won_minor,
            without_customer,
        };
        let lines = [
            line(
                NaiveDate::from_ymd_opt(2026, 3, 1),
                -1_234_567_890_123,
                true,
            ),
            line(None, 0, false),
        ];
        let mut bytes = Vec::new();
        for line in &lines {
            line.write(&mut bytes);
        }
        assert_eq!(read_lines(&bytes).unwrap(), lines);
        assert!(read_lines(&bytes[1..]).is_err(), "cut off");
    }
}
