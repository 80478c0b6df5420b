//! What `goal.edit` promises: only what may move moves, sums stay where they are to stay, and what is
//! impossible says what would be possible.

mod examples;
mod properties;
mod refused;

use chrono::NaiveDate;
use yeji_goals::edit::{Above, Edit, EditInput, EditOutput, EditPeriod, EditRow, Lock};
use yeji_goals::{Level, SplitUnit};

fn unit(id: &str, parent: &str, level: Level) -> SplitUnit {
    SplitUnit {
        id: id.to_owned(),
        name: format!("名 {id}"),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        level,
        weight: None,
    }
}

fn day(month: u32) -> NaiveDate {
    let (year, month) = if month > 12 { (2027, 1) } else { (2026, month) };
    NaiveDate::from_ymd_opt(year, month, 1).unwrap()
}

fn period(key: &str, parent: &str, from: u32, to: u32) -> EditPeriod {
    EditPeriod {
        key: key.to_owned(),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        start: day(from),
        end: day(to),
    }
}

/// Four quarters of three months.
fn year() -> Vec<EditPeriod> {
    let mut periods = vec![period("Y", "", 1, 13)];
    for quarter in 0..4_u32 {
        let key = format!("Q{}", quarter + 1);
        periods.push(period(&key, "Y", quarter * 3 + 1, quarter * 3 + 4));
        for month in quarter * 3 + 1..quarter * 3 + 4 {
            periods.push(period(&format!("M{month:02}"), &key, month, month + 1));
        }
    }
    periods
}

/// East with li, wu and he, west with xu and qi.
fn company() -> Vec<SplitUnit> {
    let mut units = vec![
        unit("c", "", Level::Company),
        unit("east", "c", Level::Team),
        unit("west", "c", Level::Team),
    ];
    for (id, team) in [
        ("li", "east"),
        ("wu", "east"),
        ("he", "east"),
        ("xu", "west"),
        ("qi", "west"),
    ] {
        units.push(unit(id, team, Level::Person));
    }
    units
}

fn row(unit: &str, minor: i64) -> EditRow {
    EditRow {
        unit: unit.to_owned(),
        minor: vec![minor; 12],
    }
}

/// Everybody the same amount in all months: 300, 200, 100, 400 and 0.
fn plan(edit: Edit) -> EditInput {
    EditInput {
        units: company(),
        periods: year(),
        rows: vec![
            row("li", 300),
            row("wu", 200),
            row("he", 100),
            row("xu", 400),
        ],
        locks: Vec::new(),
        frozen_before: None,
        edit,
    }
}

fn set(unit: &str, period: &str, minor: i64, above: Above) -> Edit {
    Edit::Set {
        unit: unit.to_owned(),
        period: period.to_owned(),
        minor,
        above,
    }
}

fn shift(from: &str, to: &str, period: &str, minor: i64) -> Edit {
    Edit::Shift {
        from: from.to_owned(),
        to: to.to_owned(),
        period: period.to_owned(),
        minor,
    }
}

fn lock(unit: &str, period: &str) -> Lock {
    Lock {
        unit: unit.to_owned(),
        period: period.to_owned(),
    }
}

/// The rows after an edit.
fn after(input: &EditInput, output: &EditOutput) -> Vec<EditRow> {
    let mut rows = input.rows.clone();
    for new in &output.rows {
        match rows.iter_mut().find(|row| row.unit == new.unit) {
            Some(row) => row.minor.clone_from(&new.minor),
            None => rows.push(new.clone()),
        }
    }
    rows
}

/// Leaf months of a period by their numbers from 0.
fn months(key: &str) -> std::ops::Range<usize> {
    let number = |text: &str| text.parse::<usize>().unwrap();
    match key.split_at(1) {
        ("Q", quarter) => (number(quarter) - 1) * 3..number(quarter) * 3,
        ("M", month) => number(month) - 1..number(month),
        _ => 0..12,
    }
}

/// Whether a person is in a unit.
fn is_in(person: &str, unit: &str) -> bool {
    let team = if ["xu", "qi"].contains(&person) {
        "west"
    } else {
        "east"
    };
    unit == "c" || unit == team || unit == person
}

fn sum(rows: &[EditRow], unit: &str, period: &str) -> i64 {
    let rows = rows.iter().filter(|row| is_in(&row.unit, unit));
    rows.flat_map(|row| &row.minor[months(period)]).sum()
}
