//! A person's bonus statement on paper: as many A4 pages as its facts need, set by typst.
//!
//! Like the paper of a goal it gets ready words as data: nothing of it is markup, and equal words are equal
//! bytes.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::chart::Lang;
use crate::pdf::set;
use crate::report::Align;
use crate::{Error, Result};

const TEMPLATE: &str = include_str!("statement.typ");

/// What stands on the paper, ready to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementPaper {
    /// Language of the words.
    pub lang: Lang,
    /// The company, above the title.
    pub company: String,
    /// What the paper is.
    pub title: String,
    /// Stands across every page: it is not to be paid by. None: it is approved.
    pub across: Option<String>,
    /// Label and value: person, team, plan, period.
    pub facts: Vec<(String, String)>,
    /// What is to be known of the whole.
    pub notes: Vec<String>,
    /// The components of the plan in their order.
    pub parts: Vec<PaperPart>,
    /// How the parts sum to the payout.
    pub sum: PaperTable,
    /// The payout: label and amount.
    pub total: (String, String),
    /// The confirmation with its date; none: blank lines to sign on.
    pub confirmed: Option<String>,
    /// Who signs: a line each.
    pub signatures: Vec<String>,
    /// The word before the day of a signature.
    pub day_label: String,
    /// What shows a changed paper: label and value.
    pub proof: Vec<(String, String)>,
    /// On every page: whose statement, of which period, and its hash.
    pub foot: String,
    /// The day of making.
    pub made_on: NaiveDate,
}

/// A component with everything that made its amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperPart {
    /// Its name.
    pub title: String,
    /// What it pays, or that it is blocked.
    pub amount: String,
    /// Why nothing, or no amount.
    pub notes: Vec<String>,
    /// Label and value: measure, goal, attainment.
    pub facts: Vec<(String, String)>,
    /// Heading of the steps.
    pub steps_title: String,
    /// The steps in order.
    pub steps: Vec<PaperStep>,
    /// Lines, facts counted, facts left out.
    pub tables: Vec<PaperTable>,
}

/// A step of the calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaperStep {
    /// What kind.
    pub name: String,
    /// In words.
    pub words: String,
    /// The formula with its values; empty where the words say all of it.
    pub formula: String,
    /// Its value.
    pub value: String,
}

/// A table of words; long ones go on over pages, their head again on each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperTable {
    /// Heading.
    pub title: String,
    /// The columns from left to right; a table may do without words in their heads.
    pub columns: Vec<PaperColumn>,
    /// Rows, each with a cell a column.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperColumn {
    /// Its head.
    pub head: String,
    /// Side on which its cells stand.
    pub align: Align,
    /// Whether it takes what the others leave; else it is as wide as its widest cell.
    pub is_wide: bool,
}

#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    date: [i32; 3],
    company: &'a str,
    title: &'a str,
    across: Option<&'a str>,
    facts: &'a [(String, String)],
    notes: &'a [String],
    parts: Vec<Part<'a>>,
    sum: Table<'a>,
    total: &'a (String, String),
    confirmed: Option<&'a str>,
    signatures: &'a [String],
    day_label: &'a str,
    proof: &'a [(String, String)],
    foot: &'a str,
}

#[derive(Serialize)]
struct Part<'a> {
    title: &'a str,
    amount: &'a str,
    notes: &'a [String],
    facts: &'a [(String, String)],
    steps_title: &'a str,
    steps: &'a [PaperStep],
    tables: Vec<Table<'a>>,
}

#[derive(Serialize)]
struct Table<'a> {
    title: &'a str,
    head: Vec<&'a str>,
    /// Whether any head has words.
    has_head: bool,
    /// The columns whose cells stand right.
    right: Vec<bool>,
    /// The columns that take what is left.
    wide: Vec<bool>,
    rows: &'a [Vec<String>],
}

/// The paper as PDF: searchable, its font embedded, the same bytes for the same words.
///
/// # Errors
/// A row of a table with another number of cells than columns; what typst says.
pub fn statement_pdf(paper: &StatementPaper) -> Result<Vec<u8>> {
    let day = paper.made_on;
    let page = Page {
        lang: paper.lang.pick("zh", "en"),
        date: [
            day.year(),
            day.month().cast_signed(),
            day.day().cast_signed(),
        ],
        company: &paper.company,
        title: &paper.title,
        across: paper.across.as_deref(),
        facts: &paper.facts,
        notes: &paper.notes,
        parts: paper.parts.iter().map(part).collect::<Result<_>>()?,
        sum: table(&paper.sum)?,
        total: &paper.total,
        confirmed: paper.confirmed.as_deref(),
        signatures: &paper.signatures,
        day_label: &paper.day_label,
        proof: &paper.proof,
        foot: &paper.foot,
    };
    let ident = format!("{} {} {day}", paper.title, paper.foot);
    set(TEMPLATE, &page, HashMap::new(), ident)
}

fn part(part: &PaperPart) -> Result<Part<'_>> {
    Ok(Part {
        title: &part.title,
        amount: &part.amount,
        notes: &part.notes,
        facts: &part.facts,
        steps_title: &part.steps_title,
        steps: &part.steps,
        tables: part.tables.iter().map(table).collect::<Result<_>>()?,
    })
}

fn table(table: &PaperTable) -> Result<Table<'_>> {
    let columns = table.columns.len();
    if let Some(at) = table.rows.iter().position(|row| row.len() != columns) {
        return Err(Error::Table {
            table: table.title.clone(),
            row: at + 1,
            cells: table.rows[at].len(),
            columns,
        });
    }
    Ok(Table {
        title: &table.title,
        head: table.columns.iter().map(|one| one.head.as_str()).collect(),
        has_head: table.columns.iter().any(|one| !one.head.is_empty()),
        right: (table.columns.iter())
            .map(|one| one.align == Align::Right)
            .collect(),
        wide: table.columns.iter().map(|one| one.is_wide).collect(),
        rows: &table.rows,
    })
}
