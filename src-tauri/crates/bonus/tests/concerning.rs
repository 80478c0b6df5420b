//! What facts do not concern changes nothing of what they pay: worked out for a part or for everybody, the
//! answer is the same.

mod random;

use yeji_bonus::hypothetical::difference;
use yeji_bonus::{
    CalculateInput, DealOutput, DealQuestion, Detail, FactInput, calculate, concerning, deal,
};

/// As [`deal`], of everybody.
fn of_everybody(input: &CalculateInput, facts: &[FactInput]) -> DealOutput {
    let before = CalculateInput {
        detail: Detail::Full,
        ..input.clone()
    };
    let mut after = before.clone();
    after.facts.extend(facts.iter().cloned());
    let outputs = [before, after].map(|one| calculate(&one).unwrap());
    difference(&outputs[0], &outputs[1], facts).unwrap()
}

/// The answer for a part, which is that for all; whether it was a part.
fn check(input: &CalculateInput, facts: Vec<FactInput>) -> (bool, DealOutput) {
    let everybody = of_everybody(input, &facts);
    let part = concerning(input, &facts).unwrap();
    let smaller = part.people.len() < input.people.len();
    let question = DealQuestion {
        input: input.clone(),
        facts,
    };
    let answer = deal(&question).unwrap();
    assert_eq!(
        answer,
        everybody,
        "{}",
        serde_json::to_string(&question).unwrap()
    );
    (smaller, answer)
}

/// Plans and people of all kinds, with refunds, receipts, reports, teams: each of some facts is taken out and
/// asked about.
#[test]
fn random_plans_answer_of_a_part_as_of_everybody() {
    let (mut asked, mut parts, mut paid) = (0, 0, 0);
    for input in random::inputs(7, 200) {
        if calculate(&input).is_err() {
            continue;
        }
        for at in (0..input.facts.len()).step_by(3) {
            let mut without = input.clone();
            let fact = without.facts.remove(at);
            let (smaller, answer) = check(&without, vec![fact]);
            asked += 1;
            parts += usize::from(smaller);
            paid += usize::from(answer.difference.minor != 0);
        }
    }
    println!("{asked} questions, {parts} of a part, {paid} that pay");
    assert!(asked == 0 || (parts > asked / 4 && paid > asked / 10));
}
