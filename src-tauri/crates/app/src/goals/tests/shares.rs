//! Why a number is what it is, of splits by history, equal parts and own weights.

use std::collections::BTreeMap;

use yeji_core::Ratio;
use yeji_core::metric::GoalMetric;

use crate::api::goal_blend::{GetGoalWhy, GoalWhy};
use crate::api::goal_grid::{EditGoal, GoalAbove, GoalEdit, GoalGrid, GridColumns, GridRow};
use crate::api::goals::{SplitGoal, SplitRule};
use crate::context::App;
use crate::demo::tests::demo_app;

const METRIC: GoalMetric = GoalMetric::WonAmount;
const YEAR: i32 = 2026;

fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

async fn rows(app: &App) -> GoalGrid {
    super::whole_grid(app, METRIC, YEAR, GridColumns::Quarters).await
}

async fn why(app: &App, row: &GridRow) -> GoalWhy {
    let args = GetGoalWhy {
        metric: METRIC,
        year: YEAR,
        unit: row.unit.clone(),
    };
    app.get_goal_why(args).await.unwrap()
}

/// The parts are the goal, and a share is its weight of what was divided, to the cent.
fn explained(why: &GoalWhy, source: &str) {
    let sum: i64 = why.parts.iter().map(|part| cents(&part.amount)).sum();
    assert_eq!(sum, cents(&why.goal), "{}: {:?}", why.name, why.parts);
    let part = &why.parts[0];
    let Some(parent) = &why.parent else {
        assert_eq!(part.source, "given", "the company carries what was set");
        return;
    };
    assert!(
        part.source == source || part.source == "equal",
        "{} in {parent}: {part:?}",
        why.name
    );
    let ratio = |text: &Option<String>| text.as_ref().map(|text| text.parse::<Ratio>().unwrap());
    let pot = Ratio::from_int(cents(part.pot.as_ref().unwrap()));
    let (Some(weight), Some(of)) = (ratio(&part.weight), ratio(&part.of)) else {
        assert_eq!(cents(&part.amount), 0, "nothing to go by: {part:?}");
        return;
    };
    let exact = pot.checked_mul(weight).unwrap().checked_div(of).unwrap();
    let off = exact
        .checked_sub(Ratio::from_int(cents(&part.amount)))
        .unwrap();
    assert!(
        off < Ratio::ONE && off > Ratio::from_int(-1),
        "{}: {part:?} is {exact:?}",
        why.name
    );
}

#[tokio::test]
async fn every_split_says_why_and_the_parts_are_the_goal() {
    let (_folder, app) = demo_app().await;
    // As the demo was split, before anybody splits anew.
    for row in &rows(&app).await.rows {
        explained(&why(&app, row).await, "history");
    }
    let people: Vec<String> = rows(&app)
        .await
        .rows
        .iter()
        .filter(|row| row.level == "person")
        .map(|row| row.unit.clone())
        .collect();
    let weights: BTreeMap<String, String> = people
        .iter()
        .enumerate()
        .map(|(at, id)| (id.clone(), format!("{}.5", at % 7)))
        .collect();
    for (rule, source) in [
        (SplitRule::History { base: None }, "history"),
        (SplitRule::Equal, "equal"),
        (SplitRule::Weights { weights }, "own"),
    ] {
        let split = SplitGoal {
            metric: METRIC,
            year: YEAR,
            rule,
            preview: false,
        };
        app.split_goal(split).await.unwrap();
        let all = rows(&app).await;
        let mut sources = Vec::new();
        for row in &all.rows {
            let why = why(&app, row).await;
            explained(&why, source);
            sources.push(why.parts[0].source.clone());
        }
        assert!(sources.iter().any(|one| one == source), "{sources:?}");
    }
    // What somebody changes by hand is a part of its own.
    let all = rows(&app).await;
    let person = all.rows.iter().find(|row| row.level == "person").unwrap();
    let edit = EditGoal {
        plan: all.plan.as_ref().unwrap().id,
        edits: vec![GoalEdit::Set {
            unit: person.unit.clone(),
            period: "2026-Q2".parse().unwrap(),
            amount: "1000.01".to_owned(),
            above: GoalAbove::Grow,
        }],
        frozen_before: None,
        reason: None,
        preview: false,
    };
    app.edit_goal(edit).await.unwrap();
    let after = why(&app, person).await;
    let sum: i64 = after.parts.iter().map(|part| cents(&part.amount)).sum();
    assert_eq!(sum, cents(&after.goal));
    let sources: Vec<&str> = after
        .parts
        .iter()
        .map(|part| part.source.as_str())
        .collect();
    assert_eq!(sources, ["own", "changed"]);
}
