//! What would be: `bonus.deal` and `bonus.what_if` close, whatever the plan and the deals.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use yeji_bonus::hypothetical::difference;
use yeji_bonus::plan::Measure;
use yeji_bonus::simulate::{MonthSales, Place};
use yeji_bonus::{
    AssignmentInput, CalculateInput, DealQuestion, Detail, Event, FactInput, GoalInput,
    MemberInput, PersonInput, Plan, ReportInput, ShareInput, Span, TeamInput, WhatIfInput,
    calculate, concerning, deal, parse_plan, what_if,
};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::{Currency, Money, Ratio};

const CAPPED: &str = r#"
schema = 2
code = "capped"
name = { zh = "封顶", en = "Capped" }
period = "quarter"
default_target_bonus = { amount = "1000.00", currency = "CNY" }
cap = { kind = "percent_of_target_bonus", percent = "150%" }
[[components]]
code = "attainment"
name = { zh = "达成", en = "Attainment" }
gates = [{ when = "measure > 500", otherwise = "0" }]
[components.rate]
tiers = [
  { from = "0%", to = "50%", applies_to = "marginal", pay = { kind = "individual_rate", percent = "100%" } },
  { from = "50%", applies_to = "marginal", pay = { kind = "individual_rate", percent = "300%" } },
]
[[components]]
code = "big"
name = { zh = "大单", en = "Big deals" }
credit = { filter = "amount > 1000" }
[components.rate]
by = "amount"
tiers = [{ from = "0", pay = { kind = "percent_of_measure", percent = "1%" } }]
"#;

fn plans() -> Vec<Plan> {
    let texts = yeji_bonus::TEMPLATES.iter().copied().chain([CAPPED]);
    texts.map(|text| parse_plan(text).unwrap()).collect()
}

fn money(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, month, day).unwrap()
}

fn person(plan: &Plan, name: &str, goal: i64) -> PersonInput {
    let mut goals: Vec<GoalInput> = Vec::new();
    for period in Period::year(2025).unwrap().parts(plan.period) {
        for component in &plan.components {
            let measure = component.goal_code().to_owned();
            if !goals
                .iter()
                .any(|one| one.period == period && one.measure == measure)
            {
                let amount = Ratio::new(goal.into(), 100).unwrap();
                goals.push(GoalInput {
                    period,
                    measure,
                    amount,
                });
            }
        }
    }
    PersonInput {
        person: name.to_owned(),
        name: name.to_uppercase(),
        employed: Span::default(),
        assignments: vec![AssignmentInput {
            from: None,
            to: None,
            target_bonus: Some(money(100_000)),
            source: None,
        }],
        goals,
        kpis: Vec::new(),
        objectives: Vec::new(),
        goal: None,
        target_bonus: None,
        deals: Vec::new(),
        adjustments_only: false,
        partly: false,
    }
}

fn closing(id: String, on: NaiveDate, minor: i64, credits: &[(&str, &str)]) -> FactInput {
    FactInput {
        label: id.clone(),
        id,
        kind: Event::Closing,
        on,
        amount: money(minor),
        margin: None,
        quantity: None,
        credits: credits
            .iter()
            .map(|(person, share)| ShareInput {
                person: (*person).to_owned(),
                share: share.parse().unwrap(),
            })
            .collect(),
        overlays: Vec::new(),
        of: None,
        refunds: Vec::new(),
        attributes: BTreeMap::new(),
    }
}

fn input(plan: &Plan, period: Period, facts: Vec<FactInput>, goal: i64) -> CalculateInput {
    // `c` and `d` are of another team and lead nobody who is asked about.
    let ids = ["a", "b", "boss", "c", "d"];
    CalculateInput {
        plan: plan.clone(),
        period,
        as_of: day(12, 31),
        currency: Currency::CNY,
        detail: Detail::Lines,
        people: ids.iter().map(|id| person(plan, id, goal)).collect(),
        facts,
        reports: [("a", "boss"), ("b", "boss"), ("c", "d")]
            .iter()
            .map(|(id, manager)| ReportInput {
                person: (*id).to_owned(),
                manager: (*manager).to_owned(),
                from: None,
                to: None,
            })
            .collect(),
        teams: [("t", ["a", "b"]), ("u", ["c", "d"])]
            .map(|(team, members)| TeamInput {
                team: team.to_owned(),
                name: "Team".to_owned(),
                members: members
                    .map(|id| MemberInput {
                        person: id.to_owned(),
                        from: None,
                        to: None,
                    })
                    .to_vec(),
                goals: person(plan, team, goal).goals,
            })
            .to_vec(),
        adjustments: Vec::new(),
    }
}

fn facts(deals: &[(u32, u32, i64, bool)]) -> Vec<FactInput> {
    let fact = |(at, (month, on, minor, split)): (usize, &(u32, u32, i64, bool))| {
        let credits: &[(&str, &str)] = if *split {
            &[("a", "1/3"), ("b", "2/3")]
        } else if at % 3 == 2 {
            &[("c", "1")]
        } else {
            &[("a", "1")]
        };
        closing(format!("deal {at}"), day(*month, *on), *minor, credits)
    };
    deals.iter().enumerate().map(fact).collect()
}

fn deals() -> impl Strategy<Value = Vec<(u32, u32, i64, bool)>> {
    prop::collection::vec(
        (1..=12_u32, 1..=28_u32, 1..400_000_i64, any::<bool>()),
        0..12,
    )
}

fn last_period(kind: PeriodKind) -> Period {
    Period::containing(kind, day(12, 15)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_deals_differences_are_those_of_the_statements(deals in deals(), minor in 1..900_000_i64, goal in 1..900_000_i64) {
        for plan in plans() {
            let input = input(&plan, last_period(plan.period), facts(&deals), goal);
            let new = closing("new".to_owned(), day(12, 20), minor, &[("a", "0.3"), ("b", "0.7")]);
            let answer = deal(&DealQuestion { input: input.clone(), facts: vec![new.clone()] }).unwrap();
            let with = CalculateInput { facts: [input.facts.clone(), vec![new.clone()]].concat(), ..input.clone() };
            let full = |input: &CalculateInput| {
                calculate(&CalculateInput { detail: Detail::Full, ..input.clone() }).unwrap()
            };
            let (before, after) = (full(&input), full(&with));
            prop_assert_eq!(answer.difference.minor, after.total.minor - before.total.minor);
            // Whom the deal does not concern is not worked out, and that changes nothing.
            let part = concerning(&input, std::slice::from_ref(&new)).unwrap();
            let all = plan.components.iter().any(|one| matches!(one.measure, Measure::Earnings { .. }));
            prop_assert_eq!(part.people.iter().any(|one| one.person == "c" || one.person == "d"), all);
            let everybody = difference(&before, &after, &[new]).unwrap();
            prop_assert_eq!(&answer, &everybody);
            // Nobody whose pay changes is missing, and nobody's is told otherwise.
            let told: i64 = answer.people.iter().map(|one| one.difference.minor).sum();
            prop_assert_eq!(told, answer.difference.minor, "plan {}", plan.code);
            for one in &answer.people {
                prop_assert_eq!(one.after.minor - one.before.minor, one.difference.minor);
                // Nothing here can be unknown: every component has to close.
                prop_assert!(!one.blocked, "{:?}", one);
                let minor = |money: Option<Money>| money.map_or(0, |money| money.minor);
                let of_components = one.components.iter().map(|part| minor(part.after) - minor(part.before));
                prop_assert_eq!(of_components.sum::<i64>() + one.limit.minor, one.difference.minor, "{:?}", one);
                for part in &one.components {
                    let lines = part.lines.iter().map(|line| {
                        let amount = |line: &Option<yeji_bonus::StatementLine>| line.as_ref().map_or(0, |line| line.amount.minor);
                        amount(&line.after) - amount(&line.before)
                    });
                    prop_assert_eq!(lines.sum::<i64>(), minor(part.after) - minor(part.before), "{:?}", part);
                }
            }
        }
    }

    #[test]
    fn a_comparison_closes(deals in deals(), goal in 1..900_000_i64, budget in 0..5_000_000_i64) {
        let all = plans();
        let year = Period::year(2025).unwrap();
        let periods = |plan: &Plan| -> Vec<CalculateInput> {
            let periods = year.parts(plan.period).into_iter();
            periods.map(|period| input(plan, period, facts(&deals), goal)).collect()
        };
        let sold: i64 = deals.iter().map(|deal| deal.2).sum();
        let out = what_if(&WhatIfInput {
            currency: Currency::CNY,
            sales: vec![MonthSales { month: Period::month(2025, 1).unwrap(), amount: money(sold) }],
            budget: Some(money(budget)),
            baseline: periods(&all[0]),
            plans: all[1..].iter().map(&periods).collect(),
        }).unwrap();
        prop_assert_eq!(out.plans.len(), all.len());
        for (at, plan) in out.plans.iter().enumerate() {
            let of_periods: i64 = plan.periods.iter().map(|one| one.total.minor).sum();
            let of_months: i64 = out.months.iter().map(|one| one.costs[at].minor).sum();
            let of_people: i64 = out.people.iter().map(|one| one.totals[at].minor).sum();
            prop_assert_eq!(of_periods, plan.total.minor);
            prop_assert_eq!(of_months, plan.total.minor);
            prop_assert_eq!(of_people, plan.total.minor);
            prop_assert_eq!(plan.budget_left, Some(money(budget - plan.total.minor)));
            let share = plan.cost_of_sales.map(|share| share.checked_mul(Ratio::from_int(sold)).unwrap());
            prop_assert_eq!(share, (sold > 0).then(|| Ratio::from_int(plan.total.minor)));
            let statements: usize = plan.periods.iter().map(|one| one.statements).sum();
            for tiers in &plan.tiers {
                let counted: usize = tiers.counts.iter().map(|one| one.statements).sum();
                prop_assert_eq!((counted, tiers.statements), (statements, statements), "{}", plan.code);
                let placed = tiers.counts.iter().filter(|one| !matches!(one.place, Place::None | Place::Blocked));
                prop_assert_eq!(placed.map(|one| one.statements).sum::<usize>(), tiers.points.len());
            }
        }
        for one in &out.comparisons {
            let plan = &out.plans[one.plan];
            prop_assert_eq!(one.gain + one.lose + one.same, out.people.len());
            prop_assert_eq!(one.difference.minor, plan.total.minor - out.plans[0].total.minor);
            prop_assert_eq!(one.gained.minor + one.lost.minor, one.difference.minor);
        }
    }
}

fn reasons(plan: &str, before: i64, minor: i64) -> Vec<String> {
    let plan = parse_plan(plan).unwrap();
    let facts = vec![closing("old".to_owned(), day(10, 2), before, &[("a", "1")])];
    let input = input(&plan, last_period(plan.period), facts, 100_000);
    let new = closing("new".to_owned(), day(12, 20), minor, &[("a", "1")]);
    let answer = deal(&DealQuestion {
        input,
        facts: vec![new],
    })
    .unwrap();
    let person = answer.people.iter().find(|one| one.person == "a").unwrap();
    let of_components = person.components.iter().flat_map(|one| &one.reasons);
    let mut codes: Vec<String> = of_components
        .chain(&person.reasons)
        .map(|note| note.code.clone())
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn a_deal_says_why_it_pays_what_it_pays() {
    let says = |codes: &[String], code: &str| codes.iter().any(|one| one == code);
    let codes = reasons(yeji_bonus::ATTAINMENT_BANDS, 50_000, 40_000);
    assert!(
        says(&codes, "deal_first_tier") && says(&codes, "deal_attainment"),
        "{codes:?}"
    );
    let codes = reasons(yeji_bonus::ATTAINMENT_BANDS, 90_000, 40_000);
    assert!(says(&codes, "deal_tier"), "{codes:?}");
    let codes = reasons(yeji_bonus::ATTAINMENT_BANDS, 82_000, 1_000);
    assert!(
        says(&codes, "deal_same_tier") && says(&codes, "deal_same_amount"),
        "{codes:?}"
    );
    let codes = reasons(CAPPED, 40_000, 20_000);
    assert!(says(&codes, "deal_gate_opens"), "{codes:?}");
    assert!(says(&reasons(CAPPED, 60_000, 900_000), "deal_plan_cap"));
    assert!(says(&reasons(CAPPED, 60_000, 900), "deal_left_out_filter"));
}

#[test]
fn a_period_twice_and_a_plan_among_another_are_refused() {
    let plan = parse_plan(CAPPED).unwrap();
    let other = parse_plan(yeji_bonus::ATTAINMENT_BANDS).unwrap();
    let one = |plan: &Plan| input(plan, last_period(plan.period), Vec::new(), 100);
    let ask = |baseline: Vec<CalculateInput>| {
        what_if(&WhatIfInput {
            currency: Currency::CNY,
            sales: Vec::new(),
            budget: None,
            baseline,
            plans: Vec::new(),
        })
        .map_err(|error| error.code())
    };
    assert_eq!(ask(Vec::new()).unwrap_err(), "no_periods");
    assert_eq!(
        ask(vec![one(&plan), one(&plan)]).unwrap_err(),
        "period_twice"
    );
    assert_eq!(
        ask(vec![one(&plan), one(&other)]).unwrap_err(),
        "several_plans"
    );
}

/// A plan that changed in the middle of the time: each period by its own version, tiers of the last one.
#[test]
fn a_plan_is_held_against_as_each_of_its_versions_held() {
    let first = parse_plan(CAPPED).unwrap();
    let second = parse_plan(&CAPPED.replace("\"150%\"", "\"170%\"")).unwrap();
    assert_ne!(first, second);
    let quarters = Period::year(2025).unwrap().parts(PeriodKind::Quarter);
    let deals = facts(&[
        (2, 1, 90_000, false),
        (8, 1, 90_000, false),
        (11, 1, 90_000, false),
    ]);
    let periods = |version: &dyn Fn(usize) -> Plan| -> Vec<CalculateInput> {
        let each = quarters.iter().enumerate();
        each.map(|(at, period)| input(&version(at), *period, deals.clone(), 100_000))
            .collect()
    };
    let changed = periods(&|at| {
        if at < 2 {
            first.clone()
        } else {
            second.clone()
        }
    });
    let ask = |baseline: Vec<CalculateInput>, other: Vec<CalculateInput>| {
        let input = WhatIfInput {
            currency: Currency::CNY,
            sales: Vec::new(),
            budget: None,
            baseline,
            plans: vec![other],
        };
        what_if(&input).unwrap()
    };
    let out = ask(changed.clone(), periods(&|_| second.clone()));
    let each: i64 = changed
        .iter()
        .map(|one| calculate(one).unwrap().total.minor)
        .sum();
    assert_eq!(out.plans[0].total.minor, each);
    assert!(
        out.comparisons[0].difference.minor > 0,
        "two quarters were paid by less"
    );
    let alone = ask(changed[2..].to_vec(), changed[2..].to_vec());
    assert_eq!(out.plans[0].tiers, alone.plans[0].tiers);
    // Which version is the last says the time, not the list.
    let mut turned = changed.clone();
    turned.reverse();
    let turned = ask(turned, changed.clone());
    assert_eq!(
        turned.plans[0].tiers[0].counts,
        alone.plans[0].tiers[0].counts
    );
}

#[test]
fn sales_are_of_months_and_plans_of_the_same_time() {
    let plan = parse_plan(CAPPED).unwrap();
    let year = Period::year(2025).unwrap();
    let quarters = || -> Vec<CalculateInput> {
        let parts = year.parts(PeriodKind::Quarter).into_iter();
        parts
            .map(|one| input(&plan, one, Vec::new(), 100))
            .collect()
    };
    let ask = |months: &[Period], other: Vec<CalculateInput>| {
        let sold = |month: &Period| MonthSales {
            month: *month,
            amount: money(1),
        };
        let asked = what_if(&WhatIfInput {
            currency: Currency::CNY,
            sales: months.iter().map(sold).collect(),
            budget: None,
            baseline: quarters(),
            plans: vec![other],
        });
        asked.map_or_else(|error| error.code(), |_| "compared")
    };
    let month = Period::month(2025, 3).unwrap();
    assert_eq!(ask(&[month], quarters()), "compared");
    assert_eq!(ask(&[month, month], quarters()), "period_twice");
    let quarter = last_period(PeriodKind::Quarter);
    assert_eq!(ask(&[quarter], quarters()), "sales_of_no_month");
    let half = quarters().split_off(2);
    assert_eq!(ask(&[month], half), "what_if_other_days");
}

#[test]
fn receipts_at_the_deals_rate_lie_in_no_tier() {
    let plan = parse_plan(
        r#"
schema = 2
code = "receipts"
name = { zh = "回款", en = "Receipts" }
period = "quarter"
[[components]]
code = "receipts"
name = { zh = "回款", en = "Receipts" }
credit = { event = "receipt", rate_date = "deal" }
[components.rate]
by = "amount"
tiers = [{ from = "0", pay = { kind = "percent_of_measure", percent = "1%" } }]
"#,
    )
    .unwrap();
    let deal = closing("deal".to_owned(), day(8, 10), 15_000_000, &[("a", "1")]);
    let receipt = FactInput {
        kind: Event::Receipt,
        of: Some(deal.id.clone()),
        ..closing("receipt".to_owned(), day(11, 10), 6_000_000, &[("a", "1")])
    };
    let asked = what_if(&WhatIfInput {
        currency: Currency::CNY,
        sales: Vec::new(),
        budget: None,
        baseline: vec![input(
            &plan,
            last_period(plan.period),
            vec![deal, receipt],
            100,
        )],
        plans: Vec::new(),
    })
    .unwrap();
    let tiers = &asked.plans[0].tiers[0];
    assert!(tiers.points.is_empty());
    let none = tiers
        .counts
        .iter()
        .find(|one| one.place == Place::None)
        .unwrap();
    assert_eq!((none.statements, none.amount), (5, money(60_000)));
}
