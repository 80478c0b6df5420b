//! `docs/bonus-plans.md` is true: every example in it is calculated, every setting is named in it.

use std::collections::BTreeSet;

use schemars::schema_for;
use yeji_bonus::{
    CalculateInput, DealInput, PersonInput, Plan, Statement, TargetBonusInput, calculate, check,
    parse_plan,
};
use yeji_core::calendar::Period;
use yeji_core::{Currency, Money};

const DOCUMENT: &str = include_str!("../../../../docs/bonus-plans.md");

/// A row of an example, with the settings of the block above it.
struct Example {
    line: usize,
    settings: String,
    cells: Vec<String>,
}

/// Rows of the tables whose header starts with `sales`.
fn examples() -> Vec<Example> {
    let mut found = Vec::new();
    let (mut settings, mut in_block, mut in_table) = (String::new(), false, false);
    for (index, line) in DOCUMENT.lines().enumerate() {
        if line.starts_with("```") {
            in_block = line == "```toml";
            if in_block {
                settings.clear();
            }
        } else if in_block {
            settings.push_str(line);
            settings.push('\n');
        } else if line.starts_with("| sales |") {
            in_table = true;
        } else if !line.starts_with('|') {
            in_table = false;
        } else if in_table && !line.starts_with("|---") {
            let cells = line
                .trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .collect();
            found.push(Example {
                line: index + 1,
                settings: settings.clone(),
                cells,
            });
        }
    }
    found
}

/// The built-in plan with the given top-level settings in place of its own.
fn plan_with(settings: &str) -> Plan {
    let mut document: toml::Table = yeji_bonus::ATTAINMENT_BANDS.parse().unwrap();
    document.extend(settings.parse::<toml::Table>().unwrap());
    parse_plan(&toml::to_string(&document).unwrap()).unwrap()
}

fn yuan(text: &str) -> Option<Money> {
    (text != "none").then(|| Money::parse_major(text, Currency::CNY).unwrap())
}

fn statement(plan: Plan, sales: &str, goal: &str, target_bonus: &str) -> Statement {
    let period = Period::quarter(2017, 4).unwrap();
    let deal = DealInput {
        id: "d1".into(),
        label: "示例".into(),
        closed_on: period.start(),
        amount: yuan(sales).unwrap(),
    };
    let person = PersonInput {
        person: "p1".into(),
        name: "王伟".into(),
        goal: yuan(goal),
        target_bonus: yuan(target_bonus).map(|amount| TargetBonusInput {
            amount,
            source: "2017-01-01".into(),
        }),
        deals: vec![deal],
    };
    let input = CalculateInput {
        plan,
        period,
        as_of: period.end(),
        currency: Currency::CNY,
        people: vec![person],
    };
    calculate(&input).unwrap().statements.remove(0)
}

#[test]
fn every_example_pays_what_the_document_says() {
    let examples = examples();
    assert!(
        examples.len() > 30,
        "only {} rows were found",
        examples.len()
    );
    for Example {
        line,
        settings,
        cells,
    } in examples
    {
        let [sales, goal, target_bonus, attainment, payout] = cells.as_slice() else {
            panic!("line {line} has {} cells", cells.len());
        };
        let result = statement(plan_with(&settings), sales, goal, target_bonus);
        assert_eq!(result.payout.to_major(), *payout, "payout, line {line}");
        let reached = result
            .attainment
            .map_or("none".to_owned(), |ratio| ratio.to_string());
        assert_eq!(reached, *attainment, "attainment, line {line}");
    }
}

#[test]
fn every_setting_is_named_with_its_default() {
    let schema = serde_json::to_value(schema_for!(Plan)).unwrap();
    let mut settings: BTreeSet<String> = BTreeSet::new();
    for part in [&schema, &schema["$defs"]["Tier"]] {
        settings.extend(part["properties"].as_object().unwrap().keys().cloned());
    }
    assert!(settings.contains("edge") && settings.contains("applies_to"));
    for setting in settings.iter().filter(|setting| *setting != "tiers") {
        assert!(
            DOCUMENT.contains(&format!("### `{setting}`\n")),
            "`{setting}` has no section"
        );
    }
}

#[test]
fn every_problem_is_explained() {
    // The codes are those of the module's text, which its own tests produce one by one.
    let source = include_str!("../src/check.rs");
    let codes: BTreeSet<&str> = source
        .split("problems.")
        .filter_map(|part| {
            part.strip_prefix("error(\"")
                .or_else(|| part.strip_prefix("warning(\""))
        })
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(codes.len() >= 14, "{codes:?}");
    for code in codes {
        assert!(
            DOCUMENT.contains(&format!("`{code}`")),
            "`{code}` is not explained"
        );
    }
}

#[test]
fn a_scale_that_falls_is_warned_of() {
    let settings = "[[tiers]]\nfrom = \"80%\"\nto = \"100%\"\npay = { kind = \"percent_of_target_bonus\", percent = \"50%\" }";
    let problems = check(&plan_with(settings));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].code, "falling_payout");
}
