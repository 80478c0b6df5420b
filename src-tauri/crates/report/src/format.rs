//! Exact values as people read them: full in tables, 万/亿 or K/M in charts and tiles.
//!
//! Everything is integer arithmetic on [`Ratio`]; the one rounding is half away from zero
//! (四舍五入). The minus sign is `−`, missing is `—`, zero is `0`.

use yeji_core::{Currency, Money, Ratio, Rounding};

use crate::Result;
use crate::chart::{Lang, Value, ValueUnit};

/// What stands for a missing value.
pub const MISSING: &str = "—";
const MINUS: char = '−';

/// The full figure without its unit: `3,086,111.00`, `1,234`, `102.9%`.
pub fn full(value: &Value, unit: ValueUnit) -> Result<String> {
    let exact = value.exact();
    match unit {
        ValueUnit::Money { currency } => grouped(exact, currency.decimals()),
        // Days per deal are a number of things, and no whole one.
        ValueUnit::Count if exact.to_integer().is_none() => grouped(exact, 2),
        ValueUnit::Count => grouped(exact, 0),
        ValueUnit::Percent => percent(exact),
    }
}

/// The figure as charts and their axes show it: `308.6万` or `3.09M`, `102.9%`; no currency.
///
/// Three to four digits: two decimals below 10, one below 1,000, none above; trailing zeros go.
pub fn compact(value: &Value, unit: ValueUnit, lang: Lang) -> Result<String> {
    compact_ratio(value.exact(), unit, lang)
}

/// [`compact`], or `—` for an unknown value.
pub fn compact_or_missing(value: Option<&Value>, unit: ValueUnit, lang: Lang) -> Result<String> {
    value.map_or_else(
        || Ok(MISSING.to_owned()),
        |value| compact(value, unit, lang),
    )
}

/// [`compact`] with its sign: `+2.5万`, `−25K`, `0`.
pub fn compact_change(value: &Value, unit: ValueUnit, lang: Lang) -> Result<String> {
    let text = compact(value, unit, lang)?;
    let nothing = !text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    Ok(if value.exact() > Ratio::ZERO && !nothing {
        format!("+{text}")
    } else {
        text
    })
}

/// A stage's share of the stage before, in words: `占上一阶段 45.2%`, `45.2% of previous`.
pub fn step(share: Ratio, lang: Lang) -> Result<String> {
    let share = percent(share)?;
    Ok(match lang {
        Lang::ZhCn => format!("占上一阶段 {share}"),
        Lang::En => format!("{share} of previous"),
    })
}

/// [`full`], or `—` for an unknown value.
pub fn full_or_missing(value: Option<&Value>, unit: ValueUnit) -> Result<String> {
    value.map_or_else(|| Ok(MISSING.to_owned()), |value| full(value, unit))
}

/// The figure of a tile, with its currency: `1001万元`, `USD 10.01M`, `4,238`, `102.9%`.
pub fn tile(value: Option<&Value>, unit: ValueUnit, lang: Lang) -> Result<String> {
    let text = compact_or_missing(value, unit, lang)?;
    Ok(match (unit, value) {
        (ValueUnit::Money { currency }, Some(_)) => match lang {
            Lang::ZhCn => format!("{text}{}", currency_name(currency)),
            Lang::En => format!("{currency} {text}"),
        },
        _ => text,
    })
}

/// A full amount with its currency, or a number of things: `3,086,111.00 CNY`, `1,234`.
pub fn money(amount: Money) -> Result<String> {
    let number = full(&Value::money(amount), ValueUnit::money(amount.currency))?;
    if amount.currency == Currency::NONE {
        return Ok(number);
    }
    Ok(format!("{number} {}", amount.currency))
}

/// A full amount with the sign of its currency, as the window writes it: `¥3,086,111.00`, `−$5.00`.
pub fn money_with_symbol(amount: Money) -> String {
    with_symbol(&amount.to_major(), amount.currency)
}

/// A plain decimal of whatever decimals with the sign of a currency: `¥4,409.2857`.
pub fn with_symbol(plain: &str, currency: Currency) -> String {
    let symbol = match currency.code() {
        "CNY" | "JPY" => "¥",
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "HKD" => "HK$",
        "TWD" => "NT$",
        "XXX" => "",
        code => &format!("{code} "),
    };
    let number = decimal(plain);
    match number.strip_prefix(MINUS) {
        Some(size) => format!("{MINUS}{symbol}{size}"),
        None => format!("{symbol}{number}"),
    }
}

/// A plain decimal with its thousands apart and the typographic minus: `−1,234.50`.
pub fn decimal(plain: &str) -> String {
    signed(&group(plain))
}

/// One decimal: `102.9%`; `1/3` is `33.3%`.
pub fn percent(ratio: Ratio) -> Result<String> {
    Ok(format!(
        "{}%",
        signed(
            &ratio
                .checked_mul(Ratio::from_int(100))?
                .to_decimal(1, Rounding::HalfUp)?
        )
    ))
}

/// A change with its sign: `+4.2%`, `−0.3%`, `0.0%`.
pub fn change(ratio: Ratio) -> Result<String> {
    let text = percent(ratio)?;
    Ok(if ratio > Ratio::ZERO && text != "0.0%" {
        format!("+{text}")
    } else {
        text
    })
}

/// A difference of shares with its sign: `+4.2 pp`, `−0.3个百分点`.
pub fn change_in_points(ratio: Ratio, lang: Lang) -> Result<String> {
    let text = change(ratio)?;
    let number = text.trim_end_matches('%');
    Ok(format!("{number}{}", lang.pick("个百分点", " pp")))
}

/// What an axis or column header says about its numbers; `None` where each number says it (`%`).
pub fn unit_label(unit: ValueUnit, lang: Lang) -> Option<String> {
    match (unit, lang) {
        (ValueUnit::Money { currency }, Lang::ZhCn) => Some(currency_name(currency)),
        (ValueUnit::Money { currency }, Lang::En) => Some(currency.to_string()),
        (ValueUnit::Count, _) => Some(lang.pick("个", "count").to_owned()),
        (ValueUnit::Percent, _) => None,
    }
}

/// The Chinese name of a currency, or its code where the name is not in everyday use.
fn currency_name(currency: Currency) -> String {
    match currency.code() {
        "CNY" => "元",
        "USD" => "美元",
        "EUR" => "欧元",
        "GBP" => "英镑",
        "JPY" => "日元",
        "HKD" => "港元",
        "KRW" => "韩元",
        "SGD" => "新加坡元",
        "TWD" => "新台币",
        code => return format!(" {code}"),
    }
    .to_owned()
}

/// [`compact`] of a number that is not yet a [`Value`]: a tick of an axis.
pub(crate) fn compact_ratio(exact: Ratio, unit: ValueUnit, lang: Lang) -> Result<String> {
    if unit == ValueUnit::Percent {
        return percent(exact);
    }
    let steps: &[(i64, &str)] = match lang {
        Lang::ZhCn => &[(1, ""), (10_000, "万"), (100_000_000, "亿")],
        Lang::En => &[
            (1, ""),
            (1_000, "K"),
            (1_000_000, "M"),
            (1_000_000_000, "B"),
        ],
    };
    let size = exact.max(negated(exact)?);
    let mut index = steps
        .iter()
        .rposition(|(step, _)| size >= Ratio::from_int(*step))
        .unwrap_or(0);
    // 999,999 is 1M and not 1000K: what rounding lifts to the next step is written in it.
    if let Some((next, _)) = steps.get(index + 1) {
        let rounded = rounded_digits(size.checked_div(Ratio::from_int(steps[index].0))?)?;
        let lifted: Ratio = rounded.parse()?;
        if lifted.checked_mul(Ratio::from_int(steps[index].0))? >= Ratio::from_int(*next) {
            index += 1;
        }
    }
    let (step, suffix) = steps[index];
    let digits = rounded_digits(exact.checked_div(Ratio::from_int(step))?)?;
    Ok(format!("{}{suffix}", signed(&group(&digits))))
}

/// Two decimals below 10, one below 1,000, none above; trailing zeros removed.
fn rounded_digits(scaled: Ratio) -> Result<String> {
    let size = scaled.max(negated(scaled)?);
    let decimals = match size {
        s if s < Ratio::from_int(10) => 2,
        s if s < Ratio::from_int(1_000) => 1,
        _ => 0,
    };
    let text = scaled.to_decimal(decimals, Rounding::HalfUp)?;
    Ok(match text.split_once('.') {
        Some(_) => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        None => text,
    })
}

fn negated(ratio: Ratio) -> Result<Ratio> {
    Ok(Ratio::ZERO.checked_sub(ratio)?)
}

fn grouped(exact: Ratio, decimals: u32) -> Result<String> {
    Ok(signed(&group(
        &exact.to_decimal(decimals, Rounding::HalfUp)?,
    )))
}

/// Commas between thousands of a plain decimal.
fn group(plain: &str) -> String {
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain), |rest| ("-", rest));
    let (whole, part) = match digits.split_once('.') {
        Some((whole, part)) => (whole, format!(".{part}")),
        None => (digits, String::new()),
    };
    let mut out = String::with_capacity(plain.len() + whole.len() / 3);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}{part}")
}

/// A plain decimal with the typographic minus; what was rounded to zero has no sign.
fn signed(plain: &str) -> String {
    match plain.strip_prefix('-') {
        Some(rest) if rest.bytes().any(|b| (b'1'..=b'9').contains(&b)) => format!("{MINUS}{rest}"),
        Some(rest) => rest.to_owned(),
        None => plain.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CNY: ValueUnit = ValueUnit::money(Currency::CNY);

    #[test]
    fn compact_figures() {
        let check = |raw: &str, unit: ValueUnit, zh: &str, en: &str| {
            let value = Value::parse(raw).unwrap();
            assert_eq!(compact(&value, unit, Lang::ZhCn).unwrap(), zh, "{raw}");
            assert_eq!(compact(&value, unit, Lang::En).unwrap(), en, "{raw}");
        };
        check("0", CNY, "0", "0");
        check("10005534.00", CNY, "1,001万", "10M");
        check("3086111.00", CNY, "308.6万", "3.09M");
        check("200000", CNY, "20万", "200K");
        check("-25000.00", CNY, "−2.5万", "−25K");
        check("9999.99", CNY, "1万", "10K");
        check("99999999.99", CNY, "1亿", "100M");
        check("999999.99", CNY, "100万", "1M");
        check("125000000", CNY, "1.25亿", "125M");
        check("0.004", CNY, "0", "0");
        check("-0.004", CNY, "0", "0");
        check("7/8", ValueUnit::Percent, "87.5%", "87.5%");
        check("2.5", ValueUnit::Percent, "250.0%", "250.0%");
        check("4238", ValueUnit::Count, "4,238", "4.24K");
    }

    #[test]
    fn full_figures() {
        let check = |raw: &str, unit: ValueUnit, expected: &str| {
            assert_eq!(
                full(&Value::parse(raw).unwrap(), unit).unwrap(),
                expected,
                "{raw}"
            );
        };
        check("3086111.00", CNY, "3,086,111.00");
        check("-1234.50", CNY, "−1,234.50");
        check("0", CNY, "0.00");
        check("1234567", ValueUnit::Count, "1,234,567");
        check("-1/3000", ValueUnit::Percent, "0.0%");
        check("1/3", ValueUnit::Percent, "33.3%");
    }

    #[test]
    fn tiles_say_the_currency() {
        let value = Value::parse("10005534.00").unwrap();
        let usd = ValueUnit::money(Currency::USD);
        assert_eq!(tile(Some(&value), usd, Lang::ZhCn).unwrap(), "1,001万美元");
        assert_eq!(tile(Some(&value), usd, Lang::En).unwrap(), "USD 10M");
        assert_eq!(
            tile(None, usd, Lang::En).unwrap(),
            "—",
            "unknown is not zero"
        );
    }

    #[test]
    fn changes_carry_their_sign() {
        let check = |text: &str, expected: &str| {
            assert_eq!(change(text.parse().unwrap()).unwrap(), expected);
        };
        check("0.042", "+4.2%");
        check("-0.003", "−0.3%");
        check("0.0001", "0.0%");
        check("-0.0001", "0.0%");
    }

    proptest! {
        #[test]
        fn any_amount_has_a_text(minor: i64) {
            let value = Value::money(Money::new(minor, Currency::CNY));
            for lang in [Lang::ZhCn, Lang::En] {
                let text = compact(&value, CNY, lang).unwrap();
                prop_assert!(text.chars().count() <= 18, "{}", text);
                prop_assert_eq!(text.starts_with('−'), minor < 0 && text != "0");
            }
            let plain: String = full(&value, CNY).unwrap().replace(',', "").replace('−', "-");
            prop_assert_eq!(Money::parse_major(&plain, Currency::CNY).unwrap().minor, minor);
        }
    }
}
