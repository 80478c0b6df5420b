//! Parts of a whole within bounds: in proportion to weights, but none below its floor or above its
//! cap; what is cut off goes to the others in proportion (water-filling).
//!
//! The part of weight `w` is `level x w`, clamped to its bounds, and the level is the one at which all
//! parts sum to the total. The sum rises with the level and bends only where a part leaves its floor
//! or reaches its cap; so the bends are sorted, and the level lies between two of them. There some
//! parts are at a bound, and the others share what is left by [`yeji_core::allocate`]. Theirs lie
//! strictly between their bounds, which are whole; so rounding down or up stays within them.

use std::cmp::Ordering;

use yeji_core::allocate;

use crate::{Error, Result};

/// A part to be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    /// Share relative to the others.
    pub weight: u64,
    /// Not less than this, which is not negative.
    pub low: i64,
    /// Not more than this, which is not below `low`; none: no bound.
    pub high: Option<i64>,
}

/// What is filled, or why it cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filled {
    /// The parts, which sum to the total.
    Parts(Vec<i64>),
    /// The floors alone sum to more.
    Above(i128),
    /// The caps sum to less.
    Below(i128),
}

/// A place where the sum bends: a part leaves its floor or reaches its cap, at the level
/// `bound / weight`.
struct Bend {
    bound: i64,
    weight: u64,
    at: usize,
    is_cap: bool,
}

impl Bend {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i128::from(self.bound) * i128::from(other.weight);
        let right = i128::from(other.bound) * i128::from(self.weight);
        // At one level a part leaves its floor before it reaches its cap.
        let key = (self.is_cap, self.at);
        left.cmp(&right).then(key.cmp(&(other.is_cap, other.at)))
    }
}

/// Fills parts up to a total that is not negative. Parts of weight zero stay at their floors, unless
/// the others' caps leave something over; then they share it equally, within theirs.
pub(crate) fn fill(total: i64, parts: &[Part]) -> Result<Filled> {
    let total_wide = i128::from(total);
    let least: i128 = parts.iter().map(|part| i128::from(part.low)).sum();
    if least > total_wide {
        return Ok(Filled::Above(least));
    }
    let most = parts.iter().try_fold(0_i128, |sum, part| {
        part.high.map(|high| sum + i128::from(high))
    });
    if let Some(most) = most.filter(|most| *most < total_wide) {
        return Ok(Filled::Below(most));
    }
    let of_weight: Option<i128> = parts.iter().try_fold(0_i128, |sum, part| {
        let full = if part.weight == 0 {
            Some(part.low)
        } else {
            part.high
        };
        full.map(|full| sum + i128::from(full))
    });
    let Some(left) = of_weight
        .map(|full| total_wide - full)
        .filter(|left| *left > 0)
    else {
        return rise(total, parts).map(Filled::Parts);
    };
    // All parts of a weight are at their caps; the rest is for those of none.
    let left = i64::try_from(left).map_err(|_| overflow())?;
    let idle: Vec<Part> = parts
        .iter()
        .filter(|part| part.weight == 0)
        .map(|part| Part {
            weight: 1,
            low: 0,
            high: part.high.map(|high| high - part.low),
        })
        .collect();
    let mut extra = rise(left, &idle)?.into_iter();
    let filled = parts.iter().map(|part| match part.weight {
        0 => part.low + extra.next().unwrap_or(0),
        _ => part.high.unwrap_or(part.low),
    });
    Ok(Filled::Parts(filled.collect()))
}

fn overflow() -> Error {
    Error::Overflow {
        place: "bounds".to_owned(),
    }
}

/// Raises the level until the parts of a weight sum to the total with the others; that there is such a
/// level is known.
fn rise(total: i64, parts: &[Part]) -> Result<Vec<i64>> {
    let mut bends: Vec<Bend> = Vec::with_capacity(2 * parts.len());
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.weight > 0) {
        let bend = |bound: i64, is_cap: bool| Bend {
            bound,
            weight: part.weight,
            at,
            is_cap,
        };
        bends.push(bend(part.low, false));
        bends.extend(part.high.map(|high| bend(high, true)));
    }
    bends.sort_by(Bend::cmp);

    let mut filled: Vec<i64> = parts.iter().map(|part| part.low).collect();
    let mut free = vec![false; parts.len()];
    // What is left for the free parts, and the sum of their weights.
    let mut left = i128::from(total) - filled.iter().map(|low| i128::from(*low)).sum::<i128>();
    let mut weights = 0_i128;
    for bend in bends {
        // Whether the level of this bend is at or above the one that is looked for.
        let reached = i128::from(bend.bound)
            .checked_mul(weights)
            .ok_or_else(overflow)?;
        let wanted = left
            .checked_mul(i128::from(bend.weight))
            .ok_or_else(overflow)?;
        if reached >= wanted && (weights > 0 || left == 0) {
            break;
        }
        let (bound, weight) = (i128::from(bend.bound), i128::from(bend.weight));
        free[bend.at] = !bend.is_cap;
        if bend.is_cap {
            filled[bend.at] = bend.bound;
            left -= bound;
            weights -= weight;
        } else {
            left += bound;
            weights += weight;
        }
    }
    let shared: Vec<usize> = (0..parts.len()).filter(|at| free[*at]).collect();
    if shared.is_empty() {
        return Ok(filled);
    }
    let weights: Vec<u64> = shared.iter().map(|at| parts[*at].weight).collect();
    let left = i64::try_from(left).map_err(|_| overflow())?;
    for (at, part) in shared.into_iter().zip(allocate(left, &weights)?) {
        filled[at] = part;
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part(weight: u64, low: i64, high: Option<i64>) -> Part {
        Part { weight, low, high }
    }

    #[test]
    fn examples() {
        let check = |total: i64, parts: &[Part], expected: Filled| {
            assert_eq!(fill(total, parts).unwrap(), expected, "{total} {parts:?}");
        };
        let free = |weight| part(weight, 0, None);
        check(
            100,
            &[free(1), free(1), free(2)],
            Filled::Parts(vec![25, 25, 50]),
        );
        // The third is cut to 30; the 20 cut off go to the others in proportion.
        check(
            100,
            &[free(1), free(1), part(2, 0, Some(30))],
            Filled::Parts(vec![35, 35, 30]),
        );
        // A floor takes from the others.
        check(
            100,
            &[part(1, 40, None), free(1), free(2)],
            Filled::Parts(vec![40, 20, 40]),
        );
        // A cap that binds only after another has bound.
        check(
            100,
            &[part(10, 0, Some(20)), part(5, 0, Some(30)), free(1)],
            Filled::Parts(vec![20, 30, 50]),
        );
        check(
            10,
            &[part(1, 0, Some(4)), part(0, 1, None), part(0, 0, Some(2))],
            Filled::Parts(vec![4, 4, 2]),
        );
        check(10, &[free(0), free(0)], Filled::Parts(vec![5, 5]));
        check(
            10,
            &[part(1, 0, Some(4)), part(3, 2, Some(5))],
            Filled::Below(9),
        );
        check(
            10,
            &[part(1, 6, None), part(3, 5, Some(5))],
            Filled::Above(11),
        );
        check(0, &[], Filled::Parts(Vec::new()));
        check(
            i64::MAX,
            &[free(u64::MAX), part(1, 0, Some(7))],
            Filled::Parts(vec![i64::MAX, 0]),
        );
    }

    fn parts() -> impl Strategy<Value = Vec<Part>> {
        let one = (
            prop_oneof![Just(0), 0_u64..10, 0..1_000_000_u64],
            prop_oneof![Just(0), 0..1_000_i64],
            prop::option::of(0..100_000_i64),
        );
        let one =
            one.prop_map(|(weight, low, room)| part(weight, low, room.map(|room| low + room)));
        prop::collection::vec(one, 1..30)
    }

    proptest! {
        #[test]
        fn parts_close_within_their_bounds(parts in parts(), total in 0..1_000_000_i64) {
            let lows: i128 = parts.iter().map(|part| i128::from(part.low)).sum();
            let highs = parts.iter().try_fold(0, |sum, part| part.high.map(|high| sum + i128::from(high)));
            match fill(total, &parts).unwrap() {
                Filled::Above(least) => prop_assert!(least == lows && lows > i128::from(total)),
                Filled::Below(most) => prop_assert!(Some(most) == highs && most < i128::from(total)),
                Filled::Parts(filled) => {
                    prop_assert_eq!(filled.iter().sum::<i64>(), total, "closed");
                    for (value, part) in filled.iter().zip(&parts) {
                        prop_assert!(*value >= part.low && part.high.is_none_or(|high| *value <= high));
                    }
                    // Two parts strictly within their bounds are in proportion, to the minor unit.
                    let inner: Vec<(i128, i128)> = filled.iter().zip(&parts)
                        .filter(|(value, part)| part.weight > 0 && **value > part.low && part.high.is_none_or(|high| **value < high))
                        .map(|(value, part)| (i128::from(*value), i128::from(part.weight))).collect();
                    for (a, wa) in &inner {
                        for (b, wb) in &inner {
                            prop_assert!((a * wb - b * wa).abs() <= wa + wb, "{} of {} and {} of {}", a, wa, b, wb);
                        }
                    }
                }
            }
        }
    }
}
