//! A company's year over its people and cut weeks.
//!
//! `cargo bench -p yeji-goals`

use divan::Bencher;
use yeji_core::calendar::{Period, WorkingDays};
use yeji_core::{Currency, Money, Ratio};
use yeji_goals::presence::UnitPresence;
use yeji_goals::{Level, PeriodWeight, SplitInput, SplitUnit, TimeRule, close_matrix, split};

fn main() {
    divan::main();
}

/// Teams of ten under departments of five teams; uneven weights.
fn input(people: usize) -> SplitInput {
    let unit =
        |id: String, parent: Option<String>, level: Level, weight: Option<Ratio>| SplitUnit {
            name: id.clone(),
            id,
            parent,
            level,
            weight,
        };
    let mut units = vec![unit("c".into(), None, Level::Company, None)];
    for department in 0..people.div_ceil(50) {
        units.push(unit(
            format!("d{department}"),
            Some("c".into()),
            Level::Department,
            None,
        ));
    }
    for team in 0..people.div_ceil(10) {
        units.push(unit(
            format!("t{team}"),
            Some(format!("d{}", team / 5)),
            Level::Team,
            None,
        ));
    }
    for person in 0..people {
        let weight =
            Ratio::from_int(i64::try_from(person * 7_919 % 10_007 + 1).expect("below 10,008"));
        units.push(unit(
            format!("p{person}"),
            Some(format!("t{}", person / 10)),
            Level::Person,
            Some(weight),
        ));
    }
    SplitInput {
        amount: Money::new(120_000_000_037, Currency::CNY),
        period: Period::year(2018).expect("a year"),
        calendar: None,
        units,
        time: TimeRule::WorkingDays {
            calendar: WorkingDays::default(),
        },
        presence: Vec::new(),
        round: Vec::new(),
        cell_unit: 1,
    }
}

#[divan::bench(args = [40, 2_000, 10_000], sample_count = 10, sample_size = 1)]
fn year(bencher: Bencher, people: usize) {
    let input = input(people);
    bencher.bench(|| split(&input).expect("a valid input"));
}

/// Every tenth person away for a quarter of the year.
#[divan::bench(args = [40, 2_000, 10_000], sample_count = 10, sample_size = 1)]
fn year_with_absence(bencher: Bencher, people: usize) {
    let mut input = input(people);
    let weeks: Vec<Period> = {
        let one = split(&SplitInput {
            units: input.units[..1].to_vec(),
            ..input.clone()
        });
        let cells = one.expect("a valid input").cells.into_iter();
        cells.map(|cell| cell.period).collect()
    };
    let away = |person: usize| UnitPresence {
        unit: format!("p{person}"),
        shares: weeks[person % 40..person % 40 + 15]
            .iter()
            .map(|week| PeriodWeight {
                period: *week,
                weight: Ratio::ZERO,
            })
            .collect(),
    };
    input.presence = (0..people).step_by(10).map(away).collect();
    bencher.bench(|| split(&input).expect("a valid input"));
}

/// The matrix alone, with the small amounts that leave most to the repair.
#[divan::bench(args = [40, 2_000, 10_000], sample_count = 10, sample_size = 1)]
fn matrix(bencher: Bencher, people: usize) {
    let rows: Vec<i64> = (0..people)
        .map(|person| i64::try_from(person * 7_919 % 97).expect("below 97"))
        .collect();
    let weights: Vec<u64> = (0..65).map(|week| 1 + week % 5).collect();
    let cols = yeji_core::allocate(rows.iter().sum(), &weights).expect("weights are not zero");
    bencher.bench(|| close_matrix(&rows, &cols).expect("margins of one total"));
}
