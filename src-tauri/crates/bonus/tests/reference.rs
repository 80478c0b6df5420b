//! The engine beside an independent calculator: `tests/reference/bonus.py`, written in another language
//! from `docs/bonus-plans.md`, by exact fractions. Random plans and people have to pay the same, to the
//! cent, line by line.
//!
//! `YEJI_REFERENCE_CASES` and `YEJI_REFERENCE_SEED` take other numbers than 2,000 and 1,
//! `YEJI_REFERENCE_WILD` takes cases in too that the document leaves to either reading.

#![allow(
    clippy::disallowed_methods,
    reason = "a test may be told how much to compare"
)]

mod random;

use random::{Cases, run, setting};
use serde::Deserialize;
use yeji_bonus::{CalculateInput, Statement, calculate};

#[derive(Deserialize)]
struct Answers {
    results: Vec<Answer>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Paid { statements: Vec<Paid> },
    Refused { error: String },
}

/// A statement as the reference tells it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Paid {
    person: String,
    payout: String,
    blocked: bool,
    components: Vec<PaidComponent>,
    limit: String,
    adjustments: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct PaidComponent {
    code: String,
    amount: Option<String>,
    lines: Vec<String>,
}

impl From<&Statement> for Paid {
    fn from(statement: &Statement) -> Self {
        let zero = yeji_core::Money::new(0, statement.payout.currency);
        let paid = statement.adjustments.iter().filter(|one| one.paid);
        let adjustments = paid.fold(zero, |sum, one| sum.checked_add(one.amount).unwrap());
        Self {
            person: statement.person.clone(),
            payout: statement.payout.to_major(),
            blocked: statement.blocked,
            components: statement
                .components
                .iter()
                .map(|one| PaidComponent {
                    code: one.code.clone(),
                    amount: one.amount.map(yeji_core::Money::to_major),
                    lines: lines(one.lines.iter().map(|line| line.amount.to_major())),
                })
                .collect(),
            limit: statement
                .limit
                .as_ref()
                .map_or(zero, |line| line.amount)
                .to_major(),
            adjustments: adjustments.to_major(),
        }
    }
}

impl Paid {
    fn without_zeros(&self) -> Self {
        let mut paid = self.clone();
        for component in &mut paid.components {
            component.lines = lines(component.lines.drain(..));
        }
        paid
    }
}

/// Lines without those of zero: whether a part that pays nothing is a line is a matter of telling.
fn lines(all: impl Iterator<Item = String>) -> Vec<String> {
    all.filter(|amount| amount.chars().any(|c| ('1'..='9').contains(&c)))
        .collect()
}

#[test]
fn random_plans_pay_what_the_reference_says() {
    let seed = setting("YEJI_REFERENCE_SEED", "1");
    let count = setting("YEJI_REFERENCE_CASES", "2000");
    let mut arguments = vec!["--seed".to_owned(), seed, "--count".to_owned(), count];
    if std::env::var_os("YEJI_REFERENCE_WILD").is_some() {
        arguments.push("--wild".to_owned());
    }
    let Some(generated) = run("generate.py", &arguments, None) else {
        return;
    };
    let Some(answers) = run("bonus.py", &[], Some(&generated)) else {
        return;
    };
    let cases: Cases = serde_json::from_slice(&generated).unwrap();
    let answers: Answers = serde_json::from_slice(&answers).unwrap();
    assert_eq!(cases.cases.len(), answers.results.len());
    let (mut paid, mut refused, mut differing) = (0, 0, Vec::new());
    for (number, (case, answer)) in cases.cases.iter().zip(&answers.results).enumerate() {
        let input = serde_json::from_value::<CalculateInput>(case.clone());
        let ours = input
            .map_err(|error| error.to_string())
            .and_then(|input| calculate(&input).map_err(|error| format!("{error:?}")));
        match (ours, answer) {
            (Ok(output), Answer::Paid { statements }) => {
                let ours: Vec<Paid> = output.statements.iter().map(Paid::from).collect();
                let theirs: Vec<Paid> = statements.iter().map(Paid::without_zeros).collect();
                if ours != theirs {
                    let first = ours.iter().zip(&theirs).find(|(a, b)| a != b);
                    differing.push(format!("case {number}: ours and theirs {first:?}"));
                }
                paid += 1;
            }
            (Err(_), Answer::Refused { .. }) => refused += 1,
            (Err(ours), Answer::Paid { .. }) => {
                differing.push(format!(
                    "case {number}: refused ({ours}), the reference pays"
                ));
            }
            (Ok(_), Answer::Refused { error }) => {
                differing.push(format!(
                    "case {number}: paid, the reference refuses ({error})"
                ));
            }
        }
    }
    println!("{paid} cases paid the same, {refused} refused by both");
    assert!(
        differing.is_empty(),
        "{} differ, the first:\n{}",
        differing.len(),
        differing[..differing.len().min(30)].join("\n")
    );
    assert!(paid > cases.cases.len() * 9 / 10, "most cases are paid");
}

#[test]
fn the_reference_pays_what_the_document_says() {
    let Some(printed) = run("examples.py", &[], None) else {
        return;
    };
    let rows: usize = String::from_utf8(printed).unwrap().trim().parse().unwrap();
    assert!(rows > 95, "{rows} rows");
}
