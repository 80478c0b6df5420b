//! Evidence as sentences.

use yeji_intake::{AmountEvidence, DateEvidence, DateOrder, DecidedBy, Evidence, Mapping};

use super::decide::date_order_code;
use crate::api::Message;

/// What speaks for the reading of a column; stages and roles are listed on their own.
pub(super) fn evidence_message(evidence: &Evidence, mapping: &Mapping) -> Option<Message> {
    match evidence {
        // A header without rows says nothing on how its values are written.
        Evidence::Dates(dates) if dates_seen(dates) == 0 => None,
        Evidence::Dates(dates) => {
            let in_force = mapping.date_order.get(&dates.field).copied();
            Some(of_dates(dates, in_force))
        }
        Evidence::Amounts(amounts) if amounts_seen(amounts) == 0 => None,
        Evidence::Amounts(amounts) => Some(of_amounts(amounts)),
        Evidence::Stage(_) | Evidence::Role(_) => None,
    }
}

/// How many values allow only one order, what was decided by what, and what the mapping says where
/// that is something else.
fn of_dates(dates: &DateEvidence, in_force: Option<DateOrder>) -> Message {
    let by_mapping = in_force.filter(|order| dates.order != Some(*order));
    let order = match (dates.order, dates.decided_by) {
        (Some(order), _) => date_order_code(order),
        (None, DecidedBy::NotNeeded) => "",
        (None, _) if by_mapping.is_some() => "",
        (None, _) => "undecided",
    };
    let mut params = vec![
        ("field", dates.field.code().to_owned()),
        ("header", dates.header.clone()),
        ("order", order.to_owned()),
        (
            "by_mapping",
            by_mapping.map_or("", date_order_code).to_owned(),
        ),
        (
            "lost",
            by_mapping.map_or(String::new(), |order| seen(lost(dates, order))),
        ),
        ("day_first_only", seen(dates.day_first_only)),
        ("month_first_only", seen(dates.month_first_only)),
        ("year_first_only", seen(dates.year_first_only)),
        ("ambiguous", seen(dates.ambiguous)),
        ("unambiguous", seen(dates.unambiguous)),
        ("empty", seen(dates.empty)),
        ("unreadable", seen(dates.unreadable)),
    ];
    // The example and the control were read by the values' order.
    if let (Some((text, date)), None) = (&dates.example, by_mapping) {
        params.push(("example", text.clone()));
        params.push(("read_as", date.clone()));
    }
    let control = dates.control.as_ref().filter(|control| control.of > 0);
    let Some(control) = control.filter(|_| by_mapping.is_none()) else {
        return Message::new("evidence_dates", &params);
    };
    params.push(("control", control.header.clone()));
    params.push(("agree", control.agree.to_string()));
    params.push(("of", control.of.to_string()));
    Message::new("evidence_dates_controlled", &params)
}

/// Rows that are no date in this order, though they are in another.
fn lost(dates: &DateEvidence, order: DateOrder) -> u32 {
    let only = [
        (DateOrder::DayFirst, dates.day_first_only),
        (DateOrder::MonthFirst, dates.month_first_only),
        (DateOrder::YearFirst, dates.year_first_only),
    ];
    only.iter()
        .filter(|(other, _)| *other != order)
        .map(|(_, rows)| rows)
        .sum()
}

/// How the decimal mark was decided.
fn of_amounts(amounts: &AmountEvidence) -> Message {
    let ambiguous = amounts.ambiguous_comma + amounts.ambiguous_point;
    Message::new(
        "evidence_amounts",
        &[
            ("field", amounts.field.code().to_owned()),
            ("header", amounts.header.clone()),
            ("plain", seen(amounts.plain)),
            ("point_only", seen(amounts.point_only)),
            ("comma_only", seen(amounts.comma_only)),
            ("ambiguous", seen(ambiguous)),
            ("empty", seen(amounts.empty)),
            ("unreadable", seen(amounts.unreadable)),
        ],
    )
}

fn dates_seen(dates: &DateEvidence) -> u32 {
    dates.day_first_only
        + dates.month_first_only
        + dates.year_first_only
        + dates.ambiguous
        + dates.unambiguous
        + dates.unreadable
        + dates.empty
}

fn amounts_seen(amounts: &AmountEvidence) -> u32 {
    amounts.plain
        + amounts.point_only
        + amounts.comma_only
        + amounts.ambiguous_comma
        + amounts.ambiguous_point
        + amounts.unreadable
        + amounts.empty
}

/// A count of rows for a part of a sentence that is left out where nothing was seen.
fn seen(rows: u32) -> String {
    if rows == 0 {
        String::new()
    } else {
        rows.to_string()
    }
}

#[cfg(test)]
mod tests {
    use yeji_intake::{Control, Field};

    use super::*;

    fn dates() -> DateEvidence {
        DateEvidence {
            field: Field::CLOSED_ON,
            header: "close_date".to_owned(),
            day_first_only: 0,
            month_first_only: 3,
            year_first_only: 0,
            ambiguous: 0,
            unambiguous: 0,
            unreadable: 0,
            empty: 1,
            distinct_first: 1,
            distinct_last: 1,
            order: Some(DateOrder::MonthFirst),
            decided_by: DecidedBy::Values,
            control: None,
            example: None,
            readings: None,
        }
    }

    #[test]
    fn what_was_not_seen_has_no_value() {
        let check = |dates: &DateEvidence, code: &str, values: &[(&str, &str)]| {
            let said = of_dates(dates, None);
            assert_eq!(said.code, code);
            for (name, value) in values {
                assert_eq!(said.params[*name], *value, "{name}");
            }
        };
        let seen = [
            ("month_first_only", "3"),
            ("empty", "1"),
            ("day_first_only", ""),
            ("unreadable", ""),
            ("order", "month_first"),
        ];
        check(&dates(), "evidence_dates", &seen);
        let iso = DateEvidence {
            order: None,
            decided_by: DecidedBy::NotNeeded,
            ..dates()
        };
        check(&iso, "evidence_dates", &[("order", "")]);
        let open = DateEvidence {
            order: None,
            decided_by: DecidedBy::Undecided,
            ..dates()
        };
        check(&open, "evidence_dates", &[("order", "undecided")]);
        let controlled = |of| DateEvidence {
            control: Some(Control {
                header: "quarter".to_owned(),
                agree: 0,
                of,
                one_sided: 0,
            }),
            ..dates()
        };
        check(&controlled(0), "evidence_dates", &[]);
        let said = of_dates(&open, Some(DateOrder::DayFirst));
        assert_eq!(said.params["order"], "", "no contradiction to the mapping");
        assert_eq!(said.params["by_mapping"], "day_first");
        assert_eq!(
            said.params["lost"], "3",
            "what that order cannot read is told"
        );
        let same = of_dates(&dates(), Some(DateOrder::MonthFirst));
        assert_eq!(same.params["by_mapping"], "", "nothing new is said");
        let other = of_dates(&controlled(2), Some(DateOrder::DayFirst));
        assert_eq!(
            other.code, "evidence_dates",
            "it was checked in another order"
        );
        let agreement = [("agree", "0"), ("of", "2")];
        check(&controlled(2), "evidence_dates_controlled", &agreement);
    }
}
