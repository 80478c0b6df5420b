//! `docs/bonus-plans.md` is true: every example in it is calculated, every setting and problem is named.

mod worked;

use std::collections::{BTreeMap, BTreeSet};

use schemars::schema_for;
use yeji_bonus::{
    AssignmentInput, CalculateInput, Detail, Event, FactInput, GoalInput, KpiInput, PersonInput,
    Plan, ShareInput, Span, Statement, calculate, parse_plan,
};
use yeji_core::calendar::Period;
use yeji_core::{Currency, Money, Ratio};

const DOCUMENT: &str = include_str!("../../../../docs/bonus-plans.md");

/// What has to be written in some example that is calculated: every setting and kind.
const WORKED: &[&str] = &[
    "default_target_bonus =",
    "rounding =",
    "decimals =",
    "on = \"sum\"",
    "\ncap =",
    "\nfloor =",
    "event = \"invoice\"",
    "event = \"receipt\"",
    "event = \"delivery\"",
    "who = \"reports\"",
    "who = \"owners_and_reports\"",
    "levels =",
    "filter =",
    "overlays = \"include\"",
    "overlays = \"only\"",
    "rate_date = \"deal\"",
    "refunds =",
    "kind = \"kpi\"",
    "kind = \"scorecard\"",
    "kind = \"objectives\"",
    "kind = \"earnings\"",
    "value = \"margin\"",
    "value = \"count\"",
    "value = \"quantity\"",
    "over = \"quarter_to_date\"",
    "over = \"year_to_date\"",
    "over = \"transaction\"",
    "goal = \"",
    "edge =",
    "below_first_tier =",
    "kind = \"percent_of_goal\"",
    "baseline = { kind = \"amount\"",
    "baseline = { kind = \"kpi\"",
    "\"marginal\"",
    "\"interpolated\"",
    "\"over_baseline\"",
    "\"nothing\"",
    "\"fixed\"",
    "\"per_unit\"",
    "\"individual_rate\"",
    "gates =",
    "otherwise =",
    "modifiers =",
    "per_period =",
    "per_deal =",
    "proration = \"calendar_days\"",
    "pool = { by = \"equal\" }",
    "pool = { by = \"credit\" }",
    "pool = { by = \"target_bonus\" }",
    "pool = { by = \"days\" }",
    "missing(",
    "adjustments",
];

/// A row of an example, with the settings of the block above it.
struct Example {
    line: usize,
    settings: String,
    cells: BTreeMap<String, String>,
}

fn cells(line: &str) -> Vec<String> {
    line.trim_matches('|')
        .split('|')
        .map(|cell| cell.trim().to_owned())
        .collect()
}

/// The plan that examples are laid over, and the rows of tables with a payout.
fn examples() -> (String, Vec<Example>) {
    let mut found = Vec::new();
    let (mut base, mut settings) = (String::new(), String::new());
    let mut block: Option<&str> = None;
    let mut header: Vec<String> = Vec::new();
    for (index, line) in DOCUMENT.lines().enumerate() {
        if let Some(kind) = line.strip_prefix("```") {
            block = (block.is_none() && kind.starts_with("toml")).then_some(kind);
            if block == Some("toml") {
                settings.clear();
            }
        } else if let Some(kind) = block {
            let text = if kind == "toml" {
                &mut settings
            } else {
                &mut base
            };
            text.push_str(line);
            text.push('\n');
        } else if line.starts_with('|') && header.is_empty() && line.ends_with("| payout |") {
            header = cells(line);
        } else if !line.starts_with('|') {
            header.clear();
        } else if !header.is_empty() && !line.starts_with("|---") {
            found.push(Example {
                line: index + 1,
                settings: settings.clone(),
                cells: header.iter().cloned().zip(cells(line)).collect(),
            });
        }
    }
    (base, found)
}

/// The base plan with the given settings in place of its own; `component` is its only one.
fn plan_with(base: &str, mut over: toml::Table) -> Plan {
    let mut document: toml::Table = base.parse().unwrap();
    if let Some(toml::Value::Table(changes)) = over.remove("component") {
        let component = document["components"][0].as_table_mut().unwrap();
        for (key, value) in changes {
            match (component.get_mut(&key), value) {
                (Some(toml::Value::Table(known)), toml::Value::Table(new)) if key == "rate" => {
                    known.extend(new);
                }
                (_, value) => {
                    component.insert(key, value);
                }
            }
        }
    }
    document.extend(over);
    parse_plan(&toml::to_string(&document).unwrap()).unwrap()
}

fn yuan(text: &str) -> Money {
    Money::parse_major(text, Currency::CNY).unwrap()
}

fn statement(plan: Plan, cells: &BTreeMap<String, String>) -> Statement {
    let period = Period::quarter(2017, 4).unwrap();
    let cell = |name: &str| {
        let text = cells.get(name).map(String::as_str);
        text.filter(|text| *text != "none")
    };
    let day = |text: &str| (!text.trim().is_empty()).then(|| text.trim().parse().unwrap());
    let employed = cell("employed").map(|text| {
        let (from, to) = text.split_once(" - ").unwrap_or_else(|| {
            let trimmed = text.trim_matches('-').trim();
            if text.starts_with('-') {
                ("", trimmed)
            } else {
                (trimmed, "")
            }
        });
        Span {
            from: day(from),
            to: day(to),
        }
    });
    let kpis = cells.iter().filter_map(|(name, value)| {
        let kpi = name.strip_prefix("kpi ")?;
        Some(KpiInput {
            kpi: kpi.to_owned(),
            period,
            value: (value != "null").then(|| value.parse().unwrap()),
            attainment: None,
        })
    });
    let facts = cell("deals").unwrap_or_default().split(';').enumerate();
    let facts = facts.map(|(at, amount)| FactInput {
        id: format!("d{at}"),
        label: format!("示例{at}"),
        kind: Event::Closing,
        on: period.start(),
        amount: yuan(amount.trim()),
        margin: None,
        quantity: None,
        credits: vec![ShareInput {
            person: "p1".into(),
            share: Ratio::ONE,
        }],
        overlays: Vec::new(),
        of: None,
        refunds: Vec::new(),
        attributes: BTreeMap::new(),
    });
    let goals = cell("goal").map(|goal| GoalInput {
        period,
        measure: "won_amount".into(),
        amount: goal.parse().unwrap(),
    });
    let assignments = cell("target bonus").map(|amount| AssignmentInput {
        from: None,
        to: None,
        target_bonus: Some(yuan(amount)),
        source: None,
    });
    let input = CalculateInput {
        plan,
        period,
        as_of: period.end(),
        currency: Currency::CNY,
        detail: Detail::Full,
        people: vec![PersonInput {
            person: "p1".into(),
            name: "王伟".into(),
            employed: employed.unwrap_or_default(),
            assignments: assignments.into_iter().collect(),
            partly: false,
            goals: goals.into_iter().collect(),
            kpis: kpis.collect(),
            objectives: Vec::new(),
            goal: None,
            target_bonus: None,
            deals: Vec::new(),
            adjustments_only: false,
        }],
        facts: facts.collect(),
        reports: Vec::new(),
        teams: Vec::new(),
        adjustments: Vec::new(),
    };
    calculate(&input).unwrap().statements.remove(0)
}

#[test]
fn every_example_pays_what_the_document_says() {
    let (base, examples) = examples();
    assert!(examples.len() > 95, "only {} rows", examples.len());
    for Example {
        line,
        settings,
        cells,
    } in examples
    {
        let mut settings: toml::Table = settings.parse().unwrap();
        let input = settings.remove("input");
        let plan = plan_with(&base, settings);
        let result = match input.and_then(|input| input.as_table().cloned()) {
            None => statement(plan, &cells),
            Some(input) => {
                let all = worked::statements(&plan, &input);
                let own = all.into_iter().find(|one| one.person == cells["person"]);
                own.unwrap_or_else(|| panic!("nobody, line {line}"))
            }
        };
        let paid = if result.blocked {
            "blocked".to_owned()
        } else {
            result.payout.to_major()
        };
        assert_eq!(
            paid, cells["payout"],
            "payout, line {line}: {:#?}",
            result.components
        );
        if let Some(expected) = cells.get("attainment") {
            let reached = result.components[0].attainment;
            let reached = reached.map_or("none".to_owned(), |ratio| ratio.to_string());
            assert_eq!(reached, *expected, "attainment, line {line}");
        }
    }
}

#[test]
fn every_setting_is_named() {
    let schema = serde_json::to_value(schema_for!(Plan)).unwrap();
    let mut settings: BTreeSet<String> = BTreeSet::new();
    let parts = ["Component", "Credit", "Rate", "Tier"];
    let parts = parts.iter().map(|part| &schema["$defs"][*part]);
    for part in parts.chain([&schema]) {
        settings.extend(part["properties"].as_object().unwrap().keys().cloned());
    }
    assert!(settings.len() > 30, "{settings:?}");
    // The tables that hold the settings below them have headings of their own.
    for setting in ["credit", "measure", "rate", "cap", "floor"] {
        assert!(settings.remove(setting), "{setting}");
        assert!(DOCUMENT.contains(&format!("`{setting}`")), "{setting}");
    }
    for setting in settings {
        assert!(
            DOCUMENT.contains(&format!("### `{setting}`\n")),
            "`{setting}` has no section"
        );
    }
    let (_, examples) = examples();
    for setting in WORKED {
        let used = |one: &Example| one.settings.contains(setting);
        assert!(examples.iter().any(used), "`{setting}` has no example");
    }
    for kind in ["facts", "kpi", "scorecard", "objectives", "earnings"] {
        assert!(DOCUMENT.contains(&format!("- `{kind}`")), "{kind}");
    }
}

#[test]
fn every_problem_is_explained() {
    // The codes are those of the modules' texts, which their own tests produce one by one.
    let sources = [
        include_str!("../src/check/mod.rs"),
        include_str!("../src/check/settings.rs"),
        include_str!("../src/check/conditions.rs"),
        include_str!("../src/check/tiers.rs"),
        include_str!("../src/check/pay.rs"),
        include_str!("../src/condition/mod.rs"),
    ];
    let mut codes: BTreeSet<&str> = BTreeSet::new();
    for source in sources {
        let flat = source.split("problems.").chain(source.split("=> ("));
        for part in flat {
            let call = ["error(", "warning(", "hint(", "\n"]
                .iter()
                .find_map(|call| part.strip_prefix(call));
            let quoted = call.and_then(|rest| rest.trim_start().strip_prefix('"'));
            codes.extend(quoted.and_then(|rest| rest.split('"').next()));
        }
    }
    assert!(codes.len() >= 45, "{} {codes:?}", codes.len());
    for code in codes {
        assert!(
            DOCUMENT.contains(&format!("`{code}`")),
            "`{code}` is not explained"
        );
    }
}
