use super::*;
use proptest::prelude::*;

const POINT: Option<DecimalStyle> = Some(DecimalStyle::Point);
const COMMA: Option<DecimalStyle> = Some(DecimalStyle::Comma);

fn rule(style: Option<DecimalStyle>) -> AmountRule {
    AmountRule {
        currency: Currency::CNY,
        style,
        unit: AmountUnit::One,
        net: None,
    }
}

fn minor(text: &str, style: Option<DecimalStyle>) -> Result<i64, RejectCode> {
    parse(text, CellKind::Text, rule(style)).map(|money| money.minor)
}

#[test]
fn forms() {
    let check = |text: &str, expected: i64| assert_eq!(minor(text, POINT), Ok(expected), "{text}");
    check("1054", 105_400);
    check("1,234.50", 123_450);
    check("1,234,567", 123_456_700);
    check("1 234.5", 123_450);
    check("1'234.50", 123_450);
    check("¥1.2万", 1_200_000);
    check("￥1.2万元", 1_200_000);
    check("3.5亿", 35_000_000_000);
    check("1.2345万", 1_234_500);
    check("2千万", 2_000_000_000);
    check("１，２３４．５０", 123_450);
    check("(1,234)", -123_400);
    check("（¥1,234）", -123_400);
    check("¥(5)", -500);
    check("1,234-", -123_400);
    check("-¥5", -500);
    check("¥-5", -500);
    check("−5", -500);
    check("+5", 500);
    check("100元", 10_000);
    check("人民币 100", 10_000);
    check("CNY 1,000.00", 100_000);
    check("1000 RMB", 100_000);
    check("1.5000", 150);
    check("0.05", 5);
    check(".5", 50);
    check("5.", 500);
    check("0", 0);
    check("-0", 0);
    check("000123.40", 12_340);
    check("92233720368547758.07", i64::MAX);
    check("1.2e4", 1_200_000);
    check("¥1.234E4", 1_234_000);
    check("-5e0", -500);
    check("1万2千", 1_200_000);
    check("1亿2千万元", 12_000_000_000);
    check("(1万2千5百)", -1_250_000);
}

#[test]
fn what_is_no_amount() {
    let check = |text: &str, code: RejectCode| assert_eq!(minor(text, POINT), Err(code), "{text}");
    for text in [
        "",
        "-",
        "abc",
        "1.2.3",
        "1,23",
        "12,34,567",
        "1,2345",
        "--5",
        "-(5)",
        "(5",
        "5%",
        "1.2E+05",
        "e4",
        "1.2e",
        "1.2e444",
        "1.2e-4",
        "1,234e4",
        "1.2e4万",
        "1万2",
        "3千5百万",
        "1万23千",
        "1万2万",
        "1.5万2千",
        "¥",
        "万",
        "1.2万万",
        "¥$5",
        "0x10",
        "1 2",
        "NaN",
        "∞",
        "½",
        "五百",
        "=1+1",
        "0,123",
        ",5",
    ] {
        check(text, RejectCode::AmountUnreadable);
    }
    check("1.505", RejectCode::AmountTooPrecise);
    check("0.001", RejectCode::AmountTooPrecise);
    check("92233720368547758.08", RejectCode::AmountTooLarge);
    check(&"9".repeat(400), RejectCode::AmountTooLarge);
    check("9999999999999999万亿", RejectCode::AmountTooLarge);
    check("$5", RejectCode::CurrencyMismatch);
    check("5 USD", RejectCode::CurrencyMismatch);
    check("€5", RejectCode::CurrencyMismatch);
    check("5 ACV", RejectCode::AmountUnreadable);
}

#[test]
fn european_and_undecided() {
    assert_eq!(minor("1.234,50", COMMA), Ok(123_450));
    assert_eq!(minor("1.234", COMMA), Ok(123_400));
    assert_eq!(minor("1,5", COMMA), Ok(150));
    assert_eq!(minor("1,2e4", COMMA), Ok(1_200_000));
    let mark = minor("1.234e4", COMMA);
    assert_eq!(mark, Err(RejectCode::AmountUnreadable), "whose mark is it?");
    assert_eq!(minor("1.234e4", None), Ok(1_234_000), "as programs write");
    assert_eq!(minor("1,234.50", COMMA), Err(RejectCode::AmountUnreadable));
    assert_eq!(minor("1.234,50", None), Ok(123_450), "one reading only");
    assert_eq!(minor("1,234.50", None), Ok(123_450), "one reading only");
    assert_eq!(minor("1.234", None), Err(RejectCode::AmountAmbiguous));
    assert_eq!(minor("1,234", None), Err(RejectCode::AmountAmbiguous));
    assert_eq!(minor("1,50", None), Ok(150));
    assert_eq!(minor("1500", None), Ok(150_000));
}

#[test]
fn units_and_numbers_of_excel() {
    let unit = AmountRule {
        unit: AmountUnit::TenThousand,
        ..rule(None)
    };
    let of = |text: &str| parse(text, CellKind::Text, unit).map(|money| money.minor);
    assert_eq!(of("1.234"), Ok(1_234_000));
    assert_eq!(
        of("1.2万"),
        Err(RejectCode::AmountAmbiguous),
        "a unit in the header and in the cell"
    );
    let number =
        |text: &str, style| parse(text, CellKind::Number, rule(style)).map(|money| money.minor);
    assert_eq!(
        number("1234.5", COMMA),
        Ok(123_450),
        "Excel's numbers are not the column's text"
    );
    assert_eq!(
        parse("2017-03-01", CellKind::Date, rule(POINT)),
        Err(RejectCode::AmountUnreadable)
    );
    let yen = AmountRule {
        currency: "JPY".parse().unwrap(),
        ..rule(POINT)
    };
    assert_eq!(parse("¥1,200", CellKind::Text, yen).unwrap().minor, 1_200);
    assert_eq!(
        parse("1.5", CellKind::Text, yen),
        Err(RejectCode::AmountTooPrecise)
    );
    let header = |text: &str| {
        (
            AmountUnit::of_header(text),
            mark_of_header(text).and_then(Mark::likely),
        )
    };
    assert_eq!(
        header("金额（万元）"),
        (AmountUnit::TenThousand, Some(Currency::CNY))
    );
    assert_eq!(header("金额/元"), (AmountUnit::One, Some(Currency::CNY)));
    assert_eq!(
        header("Revenue (million USD)"),
        (AmountUnit::Million, Some(Currency::USD))
    );
    for none in [
        "close_value",
        "Value (ACV)",
        "Value (ALLOCATED)",
        "Amount (net)",
    ] {
        assert_eq!(header(none), (AmountUnit::One, None), "{none}");
    }
    assert_eq!(
        header("Amount [EUR]"),
        (AmountUnit::One, Some("EUR".parse().unwrap()))
    );
}

#[test]
fn shapes() {
    let check = |text: &str, expected: Shape| {
        assert_eq!(
            shape(text, CellKind::Text, AmountUnit::One).0,
            expected,
            "{text}"
        );
    };
    check("1,234.50", Shape::PointOnly);
    check("1.5", Shape::PointOnly);
    check("0.123", Shape::PointOnly);
    check("1,234,567", Shape::PointOnly);
    check("1.234,50", Shape::CommaOnly);
    check("1,5", Shape::CommaOnly);
    check("1.234.567", Shape::CommaOnly);
    check("1,234", Shape::AmbiguousComma);
    check("¥1.234", Shape::AmbiguousPoint);
    check("1.234万", Shape::PointOnly);
    check("1054", Shape::Plain);
    check("abc", Shape::Unreadable);
}

proptest! {
    #[test]
    fn formatted_amounts_read_back(minor: i64, form in 0_usize..5) {
        let plain = Money::new(minor, Currency::CNY).to_major();
        let (whole, fraction) = plain.trim_start_matches('-').split_once('.').unwrap();
        let grouped = |mark: char| {
            let mut text = String::new();
            for (index, c) in whole.chars().enumerate() {
                if index > 0 && (whole.len() - index) % 3 == 0 {
                    text.push(mark);
                }
                text.push(c);
            }
            text
        };
        let sign = if minor < 0 { "-" } else { "" };
        let (text, style) = match form {
            0 => (plain.clone(), POINT),
            1 => (format!("{sign}¥{}.{fraction}", grouped(',')), POINT),
            2 => (format!("{sign}{},{fraction}", grouped('.')), COMMA),
            3 if minor < 0 => (format!("({whole}.{fraction})"), None),
            3 => (format!("{whole}.{fraction}元"), None),
            _ => (format!("{}.{fraction}{sign}", grouped(' ')), POINT),
        };
        prop_assert_eq!(parse(&text, CellKind::Text, rule(style)).map(|m| m.minor), Ok(minor), "{}", text);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,24}", like in "[0-9¥$元万亿(),.+' CNY-]{0,16}") {
        for text in [&text, &like] {
            for style in [None, POINT, COMMA] {
                let _ = parse(text, CellKind::Text, rule(style));
            }
            let _ = shape(text, CellKind::Text, AmountUnit::One);
            let _ = mark_of_header(text);
        }
    }
}

#[test]
fn tax_is_taken_out_exactly_and_rounded_once() {
    let check = |text: &str, percent: &str, minor: i64| {
        let rule = AmountRule {
            currency: Currency::CNY,
            style: None,
            unit: AmountUnit::One,
            net: Some(super::net_of(percent.parse().unwrap()).unwrap()),
        };
        let net = parse(text, CellKind::Text, rule).map(|money| money.minor);
        assert_eq!(net, Ok(minor), "{text} with {percent} % in it");
    };
    check("113", "13", 10_000);
    check("-113", "13", -10_000);
    // 100 / 1.13 is 88.4955...
    check("100", "13", 8_850);
    check("1.2万", "6", 1_132_075);
    // A cent and a half: away from zero, whatever the sign.
    check("0.03", "100", 2);
    check("-0.03", "100", -2);
}
