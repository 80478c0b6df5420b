//! Reading amounts as people write them, exactly: text to minor units without a float between.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::{Currency, Money};

use crate::RejectCode;
use crate::fold::narrow;
use crate::raw::CellKind;

/// How a column writes its decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DecimalStyle {
    /// `1,234.50`.
    Point,
    /// `1.234,50`.
    Comma,
}

/// What one unit of a column is worth in major units of the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AmountUnit {
    /// 元.
    One,
    /// 千元.
    Thousand,
    /// 万元.
    TenThousand,
    /// 百万元.
    Million,
    /// 亿元.
    HundredMillion,
}

impl AmountUnit {
    /// The power of ten.
    pub(crate) fn power(self) -> u32 {
        match self {
            Self::One => 0,
            Self::Thousand => 3,
            Self::TenThousand => 4,
            Self::Million => 6,
            Self::HundredMillion => 8,
        }
    }

    /// The unit that a header names in brackets: `金额（万元）`, `Revenue (million USD)`.
    pub(crate) fn of_header(header: &str) -> Self {
        let text: String = header
            .chars()
            .map(narrow)
            .flat_map(char::to_lowercase)
            .collect();
        let Some((_, inside)) = text.split_once(['(', '[', '/']) else {
            return Self::One;
        };
        match () {
            () if inside.contains("百万") || inside.contains("million") => Self::Million,
            () if inside.contains('亿') => Self::HundredMillion,
            () if inside.contains('万') => Self::TenThousand,
            () if inside.contains('千') || inside.contains("thousand") => Self::Thousand,
            () => Self::One,
        }
    }
}

/// What the separators of a value allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Only with a decimal point.
    PointOnly,
    /// Only with a decimal comma.
    CommaOnly,
    /// `1,234`.
    AmbiguousComma,
    /// `1.234`.
    AmbiguousPoint,
    /// No separator, or none that matters.
    Plain,
    /// No amount.
    Unreadable,
}

/// How a column's amounts are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AmountRule {
    pub(crate) currency: Currency,
    pub(crate) style: Option<DecimalStyle>,
    pub(crate) unit: AmountUnit,
}

/// A cell without its sign, currency and unit.
#[derive(Debug)]
struct Peeled<'a> {
    body: &'a str,
    negative: bool,
    /// Power of ten of the cell's own unit (`1.2万`: 4).
    power: Option<u32>,
    mark: Option<Mark>,
}

/// A currency as a cell names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A code, or a sign that only one currency has.
    Code(Currency),
    /// `¥`: yuan or yen.
    Yuan,
    /// `$`: any dollar.
    Dollar,
}

/// Longest first: `US$` before `$`.
const MARKS: [(&str, &str); 14] = [
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("欧元", "EUR"),
    ("RMB", "CNY"),
    ("CN¥", "CNY"),
    ("US$", "USD"),
    ("HK$", "HKD"),
    ("元", "CNY"),
    ("圆", "CNY"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₩", "KRW"),
    ("₹", "INR"),
    ("฿", "THB"),
];
/// Longest first: `千万` before `万`.
const UNITS: [(&str, u32); 7] = [
    ("万亿", 12),
    ("千万", 7),
    ("百万", 6),
    ("亿", 8),
    ("万", 4),
    ("千", 3),
    ("百", 2),
];
const DOLLARS: [&str; 7] = ["USD", "HKD", "TWD", "SGD", "AUD", "CAD", "NZD"];

/// Reads a cell of an amount column.
///
/// # Errors
/// One of the `Amount...` codes, or [`RejectCode::CurrencyMismatch`].
pub(crate) fn parse(text: &str, kind: CellKind, rule: AmountRule) -> Result<Money, RejectCode> {
    if kind == CellKind::Date {
        return Err(RejectCode::AmountUnreadable);
    }
    let narrowed;
    let text = if text.is_ascii() {
        text
    } else {
        narrowed = text.chars().map(narrow).collect::<String>();
        &narrowed
    };
    let peeled = peel(text).ok_or(RejectCode::AmountUnreadable)?;
    if peeled.mark.is_some_and(|mark| !mark.allows(rule.currency)) {
        return Err(RejectCode::CurrencyMismatch);
    }
    let power = match (peeled.power, rule.unit) {
        (Some(own), AmountUnit::One) => own,
        // `1.2万` in a column of 万元: twelve thousand, or a hundred and twenty million?
        (Some(_), _) => return Err(RejectCode::AmountAmbiguous),
        (None, unit) => unit.power(),
    };
    // Excel's numbers carry a point whatever the column does; a Chinese unit goes with a point.
    let style = if kind == CellKind::Number {
        Some(DecimalStyle::Point)
    } else {
        rule.style
    };
    let style = style.or((power > 0).then_some(DecimalStyle::Point));
    let (digits, scale) = digits_of(peeled.body, style)?;
    to_money(digits, scale, power, peeled.negative, rule.currency)
}

/// What a value's separators allow, and the currency that it names.
pub(crate) fn shape(text: &str, kind: CellKind, unit: AmountUnit) -> (Shape, Option<Mark>) {
    let narrowed: String = text.chars().map(narrow).collect();
    let Some(peeled) = peel(&narrowed).filter(|_| kind != CellKind::Date) else {
        return (Shape::Unreadable, None);
    };
    let point = decimal(peeled.body, '.', ',');
    let comma = decimal(peeled.body, ',', '.');
    let in_chinese_units = peeled.power.is_some() || unit != AmountUnit::One;
    let shape = match (point, comma) {
        (None, None) => Shape::Unreadable,
        (Some(a), Some(b)) if a == b => Shape::Plain,
        (Some(_), None) => Shape::PointOnly,
        (None, Some(_)) => Shape::CommaOnly,
        (Some(_), Some(_)) if kind == CellKind::Number => Shape::Plain,
        (Some(_), Some(_)) if in_chinese_units => Shape::PointOnly,
        (Some(_), Some(_)) if peeled.body.contains(',') => Shape::AmbiguousComma,
        (Some(_), Some(_)) => Shape::AmbiguousPoint,
    };
    (shape, peeled.mark)
}

/// The currency that a header names: `Amount (USD)`, `金额（元）`, `金额（万元）`.
pub(crate) fn mark_of_header(header: &str) -> Option<Mark> {
    let text: String = header.chars().map(narrow).collect();
    let inside = &text[text.find(['(', '[', '/'])? + 1..];
    let inside = inside.trim_end_matches([')', ']', ' ']).trim();
    let inside = UNITS
        .iter()
        .find_map(|(word, _)| inside.strip_prefix(word))
        .unwrap_or(inside);
    let (mark, _) = strip_mark_start(inside.rsplit(' ').next()?)?;
    Some(mark)
}

impl Mark {
    /// Whether amounts so marked can be of a currency.
    fn allows(self, currency: Currency) -> bool {
        match self {
            Self::Code(code) => code == currency,
            Self::Yuan => matches!(currency.code(), "CNY" | "JPY"),
            Self::Dollar => DOLLARS.contains(&currency.code()),
        }
    }

    /// Both marks of one cell (`¥5元`) together; none where they contradict.
    fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (a, b) if a == b => Some(a),
            (Self::Code(code), sign) | (sign, Self::Code(code)) if sign.allows(code) => {
                Some(Self::Code(code))
            }
            _ => None,
        }
    }

    /// The currency that it means where nothing else is known; `$` alone means none for sure.
    pub(crate) fn likely(self) -> Option<Currency> {
        match self {
            Self::Code(code) => Some(code),
            Self::Yuan => Some(Currency::CNY),
            Self::Dollar => None,
        }
    }
}

/// Takes signs, brackets, currency and unit off both ends; none where what is left is no number or
/// two signs contradict.
fn peel(text: &str) -> Option<Peeled<'_>> {
    let mut peeled = Peeled {
        body: text.trim(),
        negative: false,
        power: None,
        mark: None,
    };
    let mut signed = false;
    loop {
        let body = peeled.body.trim();
        let (rest, negative) = if let Some(inner) =
            body.strip_prefix('(').and_then(|b| b.strip_suffix(')'))
        {
            (inner, true)
        } else if let Some(rest) = body.strip_prefix('-').or_else(|| body.strip_suffix('-')) {
            (rest, true)
        } else if let Some(rest) = body.strip_prefix('+') {
            (rest, false)
        } else if let Some((mark, rest)) = strip_mark_start(body).or_else(|| strip_mark_end(body)) {
            peeled.mark = Some(peeled.mark.map_or(Some(mark), |other| other.with(mark))?);
            peeled.body = rest;
            continue;
        } else if let Some((rest, power)) = strip_unit(body) {
            if peeled.power.replace(power).is_some() {
                return None;
            }
            peeled.body = rest;
            continue;
        } else {
            peeled.body = body;
            return body.bytes().any(|b| b.is_ascii_digit()).then_some(peeled);
        };
        if std::mem::replace(&mut signed, true) {
            return None;
        }
        peeled.negative = negative;
        peeled.body = rest;
    }
}

fn strip_unit(text: &str) -> Option<(&str, u32)> {
    UNITS
        .iter()
        .find_map(|(word, power)| text.strip_suffix(word).map(|rest| (rest, *power)))
}

fn strip_mark_start(text: &str) -> Option<(Mark, &str)> {
    for (word, code) in MARKS {
        if let Some(rest) = text.strip_prefix(word) {
            return Some((Mark::Code(code.parse().ok()?), rest));
        }
    }
    if let Some(rest) = text.strip_prefix(['¥', '￥']) {
        return Some((Mark::Yuan, rest));
    }
    if let Some(rest) = text.strip_prefix('$') {
        return Some((Mark::Dollar, rest));
    }
    let code = text.get(..3)?;
    Some((Mark::Code(code.parse().ok()?), &text[3..]))
}

fn strip_mark_end(text: &str) -> Option<(Mark, &str)> {
    for (word, code) in MARKS {
        if let Some(rest) = text.strip_suffix(word) {
            return Some((Mark::Code(code.parse().ok()?), rest));
        }
    }
    if let Some(rest) = text.strip_suffix(['¥', '￥']) {
        return Some((Mark::Yuan, rest));
    }
    if let Some(rest) = text.strip_suffix('$') {
        return Some((Mark::Dollar, rest));
    }
    let at = text.len().checked_sub(3)?;
    Some((Mark::Code(text.get(at..)?.parse().ok()?), &text[..at]))
}

/// The digits as an integer and how many of them stand after the decimal mark.
fn digits_of(body: &str, style: Option<DecimalStyle>) -> Result<(i128, u32), RejectCode> {
    let found = match style {
        Some(DecimalStyle::Point) => decimal(body, '.', ','),
        Some(DecimalStyle::Comma) => decimal(body, ',', '.'),
        None => match (decimal(body, '.', ','), decimal(body, ',', '.')) {
            (Some(point), Some(comma)) if point != comma => {
                return Err(RejectCode::AmountAmbiguous);
            }
            (point, comma) => point.or(comma),
        },
    };
    match found.ok_or(RejectCode::AmountUnreadable)? {
        Digits::Exact { digits, scale } => Ok((digits, scale)),
        Digits::TooMany => Err(RejectCode::AmountTooLarge),
    }
}

/// A number without its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Digits {
    /// All digits as an integer, and how many of them stand after the decimal mark.
    Exact { digits: i128, scale: u32 },
    /// More than [`MAX_DIGITS`].
    TooMany,
}

/// Most digits that are read: 10^36 fits an `i128` with room for a unit's power checked later.
const MAX_DIGITS: u32 = 36;

/// Reads `1,234.50` for the decimal mark `.` and the group mark `,`. Spaces and apostrophes group
/// too. None if it is no such number.
fn decimal(body: &str, mark: char, group: char) -> Option<Digits> {
    let (whole, fraction) = match body.split_once(mark) {
        Some((whole, fraction)) => (whole, fraction),
        None => (body, ""),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    if !grouped(whole, group) {
        return None;
    }
    let mut digits: i128 = 0;
    let mut count = 0;
    for b in whole
        .bytes()
        .chain(fraction.bytes())
        .filter(u8::is_ascii_digit)
    {
        count += u32::from(count > 0 || b != b'0');
        if count > MAX_DIGITS {
            return Some(Digits::TooMany);
        }
        digits = digits * 10 + i128::from(b - b'0');
    }
    let Ok(scale) = u32::try_from(fraction.len()) else {
        return Some(Digits::TooMany);
    };
    Some(Digits::Exact { digits, scale })
}

/// Digits alone, or groups: one to three digits without a leading zero, then threes, one mark.
fn grouped(whole: &str, group: char) -> bool {
    if whole.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    let Some(mark) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return true;
    };
    if mark != group && mark != ' ' && mark != '\'' {
        return false;
    }
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or_default();
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    matches!(first.len(), 1..=3)
        && digits(first)
        && !first.starts_with('0')
        && groups.all(|part| part.len() == 3 && digits(part))
}

fn to_money(
    digits: i128,
    scale: u32,
    power: u32,
    negative: bool,
    currency: Currency,
) -> Result<Money, RejectCode> {
    let up = power + currency.decimals();
    let minor = if up >= scale {
        let factor = 10_i128.checked_pow(up - scale);
        let product = factor.and_then(|factor| digits.checked_mul(factor));
        product.ok_or(RejectCode::AmountTooLarge)?
    } else if digits == 0 {
        0
    } else {
        // More zeros than a 36-digit number can end in cannot divide it.
        let factor = 10_i128
            .checked_pow(scale - up)
            .ok_or(RejectCode::AmountTooPrecise)?;
        if digits % factor != 0 {
            return Err(RejectCode::AmountTooPrecise);
        }
        digits / factor
    };
    let minor = if negative { -minor } else { minor };
    i64::try_from(minor)
        .map(|minor| Money::new(minor, currency))
        .map_err(|_| RejectCode::AmountTooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const POINT: Option<DecimalStyle> = Some(DecimalStyle::Point);
    const COMMA: Option<DecimalStyle> = Some(DecimalStyle::Comma);

    fn rule(style: Option<DecimalStyle>) -> AmountRule {
        AmountRule {
            currency: Currency::CNY,
            style,
            unit: AmountUnit::One,
        }
    }

    fn minor(text: &str, style: Option<DecimalStyle>) -> Result<i64, RejectCode> {
        parse(text, CellKind::Text, rule(style)).map(|money| money.minor)
    }

    #[test]
    fn forms() {
        let check =
            |text: &str, expected: i64| assert_eq!(minor(text, POINT), Ok(expected), "{text}");
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
    }

    #[test]
    fn what_is_no_amount() {
        let check =
            |text: &str, code: RejectCode| assert_eq!(minor(text, POINT), Err(code), "{text}");
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
            "1e5",
            "1.2E+05",
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
    }

    #[test]
    fn european_and_undecided() {
        assert_eq!(minor("1.234,50", COMMA), Ok(123_450));
        assert_eq!(minor("1.234", COMMA), Ok(123_400));
        assert_eq!(minor("1,5", COMMA), Ok(150));
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
        assert_eq!(header("close_value"), (AmountUnit::One, None));
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
}
