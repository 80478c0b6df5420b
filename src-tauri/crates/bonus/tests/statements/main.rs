//! What `bonus.calculate` promises of every statement, and how it says no.

mod examples;
mod properties;

use yeji_bonus::{
    CalculateInput, CalculateOutput, DealInput, PersonInput, Plan, TargetBonusInput, calculate,
};
use yeji_core::calendar::Period;
use yeji_core::{Currency, Money};

fn money(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

fn person(id: &str, goal: Option<i64>, target_bonus: Option<i64>, deals: &[i64]) -> PersonInput {
    let period = quarter();
    let days: Vec<_> = period.days().collect();
    let deals = deals.iter().zip(days.into_iter().cycle()).enumerate();
    PersonInput {
        person: id.to_owned(),
        name: format!("名 {id}"),
        goal: goal.map(money),
        target_bonus: target_bonus.map(|minor| TargetBonusInput {
            amount: money(minor),
            source: "2017-01-01".into(),
        }),
        deals: deals
            .map(|(index, (minor, closed_on))| DealInput {
                id: format!("{id}-{index}"),
                label: format!("deal {index}"),
                closed_on,
                amount: money(*minor),
            })
            .collect(),
    }
}

fn quarter() -> Period {
    Period::quarter(2017, 4).unwrap()
}

fn input(plan: Plan, people: Vec<PersonInput>) -> CalculateInput {
    CalculateInput {
        plan,
        period: quarter(),
        as_of: quarter().end(),
        currency: Currency::CNY,
        people,
    }
}

fn run(plan: &Plan, people: Vec<PersonInput>) -> CalculateOutput {
    calculate(&input(plan.clone(), people)).unwrap()
}
