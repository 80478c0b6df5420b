//! Causes are looked up in indexes; they are those that a search through everything finds.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value, json};
use yeji_bonus::causes::{Changes, MAX_CAUSES};
use yeji_bonus::{CalculateInput, FactInput, Note};

const PEOPLE: usize = 6;

static PLAN: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(yeji_bonus::attainment_bands().unwrap()).unwrap());

fn name(person: usize) -> String {
    format!("p{person}")
}

fn input(facts: Vec<FactInput>, reports: &[(String, String)], team: &[usize]) -> CalculateInput {
    let people = (0..PEOPLE).map(name);
    let people: Vec<_> = people
        .map(|one| json!({ "person": one, "name": one }))
        .collect();
    let reports: Vec<_> = (reports.iter())
        .map(|(person, manager)| json!({ "person": person, "manager": manager }))
        .collect();
    let members: Vec<_> = team
        .iter()
        .map(|one| json!({ "person": name(*one) }))
        .collect();
    let mut input: CalculateInput = serde_json::from_value(json!({
        "plan": PLAN.clone(),
        "period": "2026-Q1", "as_of": "2026-04-01", "currency": "CNY",
        "people": people, "reports": reports,
        "teams": [{ "team": "t", "name": "T", "members": members }],
    }))
    .unwrap();
    input.facts = facts;
    input
}

fn fact(at: usize, day: u32, minor: i64, credits: &[usize]) -> FactInput {
    let mut credits = credits.to_vec();
    credits.sort_unstable();
    credits.dedup();
    let share = format!("1/{}", credits.len());
    serde_json::from_value(json!({
        "id": format!("f{at}"), "label": format!("fact {at}"), "kind": "closing",
        "on": format!("2026-02-{day:02}"),
        "amount": yeji_core::Money::new(minor, yeji_core::Currency::CNY),
        "credits": credits.iter().map(|one| json!({ "person": name(*one), "share": share }))
            .collect::<Vec<_>>(),
    }))
    .unwrap()
}

/// A fact before and after.
type Pair = (Option<FactInput>, Option<FactInput>);

fn is_of(fact: &FactInput, person: &str) -> bool {
    fact.credits.iter().any(|share| share.person == person)
}

/// Everybody below a person and in a team with them, found by asking everybody again and again.
fn around(person: &str, reports: &[(String, String)], team: &[usize]) -> Vec<String> {
    let mut found = vec![person.to_owned()];
    loop {
        let more = reports
            .iter()
            .find(|(below, above)| found.contains(above) && !found.contains(below));
        let Some((below, _)) = more else { break };
        found.push(below.clone());
    }
    let members: Vec<String> = team.iter().map(|one| name(*one)).collect();
    if members.iter().any(|one| one == person) {
        found.extend(members);
    }
    found
}

/// What is said of one changed fact to somebody credited with it, or to a manager of all who are.
fn of_one(before: Option<&FactInput>, after: Option<&FactInput>, to: Option<&str>) -> Vec<Note> {
    let facts = |one: Option<&FactInput>| one.cloned().into_iter().collect();
    let everybody: Vec<(String, String)> = (0..PEOPLE)
        .map(|one| (name(one), "manager".to_owned()))
        .collect();
    let reports = if to.is_some() { &[][..] } else { &everybody };
    let (before, after) = (facts(before), facts(after));
    let [before, after] = [before, after].map(|facts| input(facts, reports, &[]));
    Changes::between(&before, &after).of(to.unwrap_or("manager"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn indexes_find_what_a_search_finds(
        changes in prop::collection::vec(
            (1..=28_u32, 1..9_i64, prop::collection::vec(0..PEOPLE, 1..3),
             0..5_u8, prop::collection::vec(0..PEOPLE, 1..3)),
            0..14,
        ),
        managers in prop::collection::vec(prop::option::of(0..PEOPLE), PEOPLE),
        team in prop::collection::btree_set(0..PEOPLE, 0..4),
    ) {
        // Nobody reports to somebody after them: no circle.
        let reports: Vec<(String, String)> = managers.iter().enumerate()
            .filter_map(|(at, manager)| manager.filter(|one| *one < at).map(|one| (name(at), name(one))))
            .collect();
        let team: Vec<usize> = team.into_iter().collect();
        let mut pairs: Vec<Pair> = Vec::new();
        for (at, (day, minor, credits, how, others)) in changes.iter().enumerate() {
            let one = fact(at, *day, *minor, credits);
            pairs.push(match how {
                0 => (Some(one.clone()), Some(one)),
                1 => (Some(one), None),
                2 => (None, Some(one)),
                3 => (Some(one), Some(fact(at, *day % 28 + 1, minor + 1, credits))),
                _ => (Some(one), Some(fact(at, *day, *minor, others))),
            });
        }
        let facts = |side: fn(&Pair) -> Option<FactInput>| {
            pairs.iter().filter_map(side).collect::<Vec<_>>()
        };
        let before = input(facts(|one| one.0.clone()), &reports, &team);
        let mut after = input(facts(|one| one.1.clone()), &reports, &team);
        after.facts.reverse();
        let found = Changes::between(&before, &after);

        let mut changed: Vec<_> = pairs.iter().filter(|(was, is)| was != is).collect();
        changed.sort_by_key(|(was, is)| {
            let fact = is.as_ref().or(was.as_ref()).unwrap();
            (fact.on, fact.id.clone())
        });
        for person in (0..PEOPLE).map(name) {
            let concerns = |who: &str, pair: &Pair| {
                [&pair.0, &pair.1].into_iter().flatten().any(|one| is_of(one, who))
            };
            let mut expected = Vec::new();
            for pair in changed.iter().filter(|pair| concerns(&person, pair)) {
                expected.extend(of_one(pair.0.as_ref(), pair.1.as_ref(), Some(&person)));
            }
            let others = around(&person, &reports, &team);
            for pair in changed.iter().filter(|pair| !concerns(&person, pair)) {
                if others.iter().any(|other| concerns(other, pair)) {
                    expected.extend(of_one(pair.0.as_ref(), pair.1.as_ref(), None));
                }
            }
            let answer = found.of(&person);
            if expected.is_empty() {
                let codes: Vec<_> = answer.iter().map(|note| note.code.as_str()).collect();
                let others: &[&str] = if before == after { &[] } else { &["cause_others"] };
                prop_assert_eq!(codes, others, "{}", person);
            } else if expected.len() <= MAX_CAUSES {
                prop_assert_eq!(answer, expected, "{}", person);
            } else {
                prop_assert_eq!(&answer[..MAX_CAUSES], &expected[..MAX_CAUSES]);
            }
        }
    }
}
