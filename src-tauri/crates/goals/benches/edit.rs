//! One edit of a plan of 2,000 people and 65 leaf periods.
//!
//! `cargo bench -p yeji-goals --bench edit`

use divan::Bencher;
use yeji_core::calendar::Period;
use yeji_goals::edit::{Above, Edit, EditInput, EditPeriod, EditRow, Lock};
use yeji_goals::{Level, SplitUnit, edit};

const PEOPLE: usize = 2_000;

fn main() {
    divan::main();
}

fn unit(id: String, parent: Option<String>, level: Level) -> SplitUnit {
    SplitUnit {
        name: id.clone(),
        id,
        parent,
        level,
        weight: None,
    }
}

fn periods(period: Period, parent: Option<String>, all: &mut Vec<EditPeriod>) {
    let key = period.to_string();
    all.push(EditPeriod {
        key: key.clone(),
        parent,
        start: period.start(),
        end: period.end(),
    });
    for part in period.children() {
        periods(part, Some(key.clone()), all);
    }
}

/// Teams of ten under departments of five teams; one cell in seven locked.
fn plan(edit: Edit) -> EditInput {
    let mut units = vec![unit("c".into(), None, Level::Company)];
    for at in 0..PEOPLE / 50 {
        units.push(unit(format!("d{at}"), Some("c".into()), Level::Department));
    }
    for at in 0..PEOPLE / 10 {
        let above = Some(format!("d{}", at / 5));
        units.push(unit(format!("t{at}"), above, Level::Team));
    }
    for at in 0..PEOPLE {
        let above = Some(format!("t{}", at / 10));
        units.push(unit(format!("p{at}"), above, Level::Person));
    }
    let mut all = Vec::new();
    periods(Period::year(2018).expect("a year"), None, &mut all);
    let is_leaf = |one: &&EditPeriod| {
        !all.iter()
            .any(|other| other.parent.as_ref() == Some(&one.key))
    };
    let leaves: Vec<String> = all
        .iter()
        .filter(is_leaf)
        .map(|one| one.key.clone())
        .collect();
    let minor = |person: usize, week: usize| (person * 7_919 + week * 104_729) % 300_007;
    let rows = (0..PEOPLE).map(|person| EditRow {
        unit: format!("p{person}"),
        minor: (0..leaves.len())
            .map(|week| i64::try_from(minor(person, week)).expect("below 300,007"))
            .collect(),
    });
    let cells = (0..PEOPLE).flat_map(|person| leaves.iter().map(move |week| (person, week)));
    let locks = cells.step_by(7).map(|(person, week)| Lock {
        unit: format!("p{person}"),
        period: week.clone(),
    });
    EditInput {
        rows: rows.collect(),
        locks: locks.collect(),
        units,
        periods: all,
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

#[divan::bench]
fn cell_and_the_other_people(bencher: Bencher) {
    let input = plan(set("p7", "2018-03/W11", 200_000, Above::Units));
    bencher.bench(|| edit(&input).expect("possible"));
}

#[divan::bench]
fn department_and_the_other_departments(bencher: Bencher) {
    let input = plan(set("d3", "2018", 500_000_000, Above::Units));
    bencher.bench(|| edit(&input).expect("possible"));
}

/// Every free cell of the plan moves.
#[divan::bench]
fn company(bencher: Bencher) {
    let input = plan(set("c", "2018", 20_000_000_000, Above::Grow));
    bencher.bench(|| edit(&input).expect("possible"));
}
