//! Splits by history: parts of a year, results that stay with a unit, who is there for a part, locks.

use serde_json::json;
use yeji_core::ids::OpportunityId;
use yeji_core::metric::GoalMetric;
use yeji_store::{ChangeKind, Record};
use yeji_testkit::won_deal;

use super::copy::{FROM, House};
use crate::api::Message;
use crate::api::goal_blend::GetGoalWhy;
use crate::api::goal_grid::GoalEdit;
use crate::api::goals::{GoalTree, SplitGoal, SplitRule};
use crate::error::Result;

/// Everybody sells 100 yuan a month in 2026; Bo from October on, and Ci is gone since.
async fn sold() -> House {
    let house = House::new().await;
    house.starts_on("Bo", "2026-10-01").await;
    house.leaves_on("Ci", "2027-01-01").await;
    house.leaves_on("Eva", "2027-10-01").await;
    let mut change = house.app.change(ChangeKind::Import, json!({}));
    for (name, first) in [("An", 1), ("Bo", 10), ("Ci", 1), ("Di", 1), ("Eva", 1)] {
        for month in first..=12 {
            let id = OpportunityId(house.app.clock.new_id());
            let mut deal = won_deal(id, house.person(name), &format!("2026-{month:02}-15"), 100);
            deal.origin.external_id = format!("{name} {month}");
            change.put.push(Record::from(deal));
        }
    }
    house.app.apply(change).await.unwrap();
    house
}

async fn split(house: &House, preview: bool) -> Result<GoalTree> {
    let args = SplitGoal {
        metric: GoalMetric::WonAmount,
        year: FROM,
        rule: SplitRule::History { base: None },
        preview,
    };
    house.app.split_goal(args).await
}

fn note<'a>(notes: &'a [Message], code: &str) -> Option<&'a str> {
    let note = notes.iter().find(|note| note.code == code);
    note.map(|note| note.params["names"].as_str())
}

fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

#[tokio::test]
async fn a_part_of_a_year_weighs_as_a_whole_one_and_what_stays_with_a_unit_is_said() {
    let house = sold().await;
    let notes = split(&house, false).await.unwrap().notes;
    assert_eq!(note(&notes, "history_part_of_year"), Some("Bo (3/12)"));
    // 2,700 were made in East, its people weigh 1,200 each.
    assert_eq!(
        note(&notes, "history_stays_with_units"),
        Some("East (+12.5 %)")
    );
    assert_eq!(note(&notes, "people_carry_whole_year"), Some("Eva"));
    let numbers = house.numbers(FROM).await;
    assert!(
        (numbers["An"][0] - numbers["Bo"][0]).abs() <= 1,
        "{numbers:?}"
    );
    let (east, west) = (numbers["East"][0], numbers["West"][0]);
    assert!((east * 2_400 - west * 2_700).abs() <= 2_700, "{numbers:?}");
    for (name, of) in [("An", "270000"), ("Di", "240000")] {
        let why = GetGoalWhy {
            metric: GoalMetric::WonAmount,
            year: FROM,
            unit: house.person(name).to_string(),
        };
        let why = house.app.get_goal_why(why).await.unwrap();
        let sum: i64 = why.parts.iter().map(|part| cents(&part.amount)).sum();
        assert_eq!(sum, numbers[name][0], "{name}: {:?}", why.parts);
        let own = &why.parts[0];
        assert_eq!(own.weight.as_deref(), Some("120000"), "{name}");
        assert_eq!(own.of.as_deref(), Some(of), "{name}");
        let sources: Vec<&str> = why.parts.iter().map(|part| part.source.as_str()).collect();
        let expected: &[&str] = match name {
            "An" => &["history", "unit_results"],
            _ => &["history"],
        };
        assert_eq!(sources, expected, "{name}");
    }
}

#[tokio::test]
async fn a_preview_over_locks_names_them_and_is_not_kept() {
    let house = sold().await;
    assert_eq!(
        note(
            &split(&house, true).await.unwrap().notes,
            "split_over_locks"
        ),
        None
    );
    let (unit, period) = (house.person("An").to_string(), "2027-Q1".parse().unwrap());
    house
        .edit(vec![GoalEdit::Lock { unit, period }], FROM)
        .await;
    let before = house.numbers(FROM).await;
    let shown = split(&house, true).await.unwrap();
    assert_eq!(note(&shown.notes, "split_over_locks"), Some("An 2027-Q1"));
    assert_eq!(
        split(&house, false).await.unwrap_err().code(),
        "goal_locked"
    );
    assert_eq!(house.numbers(FROM).await, before);
}
