//! The largest value that a formula can have: a part is never more than its whole, whatever the facts.
//!
//! So it is of things that are counted. Amounts may be negative (goods sent back), and a part of a sum of which
//! another part is below zero is more than all of it.

use yeji_core::Ratio;

use super::{Expression, Measure, Operator, Unit};

/// Measures of which each is a part of the one after it.
const PARTS: [&[&str]; 5] = [
    &[
        "cohort_won_count",
        "cohort_negotiation",
        "cohort_proposal",
        "cohort_engaging",
        "opened_count",
    ],
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
        (_, Expression::Both(Operator::Add, one, other)) => {
            (part == one || part == other) && is_counted(one) && is_counted(other)
        }
        (Expression::Both(Operator::Subtract, from, less), whole) => {
            from.as_ref() == whole && is_counted(from) && is_counted(less)
        }
        _ => false,
    };
    is_share.then_some(Ratio::ONE)
}

/// Whether it is never below zero: a number of things.
fn is_counted(expression: &Expression) -> bool {
    match expression {
        Expression::Name(name) => Measure::of(name).is_some_and(|one| one.unit() == Unit::Count),
        Expression::Both(Operator::Add, one, other) => is_counted(one) && is_counted(other),
        _ => false,
    }
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
    use crate::kpi::{Library, parse};

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
                "win_rate_amount",
                "cohort_win_rate_amount",
                "refund_rate",
                "collection_rate",
                "gross_margin_rate",
                "cost_of_sales_rate",
                "discount"
            ],
            "more than was asked for, of facts of other days, or of amounts, which may be negative"
        );
        for name in ["win_rate", "on_time_delivery", "retention"] {
            let metric = library.metric(name).unwrap();
            assert_eq!(largest(metric.expression()), Some(Ratio::ONE), "{name}");
        }
        let satisfaction = library.metric("satisfaction").unwrap();
        assert_eq!(
            largest(satisfaction.expression()),
            Some(Ratio::from_int(MAX_SCORE))
        );
    }

    /// 300 won, 100 of goods sent back that were lost: 150 % by amounts. By deals 100 % is all.
    #[test]
    fn amounts_may_be_more_than_their_sum() {
        let of = |formula: &str| largest(&parse(formula).unwrap());
        assert_eq!(of("won_amount / (won_amount + lost_amount)"), None);
        assert_eq!(of("(costed_amount - cost_amount) / costed_amount"), None);
        assert_eq!(of("won_count / (won_count + lost_count)"), Some(Ratio::ONE));
        assert_eq!(of("(won_count - lost_count) / won_count"), Some(Ratio::ONE));
        assert_eq!(
            of("won_count / (won_count + lost_count - opened_count)"),
            None
        );
    }

    #[test]
    fn every_part_is_a_measure() {
        for name in PARTS.iter().copied().flatten() {
            assert!(Measure::of(name).is_some(), "{name}");
        }
    }
}
