//! Exact positive decimals: exchange rates and index values.

use std::fmt;
use std::str::FromStr;

use crate::{Error, Ratio, Result};

/// Most digits after the point of a rate.
const MAX_DECIMALS: u32 = 12;

/// A decimal above zero, kept and written exactly (`7.1234`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(Ratio);

impl Rate {
    /// The value.
    pub fn ratio(self) -> Ratio {
        self.0
    }

    /// Digits after the point that it needs.
    fn decimals(self) -> u32 {
        let fits = |decimals: &u32| 10_i128.pow(*decimals) % self.0.denominator() == 0;
        (0..=MAX_DECIMALS).find(fits).unwrap_or(MAX_DECIMALS)
    }
}

impl FromStr for Rate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let bad = || Error::Decimal(text.chars().take(64).collect());
        let ratio = Ratio::parse_decimal(text)?;
        let rate = Self(ratio);
        let exact = 10_i128.pow(rate.decimals()) % ratio.denominator() == 0;
        // 18 digits in all: what is written is what was read.
        let small = ratio < Ratio::from_int(1_000_000);
        if ratio > Ratio::ZERO && exact && small {
            Ok(rate)
        } else {
            Err(bad())
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = self.decimals();
        // Exact by construction: the denominator divides the power, and twelve decimals below a
        // million fit.
        let scaled = self.0.numerator() * (10_i128.pow(decimals) / self.0.denominator());
        let digits = format!("{scaled:0width$}", width = decimals as usize + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals as usize);
        if part.is_empty() {
            f.write_str(whole)
        } else {
            write!(f, "{whole}.{part}")
        }
    }
}

crate::text_in_json!(Rate);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_is_written() {
        let check = |text: &str, written: Option<&str>| {
            let got = text.parse::<Rate>().ok().map(|rate| rate.to_string());
            assert_eq!(got.as_deref(), written, "{text}");
        };
        check("7.1234", Some("7.1234"));
        check("0.00500", Some("0.005"));
        check("100", Some("100"));
        check("999999.999999999999", Some("999999.999999999999"));
        for refused in ["0", "-1", "1000000", "0.0000000000001", "1/3", "x", ""] {
            check(refused, None);
        }
    }
}
