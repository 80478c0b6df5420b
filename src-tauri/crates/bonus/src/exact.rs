//! Exact arithmetic with a short way for small numbers: nearly all amounts, rates and days have
//! numerators and denominators of 64 bits, whose products fit 128, so that one reduction is enough. What
//! is larger goes the way of the vocabulary. The results are the same (property test).

use yeji_core::{Ratio, Result};

/// Sum, difference, product and quotient, exact.
pub(crate) trait Exact: Sized {
    /// # Errors
    /// A sum that does not fit.
    fn plus(self, other: Self) -> Result<Self>;
    /// # Errors
    /// A difference that does not fit.
    fn minus(self, other: Self) -> Result<Self>;
    /// # Errors
    /// A product that does not fit.
    fn times(self, other: Self) -> Result<Self>;
    /// # Errors
    /// A division by zero, or a quotient that does not fit.
    fn over(self, other: Self) -> Result<Self>;
}

impl Exact for Ratio {
    fn plus(self, other: Self) -> Result<Self> {
        if let Some(sum) = whole(self, other).and_then(|(a, b)| a.checked_add(b)) {
            return Ok(Self::from_int(sum));
        }
        match small(self, other) {
            Some(((a, b), (c, d))) => Self::new(a * d + c * b, b * d),
            None => self.checked_add(other),
        }
    }

    fn minus(self, other: Self) -> Result<Self> {
        if let Some(rest) = whole(self, other).and_then(|(a, b)| a.checked_sub(b)) {
            return Ok(Self::from_int(rest));
        }
        match small(self, other) {
            Some(((a, b), (c, d))) => Self::new(a * d - c * b, b * d),
            None => self.checked_sub(other),
        }
    }

    fn times(self, other: Self) -> Result<Self> {
        if let Some(product) = whole(self, other).and_then(|(a, b)| a.checked_mul(b)) {
            return Ok(Self::from_int(product));
        }
        match small(self, other) {
            Some(((a, b), (c, d))) => Self::new(a * c, b * d),
            None => self.checked_mul(other),
        }
    }

    fn over(self, other: Self) -> Result<Self> {
        if other == Self::ONE {
            return Ok(self);
        }
        match small(self, other) {
            Some(((a, b), (c, d))) => Self::new(a * d, b * c),
            None => self.checked_div(other),
        }
    }
}

/// Two whole numbers of 64 bits.
fn whole(a: Ratio, b: Ratio) -> Option<(i64, i64)> {
    Some((a.to_integer()?, b.to_integer()?))
}

type Parts = (i128, i128);

/// Numerators and denominators where all four have 64 bits: products of two of them, and the sum of two
/// such products, fit 128.
fn small(a: Ratio, b: Ratio) -> Option<(Parts, Parts)> {
    let fits = |ratio: Ratio| {
        let (num, den) = (ratio.numerator(), ratio.denominator());
        let both = i64::try_from(num).is_ok() && i64::try_from(den).is_ok();
        both.then_some((num, den))
    };
    Some((fits(a)?, fits(b)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers() -> impl Strategy<Value = Ratio> {
        let wide = (any::<i128>(), any::<i128>());
        let small = (-1_000_i128..1_000, 1..1_000_i128);
        let edges = prop::sample::select(vec![
            (i64::MIN.into(), 1),
            (i64::MAX.into(), 1),
            (1, i64::MAX.into()),
            (i64::MIN.into(), i64::MAX.into()),
            (0, 1),
            (1, 1),
        ]);
        let long = (any::<i64>(), any::<i64>()).prop_map(|(a, b)| (a.into(), b.into()));
        prop_oneof![wide, small, edges, long]
            .prop_filter_map("a ratio", |(num, den)| Ratio::new(num, den).ok())
    }

    proptest! {
        #[test]
        fn the_short_way_leads_to_the_same(a in numbers(), b in numbers()) {
            let same = |short: Result<Ratio>, long: Result<Ratio>| match (short, long) {
                // The short way reduces once and so may fit where a long one does not; never the reverse.
                // That happens with parts of 64 bits only.
                (Ok(_), Err(error)) => !matches!(error, yeji_core::Error::DivisionByZero(_)) && small(a, b).is_some(),
                (Ok(short), Ok(long)) => short == long,
                (Err(_), long) => long.is_err(),
            };
            prop_assert!(same(a.plus(b), a.checked_add(b)), "{a} + {b}");
            prop_assert!(same(a.minus(b), a.checked_sub(b)), "{a} - {b}");
            prop_assert!(same(a.times(b), a.checked_mul(b)), "{a} x {b}");
            prop_assert!(same(a.over(b), a.checked_div(b)), "{a} / {b}");
        }
    }
}
