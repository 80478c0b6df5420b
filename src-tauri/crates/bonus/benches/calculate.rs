//! A year of up to 1,000,000 transactions and 10,000 people by a plan with splits, a roll-up to managers
//! and marginal tiers: at once and month by month; and what one more deal costs.
//!
//! `cargo bench -p yeji-bonus`; memory of one size, in a process of its own (Linux):
//! `cargo bench -p yeji-bonus -- memory 1000000`

use std::collections::BTreeMap;

use divan::Bencher;
use divan::counter::ItemsCount;
use yeji_bonus::{
    AssignmentInput, CalculateInput, DealQuestion, Detail, Event, FactInput, GoalInput,
    PersonInput, ReportInput, ShareInput, Span, calculate, calculate_periods, deal, parse_plan,
};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::{Currency, Money, Ratio};

const PLAN: &str = r#"
schema = 2
code = "bench"
name = { zh = "基准", en = "Benchmark" }
period = "month"
[[components]]
code = "own"
name = { zh = "提成", en = "Commission" }
measure = { kind = "facts" }
[components.rate]
by = "amount"
tiers = [
  { from = "0", to = "100000", applies_to = "marginal", pay = { kind = "percent_of_measure", percent = "2%" } },
  { from = "100000", to = "300000", applies_to = "marginal", pay = { kind = "percent_of_measure", percent = "3%" } },
  { from = "300000", applies_to = "marginal", pay = { kind = "percent_of_measure", percent = "4%" } },
]
[[components]]
code = "led"
name = { zh = "管理提成", en = "Roll-up" }
credit = { who = "reports" }
measure = { kind = "facts", goal = "won_amount" }
[components.rate]
tiers = [
  { from = "0%", to = "100%", applies_to = "marginal", pay = { kind = "percent_of_target_bonus", percent = "50%" } },
  { from = "100%", applies_to = "marginal", pay = { kind = "percent_of_target_bonus", percent = "150%" } },
]
"#;

/// People that one manager leads.
const TEAM: i64 = 10;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|one| one == "memory") {
        Some(at) => memory(arguments[at + 1].parse().expect("a number of transactions")),
        None => divan::main(),
    }
}

/// Prints what a year takes while it is calculated, beside what its input takes.
fn memory(facts: i64) {
    let (input, periods) = whole_year(10_000, facts);
    // Peaks so far do not count.
    std::fs::write("/proc/self/clear_refs", "5").expect("Linux");
    let before = peak();
    let mut statements = 0;
    let count = |output: yeji_bonus::CalculateOutput| statements += output.statements.len();
    calculate_periods(&input, &periods, count).expect("a valid input");
    let after = peak();
    println!("{facts} transactions, {statements} statements: input {before} MB, peak {after} MB");
}

/// Most memory since the last reset, in MB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    kilobytes.expect("a peak").parse::<u64>().expect("a number") / 1024
}

fn money(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

fn person(at: i64, period: Period) -> PersonInput {
    PersonInput {
        person: format!("p{at:05}"),
        name: format!("Person {at}"),
        employed: Span::default(),
        assignments: vec![AssignmentInput {
            from: None,
            to: None,
            target_bonus: Some(money(1_000_000)),
            source: None,
        }],
        goals: vec![GoalInput {
            period,
            measure: "won_amount".to_owned(),
            amount: Ratio::from_int(50_000 + at % 50_000),
        }],
        kpis: Vec::new(),
        objectives: Vec::new(),
        goal: None,
        target_bonus: None,
        deals: Vec::new(),
        adjustments_only: false,
        partly: false,
    }
}

fn fact(at: i64, people: i64, period: Period) -> FactInput {
    let days = (period.end() - period.start()).num_days();
    let owner = at * 7_919 % people;
    let share = |person: i64, share: Ratio| ShareInput {
        person: format!("p{:05}", person % people),
        share,
    };
    // Every fourth deal is split.
    let credits = if at % 4 == 0 {
        let third = Ratio::new(1, 3).expect("a third");
        let rest = Ratio::new(2, 3).expect("two thirds");
        vec![share(owner, rest), share(owner + 1, third)]
    } else {
        vec![share(owner, Ratio::ONE)]
    };
    FactInput {
        id: format!("{at:08}"),
        label: format!("deal {at}"),
        kind: Event::Closing,
        on: period.start() + chrono::Days::new(u64::try_from(at % days).expect("not negative")),
        amount: money(1 + at * 104_729 % 900_000),
        margin: None,
        quantity: None,
        credits,
        overlays: Vec::new(),
        of: None,
        refunds: Vec::new(),
        attributes: BTreeMap::new(),
    }
}

/// The inputs of a year's months.
fn year(people: i64, facts: i64) -> Vec<CalculateInput> {
    let year = Period::year(2018).expect("a year");
    let months = year.parts(PeriodKind::Month);
    let each = facts / 12;
    let input = |(month, period): (usize, &Period)| {
        let first = i64::try_from(month).expect("a month") * each;
        let led = (0..people).filter(|at| at % TEAM != 0);
        CalculateInput {
            plan: parse_plan(PLAN).expect("the plan above"),
            period: *period,
            as_of: period.end(),
            currency: Currency::CNY,
            detail: Detail::Lines,
            people: (0..people).map(|at| person(at, *period)).collect(),
            facts: (first..first + each)
                .map(|at| fact(at, people, *period))
                .collect(),
            reports: led
                .map(|at| ReportInput {
                    person: format!("p{at:05}"),
                    manager: format!("p{:05}", at / TEAM * TEAM),
                    from: None,
                    to: None,
                })
                .collect(),
            teams: Vec::new(),
            adjustments: Vec::new(),
        }
    };
    months.iter().enumerate().map(input).collect()
}

/// The same months as one input.
fn whole_year(people: i64, facts: i64) -> (CalculateInput, Vec<Period>) {
    let months = year(people, facts);
    let periods = months.iter().map(|input| input.period).collect();
    let mut months = months.into_iter();
    let mut whole = months.next().expect("twelve months");
    for month in months {
        whole.facts.extend(month.facts);
        for (person, same) in whole.people.iter_mut().zip(month.people) {
            person.goals.extend(same.goals);
        }
    }
    (whole, periods)
}

#[divan::bench(args = [100_000, 250_000, 500_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn a_year_of_10_000_people(bencher: Bencher, facts: i64) {
    let (input, periods) = whole_year(10_000, facts);
    bencher
        .counter(ItemsCount::new(
            usize::try_from(facts).expect("not negative"),
        ))
        .bench(|| calculate_periods(&input, &periods, drop).expect("a valid input"));
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 5, sample_size = 1)]
fn month_by_month(bencher: Bencher, facts: i64) {
    let inputs = year(10_000, facts);
    bencher
        .counter(ItemsCount::new(
            usize::try_from(facts).expect("not negative"),
        ))
        .bench(|| {
            for input in &inputs {
                calculate(input).expect("a valid input");
            }
        });
}

/// One deal more: whom it does not concern is not worked out again.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn one_more_deal(bencher: Bencher) {
    let mut input = year(10_000, 1_000_000).remove(0);
    let facts = vec![input.facts.remove(0)];
    let question = DealQuestion { input, facts };
    bencher.bench(|| deal(&question).expect("a valid question"));
}
