//! What is unusual about statements.

use std::collections::HashMap;

use yeji_bonus::CalculateInput;
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
    assert_eq!(reviewed(&input), Vec::<String>::new());
    let mut with_goal = input.people.iter_mut().filter(|one| !one.goals.is_empty());
    let person = with_goal.next().unwrap();
    for goal in &mut person.goals {
        goal.amount = Ratio::ZERO;
    }
    let id = person.person.clone();
    assert_eq!(reviewed(&input), [id]);
}
