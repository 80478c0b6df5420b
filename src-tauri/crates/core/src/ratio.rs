//! Exact fractions and the only places where one is rounded.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Error, Result};

/// How a fraction becomes an integer. Named at every call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS, Default)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Nearest; a half goes away from zero (四舍五入), the rule of payrolls.
    #[default]
    HalfUp,
    /// Nearest; a half goes to the even neighbour.
    HalfEven,
    /// Towards negative infinity.
    Floor,
    /// Towards positive infinity.
    Ceiling,
    /// Towards zero.
    Down,
}

/// An exact fraction in lowest terms with a positive denominator.
///
/// On the wire a string: `7/8`, or a decimal such as `0.875`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    num: i128,
    den: i128,
}

impl Ratio {
    /// 0.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// 1.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// `num / den`; division by zero and overflow are errors.
    pub fn new(num: i128, den: i128) -> Result<Self> {
        if den == 0 {
            return Err(Error::DivisionByZero("ratio"));
        }
        if num == i128::MIN || den == i128::MIN {
            return Err(Error::Overflow("ratio"));
        }
        let divisor = gcd(num.unsigned_abs(), den.unsigned_abs());
        let divisor = i128::try_from(divisor).map_err(|_| Error::Overflow("ratio"))?;
        let sign = if den < 0 { -1 } else { 1 };
        Ok(Self {
            num: sign * num / divisor,
            den: sign * den / divisor,
        })
    }

    /// An integer as a fraction.
    pub fn from_int(value: i64) -> Self {
        Self {
            num: i128::from(value),
            den: 1,
        }
    }

    /// Numerator, in lowest terms.
    pub fn numerator(self) -> i128 {
        self.num
    }

    /// Denominator, in lowest terms, positive.
    pub fn denominator(self) -> i128 {
        self.den
    }

    /// Reads a plain decimal: optional sign, digits, optional point and digits.
    pub fn parse_decimal(text: &str) -> Result<Self> {
        let bad = || Error::Decimal(text.chars().take(64).collect());
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || !all_digits(whole) || !all_digits(part) {
            return Err(bad());
        }
        let part = part.trim_end_matches('0');
        if whole.len() + part.len() > 30 {
            return Err(bad());
        }
        let num: i128 = format!("0{whole}{part}").parse().map_err(|_| bad())?;
        let exponent = u32::try_from(part.len()).map_err(|_| bad())?;
        Self::new(if negative { -num } else { num }, 10_i128.pow(exponent))
    }

    /// The integer, if the fraction is one that fits.
    pub fn to_integer(self) -> Option<i64> {
        (self.den == 1)
            .then(|| i64::try_from(self.num).ok())
            .flatten()
    }

    /// Exact sum.
    pub fn checked_add(self, other: Self) -> Result<Self> {
        let overflow = Error::Overflow("addition of ratios");
        let left = self.num.checked_mul(other.den).ok_or(overflow.clone())?;
        let right = other.num.checked_mul(self.den).ok_or(overflow.clone())?;
        let den = self.den.checked_mul(other.den).ok_or(overflow.clone())?;
        Self::new(left.checked_add(right).ok_or(overflow)?, den)
    }

    /// Exact difference.
    pub fn checked_sub(self, other: Self) -> Result<Self> {
        self.checked_add(Self {
            num: -other.num,
            den: other.den,
        })
    }

    /// Exact product; common factors are removed before multiplying.
    pub fn checked_mul(self, other: Self) -> Result<Self> {
        let a = Self::new(self.num, other.den)?;
        let b = Self::new(other.num, self.den)?;
        let overflow = Error::Overflow("multiplication of ratios");
        let num = a.num.checked_mul(b.num).ok_or(overflow.clone())?;
        let den = a.den.checked_mul(b.den).ok_or(overflow)?;
        Self::new(num, den)
    }

    /// Exact quotient.
    pub fn checked_div(self, other: Self) -> Result<Self> {
        if other.num == 0 {
            return Err(Error::DivisionByZero("ratio"));
        }
        self.checked_mul(Self::new(other.den, other.num)?)
    }

    /// The integer that `rounding` names.
    pub fn round(self, rounding: Rounding) -> Result<i64> {
        let floor = self.num.div_euclid(self.den);
        let rest = self.num.rem_euclid(self.den);
        let up = match rounding {
            Rounding::Floor => false,
            Rounding::Ceiling => rest > 0,
            Rounding::Down => rest > 0 && self.num < 0,
            Rounding::HalfUp | Rounding::HalfEven => match rest.cmp(&(self.den - rest)) {
                Ordering::Less => false,
                Ordering::Greater => true,
                Ordering::Equal if rounding == Rounding::HalfUp => self.num > 0,
                Ordering::Equal => floor % 2 != 0,
            },
        };
        i64::try_from(floor + i128::from(up)).map_err(|_| Error::Overflow("rounding"))
    }

    /// Decimal text with exactly `decimals` digits after the point (at most 18).
    pub fn to_decimal(self, decimals: u32, rounding: Rounding) -> Result<String> {
        let scale = Self::from_int(10_i64.pow(decimals.min(18)));
        let scaled = self.checked_mul(scale)?.round(rounding)?;
        let sign = if scaled < 0 { "-" } else { "" };
        let digits = format!(
            "{:0width$}",
            scaled.unsigned_abs(),
            width = decimals as usize + 1
        );
        let (whole, part) = digits.split_at(digits.len() - decimals as usize);
        Ok(if part.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{part}")
        })
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        // Most are small, and dividing 128 bits takes ten times as long.
        if let (Ok(mut x), Ok(mut y)) = (u64::try_from(a), u64::try_from(b)) {
            while y != 0 {
                (x, y) = (y, x % y);
            }
            return u128::from(x.max(1));
        }
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    /// Exact at any size: compares continued fractions, so nothing overflows.
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Some(left), Some(right)) = (
            self.num.checked_mul(other.den),
            other.num.checked_mul(self.den),
        ) {
            // Denominators are positive. Thousands of rows are sorted by such values.
            return left.cmp(&right);
        }
        let (mut a, mut b) = (*self, *other);
        let mut flipped = false;
        loop {
            let (qa, qb) = (a.num.div_euclid(a.den), b.num.div_euclid(b.den));
            let (ra, rb) = (a.num.rem_euclid(a.den), b.num.rem_euclid(b.den));
            let order = qa.cmp(&qb).then_with(|| match (ra, rb) {
                (0, 0) => Ordering::Equal,
                (0, _) => Ordering::Less,
                (_, 0) => Ordering::Greater,
                _ => Ordering::Equal,
            });
            if order != Ordering::Equal || ra == 0 {
                return if flipped { order.reverse() } else { order };
            }
            (a, b) = (
                Self {
                    num: a.den,
                    den: ra,
                },
                Self {
                    num: b.den,
                    den: rb,
                },
            );
            flipped = !flipped;
        }
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 {
            write!(f, "{}", self.num)
        } else {
            write!(f, "{}/{}", self.num, self.den)
        }
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Ratio {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.split_once('/') {
            Some((num, den)) => Self::parse_decimal(num)?.checked_div(Self::parse_decimal(den)?),
            None => Self::parse_decimal(text),
        }
    }
}

crate::text_in_json!(Ratio);
crate::text_in_typescript!(Ratio);

impl JsonSchema for Ratio {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Ratio".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^[-+]?[0-9]*\.?[0-9]*(/[0-9]+)?$",
            "description": "exact fraction `7/8` or decimal `0.875`"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rounding_modes() {
        let check = |text: &str, expected: [i64; 5]| {
            let ratio: Ratio = text.parse().unwrap();
            let modes = [
                Rounding::HalfUp,
                Rounding::HalfEven,
                Rounding::Floor,
                Rounding::Ceiling,
                Rounding::Down,
            ];
            assert_eq!(
                modes.map(|mode| ratio.round(mode).unwrap()),
                expected,
                "{text}"
            );
        };
        check("5/2", [3, 2, 2, 3, 2]);
        check("-5/2", [-3, -2, -3, -2, -2]);
        check("7/2", [4, 4, 3, 4, 3]);
        check("2.49", [2, 2, 2, 3, 2]);
        check("-2.51", [-3, -3, -3, -2, -2]);
        check("3", [3, 3, 3, 3, 3]);
    }

    #[test]
    fn multiplying_first_keeps_the_cent() {
        // The issue's example: 2,000 / 24,000 x 1,234.50 is 102.875; a rounded ratio loses a cent.
        let ratio = Ratio::new(2_000, 24_000).unwrap();
        let pay = crate::Money::new(123_450, crate::Currency::CNY);
        assert_eq!(pay.times(ratio, Rounding::HalfUp).unwrap().minor, 10_288);
    }

    #[test]
    fn decimals() {
        let check = |text: &str, decimals: u32, expected: &str| {
            let ratio: Ratio = text.parse().unwrap();
            assert_eq!(
                ratio.to_decimal(decimals, Rounding::HalfUp).unwrap(),
                expected,
                "{text}"
            );
        };
        check("1/3", 4, "0.3333");
        check("-1/200", 2, "-0.01");
        check("12", 0, "12");
        check("1/8", 3, "0.125");
    }

    proptest! {
        #[test]
        fn order_is_exact(a: i64, b in 1_i64.., c: i64, d in 1_i64..) {
            let left = Ratio::new(a.into(), b.into()).unwrap();
            let right = Ratio::new(c.into(), d.into()).unwrap();
            let exact = (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)));
            prop_assert_eq!(left.cmp(&right), exact);
        }

        /// Numerators and denominators whose products do not fit 128 bits.
        #[test]
        fn order_is_exact_at_any_size(a in i128::MAX / 2..i128::MAX - 1, b in i128::MAX / 4..i128::MAX / 2 - 1) {
            let of = |num, den| Ratio::new(num, den).unwrap();
            prop_assert!(of(a, b) < of(a + 1, b));
            prop_assert!(of(a, b) > of(a, b + 1));
            prop_assert!(of(-a, b) > of(-a - 1, b));
            prop_assert_eq!(of(a, b).cmp(&of(a, b)), Ordering::Equal);
        }

        #[test]
        fn text_round_trips(a: i64, b in 1_i64..) {
            let ratio = Ratio::new(a.into(), b.into()).unwrap();
            prop_assert_eq!(ratio.to_string().parse::<Ratio>(), Ok(ratio));
        }

        #[test]
        fn division_undoes_multiplication(a in -1_000_000_i64..1_000_000, b in 1_i64..1_000_000, c in 1_i64..1_000_000) {
            let x = Ratio::new(a.into(), b.into()).unwrap();
            let y = Ratio::new(c.into(), b.into()).unwrap();
            prop_assert_eq!(x.checked_mul(y).unwrap().checked_div(y), Ok(x));
        }
    }
}
