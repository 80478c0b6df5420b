//! Amounts in Chinese capitals, as papers that are signed have them: a figure is easily changed by a stroke.
//!
//! By the rules of the People's Bank of China for filling in bills (支付结算办法, annex 1): zeros in a row are
//! one 零, after 元 follows 整 where there are no cents, after 角 it may be left out, and is.

use yeji_core::{Currency, Money};

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES: [(u64, &str); 4] = [(1_000, "仟"), (100, "佰"), (10, "拾"), (1, "")];
const WAN: u64 = 10_000;
const YI: u64 = 100_000_000;

/// `人民币壹仟陆佰捌拾元零叁角贰分`. None of an amount that is not in yuan.
pub fn capital_amount(amount: Money) -> Option<String> {
    if amount.currency != Currency::CNY {
        return None;
    }
    let minor = amount.minor.unsigned_abs();
    let (yuan, jiao, fen) = (minor / 100, minor / 10 % 10, minor % 10);
    let mut text = "人民币".to_owned();
    if amount.minor < 0 {
        text.push('负');
    }
    if yuan > 0 || jiao + fen == 0 {
        text += &integer(yuan);
        text.push('元');
    }
    if jiao + fen == 0 {
        text.push('整');
        return Some(text);
    }
    // A zero between 元 and what follows: where 角 is none, and where the yuan end with one.
    if yuan > 0 && (jiao == 0 || yuan.is_multiple_of(10)) {
        text.push('零');
    }
    for (digit, place) in [(jiao, '角'), (fen, '分')] {
        if digit > 0 {
            text += digit_word(digit);
            text.push(place);
        }
    }
    Some(text)
}

fn integer(number: u64) -> String {
    if number == 0 {
        return DIGITS[0].to_owned();
    }
    for (size, word) in [(YI, "亿"), (WAN, "万")] {
        if number < size {
            continue;
        }
        let (high, low) = (number / size, number % size);
        let zero = if low > 0 && low < size / 10 {
            DIGITS[0]
        } else {
            ""
        };
        let rest = if low > 0 { integer(low) } else { String::new() };
        return format!("{}{word}{zero}{rest}", integer(high));
    }
    below_ten_thousand(number)
}

fn below_ten_thousand(number: u64) -> String {
    let mut text = String::new();
    let mut zero = false;
    for (size, word) in PLACES {
        let digit = number / size % 10;
        if digit == 0 {
            // Only between digits.
            zero = !text.is_empty();
            continue;
        }
        if zero {
            text += DIGITS[0];
            zero = false;
        }
        text += digit_word(digit);
        text += word;
    }
    text
}

fn digit_word(digit: u64) -> &'static str {
    usize::try_from(digit)
        .ok()
        .and_then(|digit| DIGITS.get(digit))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(minor: i64) -> String {
        capital_amount(Money::new(minor, Currency::CNY)).unwrap()
    }

    /// The examples of the rules themselves, and amounts where zeros meet a unit.
    #[test]
    fn amounts_are_written_by_the_rules() {
        for (minor, expected) in [
            (140_950, "人民币壹仟肆佰零玖元伍角"),
            (600_714, "人民币陆仟零柒元壹角肆分"),
            (168_032, "人民币壹仟陆佰捌拾元零叁角贰分"),
            (10_700_053, "人民币壹拾万柒仟元零伍角叁分"),
            (1_640_902, "人民币壹万陆仟肆佰零玖元零贰分"),
            (32_504, "人民币叁佰贰拾伍元零肆分"),
            (0, "人民币零元整"),
            (5, "人民币伍分"),
            (1_200_000_000, "人民币壹仟贰佰万元整"),
            (100_000_000_100, "人民币壹拾亿零壹元整"),
            (10_001_000_000, "人民币壹亿零壹万元整"),
            (-100, "人民币负壹元整"),
        ] {
            assert_eq!(of(minor), expected);
        }
        let dollars = Money::new(100, "USD".parse().unwrap());
        assert_eq!(capital_amount(dollars), None);
    }

    /// Reads the words again, unit by unit.
    fn read(text: &str) -> i64 {
        let (mut total, mut part, mut digit, mut minor) = (0_i64, 0_i64, 0_i64, 0_i64);
        for c in text.chars() {
            if let Some(at) = DIGITS.iter().position(|word| word.starts_with(c)) {
                digit = i64::try_from(at).unwrap();
                continue;
            }
            match c {
                '仟' => part += digit * 1_000,
                '佰' => part += digit * 100,
                '拾' => part += digit * 10,
                '万' => total += (part + digit) * 10_000,
                '亿' => total = (total + part + digit) * 100_000_000,
                '元' => minor = (total + part + digit) * 100,
                '角' => minor += digit * 10,
                '分' => minor += digit,
                _ => {}
            }
            if matches!(c, '万' | '亿') {
                part = 0;
            }
            digit = 0;
        }
        minor
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_the_same_amount(minor in 0..i64::MAX) {
            let text = of(minor);
            prop_assert_eq!(read(&text), minor, "{}", &text);
            prop_assert!(!text.contains("零零"), "{}", text);
        }
    }
}
