//! The one function that makes parts of a whole.

use crate::{Error, Result};

/// Divides `total` in proportion to `weights` so that the parts sum to it exactly.
///
/// Largest remainder method (Hamilton): each part is its exact share rounded towards zero, then the
/// remaining units go, one each, to the largest remainders; ties go to the earlier index. A zero
/// weight gets zero. A negative total mirrors the positive one. A total of zero gives zeros
/// whatever the weights.
///
/// # Errors
/// No weights at all, or only zero weights under a total that is not zero.
pub fn allocate(total: i64, weights: &[u64]) -> Result<Vec<i64>> {
    if weights.is_empty() {
        return Err(Error::NoParts(total));
    }
    if total == 0 {
        return Ok(vec![0; weights.len()]);
    }
    let sum: u128 = weights.iter().map(|w| u128::from(*w)).sum();
    if sum == 0 {
        return Err(Error::ZeroWeights(total));
    }
    let size = u128::from(total.unsigned_abs());
    // u64 * u64 always fits u128; a part never exceeds the total.
    let mut parts: Vec<u64> = Vec::with_capacity(weights.len());
    let mut remainders: Vec<(u128, usize)> = Vec::with_capacity(weights.len());
    for (index, weight) in weights.iter().enumerate() {
        let product = size * u128::from(*weight);
        parts.push(u64::try_from(product / sum).map_err(|_| Error::Overflow("allocation"))?);
        remainders.push((product % sum, index));
    }
    let given: u128 = parts.iter().map(|p| u128::from(*p)).sum();
    let left = usize::try_from(size - given).map_err(|_| Error::Overflow("allocation"))?;
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, index) in remainders.iter().take(left) {
        parts[*index] += 1;
    }
    parts
        .into_iter()
        .map(|part| {
            let signed = if total < 0 {
                -i128::from(part)
            } else {
                i128::from(part)
            };
            i64::try_from(signed).map_err(|_| Error::Overflow("allocation"))
        })
        .collect()
}

/// As [`allocate`], in multiples of `unit`: whole units by the largest remainder, and what is left of
/// `total` below a unit goes to the largest part, the first of equals. So all parts but that one are
/// multiples, and they still sum to the total. A unit of zero counts as one.
///
/// # Errors
/// As [`allocate`].
pub fn allocate_in(total: i64, weights: &[u64], unit: u64) -> Result<Vec<i64>> {
    let unit = i64::try_from(unit.max(1)).map_err(|_| Error::Overflow("allocation"))?;
    let rest = total % unit;
    if total != 0 && weights.iter().all(|weight| *weight == 0) {
        // Also where the total is below a unit, so that no part could be chosen.
        return allocate(total, weights);
    }
    let mut parts = allocate(total / unit, weights)?;
    for part in &mut parts {
        *part *= unit;
    }
    // The largest part, or the largest weight where all parts are still zero.
    let key = |at: &usize| (parts[*at].unsigned_abs(), weights[*at]);
    let largest = (0..parts.len()).rev().max_by_key(key);
    if let Some(at) = largest {
        parts[at] += rest;
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn examples() {
        let check = |total: i64, weights: &[u64], expected: &[i64]| {
            assert_eq!(
                allocate(total, weights).unwrap(),
                expected,
                "{total} {weights:?}"
            );
        };
        check(100, &[1, 1, 1], &[34, 33, 33]);
        check(-100, &[1, 1, 1], &[-34, -33, -33]);
        check(10, &[1, 2, 0], &[3, 7, 0]);
        check(0, &[0, 0], &[0, 0]);
        check(i64::MIN, &[1], &[i64::MIN]);
        check(5, &[u64::MAX, u64::MAX], &[3, 2]);
        assert_eq!(allocate(1, &[]), Err(Error::NoParts(1)));
        assert_eq!(allocate(1, &[0, 0]), Err(Error::ZeroWeights(1)));
    }

    #[test]
    fn in_units() {
        let check = |total: i64, weights: &[u64], unit: u64, expected: &[i64]| {
            let parts = allocate_in(total, weights, unit).unwrap();
            assert_eq!(parts, expected, "{total} {weights:?} in {unit}");
        };
        check(1_000_037, &[1, 1, 2], 1_000, &[250_000, 250_000, 500_037]);
        check(
            -1_000_037,
            &[1, 1, 2],
            1_000,
            &[-250_000, -250_000, -500_037],
        );
        check(37, &[1, 3, 3], 1_000, &[0, 37, 0]);
        check(100, &[1, 1, 1], 1, &[34, 33, 33]);
        check(100, &[1, 1, 1], 0, &[34, 33, 33]);
        assert_eq!(allocate_in(7, &[0, 0], 10), Err(Error::ZeroWeights(7)));
        assert_eq!(allocate_in(7, &[], 10), Err(Error::NoParts(7)));
    }

    proptest! {
        #[test]
        fn units_close_too(total: i64, weights in prop::collection::vec(0_u64..1_000_000, 1..40), unit in 1_u64..10_000_000) {
            prop_assume!(weights.iter().any(|w| *w > 0));
            let parts = allocate_in(total, &weights, unit).unwrap();
            let sum: i128 = parts.iter().map(|p| i128::from(*p)).sum();
            prop_assert_eq!(sum, i128::from(total), "the parts must sum to the whole");
            let off = parts.iter().filter(|part| part.unsigned_abs() % unit != 0).count();
            prop_assert!(off <= 1, "only one part holds what is below a unit");
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!(*weight > 0 || *part == 0, "zero weight, zero part");
            }
        }

        #[test]
        fn parts_close_and_stay_within_one(total: i64, weights in prop::collection::vec(any::<u64>(), 1..40)) {
            prop_assume!(weights.iter().any(|w| *w > 0));
            let parts = allocate(total, &weights).unwrap();
            let sum: i128 = parts.iter().map(|p| i128::from(*p)).sum();
            prop_assert_eq!(sum, i128::from(total), "the parts must sum to the whole");
            let weight_sum: u128 = weights.iter().map(|w| u128::from(*w)).sum();
            for (part, weight) in parts.iter().zip(&weights) {
                let down = u128::from(total.unsigned_abs()) * u128::from(*weight) / weight_sum;
                let size = u128::from(part.unsigned_abs());
                prop_assert!(size == down || size == down + 1, "a part is its share rounded down or up");
                prop_assert!(*weight > 0 || *part == 0, "zero weight, zero part");
            }
        }
    }
}
