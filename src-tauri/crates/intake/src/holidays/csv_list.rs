//! CSV: one line a day, `date,kind,name`, with or without a header; `#` begins a comment.

use chrono::NaiveDate;
use yeji_core::calendar::{DayKind, SpecialDay};

use super::{Bad, Days, HolidayProblem};
use crate::date;
use crate::fold::fold_word;
use crate::raw::CellKind;

/// Headers of the first column.
const DATE_HEADERS: [&str; 4] = ["date", "day", "日期", "日"];
/// Words of the second column, as [`fold_word`] makes them. An empty cell is a day off.
const OFF: [&str; 11] = [
    "",
    "holiday",
    "off",
    "dayoff",
    "休",
    "假",
    "放假",
    "休假",
    "节假日",
    "法定节假日",
    "假日",
];
const WORKED: [&str; 9] = [
    "workingday",
    "workday",
    "work",
    "班",
    "上班",
    "补班",
    "调休上班",
    "工作日",
    "makeupday",
];

pub(super) fn read(text: &str) -> Result<Vec<SpecialDay>, Bad> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut days = Days::default();
    let mut is_first = true;
    for record in reader.records() {
        // The text is UTF-8 and rows may differ in length, so that nothing is left to go wrong here.
        let record = record.map_err(|error| Bad {
            problem: HolidayProblem::Broken,
            line: line_of(error.position()),
            value: String::new(),
        })?;
        let line = line_of(record.position());
        let cell = |at: usize| record.get(at).unwrap_or_default();
        if record.iter().all(str::is_empty) {
            continue;
        }
        let is_header = is_first && DATE_HEADERS.contains(&fold_word(cell(0)).as_str());
        is_first = false;
        if is_header {
            continue;
        }
        if let Some(more) = record.iter().skip(3).find(|cell| !cell.is_empty()) {
            return Err(Bad {
                problem: HolidayProblem::Columns,
                line,
                value: more.to_owned(),
            });
        }
        let date = date_of(cell(0)).ok_or_else(|| Bad {
            problem: HolidayProblem::Date,
            line,
            value: cell(0).to_owned(),
        })?;
        let kind = kind_of(cell(1)).ok_or_else(|| Bad {
            problem: HolidayProblem::Kind,
            line,
            value: cell(1).to_owned(),
        })?;
        days.add(line, date, kind, cell(2))?;
    }
    Ok(days.into_list())
}

fn line_of(position: Option<&csv::Position>) -> u32 {
    position.map_or(1, |at| u32::try_from(at.line()).unwrap_or(u32::MAX))
}

/// What separates cells, by the first line that is no comment.
fn delimiter(text: &str) -> u8 {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .unwrap_or_default();
    [b'\t', b';']
        .into_iter()
        .find(|sign| first.as_bytes().contains(sign))
        .unwrap_or(b',')
}

fn date_of(text: &str) -> Option<NaiveDate> {
    date::parse(text, CellKind::Text, None, false).ok()
}

fn kind_of(text: &str) -> Option<DayKind> {
    let word = fold_word(text);
    if OFF.contains(&word.as_str()) {
        return Some(DayKind::Holiday);
    }
    WORKED
        .contains(&word.as_str())
        .then_some(DayKind::WorkingDay)
}
