//! Files people have (CSV, XLSX) to validated, typed rows. Knows no store, no clock, no window.
//!
//! The way of a file: [`discover`] lists the files of a folder, [`inspect`] says what a file is
//! (encoding, delimiter, header row, a sample), [`propose`] guesses the kind and a [`Mapping`] and
//! shows its evidence, a person corrects the mapping, and [`rows()`] streams typed [`Row`]s. A row
//! that cannot be taken is a [`Rejected`] with its line, a closed code and the values; nothing is
//! dropped silently. References between files stay names: what `GTXPro` means is the caller's to
//! decide, with [`alias::propose`]'s help.

pub mod alias;
mod amount;
mod cells;
mod convert;
mod csv_rows;
mod date;
mod decode;
mod error;
mod evidence;
mod fact;
mod fold;
mod header;
mod holidays;
pub mod kinds;
mod left_out;
mod legacy;
pub mod limits;
mod mapping;
mod plain_lines;
mod propose;
mod raw;
mod reject;
mod rejected_book;
mod role;
mod rows;
mod sheet;
mod sniff;
mod source;
mod stage;
mod tally;
mod template;
mod text;
mod traditional;
mod xlsx_rows;
mod xlsx_safety;

pub use amount::{AmountUnit, DecimalStyle};
pub use convert::{RowIter, rows};
pub use date::DateOrder;
pub use error::{Damage, Error, Result, io_reason};
pub use evidence::{
    AmountEvidence, Control, DateEvidence, DateReadings, DecidedBy, Evidence, RoleEvidence,
    StageEvidence,
};
pub use fact::{FactRow, Value};
pub use fold::shown;
pub use header::guess_kind;
pub use holidays::{HolidayList, HolidayProblem, LeftOutEvent, NoHoliday, read_holidays};
pub use kinds::{Field, FieldDef, FieldType, Kind, KindDef};
pub use left_out::LeftOut;
pub use mapping::Mapping;
pub use plain_lines::{LinePrint, READER, plain_lines, require_same_content};
pub use propose::{Proposal, propose, propose_columns};
pub use reject::{Counted, RejectCode, Rejected, Warning, WarningCode};
pub use rejected_book::{RejectedCells, RejectedTable, rejected_book};
pub use role::{RoleRule, known_role};
pub use rows::{CustomerRow, OpportunityRow, PersonRow, ProductRow, Row};
pub use sheet::{SheetRow, sheet_rows};
pub use source::{
    Discovered, FileStamp, Format, SourceFile, TextEncoding, discover, inspect, inspect_as,
};
pub use stage::known_stage;
pub use template::{TemplateLanguage, is_explanation, template, written_as};
pub use text::read_text;
