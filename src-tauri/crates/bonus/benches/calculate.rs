//! A quarter's statements of 2,000 people over 1,000,000 deals.
//!
//! `cargo bench -p yeji-bonus`

use divan::Bencher;
use divan::counter::ItemsCount;
use yeji_bonus::{
    CalculateInput, DealInput, PersonInput, TargetBonusInput, attainment_bands, calculate,
};
use yeji_core::calendar::Period;
use yeji_core::{Currency, Money};

fn main() {
    divan::main();
}

fn input(people: i64, deals_each: i64) -> CalculateInput {
    let period = Period::quarter(2018, 2).expect("a quarter");
    let money = |minor: i64| Money::new(minor, Currency::CNY);
    let days: Vec<_> = period.days().collect();
    let person = |person: i64| {
        let deals = (0..deals_each)
            .zip(days.iter().copied().cycle())
            .map(|(deal, closed_on)| DealInput {
                id: format!("{person:08}-{deal:08}"),
                label: format!("deal {deal}"),
                closed_on,
                amount: money(1 + (person * 7_919 + deal * 104_729) % 900_000),
            });
        PersonInput {
            person: format!("p{person}"),
            name: format!("Person {person}"),
            goal: Some(money(deals_each * (300_000 + person * 331 % 300_000))),
            target_bonus: Some(TargetBonusInput {
                amount: money(1_000_000),
                source: "2018-01-01".into(),
            }),
            deals: deals.collect(),
        }
    };
    CalculateInput {
        plan: attainment_bands().expect("the built-in plan"),
        period,
        as_of: period.end(),
        currency: Currency::CNY,
        people: (0..people).map(person).collect(),
    }
}

#[divan::bench(args = [(40, 50), (2_000, 50), (2_000, 500)], sample_count = 10, sample_size = 1)]
fn people_and_deals_each(bencher: Bencher, (people, deals_each): (i64, i64)) {
    let input = input(people, deals_each);
    let deals = usize::try_from(people * deals_each).expect("not negative");
    bencher
        .counter(ItemsCount::new(deals))
        .bench(|| calculate(&input).expect("a valid input"));
}
