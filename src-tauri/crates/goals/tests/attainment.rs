//! What share of a goal was reached.

use yeji_core::{Currency, Money};
use yeji_goals::attainment;

#[test]
fn attainment_is_exact_and_never_clamped() {
    let check = |actual: i64, goal: i64, expected: Option<&str>| {
        let money = |minor: i64| Money::new(minor, Currency::CNY);
        let ratio = attainment(money(actual), money(goal)).unwrap();
        assert_eq!(
            ratio.map(|ratio| ratio.to_string()).as_deref(),
            expected,
            "{actual} / {goal}"
        );
    };
    check(300, 100, Some("3"));
    check(1, 3, Some("1/3"));
    check(0, 100, Some("0"));
    check(-50, 100, Some("-1/2"));
    check(i64::MAX, 1, Some("9223372036854775807"));
    check(i64::MIN, 1, Some("-9223372036854775808"));
    check(100, 0, None);
    check(0, 0, None);
    check(-50, -100, None);
}

#[test]
fn currencies_do_not_mix() {
    let error = attainment(Money::new(1, Currency::CNY), Money::new(1, Currency::USD));
    assert!(error.is_err());
}
