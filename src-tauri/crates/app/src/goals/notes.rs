//! Notes of the engines as people read them: the engines count in minor units, people do not.

use yeji_core::{Currency, Money};

use crate::api::Message;

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
        assert!(!said.params.contains_key("minor") && !said.params.contains_key("median"));
    }
}
