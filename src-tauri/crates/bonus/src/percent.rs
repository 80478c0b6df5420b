//! Ratios as people write them in a plan: `80%`, `0.8` or `4/5`.

use std::borrow::Cow;

use schemars::JsonSchema;
use yeji_core::{Ratio, Result};

/// Most decimals of an exact decimal text; beyond them a fraction is shorter and as exact.
const MAX_DECIMALS: u32 = 12;

/// Reads `80%`, `80 %`, `80％` (as Chinese keyboards write it), `0.8` or `4/5`.
pub fn parse(text: &str) -> Result<Ratio> {
    match text.trim().strip_suffix(['%', '％']) {
        Some(number) => number
            .trim_end()
            .parse::<Ratio>()?
            .checked_div(Ratio::from_int(100)),
        None => text.trim().parse(),
    }
}

/// `80%` where the percentage is a decimal that ends, else the fraction: `1/3`.
pub fn format(ratio: Ratio) -> String {
    ratio
        .checked_mul(Ratio::from_int(100))
        .ok()
        .and_then(exact_decimal)
        .map_or_else(|| ratio.to_string(), |percent| format!("{percent}%"))
}

/// For sentences: the percentage rounded half up to two decimals, `102.87%`. Exact digits are in the
/// formula beside it.
pub fn shown(ratio: Ratio) -> String {
    ratio
        .checked_mul(Ratio::from_int(100))
        .and_then(|percent| percent.to_decimal(2, yeji_core::Rounding::HalfUp))
        .map_or_else(|_| ratio.to_string(), |percent| format!("{percent}%"))
}

/// For sentences: the percentage where it ends, else what it is near, `≈ 25.42%`.
pub fn near(ratio: Ratio) -> String {
    let text = format(ratio);
    if text.ends_with('%') {
        return text;
    }
    format!("≈ {}", shown(ratio))
}

/// The same of a number: `30`, `≈ 0.3846`.
pub fn near_number(number: Ratio) -> String {
    exact_decimal(number).unwrap_or_else(|| {
        number
            .to_decimal(4, yeji_core::Rounding::HalfUp)
            .map_or_else(|_| number.to_string(), |decimal| format!("≈ {decimal}"))
    })
}

/// Exact text: a plain decimal where one ends within twelve places, else the fraction.
pub fn exact(ratio: Ratio) -> String {
    exact_decimal(ratio).unwrap_or_else(|| ratio.to_string())
}

fn exact_decimal(ratio: Ratio) -> Option<String> {
    let decimals =
        (0..=MAX_DECIMALS).find(|decimals| 10_i128.pow(*decimals) % ratio.denominator() == 0)?;
    // Nothing is lost: the denominator divides the power of ten.
    ratio.to_decimal(decimals, yeji_core::Rounding::Down).ok()
}

/// The schema of such a text.
#[derive(Debug)]
pub struct PercentText;

impl JsonSchema for PercentText {
    fn schema_name() -> Cow<'static, str> {
        "Percent".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^[-+]?[0-9]*\.?[0-9]*(/[0-9]+)?( ?%)?$",
            "description": "`80%`, or the ratio as `0.8` or `4/5`"
        })
    }
}

/// Serde of a ratio as such a text.
pub mod text {
    use serde::{Deserialize, Deserializer, Serializer};
    use yeji_core::Ratio;

    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes fields by reference"
    )]
    pub fn serialize<S: Serializer>(ratio: &Ratio, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::format(*ratio))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Ratio, D::Error> {
        super::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// Serde of an optional ratio as such a text.
pub mod optional_text {
    use serde::{Deserialize, Deserializer, Serializer};
    use yeji_core::Ratio;

    #[allow(clippy::ref_option, reason = "serde passes fields by reference")]
    pub fn serialize<S: Serializer>(
        ratio: &Option<Ratio>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match ratio {
            Some(ratio) => serializer.serialize_str(&super::format(*ratio)),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Ratio>, D::Error> {
        Option::<String>::deserialize(deserializer)?
            .map(|text| super::parse(&text).map_err(serde::de::Error::custom))
            .transpose()
    }
}

/// Serde of an exact number as text: `12.5`, or `1/3`.
pub mod number {
    use serde::{Deserialize, Deserializer, Serializer};
    use yeji_core::Ratio;

    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes fields by reference"
    )]
    pub fn serialize<S: Serializer>(number: &Ratio, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::exact(*number))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Ratio, D::Error> {
        super::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// Serde of an optional exact number.
pub mod optional_number {
    use serde::{Deserialize, Deserializer, Serializer};
    use yeji_core::Ratio;

    #[allow(clippy::ref_option, reason = "serde passes fields by reference")]
    pub fn serialize<S: Serializer>(
        number: &Option<Ratio>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match number {
            Some(number) => serializer.serialize_str(&super::exact(*number)),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Ratio>, D::Error> {
        Option::<String>::deserialize(deserializer)?
            .map(|text| super::parse(&text).map_err(serde::de::Error::custom))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts() {
        let check = |text: &str, value: &str, written: &str| {
            let ratio = parse(text).unwrap();
            assert_eq!(ratio, value.parse().unwrap(), "{text}");
            assert_eq!(format(ratio), written, "{text}");
        };
        check("80%", "4/5", "80%");
        check("80 %", "4/5", "80%");
        check("40％", "2/5", "40%");
        check("0.8", "4/5", "80%");
        check("4/5", "4/5", "80%");
        check("12.5%", "1/8", "12.5%");
        check("1/3", "1/3", "1/3");
        check("0", "0", "0%");
        check("-5%", "-1/20", "-5%");
        for bad in ["", "%", "80%%", "eighty", "1/0", "0,8"] {
            assert!(parse(bad).is_err(), "{bad} must be refused");
        }
    }

    #[test]
    fn huge_ratios_have_a_text() {
        let huge = Ratio::new(i128::MAX, 1).unwrap();
        assert_eq!(shown(huge), huge.to_string());
        assert_eq!(exact(huge), huge.to_string());
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(num: i64, den in 1_i64..) {
            let ratio = Ratio::new(num.into(), den.into()).unwrap();
            prop_assert_eq!(parse(&format(ratio)), Ok(ratio));
            prop_assert_eq!(exact(ratio).parse::<Ratio>(), Ok(ratio));
        }
    }
}
