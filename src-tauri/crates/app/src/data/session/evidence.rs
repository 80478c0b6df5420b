//! Evidence as sentences.

use yeji_intake::{AmountEvidence, DateEvidence, Evidence};

use super::decide::date_order_code;
use crate::api::Message;

/// What speaks for the reading of a column; stages are listed on their own.
pub(super) fn evidence_message(evidence: &Evidence) -> Option<Message> {
    match evidence {
        Evidence::Dates(dates) => Some(of_dates(dates)),
        Evidence::Amounts(amounts) => Some(of_amounts(amounts)),
        Evidence::Stage(_) => None,
    }
}

/// How many values allow only one order, and what was decided by what.
fn of_dates(dates: &DateEvidence) -> Message {
    let order = dates.order.map_or("undecided", date_order_code);
    let mut params = vec![
        ("field", dates.field.code().to_owned()),
        ("header", dates.header.clone()),
        ("order", order.to_owned()),
        ("day_first_only", dates.day_first_only.to_string()),
        ("month_first_only", dates.month_first_only.to_string()),
        ("ambiguous", dates.ambiguous.to_string()),
        ("unambiguous", dates.unambiguous.to_string()),
        ("empty", dates.empty.to_string()),
        ("unreadable", dates.unreadable.to_string()),
    ];
    if let Some((text, date)) = &dates.example {
        params.push(("example", text.clone()));
        params.push(("read_as", date.clone()));
    }
    let Some(control) = &dates.control else {
        return Message::new("evidence_dates", &params);
    };
    params.push(("control", control.header.clone()));
    params.push(("agree", control.agree.to_string()));
    params.push(("of", control.of.to_string()));
    Message::new("evidence_dates_controlled", &params)
}

/// How the decimal mark was decided.
fn of_amounts(amounts: &AmountEvidence) -> Message {
    Message::new(
        "evidence_amounts",
        &[
            ("field", amounts.field.code().to_owned()),
            ("header", amounts.header.clone()),
            ("plain", amounts.plain.to_string()),
            ("point_only", amounts.point_only.to_string()),
            ("comma_only", amounts.comma_only.to_string()),
            ("empty", amounts.empty.to_string()),
            ("unreadable", amounts.unreadable.to_string()),
        ],
    )
}
