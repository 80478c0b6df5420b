use super::*;
use proptest::prelude::*;

fn names<'a>(name: &str) -> Option<Value<'a>> {
    Some(match name {
        "attainment" => Value::Number(Ratio::new(4, 5).unwrap()),
        "amount" => Value::Number(Ratio::from_int(1_500)),
        "zero" => Value::Number(Ratio::ZERO),
        "customer_type" => Value::Text("New"),
        _ => return None,
    })
}

fn answer(text: &str) -> Result<bool, NoAnswer> {
    let expression = parse(text).unwrap();
    expression.holds(&|name| names(name))
}

#[test]
fn answers() {
    for text in [
        "attainment >= 80%",
        "attainment = 0.8 and amount > 1000",
        "customer_type = 'New' or nobody = 1",
        "customer_type in (\"Old\", 'New')",
        "not (amount < 1000)",
        "amount / 3 = 500",
        "missing(nobody) and not missing(amount)",
        "(1 + 2) * 3 - 4 / 2 == 7",
        "-amount <> 1",
        "1 / 3 * 3 = 1",
        "'大客户' != customer_type",
    ] {
        assert_eq!(answer(text), Ok(true), "{text}");
    }
    for text in [
        "amount < 0",
        "nobody = 1 and amount < 0",
        "not 1 = 1",
        "1 in (2, 3)",
    ] {
        assert_eq!(answer(text), Ok(false), "{text}");
    }
}

#[test]
fn no_answers() {
    let missing = NoAnswer::Missing("nobody".into());
    assert_eq!(answer("nobody > 1"), Err(missing.clone()));
    assert_eq!(answer("nobody > 1 and amount > 1"), Err(missing.clone()));
    assert_eq!(answer("nobody > 1 or amount < 1"), Err(missing.clone()));
    assert_eq!(answer("1 in (2, nobody)"), Err(missing));
    assert_eq!(answer("amount / zero > 1"), Err(NoAnswer::DivisionByZero));
    assert_eq!(answer("customer_type > 1"), Err(NoAnswer::Kinds));
    assert_eq!(answer("customer_type < 'X'"), Err(NoAnswer::Kinds));
    assert_eq!(answer("amount"), Err(NoAnswer::Kinds));
}

#[test]
fn refusals_name_the_place() {
    let check = |text: &str, place: usize, what: &str| {
        assert_eq!(
            parse(text),
            Err(Trouble::Unexpected {
                place,
                found: what.into()
            }),
            "{text}"
        );
    };
    check("amount > > 1", 10, ">");
    check("amount ; 1", 8, ";");
    check("1x > 2", 1, "1x");
    check("金额 > 1", 1, "金额");
    assert_eq!(parse("amount >"), Err(Trouble::Ends));
    assert_eq!(parse("'open"), Err(Trouble::Ends));
    assert_eq!(parse(""), Err(Trouble::Ends));
    for deep in ["(", "-", "not "] {
        let text = deep.repeat(400);
        assert!(
            matches!(parse(&text), Err(Trouble::TooDeep { .. })),
            "{deep}"
        );
        assert!(matches!(
            parse(&deep.repeat(10_000)),
            Err(Trouble::TooLong { .. })
        ));
    }
    let wide = vec!["1"; 201].join("+");
    assert!(matches!(parse(&wide), Err(Trouble::TooManyTerms { .. })));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[-+*/()<>=! a-e0-9.%'\",]{0,60}") {
        if let Ok(expression) = parse(&text) {
            // An answer or none, and never a panic.
            let _ = expression.holds(&|name| names(name));
        }
    }
}
