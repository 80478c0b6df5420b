//! The paper on which a company and a person agree on a goal (目标责任书): one A4 page, set by typst.
//!
//! Like the dashboard's page it gets ready words as data: nothing of it is markup, and equal words are equal
//! bytes.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::chart::Lang;
use crate::pdf::set;
use crate::{Error, Result};

const TEMPLATE: &str = include_str!("letter.typ");

/// What stands on the paper, ready to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalLetter {
    /// Language of the words.
    pub lang: Lang,
    /// The company, above the title.
    pub company: String,
    /// What the paper is.
    pub title: String,
    /// Label and value: person, unit, manager, year, figure.
    pub facts: Vec<(String, String)>,
    /// Quarters and months.
    pub table: LetterTable,
    /// Label and value below the table: the sum in figures and in words, the aim of the company.
    pub sums: Vec<(String, String)>,
    /// What is agreed on, one paragraph each.
    pub clauses: Vec<String>,
    /// The confirmation with its date; none: blank lines to sign on.
    pub confirmed: Option<String>,
    /// Who signs: a line each.
    pub signatures: Vec<String>,
    /// The word before the day of a signature.
    pub day_label: String,
    /// What shows a changed paper: hash of the numbers, mark of the audit log.
    pub foot: String,
    /// The day of making.
    pub made_on: NaiveDate,
}

/// A table of words; the first column stands left, the others right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LetterTable {
    /// Heads.
    pub head: Vec<String>,
    /// Rows, each with a cell a head.
    pub rows: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    date: [i32; 3],
    company: &'a str,
    title: &'a str,
    facts: &'a [(String, String)],
    table: &'a LetterTable,
    sums: &'a [(String, String)],
    clauses: &'a [String],
    confirmed: Option<&'a str>,
    signatures: &'a [String],
    day_label: &'a str,
    foot: &'a str,
}

/// The paper as PDF: searchable, its font embedded, the same bytes for the same words.
///
/// # Errors
/// A row of the table with another number of cells than heads; what typst says.
pub fn goal_letter_pdf(letter: &GoalLetter) -> Result<Vec<u8>> {
    let (columns, rows) = (letter.table.head.len(), &letter.table.rows);
    if let Some(at) = rows.iter().position(|row| row.len() != columns) {
        return Err(Error::Table {
            table: letter.title.clone(),
            row: at + 1,
            cells: rows[at].len(),
            columns,
        });
    }
    let day = letter.made_on;
    let page = Page {
        lang: letter.lang.pick("zh", "en"),
        date: [
            day.year(),
            day.month().cast_signed(),
            day.day().cast_signed(),
        ],
        company: &letter.company,
        title: &letter.title,
        facts: &letter.facts,
        table: &letter.table,
        sums: &letter.sums,
        clauses: &letter.clauses,
        confirmed: letter.confirmed.as_deref(),
        signatures: &letter.signatures,
        day_label: &letter.day_label,
        foot: &letter.foot,
    };
    let ident = format!("{} {} {day}", letter.title, letter.foot);
    set(TEMPLATE, &page, HashMap::new(), ident)
}
