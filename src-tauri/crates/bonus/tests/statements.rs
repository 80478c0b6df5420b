//! What always holds of statements, whatever the plan: `docs/bonus-plans.md`, by random facts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use yeji_bonus::{
    AdjustmentInput, AssignmentInput, CalculateInput, CalculateOutput, Detail, Event, FactInput,
    GoalInput, MemberInput, PersonInput, Plan, ReportInput, ShareInput, Span, Statement, TeamInput,
    calculate, calculate_periods, parse_plan,
};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::{Currency, Money, Ratio};

/// Plans beside the templates: what these do not use.
const MORE: &[&str] = &[
    r#"
    schema = 2
    code = "transactions"
    name = { zh = "逐笔", en = "Transactions" }
    period = "quarter"
    rounding = { mode = "half_even", on = "sum" }
    [[components]]
    code = "each"
    name = { zh = "逐笔", en = "Each" }
    credit = { who = "owners_and_reports", filter = "amount > 10" }
    measure = { kind = "facts", over = "transaction" }
    cap = { per_deal = { kind = "amount", amount = { amount = "50.00", currency = "CNY" } } }
    [components.rate]
    by = "amount"
    tiers = [{ from = "0", pay = { kind = "percent_of_measure", percent = "1/7" } }]
    [[components]]
    code = "units"
    name = { zh = "笔数", en = "Units" }
    credit = { event = "receipt" }
    measure = { kind = "facts", value = "count" }
    [components.rate]
    by = "amount"
    tiers = [{ from = "0", applies_to = "marginal", pay = { kind = "per_unit", amount = { amount = "3.33", currency = "CNY" } } }]
    "#,
    r#"
    schema = 2
    code = "limits"
    name = { zh = "上下限", en = "Limits" }
    period = "quarter"
    default_target_bonus = { amount = "1000.00", currency = "CNY" }
    cap = { kind = "percent_of_target_bonus", percent = "150%" }
    floor = { kind = "amount", amount = { amount = "10.00", currency = "CNY" } }
    [[components]]
    code = "attainment"
    name = { zh = "达成", en = "Attainment" }
    proration = "calendar_days"
    measure = { kind = "facts" }
    gates = [{ when = "measure > 5", otherwise = "1/3" }]
    [components.rate]
    tiers = [
      { from = "0%", to = "50%", applies_to = "marginal", pay = { kind = "individual_rate", percent = "100%" } },
      { from = "50%", applies_to = "marginal", pay = { kind = "percent_of_target_bonus", percent = "200%" } },
    ]
    "#,
];

fn plans() -> Vec<Plan> {
    yeji_bonus::TEMPLATES
        .iter()
        .chain(MORE)
        .map(|text| parse_plan(text).unwrap())
        .collect()
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2017, month, day).unwrap()
}

fn period(plan: &Plan) -> Period {
    match plan.period {
        PeriodKind::Month => Period::month(2017, 12).unwrap(),
        _ => Period::quarter(2017, 4).unwrap(),
    }
}

fn money(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

const PEOPLE: [&str; 4] = ["a", "b", "c", "boss"];

fn person(plan: &Plan, name: &str, goal: i64) -> PersonInput {
    let codes: Vec<&str> = plan
        .components
        .iter()
        .map(yeji_bonus::Component::goal_code)
        .collect();
    let mut goals: Vec<GoalInput> = Vec::new();
    let year = Period::year(2017).unwrap();
    for period in year.parts(plan.period) {
        for code in &codes {
            if goals
                .iter()
                .all(|one| one.period != period || one.measure != *code)
            {
                goals.push(GoalInput {
                    period,
                    measure: (*code).to_owned(),
                    amount: Ratio::new(goal.into(), 100).unwrap(),
                });
            }
        }
    }
    PersonInput {
        person: name.to_owned(),
        name: name.to_owned(),
        employed: Span {
            from: Some(day(2, 1)),
            to: None,
        },
        assignments: vec![AssignmentInput {
            from: None,
            to: None,
            target_bonus: Some(money(120_000)),
            source: None,
        }],
        partly: false,
        goals,
        kpis: Vec::new(),
        objectives: Vec::new(),
        goal: None,
        target_bonus: None,
        deals: Vec::new(),
        adjustments_only: false,
    }
}

fn fact(id: String, kind: Event, on: NaiveDate, amount: i64, of: Option<String>) -> FactInput {
    FactInput {
        label: id.clone(),
        id,
        kind,
        on,
        amount: money(amount),
        margin: None,
        quantity: None,
        credits: Vec::new(),
        overlays: Vec::new(),
        of,
        refunds: Vec::new(),
        attributes: BTreeMap::new(),
    }
}

/// A deal with its invoice and receipt.
fn order(at: usize, days: (u32, u32), minor: i64, split: u8) -> Vec<FactInput> {
    let (closed, received) = (
        day(10 + days.0 % 3, 1 + days.0 % 28),
        day(12, 1 + days.1 % 31),
    );
    let id = format!("deal {at}");
    let credits = match split % 3 {
        0 => vec![("a", "1")],
        1 => vec![("a", "1/3"), ("b", "2/3")],
        _ => vec![("a", "0.25"), ("b", "0.25"), ("c", "0.5")],
    };
    let credits: Vec<ShareInput> = credits
        .into_iter()
        .map(|(person, share)| ShareInput {
            person: person.to_owned(),
            share: share.parse().unwrap(),
        })
        .collect();
    let of = Some(id.clone());
    let mut facts = vec![
        fact(id, Event::Closing, closed, minor, None),
        fact(
            format!("invoice {at}"),
            Event::Invoice,
            closed,
            minor,
            of.clone(),
        ),
        fact(format!("receipt {at}"), Event::Receipt, received, minor, of),
    ];
    for fact in &mut facts {
        fact.credits.clone_from(&credits);
    }
    facts
}

/// The same order taken back in full, some day later.
fn refund(order: &[FactInput], at: usize) -> FactInput {
    let receipt = &order[2];
    FactInput {
        refunds: order.iter().map(|fact| fact.id.clone()).collect(),
        credits: receipt.credits.clone(),
        ..fact(
            format!("refund {at}"),
            Event::Receipt,
            day(12, 31),
            -receipt.amount.minor,
            receipt.of.clone(),
        )
    }
}

fn input(plan: &Plan, facts: Vec<FactInput>, goal: i64) -> CalculateInput {
    let team = TeamInput {
        team: "t".into(),
        name: "Team".into(),
        members: ["a", "b", "c"]
            .iter()
            .map(|person| MemberInput {
                person: (*person).to_owned(),
                from: None,
                to: None,
            })
            .collect(),
        goals: person(plan, "t", goal).goals,
    };
    CalculateInput {
        plan: plan.clone(),
        period: period(plan),
        as_of: day(12, 31),
        currency: Currency::CNY,
        detail: Detail::Full,
        people: PEOPLE.iter().map(|name| person(plan, name, goal)).collect(),
        facts,
        reports: ["a", "b", "c"]
            .iter()
            .map(|person| ReportInput {
                person: (*person).to_owned(),
                manager: "boss".into(),
                from: None,
                to: None,
            })
            .collect(),
        teams: vec![team],
        adjustments: Vec::new(),
    }
}

fn run(input: &CalculateInput) -> CalculateOutput {
    calculate(input).unwrap()
}

/// What a statement pays and what it was measured by, without what it tells.
fn bare(statement: &Statement) -> Vec<String> {
    let mut all = vec![format!("{} {}", statement.person, statement.payout)];
    for one in &statement.components {
        let (measure, attainment, amount) = (one.measure, one.attainment, one.amount);
        all.push(format!(
            "{} {measure:?} {attainment:?} {amount:?}",
            one.code
        ));
    }
    all
}

type Orders = Vec<((u32, u32), i64, u8)>;

fn orders() -> impl Strategy<Value = Orders> {
    prop::collection::vec(((0..90_u32, 0..31_u32), 1..3_000_000_i64, 0..3_u8), 0..8)
}

fn facts_of(orders: &Orders) -> Vec<Vec<FactInput>> {
    orders
        .iter()
        .enumerate()
        .map(|(at, (days, minor, split))| order(at, *days, *minor, *split))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn an_order_and_its_full_refund_are_as_if_neither_had_been(orders in orders(), extra in orders(), goal in 1..9_000_000_i64) {
        for plan in plans() {
            let kept: Vec<FactInput> = facts_of(&orders).into_iter().flatten().collect();
            let mut with = kept.clone();
            for (at, (days, minor, split)) in extra.iter().enumerate() {
                let order = order(1_000 + at, *days, *minor, *split);
                with.push(refund(&order, at));
                with.extend(order);
            }
            let before = run(&input(&plan, kept, goal));
            let after = run(&input(&plan, with, goal));
            for (a, b) in before.statements.iter().zip(&after.statements) {
                prop_assert_eq!(bare(a), bare(b), "plan {}", plan.code);
            }
            prop_assert_eq!(before.total, after.total);
        }
    }

    #[test]
    fn lines_sum_to_components_and_those_to_the_payout(orders in orders(), goal in 1..9_000_000_i64, adjusted in -5_000..5_000_i64) {
        for plan in plans() {
            let facts = facts_of(&orders).into_iter().flatten().collect();
            let mut input = input(&plan, facts, goal);
            let adjustment = |id: &str, approved_by: Option<&str>| AdjustmentInput {
                id: id.into(),
                person: "a".into(),
                amount: money(adjusted),
                reason: "补发".into(),
                by: "hr".into(),
                approved_by: approved_by.map(str::to_owned),
                cause: None,
            };
            input.adjustments = vec![
                adjustment("1", Some("boss")),
                adjustment("2", Some("hr")),
                adjustment("3", None),
            ];
            let output = run(&input);
            let mut total = 0;
            for statement in &output.statements {
                prop_assert!(!statement.blocked, "{:?}", statement);
                let mut sum = 0;
                for one in &statement.components {
                    let lines: i64 = one.lines.iter().map(|line| line.amount.minor).sum();
                    prop_assert_eq!(Some(money(lines)), one.amount);
                    prop_assert!(!one.trace.is_empty() || one.code == "pool", "{:?}", one);
                    sum += lines;
                }
                sum += statement.limit.as_ref().map_or(0, |line| line.amount.minor);
                let paid: Vec<_> = statement.adjustments.iter().filter(|one| one.paid).collect();
                prop_assert_eq!(paid.len(), usize::from(statement.person == "a"));
                sum += paid.iter().map(|one| one.amount.minor).sum::<i64>();
                prop_assert_eq!(statement.payout, money(sum));
                total += sum;
            }
            prop_assert_eq!(output.total, money(total));
        }
    }

    #[test]
    fn neither_order_nor_partition_nor_detail_changes_a_result(orders in orders(), goal in 1..9_000_000_i64) {
        for plan in plans() {
            let facts: Vec<FactInput> = facts_of(&orders).into_iter().flatten().collect();
            let whole = input(&plan, facts, goal);
            let output = run(&whole);
            let mut turned = whole.clone();
            turned.facts.reverse();
            turned.reports.reverse();
            turned.teams[0].members.reverse();
            prop_assert_eq!(&run(&turned).statements, &output.statements);
            let lines = run(&CalculateInput { detail: Detail::Lines, ..whole.clone() });
            for (a, b) in lines.statements.iter().zip(&output.statements) {
                prop_assert_eq!(bare(a), bare(b));
            }
            // Only what is paid on others' earnings needs the others.
            let alone = plan.components.iter().all(|one| one.code != "override");
            for (place, statement) in output.statements.iter().enumerate().filter(|_| alone) {
                let mut part = whole.clone();
                part.people = vec![whole.people[place].clone()];
                let uses_others = plan.components.iter().any(|one| one.pool.is_some());
                if !uses_others {
                    prop_assert_eq!(bare(&run(&part).statements[0]), bare(statement));
                }
            }
            let text = serde_json::to_string(&whole).unwrap();
            let again: CalculateInput = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&again, &whole, "the input reads back");
            prop_assert_eq!(serde_json::to_string(&run(&again)).unwrap(), serde_json::to_string(&output).unwrap());
        }
    }

    #[test]
    fn periods_at_once_are_as_one_by_one(orders in orders(), goal in 1..9_000_000_i64, full: bool) {
        for plan in plans() {
            let mut facts: Vec<FactInput> = facts_of(&orders).into_iter().flatten().collect();
            for (at, (days, minor, split)) in orders.iter().enumerate().take(2) {
                let order = order(1_000 + at, *days, *minor, *split);
                facts.push(refund(&order, at));
                facts.extend(order);
            }
            let detail = if full { Detail::Full } else { Detail::Lines };
            let whole = CalculateInput { detail, ..input(&plan, facts, goal) };
            let periods = Period::year(2017).unwrap().parts(plan.period);
            let mut one_by_one = Vec::new();
            for period in &periods {
                one_by_one.push(run(&CalculateInput { period: *period, ..whole.clone() }));
            }
            let mut at_once = Vec::new();
            calculate_periods(&whole, &periods, |output| at_once.push(output)).unwrap();
            prop_assert_eq!(at_once, one_by_one, "plan {}", plan.code);
        }
    }

    #[test]
    fn splits_sum_to_the_deal(minor in -9_000_000..9_000_000_i64, split in 0..3_u8) {
        let plan = parse_plan(yeji_bonus::ATTAINMENT_BANDS).unwrap();
        let facts = order(0, (0, 0), minor, split);
        let output = run(&input(&plan, facts, 100));
        let credited: i64 = output
            .statements
            .iter()
            .flat_map(|one| &one.components[0].counted)
            .map(|fact| match fact.credited {
                yeji_bonus::Figure::Money(money) => money.minor,
                yeji_bonus::Figure::Number(_) => 0,
            })
            .sum();
        prop_assert_eq!(credited, minor);
    }
}

fn only(plan: &str, change: impl FnOnce(&mut CalculateInput)) -> Statement {
    let plan = parse_plan(plan).unwrap();
    let mut input = input(&plan, order(0, (0, 0), 1_000_000, 1), 1_000_000);
    change(&mut input);
    run(&input).statements.remove(0)
}

#[test]
fn what_cannot_be_known_blocks_and_says_so() {
    let check = |change: fn(&mut CalculateInput), code: &str| {
        let statement = only(yeji_bonus::ATTAINMENT_BANDS, change);
        assert!(statement.blocked, "{code}");
        assert_eq!(statement.components[0].amount, None);
        assert_eq!(statement.components[0].notes[0].code, code);
        assert_eq!(statement.payout, money(0));
    };
    check(
        |input| input.facts[0].credits[0].share = "0.3332".parse().unwrap(),
        "credit_total",
    );
    check(
        |input| {
            let mut refund = refund(&order(0, (0, 0), 1_000_000, 1), 0);
            refund.kind = Event::Closing;
            refund.refunds = vec!["gone".into()];
            input.facts.push(refund);
        },
        "refund_without_original",
    );
    check(
        |input| {
            for fact in &mut input.facts {
                fact.amount = money(i64::MAX);
            }
            let mut more = order(1, (0, 0), i64::MAX, 1);
            input.facts.append(&mut more);
            let mut more = order(2, (0, 0), i64::MAX, 1);
            input.facts.append(&mut more);
            let mut more = order(3, (0, 0), i64::MAX, 1);
            input.facts.append(&mut more);
        },
        "bonus_overflow",
    );
}

#[test]
fn whole_inputs_that_are_wrong_are_refused() {
    let check = |change: fn(&mut CalculateInput), code: &str| {
        let plan = parse_plan(yeji_bonus::ATTAINMENT_BANDS).unwrap();
        let mut input = input(&plan, order(0, (0, 0), 100, 0), 100);
        change(&mut input);
        assert_eq!(calculate(&input).unwrap_err().code(), code);
    };
    check(
        |input| input.period = Period::year(2017).unwrap(),
        "wrong_period",
    );
    check(
        |input| input.facts[0].amount.currency = Currency::USD,
        "mixed_currencies",
    );
    check(
        |input| input.people.push(input.people[0].clone()),
        "duplicate_person",
    );
    check(
        |input| input.facts.push(input.facts[0].clone()),
        "duplicate_fact",
    );
    check(
        |input| input.teams.push(input.teams[0].clone()),
        "duplicate_team",
    );
    check(
        |input| input.facts[0].credits[0].share = "-1".parse().unwrap(),
        "negative_credit_share",
    );
    check(
        |input| input.people[0].assignments[0].target_bonus = Some(money(-1)),
        "negative_target_bonus",
    );
    check(
        |input| {
            let again = input.people[0].assignments[0].clone();
            input.people[0].assignments.push(again);
        },
        "overlapping_assignments",
    );
    check(
        |input| {
            let again = input.people[0].goals[0].clone();
            input.people[0].goals.push(again);
        },
        "duplicate_goal",
    );
    check(
        |input| {
            input.reports.push(ReportInput {
                person: "boss".into(),
                manager: "a".into(),
                from: None,
                to: None,
            });
        },
        "manager_circle",
    );
    check(
        |input| {
            input.facts[1].refunds = vec!["receipt 0".into()];
            input.facts[2].refunds = vec!["invoice 0".into()];
        },
        "refund_circle",
    );
    let adjustment = AdjustmentInput {
        id: "1".into(),
        person: "nobody".into(),
        amount: money(1),
        reason: "?".into(),
        by: "hr".into(),
        approved_by: None,
        cause: None,
    };
    let plan = parse_plan(yeji_bonus::ATTAINMENT_BANDS).unwrap();
    let mut input = input(&plan, Vec::new(), 100);
    input.adjustments = vec![adjustment.clone()];
    assert_eq!(
        calculate(&input).unwrap_err().code(),
        "adjustment_of_nobody"
    );
    let own = AdjustmentInput {
        person: "a".into(),
        ..adjustment
    };
    input.adjustments = vec![own.clone(), own];
    assert_eq!(
        calculate(&input).unwrap_err().code(),
        "duplicate_adjustment"
    );
}

#[test]
fn a_document_of_schema_1_means_what_it_meant() {
    let old = r#"
        schema = 1
        code = "attainment-bands"
        metric = "won_amount"
        period = "quarter"
        edge = "upper"
        name = { zh = "达成率", en = "Bands" }
        [[tiers]]
        from = "80%"
        to = "100%"
        applies_to = "all"
        pay = { kind = "percent_of_target_bonus", percent = "50%" }
        [[tiers]]
        from = "100%"
        applies_to = "excess"
        pay = { kind = "percent_of_target_bonus", percent = "200%" }
    "#;
    let plan = parse_plan(old).unwrap();
    assert_eq!(plan.schema, 2);
    let short = serde_json::json!({
        "plan": serde_json::to_value(toml::from_str::<toml::Table>(old).unwrap()).unwrap(),
        "period": "2017-Q4", "as_of": "2018-01-01", "currency": "CNY",
        "people": [{
            "person": "p", "name": "王伟",
            "goal": { "amount": "1000000.00", "currency": "CNY" },
            "target_bonus": {
                "amount": { "amount": "10000.00", "currency": "CNY" }, "source": "2017-01-01"
            },
            "deals": [{ "id": "d", "label": "d", "closed_on": "2017-10-01",
                        "amount": { "amount": "1200000.00", "currency": "CNY" } }],
        }],
    });
    let input: CalculateInput = serde_json::from_value(short).unwrap();
    let statement = run(&input).statements.remove(0);
    // 50 % stand below, and 20 % above the goal pay double: 5,000 + 4,000.
    assert_eq!(statement.payout.to_major(), "9000.00");
    assert_eq!(statement.components[0].lines.len(), 2);
}
