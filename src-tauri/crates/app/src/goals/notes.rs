//! Notes and refusals of the engines as people read them: the engines count in minor units and fractions, people
//! do not.

use yeji_core::{Currency, Money, Ratio, Rounding};
use yeji_goals::weigh::WeighError;
use yeji_report::format::percent;

use super::error::{GoalError, LimitsBind};
use crate::api::Message;
use crate::error::Error;

/// Settings of a blend that are numbers; the others are shares.
const NUMBERS: [&str; 3] = ["months", "ramp_months", "round"];

/// Values of notes that are amounts in minor units, with the name of the value that people read.
const AMOUNTS: [(&str, &str); 2] = [("minor", "amount"), ("median", "median_amount")];

/// A note with its amounts in the currency.
pub(super) fn said(note: yeji_goals::Note, currency: Currency) -> Message {
    let mut params = note.params;
    for (minor, amount) in AMOUNTS {
        let read = params.get(minor).and_then(|text| text.parse().ok());
        if let Some(read) = read {
            params.remove(minor);
            let amount = amount.to_owned();
            params.insert(amount, Money::new(read, currency).to_string());
        }
    }
    Message {
        code: note.code,
        params,
    }
}

/// A refusal of a blend with amounts in the currency and shares in percent.
pub(super) fn refused(error: yeji_goals::Error, currency: Currency) -> Error {
    let yeji_goals::Error::Weigh(inner) = error else {
        return error.into();
    };
    match *inner {
        WeighError::CapsBind {
            ref name,
            left,
            most,
            ref people,
            count,
            ref needed,
            ..
        } => {
            let bind = limits((name, people, count), (left, most), currency);
            bind.map(|bind| {
                let needed = rounded_up(needed);
                GoalError::CapsBind(Box::new(LimitsBind { needed, ..bind })).into()
            })
        }
        WeighError::FloorsBind {
            ref name,
            least,
            over,
            ref people,
            count,
            ..
        } => {
            let bind = limits((name, people, count), (over, least), currency);
            bind.map(|bind| GoalError::FloorsBind(Box::new(bind)).into())
        }
        WeighError::SettingRange {
            what,
            ref value,
            ref low,
            ref high,
        } if !NUMBERS.contains(&what) => Some(
            GoalError::SettingRange {
                what,
                value: in_percent(value),
                low: in_percent(low),
                high: in_percent(high),
            }
            .into(),
        ),
        _ => None,
    }
    .unwrap_or_else(|| yeji_goals::Error::Weigh(inner).into())
}

/// Limits that a goal does not fit between; none where their sum is no amount.
fn limits(
    (name, people, count): (&str, &str, usize),
    (apart, bound): (i128, i128),
    currency: Currency,
) -> Option<LimitsBind> {
    let money = |minor: i128| Some(Money::new(i64::try_from(minor).ok()?, currency));
    Some(LimitsBind {
        name: name.to_owned(),
        people: people.to_owned(),
        count,
        apart: money(apart)?,
        bound: money(bound)?,
        needed: String::new(),
    })
}

/// A share as people write it; what is none stays.
fn in_percent(text: &str) -> String {
    let ratio = text.parse::<Ratio>().ok();
    let said = ratio.and_then(|ratio| percent(ratio).ok());
    said.unwrap_or_else(|| text.to_owned())
}

/// A least cap in percent, never below what it has to be.
fn rounded_up(text: &str) -> String {
    let mills = Ratio::parse_decimal(text)
        .and_then(|ratio| ratio.checked_mul(Ratio::from_int(1000)))
        .and_then(|ratio| ratio.round(Rounding::Ceiling));
    let up = mills.and_then(|mills| Ratio::new(i128::from(mills), 1000));
    up.map_or_else(|_| text.to_owned(), |ratio| in_percent(&ratio.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 12,345,678 is a hundred times what somebody reads who takes it for yuan.
    #[test]
    fn amounts_of_notes_are_money() {
        let params = [("name", "Li"), ("median", "12345678"), ("minor", "100000")];
        let params = params.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let note = yeji_goals::Note {
            code: "new_person_by_median".to_owned(),
            params: params.into_iter().collect(),
        };
        let said = said(note, Currency::CNY);
        assert_eq!(said.params["median_amount"], "123456.78 CNY");
        assert_eq!(said.params["amount"], "1000.00 CNY");
        assert_eq!(said.params["name"], "Li");
        assert_eq!(
            rounded_up("1.2341"),
            "123.5%",
            "123.4 % would be refused again"
        );
        assert_eq!(rounded_up("none"), "none");
        assert_eq!(in_percent("11/10"), "110.0%");
        assert!(!said.params.contains_key("minor") && !said.params.contains_key("median"));
    }
}
