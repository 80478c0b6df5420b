//! What is unusual about statements.

use std::collections::HashMap;

use yeji_bonus::{CalculateInput, PersonInput};
use yeji_core::{Money, Ratio};

use crate::api::bonus::RunBonus;
use crate::bonus::cycle::review::Reviewed;
use crate::demo::tests::demo_app;

#[tokio::test]
async fn a_goal_of_zero_is_flagged() {
    let (_folder, app) = demo_app().await;
    let ask = RunBonus {
        period: super::q(2),
        preview: true,
        people: None,
        plan: None,
    };
    let made = app.run_bonus_with(ask, None, false, &|_| ()).await.unwrap();
    let mut input: CalculateInput = serde_json::from_slice(&made.input).unwrap();
    let reviewed = |input: &CalculateInput| {
        let output = yeji_bonus::calculate(input).unwrap();
        let mut reviewed = Reviewed {
            as_of: output.as_of,
            currency: output.total.currency,
            people: Vec::new(),
            anomalies: Vec::new(),
        };
        let before: HashMap<_, Money> = HashMap::new();
        for statement in &output.statements {
            reviewed.add(statement, &[], &before).unwrap();
        }
        let anomalies = reviewed.anomalies.into_iter();
        let zero = anomalies.filter(|one| one.kind == "goal_zero");
        zero.map(|one| one.person.to_string()).collect::<Vec<_>>()
    };
    let flagged = reviewed(&input);
    let mut with_goal = input
        .people
        .iter_mut()
        .filter(|one| !flagged.contains(&one.person));
    let person = with_goal.find(|one| !one.goals.is_empty()).unwrap();
    for goal in &mut person.goals {
        goal.amount = Ratio::ZERO;
    }
    let id = person.person.clone();
    let asked_for_nothing = |one: &&PersonInput| {
        let mut goals = one.goals.iter().filter(|goal| goal.period == super::q(2));
        one.goals.iter().any(|goal| goal.period == super::q(2))
            && goals.all(|goal| goal.amount == Ratio::ZERO)
    };
    let expected = input.people.iter().filter(asked_for_nothing);
    let mut expected: Vec<String> = expected.map(|one| one.person.clone()).collect();
    assert!(expected.contains(&id));
    let mut flagged = reviewed(&input);
    expected.sort();
    flagged.sort();
    assert_eq!(flagged, expected, "all whose goal is zero, and nobody else");
}
