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
