//! Amounts as integer minor units beside their currency; decimal strings at the border.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use crate::{Error, Ratio, Result, Rounding};

/// An ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Chinese yuan, the default of a new company.
    pub const CNY: Self = Self(*b"CNY");
    /// US dollar.
    pub const USD: Self = Self(*b"USD");
    /// No currency (ISO 4217, `XXX`): what is counted and is no money. It has no minor unit and no name.
    pub const NONE: Self = Self(*b"XXX");

    /// The code, as in `CNY`.
    pub fn code(&self) -> &str {
        // Made of ASCII letters only, so the fallback is never taken.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Decimals of the minor unit (ISO 4217, list one): yuan 2, yen 0, dinar 3.
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" | b"XXX" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// Minor units in one major unit: 100 for the yuan.
    pub fn minor_per_major(self) -> i64 {
        10_i64.pow(self.decimals())
    }

    /// Whether it is money of ISO 4217 that people pay with. Reading takes any three capital letters,
    /// because a store must open whatever it holds; what people enter is asked this.
    pub fn is_known(self) -> bool {
        ISO_4217.binary_search(&self.code()).is_ok()
    }
}

/// ISO 4217, list one, in order: without funds, metals, units of account and test codes, and with the
/// lev (BGN, until the end of 2025), in which deals may still be written.
const ISO_4217: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN",
    "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF",
    "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP",
    "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD",
    "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY",
    "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD",
    "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK",
    "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK",
    "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG",
    "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS",
    "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VED",
    "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

impl FromStr for Currency {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|x| x.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(Error::Currency(text.to_owned())),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

crate::text_in_json!(Currency);
crate::text_in_typescript!(Currency);

impl JsonSchema for Currency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Currency".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code"
        })
    }
}

/// An exact amount: `minor` units of `currency`. On the wire `{"amount": "12.34", "currency": "CNY"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units (fen, cents).
    pub minor: i64,
    /// Their currency.
    pub currency: Currency,
}

impl Money {
    /// An amount of minor units.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads a plain decimal in major units (`-12.34`); decimals beyond the minor unit must be zero.
    pub fn parse_major(text: &str, currency: Currency) -> Result<Self> {
        let exact = Ratio::parse_decimal(text)?;
        let minor = exact.checked_mul(Ratio::from_int(currency.minor_per_major()))?;
        match minor.to_integer() {
            Some(minor) => Ok(Self { minor, currency }),
            None if minor.denominator() == 1 => Err(Error::Overflow("amount")),
            None => Err(Error::TooManyDecimals {
                text: text.to_owned(),
                currency,
                decimals: currency.decimals(),
            }),
        }
    }

    /// Plain decimal in major units with all decimals of the currency: `3086111.00`.
    pub fn to_major(self) -> String {
        format_minor(self.minor, self.currency)
    }

    /// Sum, if both are of one currency and the result fits.
    pub fn checked_add(self, other: Self) -> Result<Self> {
        self.of_same(other)?;
        let minor = self.minor.checked_add(other.minor);
        let minor = minor.ok_or(Error::Overflow("addition"))?;
        Ok(Self { minor, ..self })
    }

    /// Difference, if both are of one currency and the result fits.
    pub fn checked_sub(self, other: Self) -> Result<Self> {
        self.of_same(other)?;
        let minor = self.minor.checked_sub(other.minor);
        let minor = minor.ok_or(Error::Overflow("subtraction"))?;
        Ok(Self { minor, ..self })
    }

    fn of_same(self, other: Self) -> Result<()> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(Error::MixedCurrencies(self.currency, other.currency))
    }

    /// `self * ratio`, rounded once to the minor unit.
    pub fn times(self, ratio: Ratio, rounding: Rounding) -> Result<Self> {
        let minor = Ratio::from_int(self.minor)
            .checked_mul(ratio)?
            .round(rounding)?;
        Ok(Self { minor, ..self })
    }
}

/// Minor units as a plain decimal in major units: `format_minor(-5, CNY)` is `-0.05`.
pub fn format_minor(minor: i64, currency: Currency) -> String {
    let per_major = currency.minor_per_major().unsigned_abs();
    let sign = if minor < 0 { "-" } else { "" };
    let whole = minor.unsigned_abs() / per_major;
    if per_major == 1 {
        return format!("{sign}{whole}");
    }
    let part = minor.unsigned_abs() % per_major;
    format!(
        "{sign}{whole}.{part:0width$}",
        width = currency.decimals() as usize
    )
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.currency == Currency::NONE {
            return f.write_str(&self.to_major());
        }
        write!(f, "{} {}", self.to_major(), self.currency)
    }
}

#[derive(Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Money")]
#[ts(rename = "Money")]
struct MoneyWire {
    /// Plain decimal in major units, as in `1234.50`.
    amount: String,
    currency: Currency,
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        MoneyWire {
            amount: self.to_major(),
            currency: self.currency,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let wire = MoneyWire::deserialize(deserializer)?;
        Self::parse_major(&wire.amount, wire.currency).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Money {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Money".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        MoneyWire::json_schema(generator)
    }
}

impl TS for Money {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "Money".to_owned()
    }
    fn inline(config: &ts_rs::Config) -> String {
        MoneyWire::inline(config)
    }
    fn decl(config: &ts_rs::Config) -> String {
        MoneyWire::decl(config)
    }
    fn decl_concrete(config: &ts_rs::Config) -> String {
        MoneyWire::decl_concrete(config)
    }
    fn output_path() -> Option<std::path::PathBuf> {
        Some("Money.ts".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn major_strings() {
        let check = |text: &str, currency: Currency, minor: Option<i64>| {
            assert_eq!(
                Money::parse_major(text, currency).ok().map(|m| m.minor),
                minor,
                "{text} {currency}"
            );
        };
        check("12000000", Currency::CNY, Some(1_200_000_000));
        check("-0.05", Currency::CNY, Some(-5));
        check("1.50", Currency::USD, Some(150));
        check("1.5000", Currency::USD, Some(150));
        check("1.505", Currency::USD, None);
        check("1", "JPY".parse().unwrap(), Some(1));
        check("1.5", "JPY".parse().unwrap(), None);
        check("12", Currency::NONE, Some(12));
        check("12.5", Currency::NONE, None);
        check("1,000", Currency::CNY, None);
        check("", Currency::CNY, None);
        check("92233720368547758.08", Currency::CNY, None);
    }

    #[test]
    fn known_currencies() {
        let check = |code: &str, known: bool| {
            let currency: Currency = code.parse().unwrap();
            assert_eq!(currency.is_known(), known, "{code}");
        };
        assert!(ISO_4217.is_sorted(), "the list is searched by halving");
        for code in ["CNY", "USD", "BIF", "JPY", "XPF", "BHD", "TND"] {
            check(code, true);
        }
        for code in ["RMB", "XXX", "XAU", "ABC", "ACV"] {
            check(code, false);
        }
    }

    proptest! {
        #[test]
        fn text_round_trips(minor: i64) {
            for currency in [Currency::CNY, "JPY".parse().unwrap(), "KWD".parse().unwrap()] {
                let money = Money::new(minor, currency);
                prop_assert_eq!(Money::parse_major(&money.to_major(), currency), Ok(money));
            }
        }
    }
}
