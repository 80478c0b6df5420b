//! Sums of fractions that do not fit 128 bits. Receipts at their deals' rates have as many denominators as
//! there are deals' periods, and the least common one of a few of them is longer than any amount; the sum
//! is rounded once all the same.

use std::collections::BTreeMap;

use num_bigint::{BigInt, Sign};
use num_integer::Integer as _;
use yeji_core::{Ratio, Rounding};

use super::Known;
use super::lines::overflow;

/// The exact sum of `terms`, counted in `unit` and rounded once.
pub(super) fn rounded_sum(terms: &[Ratio], unit: i64, mode: Rounding) -> Known<i64> {
    let mut by_denominator: BTreeMap<i128, BigInt> = BTreeMap::new();
    for term in terms {
        *by_denominator.entry(term.denominator()).or_default() += term.numerator();
    }
    let (mut num, mut den) = (BigInt::ZERO, BigInt::from(1));
    for (other, part) in by_denominator {
        num = num * other + part * &den;
        den *= other;
    }
    round(&num, &(den * unit), mode).ok_or_else(overflow)
}

/// As [`Ratio::round`]; `den` is positive.
fn round(num: &BigInt, den: &BigInt, mode: Rounding) -> Option<i64> {
    let (floor, rest) = num.div_mod_floor(den);
    let up = match mode {
        Rounding::Floor => false,
        Rounding::Ceiling => rest.sign() == Sign::Plus,
        Rounding::Down => rest.sign() == Sign::Plus && num.sign() == Sign::Minus,
        Rounding::HalfUp | Rounding::HalfEven => match rest.cmp(&(den - &rest)) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal if mode == Rounding::HalfUp => num.sign() == Sign::Plus,
            std::cmp::Ordering::Equal => floor.is_odd(),
        },
    };
    i64::try_from(floor + i64::from(up)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MODES: [Rounding; 5] = [
        Rounding::HalfUp,
        Rounding::HalfEven,
        Rounding::Floor,
        Rounding::Ceiling,
        Rounding::Down,
    ];

    #[test]
    fn a_sum_that_128_bits_do_not_hold_is_rounded_once() {
        // Different primes as denominators: their product has more than 128 bits.
        let primes = [
            1_000_003, 1_000_033, 1_000_037, 1_000_039, 1_000_081, 1_000_099, 1_000_117, 1_000_121,
        ];
        let terms: Vec<Ratio> = primes
            .iter()
            .map(|prime| Ratio::new(prime / 8, *prime).unwrap())
            .collect();
        // Eight eighths less a trifle each.
        assert_eq!(rounded_sum(&terms, 1, Rounding::HalfUp).ok(), Some(1));
        assert_eq!(rounded_sum(&terms, 1, Rounding::Down).ok(), Some(0));
    }

    proptest! {
        #[test]
        fn what_fits_is_rounded_as_the_short_way_rounds_it(
            terms in prop::collection::vec((-1_000_i128..1_000, 1..40_i128), 0..6),
            unit in 1..50_i64,
        ) {
            let terms: Vec<Ratio> =
                terms.into_iter().map(|(n, d)| Ratio::new(n, d).unwrap()).collect();
            let mut sum = Ratio::ZERO;
            for term in &terms {
                sum = sum.checked_add(*term).unwrap();
            }
            let sum = sum.checked_div(Ratio::from_int(unit)).unwrap();
            for mode in MODES {
                prop_assert_eq!(rounded_sum(&terms, unit, mode).ok(), sum.round(mode).ok());
            }
        }
    }
}
