//! Rows of the kinds that are told by their table alone, and the readers of their values.

use chrono::NaiveDate;
use yeji_core::facts::Stage;
use yeji_core::rate::Rate;
use yeji_core::{Currency, Money, Ratio};

use crate::fold::{fold_word, narrow};
use crate::{DecimalStyle, Field, Kind, RejectCode, amount};

/// Between the parts of an identity that a row has no number for.
const PARTS: &str = " · ";

/// A row of a kind without a row type of its own. References are names or numbers, as the file spells
/// them; which of the values a row must have is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRow {
    /// Physical line of the file on which the row starts, from 1.
    pub line: u32,
    /// Of which kind.
    pub kind: Kind,
    /// Identity in the source: the row's number or, without one, the fields that tell it apart.
    pub external_id: String,
    /// The values that are there, in the order of the kind's table.
    pub values: Vec<(Field, Value)>,
}

/// A value of a [`FactRow`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, names and numbers of other records among them.
    Text(String),
    /// A day; for months their first.
    Day(NaiveDate),
    /// Money.
    Amount(Money),
    /// A whole number.
    Number(i64),
    /// A stage.
    Stage(Stage),
    /// A code of a closed list.
    Choice(&'static str),
    /// A decimal above zero.
    Rate(Rate),
    /// A currency.
    Currency(Currency),
    /// People with their shares, in all exactly 1.
    Shares(Vec<(String, Ratio)>),
}

impl FactRow {
    fn value(&self, field: Field) -> Option<&Value> {
        let found = self.values.iter().find(|(own, _)| *own == field);
        found.map(|(_, value)| value)
    }

    /// A text, if the row has it.
    pub fn text(&self, field: Field) -> Option<&str> {
        match self.value(field)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A day, if the row has it.
    pub fn day(&self, field: Field) -> Option<NaiveDate> {
        match self.value(field)? {
            Value::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// An amount, if the row has it.
    pub fn amount(&self, field: Field) -> Option<Money> {
        match self.value(field)? {
            Value::Amount(amount) => Some(*amount),
            _ => None,
        }
    }

    /// A whole number, if the row has it.
    pub fn number(&self, field: Field) -> Option<i64> {
        match self.value(field)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The stage, if the row has one.
    pub fn stage(&self, field: Field) -> Option<Stage> {
        match self.value(field)? {
            Value::Stage(stage) => Some(*stage),
            _ => None,
        }
    }

    /// A code, if the row has it.
    pub fn choice(&self, field: Field) -> Option<&'static str> {
        match self.value(field)? {
            Value::Choice(code) => Some(code),
            _ => None,
        }
    }

    /// A decimal, if the row has it.
    pub fn rate(&self, field: Field) -> Option<Rate> {
        match self.value(field)? {
            Value::Rate(rate) => Some(*rate),
            _ => None,
        }
    }

    /// A currency, if the row has it.
    pub fn currency(&self, field: Field) -> Option<Currency> {
        match self.value(field)? {
            Value::Currency(currency) => Some(*currency),
            _ => None,
        }
    }

    /// People with their shares, if the row has them.
    pub fn shares(&self, field: Field) -> Option<&[(String, Ratio)]> {
        match self.value(field)? {
            Value::Shares(shares) => Some(shares),
            _ => None,
        }
    }

    /// The value of a field as text, if the row has it.
    pub fn written(&self, field: Field) -> Option<String> {
        self.value(field).map(Value::written)
    }

    /// What tells the row from others where it has no number: typed values, so that another way of
    /// writing a date is no other row. `as_written` gives an amount with the tax in it: what is taken
    /// for the tax must not make another row of it.
    pub(crate) fn composed(&self, as_written: impl Fn(Field) -> Option<Money>) -> String {
        let parts = self
            .kind
            .def()
            .identity
            .iter()
            .map(|field| match self.value(*field) {
                Some(Value::Amount(net)) => as_written(*field).unwrap_or(*net).to_major(),
                value => value.map_or_else(String::new, Value::written),
            });
        parts.collect::<Vec<_>>().join(PARTS)
    }
}

impl Value {
    fn written(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Day(day) => day.to_string(),
            Self::Amount(amount) => amount.to_major(),
            Self::Number(number) => number.to_string(),
            Self::Stage(stage) => stage.code().to_owned(),
            Self::Choice(code) => (*code).to_owned(),
            Self::Rate(rate) => rate.to_string(),
            Self::Currency(currency) => currency.to_string(),
            Self::Shares(shares) => shares
                .iter()
                .map(|(person, share)| format!("{person} {share}"))
                .collect::<Vec<_>>()
                .join("; "),
        }
    }
}

fn plain(text: &str) -> String {
    text.chars()
        .map(narrow)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// `7.1234`, full-width digits, `1,234.5` and a decimal comma (`7,1234`) included. What could be both,
/// such as `1,234`, is none.
pub(crate) fn read_rate(text: &str) -> Option<Rate> {
    let (digits, scale) = amount::exact(&plain(text), None)?;
    let one = 10_i128.checked_pow(scale)?;
    let places = usize::try_from(scale).ok()?;
    let (whole, fraction) = (digits / one, digits % one);
    format!("{whole}.{fraction:0places$}0").parse().ok()
}

/// A whole number, with its thousands apart (`1,234`) and zeros after the point (`2.0`) or without.
pub(crate) fn read_integer(text: &str) -> Option<i64> {
    let plain = plain(text);
    let plain = plain.trim_end_matches(['人', '年']).trim_end();
    let (body, negative) = match plain.strip_prefix('-') {
        Some(body) => (body, true),
        None => (plain.strip_prefix('+').unwrap_or(plain), false),
    };
    let (digits, scale) = amount::exact(body, Some(DecimalStyle::Point))?;
    let one = 10_i128.checked_pow(scale)?;
    let whole = (digits % one == 0).then_some(digits / one)?;
    i64::try_from(if negative { -whole } else { whole }).ok()
}

/// `USD`, `usd`, `人民币`.
pub(crate) fn read_currency(text: &str) -> Option<Currency> {
    amount::currency_word(&plain(text))
}

/// The code of a word of a closed list.
pub(crate) fn read_choice(
    text: &str,
    choices: &'static [(&'static str, &'static str)],
) -> Option<&'static str> {
    let key = fold_word(text);
    choices
        .iter()
        .find(|(code, words)| *code == key || words.split_whitespace().any(|word| word == key))
        .map(|(code, _)| *code)
}

/// `王伟 60%; 李娜 40%`, also with `:`, `：`, `、`, commas or line breaks between.
///
/// # Errors
/// [`RejectCode::SharesUnreadable`], or [`RejectCode::SharesNotWhole`] where they do not total 100 %.
pub(crate) fn read_shares(text: &str) -> Result<Vec<(String, Ratio)>, RejectCode> {
    let text = plain(text);
    let mut shares = Vec::new();
    let mut sum = Ratio::ZERO;
    for part in text.split([';', ',', '、', '\n']).map(str::trim) {
        if part.is_empty() {
            continue;
        }
        let (person, share) = read_share(part).ok_or(RejectCode::SharesUnreadable)?;
        sum = sum
            .checked_add(share)
            .map_err(|_| RejectCode::SharesUnreadable)?;
        shares.push((person, share));
    }
    if shares.is_empty() {
        return Err(RejectCode::SharesUnreadable);
    }
    let positive = shares.iter().all(|(_, share)| *share > Ratio::ZERO);
    if sum != Ratio::ONE || !positive {
        return Err(RejectCode::SharesNotWhole);
    }
    Ok(shares)
}

fn read_share(part: &str) -> Option<(String, Ratio)> {
    let part = part.replace(" %", "%");
    let body = part.trim_end_matches(')').trim_end();
    // The share is what stands last: a percentage, or a fraction or decimal of 1.
    let start = body
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii_digit() || matches!(c, '.' | '/' | '%'))
        .last()
        .map(|(at, _)| at)?;
    let (person, share) = body.split_at(start);
    let share = match share.strip_suffix('%') {
        Some(percent) => Ratio::parse_decimal(percent)
            .ok()?
            .checked_div(Ratio::from_int(100))
            .ok()?,
        None => share.parse::<Ratio>().ok()?,
    };
    let person = person.trim_end_matches([' ', ':', '(', '=']);
    (!person.is_empty()).then(|| (person.to_owned(), share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_as_people_write_them_and_are_the_whole() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let got = read_shares(text).unwrap_or_else(|code| panic!("{text}: {code}"));
            let got: Vec<(&str, String)> = got
                .iter()
                .map(|(name, share)| (name.as_str(), share.to_string()))
                .collect();
            let expected: Vec<(&str, String)> = expected
                .iter()
                .map(|(name, share)| (*name, (*share).to_owned()))
                .collect();
            assert_eq!(got, expected, "{text}");
        };
        check("王伟 60%; 李娜 40%", &[("王伟", "3/5"), ("李娜", "2/5")]);
        check(
            "王伟：６０％、李娜：４０％",
            &[("王伟", "3/5"), ("李娜", "2/5")],
        );
        check("10001 100%", &[("10001", "1")]);
        check("王伟60%,李娜40%", &[("王伟", "3/5"), ("李娜", "2/5")]);
        check(
            "Ann Lee (33.5%); Bob 66.5%",
            &[("Ann Lee", "67/200"), ("Bob", "133/200")],
        );
        check(
            "A 1/3; B 1/3; C 1/3",
            &[("A", "1/3"), ("B", "1/3"), ("C", "1/3")],
        );
        check("A 0.6; B 0.4", &[("A", "3/5"), ("B", "2/5")]);
        for (text, code) in [
            ("王伟 60%; 李娜 30%", RejectCode::SharesNotWhole),
            ("王伟 120%; 李娜 -20%", RejectCode::SharesNotWhole),
            ("王伟", RejectCode::SharesUnreadable),
            ("60%", RejectCode::SharesUnreadable),
            (";", RejectCode::SharesUnreadable),
        ] {
            assert_eq!(read_shares(text), Err(code), "{text}");
        }
    }

    #[test]
    fn small_values() {
        assert_eq!(read_rate("７．１２３４").unwrap().to_string(), "7.1234");
        let rate = |text: &str| read_rate(text).map(|rate| rate.to_string());
        assert_eq!(rate("7,1234").as_deref(), Some("7.1234"), "a decimal comma");
        assert_eq!(rate("0,1404").as_deref(), Some("0.1404"));
        assert_eq!(rate("50,4").as_deref(), Some("50.4"));
        assert_eq!(rate("1,234.5").as_deref(), Some("1234.5"));
        for text in ["1,234", "1.234.5", "7,12,34", "-1", "0", "", "7.1a"] {
            assert_eq!(rate(text), None, "{text}");
        }
        let integer = |text: &str| read_integer(text);
        assert_eq!(integer("1,234"), Some(1234));
        assert_eq!(integer("１２人"), Some(12));
        assert_eq!(integer("2.0"), Some(2));
        assert_eq!(integer("-3"), Some(-3));
        for text in [
            "1,5",
            "2,0",
            "1.5",
            "12,34",
            "--1",
            "",
            "99999999999999999999",
        ] {
            assert_eq!(integer(text), None, "{text}");
        }
        assert_eq!(read_currency("人民币").unwrap(), Currency::CNY);
        assert_eq!(read_currency("人民幣").unwrap(), Currency::CNY);
        assert_eq!(read_currency("usd").unwrap(), Currency::USD);
        assert_eq!(read_currency("XXX"), None);
        let choices = &[("visit", "visit 拜访"), ("call", "call 电话")];
        assert_eq!(read_choice("电话", choices), Some("call"));
        assert_eq!(read_choice("Visit", choices), Some("visit"));
        assert_eq!(read_choice("電話", choices), Some("call"));
        assert_eq!(read_choice("鸽子", choices), None);
    }
}
