//! Splits by example, and bad input.

use std::collections::BTreeSet;

use yeji_core::calendar::{Period, WorkingDays};
use yeji_core::{Currency, allocate};
use yeji_goals::{Level, PeriodWeight, SplitInput, SplitUnit, TimeRule, aggregate, split};

use crate::{assert_closes, company, input, node, ratio, unit, working_days};

#[test]
fn a_year_over_a_company() {
    let output = split(&input(1_200_000_000, "2018", company(), working_days())).unwrap();
    assert_closes(&output.nodes);
    assert_eq!(node(&output, "c", "2018"), 1_200_000_000);
    // 1 + 1/3 + 1/2 to 2: east gets 11/23.
    assert_eq!(node(&output, "east", "2018"), 573_913_043);
    assert_eq!(node(&output, "west", "2018"), 626_086_957);
    assert_eq!(node(&output, "qi", "2018"), 0);
    // 64, 65, 65 and 66 working days of 261 without holidays: 1 January 2018 is a Monday.
    assert_eq!(
        node(&output, "c", "2018-Q1"),
        allocate(1_200_000_000, &[65, 65, 65, 66]).unwrap()[0]
    );
    // Saturday 1 and Sunday 2 September 2018 are a cut week in which nobody works.
    assert_eq!(node(&output, "c", "2018-09/W35"), 0);
    let codes: Vec<_> = output.notes.iter().map(|note| note.code.as_str()).collect();
    assert_eq!(codes, ["unit_gets_nothing", "weeks_without_working_days"]);
    assert_eq!(output.notes[0].params["name"], "名 qi");
    assert!(output.notes[1].params["periods"].contains("2018-09/W35"));
}

#[test]
fn nodes_come_parents_first_and_carry_their_keys() {
    let output = split(&input(100, "2018-Q1", company(), working_days())).unwrap();
    let mut seen = BTreeSet::new();
    for node in &output.nodes {
        let above = node
            .parent_unit
            .as_ref()
            .is_none_or(|unit| seen.contains(&(unit.clone(), node.period)));
        let whole = node
            .parent_period
            .is_none_or(|period| seen.contains(&(node.unit.clone(), period)));
        assert!(
            above && whole,
            "{} {} after its parents",
            node.unit,
            node.period
        );
        seen.insert((node.unit.clone(), node.period));
    }
    assert_eq!(
        output.nodes[0].parent_period, None,
        "the split period is the top"
    );
}

#[test]
fn months_by_own_weights_and_weeks_by_working_days() {
    let month = |month: u32, weight: &str| PeriodWeight {
        period: Period::month(2018, month).unwrap(),
        weight: ratio(weight),
    };
    let weights = vec![month(1, "1"), month(2, "0"), month(3, "3")];
    let time = TimeRule::Weights {
        weights: weights.clone(),
        calendar: WorkingDays::default(),
    };
    let output = split(&input(40_000, "2018-Q1", company(), time)).unwrap();
    assert_closes(&output.nodes);
    let months = ["2018-01", "2018-02", "2018-03"].map(|month| node(&output, "c", month));
    assert_eq!(months, [10_000, 0, 30_000]);
    // 1 to 4 March has two working days of 22.
    assert_eq!(
        node(&output, "c", "2018-03/W09"),
        allocate(30_000, &[2, 5, 5, 5, 5]).unwrap()[0]
    );

    let check = |weights: Vec<PeriodWeight>, period: &str, code: &str| {
        let time = TimeRule::Weights {
            weights,
            calendar: WorkingDays::default(),
        };
        let error = split(&input(1, period, company(), time)).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    };
    check(weights[..2].to_vec(), "2018-Q1", "missing_time_weight");
    check(Vec::new(), "2018-Q1", "missing_time_weight");
    check(weights.clone(), "2018-Q2", "time_weight_place");
    check(
        [weights.clone(), weights.clone()].concat(),
        "2018-Q1",
        "time_weight_place",
    );
    check(weights.clone(), "2018-01", "time_weight_kind");
    check(
        vec![month(1, "0"), month(2, "0"), month(3, "0")],
        "2018-Q1",
        "zero_time_weights",
    );
    check(
        vec![month(1, "1"), month(2, "-1"), month(3, "1")],
        "2018-Q1",
        "negative_time_weight",
    );
}

#[test]
fn a_month_without_a_working_day_goes_by_calendar_days() {
    let february: Period = "2018-02".parse().unwrap();
    let calendar = WorkingDays {
        holidays: february.days().collect(),
        ..WorkingDays::default()
    };
    let time = TimeRule::WorkingDays { calendar };
    let output = split(&input(2_800, "2018-02", company(), time.clone())).unwrap();
    assert_eq!(node(&output, "c", "2018-02/W05"), 400, "4 of 28 days");
    assert!(
        output
            .notes
            .iter()
            .any(|note| note.code == "calendar_days_used")
    );
    let quarter = split(&input(2_800, "2018-Q1", company(), time)).unwrap();
    assert_eq!(
        node(&quarter, "c", "2018-02"),
        0,
        "within a quarter it gets nothing"
    );
}

#[test]
fn what_cannot_be_split_names_its_place() {
    let check = |change: &dyn Fn(&mut Vec<SplitUnit>), code: &str, named: &str| {
        let mut units = company();
        change(&mut units);
        let error = split(&input(1_000, "2018", units, working_days())).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        let params: Vec<_> = error.params().into_values().collect();
        assert!(
            named.is_empty() || params.iter().any(|value| value == named),
            "{code}: {params:?}"
        );
    };
    check(&|units| units.clear(), "no_units", "");
    check(
        &|units| units.push(unit("li", "e2", Level::Person, "1")),
        "duplicate_unit",
        "li",
    );
    check(
        &|units| units.push(unit("d", "", Level::Company, "1")),
        "two_roots",
        "d",
    );
    check(
        &|units| units[0].parent = Some("east".into()),
        "unit_level_order",
        "c",
    );
    check(
        &|units| units[1].parent = Some("nowhere".into()),
        "unknown_parent",
        "nowhere",
    );
    check(
        &|units| units[1].parent = Some("e1".into()),
        "unit_level_order",
        "east",
    );
    check(
        &|units| {
            units.push(unit("a", "b", Level::Department, ""));
            units.push(unit("b", "a", Level::Department, ""));
        },
        "unit_circle",
        "a",
    );
    check(
        &|units| units.retain(|unit| unit.id != "c"),
        "unknown_parent",
        "c",
    );
    check(
        &|units| units.push(unit("x", "li", Level::Person, "1")),
        "unit_level_order",
        "x",
    );
    check(
        &|units| units[6].weight = Some(ratio("-1/2")),
        "negative_weight",
        "名 li",
    );
    check(&|units| units[6].weight = None, "missing_weight", "名 li");
    check(
        &|units| units.push(unit("e3", "east", Level::Team, "1")),
        "split_over_nobody",
        "名 e3",
    );
    check(&|units| units.truncate(1), "split_over_nobody", "名 c");
    check(
        &|units| {
            units[2].weight = Some(ratio("1"));
            units[9].weight = Some(ratio("0"));
        },
        "zero_weights",
        "名 west",
    );
    check(
        &|units| units[6].weight = Some(ratio("1/99999999999999999999999999999")),
        "weights_too_fine",
        "c",
    );
    let week = input(1, "2018-01/W05", company(), working_days());
    assert_eq!(split(&week).unwrap_err().code(), "split_period_kind");
}

#[test]
fn a_team_without_people_may_stand_with_weight_zero() {
    let mut units = company();
    units.push(unit("e3", "east", Level::Team, "0"));
    let output = split(&input(1_000_000, "2018", units, working_days())).unwrap();
    assert_closes(&output.nodes);
    assert_eq!(node(&output, "e3", "2018"), 0);
    assert!(
        output.cells.iter().any(|cell| cell.unit == "e3"),
        "it is a leaf row"
    );
}

#[test]
fn kept_cells_give_the_same_nodes() {
    let input = input(987_654_321, "2018", company(), working_days());
    let output = split(&input).unwrap();
    let kept: Vec<_> = output
        .cells
        .iter()
        .filter(|cell| cell.minor != 0)
        .cloned()
        .collect();
    let nodes = aggregate(&input.units, input.period, Currency::CNY, &kept).unwrap();
    assert_eq!(nodes, output.nodes, "zeros need not be kept");

    let code = |change: &dyn Fn(&mut yeji_goals::Cell)| {
        let mut cells = kept.clone();
        change(&mut cells[0]);
        aggregate(&input.units, input.period, Currency::CNY, &cells)
            .unwrap_err()
            .code()
    };
    assert_eq!(code(&|cell| cell.unit = "gone".into()), "unknown_unit");
    assert_eq!(code(&|cell| cell.unit = "e1".into()), "cell_above_leaf");
    assert_eq!(
        code(&|cell| cell.period = "2018-01".parse().unwrap()),
        "cell_period"
    );
    assert_eq!(code(&|cell| cell.minor = i64::MAX), "overflow");
}

#[test]
fn the_document_is_strict() {
    let json = serde_json::json!({
        "amount": {"amount": "12000000.00", "currency": "CNY"},
        "period": "2018",
        "units": [{"id": "c", "name": "c", "level": "company"},
                  {"id": "p", "name": "p", "parent": "c", "level": "person", "weight": "1"}],
        "time": {"by": "working_days"}
    });
    let read: SplitInput = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(
        split(&read).unwrap().nodes[0].amount.to_major(),
        "12000000.00"
    );
    for place in ["/oops", "/units/0/oops", "/time/oops"] {
        let mut broken = json.clone();
        let (parent, key) = place.rsplit_once('/').unwrap();
        broken.pointer_mut(parent).unwrap()[key] = 1.into();
        assert!(
            serde_json::from_value::<SplitInput>(broken).is_err(),
            "{place} must be refused"
        );
    }
}
