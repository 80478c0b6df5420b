//! Formulas: text to tree and back, exact values, and texts that are none.

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use yeji_core::Ratio;

use crate::kpi::{Expression, KpiError, MAX_CHARS, MAX_DEPTH, MAX_TERMS, NoValue, Operator, parse};

fn value(text: &str) -> Result<Ratio, NoValue> {
    let known = |name: &str| match name {
        "a" => Ok(Ratio::from_int(6)),
        "b" => Ok(Ratio::from_int(4)),
        "zero" => Ok(Ratio::ZERO),
        "huge" => Ok(Ratio::from_int(i64::MAX)),
        _ => Err(NoValue::TooLarge),
    };
    parse(text).unwrap().evaluate(&known)
}

#[test]
fn values_are_exact() {
    let check = |text: &str, expected: &str| {
        assert_eq!(value(text), Ok(expected.parse().unwrap()), "{text}");
    };
    check("a / b", "3/2");
    check("a - b - 1", "1");
    check("a - (b - 1)", "3");
    check("a / b / 2", "3/4");
    check("-a * -2", "12");
    check("1 / 3 + 1 / 3 + 1 / 3", "1");
    check("0.1 + 0.2", "0.3");
    check("a * (b + 0.5)", "27");
    check("--a", "6");
}

#[test]
fn what_has_no_value_is_never_zero() {
    let by = |divisor: &str| {
        let divisor = divisor.to_owned();
        Err(NoValue::DivisionByZero { divisor })
    };
    assert_eq!(value("a / zero"), by("zero"));
    assert_eq!(value("zero / zero"), by("zero"));
    assert_eq!(value("1 + a / (b - 4)"), by("b - 4"));
    assert_eq!(value("0 * (1 / zero)"), by("zero"), "nothing hides it");
    assert_eq!(value("huge * huge * huge"), Err(NoValue::TooLarge));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let check = |text: &str, expected: &str| {
        assert_eq!(parse(text).unwrap_err().to_string(), expected, "{text}");
    };
    let ends = "the formula ends where a number, a name or a closing parenthesis is expected";
    check("", ends);
    check("  ", ends);
    check("a +", ends);
    check("(a", ends);
    check("a b", "character 3: `b` is not expected here");
    check("a // b", "character 4: `/` is not expected here");
    check("a)", "character 2: `)` is not expected here");
    check("赢单 / 2", "character 1: `赢` is not expected here");
    check(
        "a + 1.2.3",
        "character 5: `1.2.3` is not a decimal of at most 18 digits",
    );
    check(
        "1e5",
        "character 1: `1e5` is not a decimal of at most 18 digits",
    );
    check(
        "1234567890123456789",
        "character 1: `1234567890123456789` is not a decimal of at most 18 digits",
    );
}

/// The limits hold before the text can cost stack or time.
#[test]
fn texts_made_to_hurt_are_refused() {
    let long = "a+".repeat(MAX_CHARS);
    assert!(matches!(parse(&long), Err(KpiError::TooLong { .. })));
    let huge = "(".repeat(50_000_000);
    assert!(matches!(parse(&huge), Err(KpiError::TooLong { .. })));
    for sign in ["(", "-", "-(", "1-("] {
        let deep = sign.repeat(MAX_CHARS / sign.len());
        let error = parse(&deep).unwrap_err();
        assert!(matches!(error, KpiError::TooDeep { .. }), "{sign}: {error}");
    }
    let terms = vec!["a"; MAX_TERMS + 1].join("+");
    assert!(matches!(parse(&terms), Err(KpiError::TooManyTerms { .. })));
    let allowed = vec!["a"; MAX_TERMS].join("+");
    assert_eq!(value(&allowed), Ok(Ratio::from_int(6 * 200)));
    let nested = format!("{}a{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH));
    assert_eq!(value(&nested), Ok(Ratio::from_int(6)));
}

/// The same formula calculated naively with numbers of any size.
fn naive(expression: &Expression) -> Option<BigRational> {
    let whole = |n: i128| BigRational::from_integer(BigInt::from(n));
    Some(match expression {
        Expression::Number(n) => whole(n.numerator()) / whole(n.denominator()),
        Expression::Name(name) => whole(number_of(name)),
        Expression::Minus(of) => -naive(of)?,
        Expression::Both(operator, left, right) => {
            let (a, b) = (naive(left)?, naive(right)?);
            match operator {
                Operator::Add => a + b,
                Operator::Subtract => a - b,
                Operator::Multiply => a * b,
                Operator::Divide if b == whole(0) => return None,
                Operator::Divide => a / b,
            }
        }
    })
}

/// A value for each name `n0` to `n9`, zero and negative ones among them.
fn number_of(name: &str) -> i128 {
    [0, 1, -1, 7, 12, -30, 1_000_003, 99, 250_000_000_000, 2]
        [name[1..].parse::<usize>().unwrap_or(0)]
}

fn expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        (0_i64..1_000_000, 0_u32..4).prop_map(|(n, d)| {
            Expression::Number(Ratio::new(n.into(), 10_i128.pow(d)).unwrap())
        }),
        (0_u8..10).prop_map(|n| Expression::Name(format!("n{n}"))),
    ];
    leaf.prop_recursive(5, 60, 2, |inner| {
        let operator = prop_oneof![
            Just(Operator::Add),
            Just(Operator::Subtract),
            Just(Operator::Multiply),
            Just(Operator::Divide),
        ];
        prop_oneof![
            1 => inner.clone().prop_map(|of| Expression::Minus(Box::new(of))),
            4 => (operator, inner.clone(), inner).prop_map(|(operator, a, b)| {
                Expression::Both(operator, Box::new(a), Box::new(b))
            }),
        ]
    })
}

proptest! {
    /// What is shown of a formula reads back to the very same formula.
    #[test]
    fn print_and_parse_round_trip(expression in expression()) {
        let text = expression.to_string();
        if text.chars().count() <= MAX_CHARS {
            prop_assert_eq!(parse(&text), Ok(expression), "{}", text);
        }
    }

    /// A value is the true one, whatever the formula; where it cannot be kept there is none.
    #[test]
    fn values_equal_a_naive_model(expression in expression()) {
        let value = expression.evaluate(&|name| {
            Ratio::new(number_of(name), 1).map_err(|_| NoValue::TooLarge)
        });
        match (value, naive(&expression)) {
            (Ok(value), Some(model)) => {
                prop_assert_eq!(BigInt::from(value.numerator()), model.numer().clone());
                prop_assert_eq!(BigInt::from(value.denominator()), model.denom().clone());
            }
            (Err(NoValue::DivisionByZero { .. }), model) => prop_assert!(model.is_none()),
            (Err(NoValue::TooLarge), _) => {}
            (value, model) => prop_assert!(false, "{value:?} is not {model:?}"),
        }
    }

    /// No text brings the program down.
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        let _ = parse(&text);
    }

    /// Nor one of the signs that formulas are made of.
    #[test]
    fn any_signs_are_read_or_refused(text in "[-+*/(). a1_]{0,300}") {
        if let Ok(expression) = parse(&text) {
            let _ = expression.evaluate(&|_| Ok(Ratio::ONE));
            prop_assert_eq!(parse(&expression.to_string()), Ok(expression));
        }
    }
}
