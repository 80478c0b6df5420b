//! The largest value that a formula can have: a part is never more than its whole, whatever the facts.

use yeji_core::Ratio;

use super::{Expression, Operator};

/// Measures of which each is a part of the one after it.
const PARTS: [&[&str]; 6] = [
    &[
        "cohort_won_count",
        "cohort_negotiation",
        "cohort_proposal",
        "cohort_engaging",
        "opened_count",
    ],
    &["cohort_won_amount", "cohort_amount"],
    &["lead_won_count", "lead_converted_count", "lead_count"],
    &["customers_kept", "customers_at_start"],
    &["repeat_customers", "buying_customers"],
    &["on_time_count", "due_count"],
];
/// Satisfaction is asked for from 1 to this.
const MAX_SCORE: i64 = 10;

/// Of `x / (x + y)`, of a measure by one that holds it, of `(x - y) / x`, and of the mean of scores; none: any
/// value may come.
pub fn largest(formula: &Expression) -> Option<Ratio> {
    let Expression::Both(Operator::Divide, part, whole) = formula else {
        return None;
    };
    let is_share = match (part.as_ref(), whole.as_ref()) {
        (Expression::Name(part), Expression::Name(whole)) => {
            if (part.as_str(), whole.as_str()) == ("score_sum", "score_count") {
                return Some(Ratio::from_int(MAX_SCORE));
            }
            is_part(part, whole)
        }
        (_, Expression::Both(Operator::Add, one, other)) => part == one || part == other,
        (Expression::Both(Operator::Subtract, from, _), whole) => from.as_ref() == whole,
        _ => false,
    };
    is_share.then_some(Ratio::ONE)
}

fn is_part(part: &str, whole: &str) -> bool {
    let place = |chain: &[&str], name: &str| chain.iter().position(|one| *one == name);
    PARTS.iter().any(|chain| {
        let places = place(chain, part).zip(place(chain, whole));
        places.is_some_and(|(part, whole)| part <= whole)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi::{Library, Measure, Unit};

    /// Who adds a share says here whether it can be more than all.
    #[test]
    fn shares_of_the_library_end_at_all_of_it_or_are_known_not_to() {
        let library = Library::built_in();
        let shares = library
            .metrics()
            .filter(|one| one.definition.unit == Unit::Ratio);
        let open: Vec<&str> = shares
            .filter(|one| largest(one.expression()).is_none())
            .map(|one| one.definition.code.as_str())
            .collect();
        assert_eq!(
            open,
            [
                "attainment",
                "refund_rate",
                "collection_rate",
                "cost_of_sales_rate"
            ],
            "more than was asked for, or of facts of other days"
        );
        for name in [
            "win_rate",
            "on_time_delivery",
            "retention",
            "gross_margin_rate",
        ] {
            let metric = library.metric(name).unwrap();
            assert_eq!(largest(metric.expression()), Some(Ratio::ONE), "{name}");
        }
        let satisfaction = library.metric("satisfaction").unwrap();
        assert_eq!(
            largest(satisfaction.expression()),
            Some(Ratio::from_int(MAX_SCORE))
        );
    }

    #[test]
    fn every_part_is_a_measure() {
        for name in PARTS.iter().copied().flatten() {
            assert!(Measure::of(name).is_some(), "{name}");
        }
    }
}
