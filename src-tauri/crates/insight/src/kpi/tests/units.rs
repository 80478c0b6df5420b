//! Units of own metrics: what may be added, and what comes out.

use super::library::own;
use crate::kpi::{Definition, KpiError, Library, Unit};

fn check(formula: &str, unit: Unit) -> Result<(), KpiError> {
    let definition = Definition {
        unit,
        ..own("mine", formula)
    };
    Library::check_own(&definition, &[])
}

#[test]
fn money_and_deals_are_not_added() {
    for formula in [
        "won_amount + won_count",
        "won_amount - people",
        "won_amount + cycle_days",
        "win_rate + won_count",
        "average_deal + win_rate",
        "1 - (won_amount + opened_count) / won_amount",
    ] {
        let error = check(formula, Unit::Number).unwrap_err();
        assert_eq!(error.code(), "kpi_mixed_units", "{formula}");
    }
    let error = check("2 * won_amount + (won_count - lost_count)", Unit::Money).unwrap_err();
    let params = error.params();
    let of = |name: &str| params[name].as_str();
    assert_eq!(
        [of("left"), of("left_unit"), of("right"), of("right_unit")],
        ["2 * won_amount", "money", "won_count - lost_count", "count"],
        "both parts are named"
    );
}

#[test]
fn what_comes_out_is_what_is_said() {
    let misfit = |formula: &str, unit: Unit, found: &str| match check(formula, unit) {
        Err(KpiError::UnitMisfit { found: is, .. }) => assert_eq!(is, found, "{formula}"),
        other => panic!("{formula} as {unit:?}: {other:?}"),
    };
    for (formula, unit) in [
        ("won_amount - 100", Unit::Money),
        ("won_amount / won_count", Unit::Money),
        ("won_amount * win_rate / people", Unit::Money),
        ("average_deal + won_amount / won_count", Unit::Money),
        ("won_count / (won_count + lost_count)", Unit::Ratio),
        ("1 - won_amount / invoiced_amount", Unit::Ratio),
        ("won_count + lost_count", Unit::Count),
        ("won_count / people", Unit::Number),
        ("won_count / people", Unit::Count),
        ("cycle_days / cycle_deals", Unit::Days),
        ("open_amount / (won_amount / cycle_days)", Unit::Days),
        ("won_amount / cycle_days", Unit::Number),
        ("100 * win_rate", Unit::Score),
        ("won_amount + -(refunded_amount)", Unit::Money),
    ] {
        assert_eq!(check(formula, unit), Ok(()), "{formula} as {unit:?}");
    }
    misfit("won_amount", Unit::Count, "money");
    misfit("won_amount / won_count", Unit::Ratio, "money");
    misfit("won_count", Unit::Money, "count");
    misfit("won_count", Unit::Ratio, "count");
    misfit("won_count / lost_count", Unit::Money, "ratio");
    misfit("won_amount * won_amount", Unit::Money, "other");
    misfit("won_amount / cycle_days", Unit::Money, "other");
}

/// What comes with the program is held to the same.
#[test]
fn the_built_in_metrics_have_the_units_that_they_say() {
    for metric in Library::built_in().metrics() {
        let definition = Definition {
            code: "mine".to_owned(),
            ..metric.definition.clone()
        };
        let checked = Library::check_own(&definition, &[]);
        assert_eq!(checked, Ok(()), "{}", metric.definition.code);
    }
}

/// An update of the program breaks no KPI that a company has, and none beside it can be refused for it.
#[test]
fn what_was_kept_before_goes_on() {
    let old = own("old", "won_amount + won_count");
    let (library, broken) = Library::with_own(vec![old.clone()]);
    assert!(broken.is_empty() && library.metric("old").is_some());
    assert_eq!(Library::check_own(&own("new", "old / 2"), &[old]), Ok(()));
}

/// Yuan a day are called a number, and stay yuan a day in the formulas of others.
#[test]
fn a_number_in_another_formula_is_what_its_own_makes_of_it() {
    let number = |code: &str, formula: &str| Definition {
        unit: Unit::Number,
        ..own(code, formula)
    };
    let others = [
        number("speed", "won_amount / cycle_days"),
        number("again", "speed * 2"),
        number("times", "won_count / lost_count"),
    ];
    let check = |formula: &str, unit| {
        let mine = Definition {
            unit,
            ..own("mine", formula)
        };
        Library::check_own(&mine, &others)
    };
    for (formula, unit) in [
        ("speed * cycle_days", Unit::Money),
        ("again * cycle_days + won_amount", Unit::Money),
        ("speed / again", Unit::Ratio),
        ("times", Unit::Ratio),
        ("times + win_rate", Unit::Number),
        ("won_amount / speed", Unit::Days),
    ] {
        assert_eq!(check(formula, unit), Ok(()), "{formula}");
    }
    for (formula, unit, code) in [
        ("speed", Unit::Ratio, "kpi_unit_misfit"),
        ("again", Unit::Money, "kpi_unit_misfit"),
        ("speed + win_rate", Unit::Number, "kpi_mixed_units"),
        ("again - won_count", Unit::Number, "kpi_mixed_units"),
    ] {
        assert_eq!(check(formula, unit).unwrap_err().code(), code, "{formula}");
    }
}

/// Whoever makes an amount of what was a count is told which other KPI would no longer hold.
#[test]
fn a_change_is_refused_that_makes_another_kpi_s_unit_wrong() {
    let definition = |code: &str, formula: &str, unit| Definition {
        unit,
        ..own(code, formula)
    };
    let base = definition("base", "won_count", Unit::Count);
    let each = definition("each", "won_amount / base", Unit::Money);
    let wrong = definition("wrong", "base + won_amount", Unit::Number);
    let others = [base.clone(), each, wrong];
    let amount = definition("base", "won_amount", Unit::Money);
    match Library::check_own(&amount, &others) {
        Err(KpiError::UnitMisfit { metric, found, .. }) => {
            assert_eq!((metric.as_str(), found), ("each", "ratio"));
        }
        other => panic!("{other:?}"),
    }
    // Another formula of the same unit breaks nothing, also beside one that was wrong before.
    let same = definition("base", "won_count + lost_count", Unit::Count);
    assert_eq!(Library::check_own(&same, &others), Ok(()));
}

/// Each formula is within every other limit, and a power of powers of powers passes every integer.
#[test]
fn a_unit_is_not_multiplied_by_itself_without_end() {
    let times = |name: &str, count: usize| vec![name; count].join("*");
    assert_eq!(check(&times("won_amount", 8), Unit::Number), Ok(()));
    for formula in [
        times("won_amount", 9),
        format!("1 / ({})", times("cycle_days", 9)),
    ] {
        let error = check(&formula, Unit::Number).unwrap_err();
        assert_eq!(error.code(), "kpi_power", "{formula}");
    }
    // Some that were kept before this was asked: nothing overflows.
    let mut kept: Vec<Definition> = vec![own("z0", &times("won_amount", 90))];
    for level in 1..=4 {
        let below = format!("z{}", level - 1);
        kept.push(own(&format!("z{level}"), &times(&below, 190)));
    }
    for one in &mut kept {
        one.unit = Unit::Number;
    }
    let top = kept.pop().unwrap();
    assert_eq!(Library::check_own(&top, &kept), Ok(()));
    // One that is right, by itself.
    kept[0].formula = times("won_amount", 8);
    kept[1].formula = times("z0", 2);
    let error = Library::check_own(&kept[1], &kept[..1]).unwrap_err();
    assert_eq!(error.code(), "kpi_power");
}
