//! Where a tier starts or ends: a share as people write it (`80%`) or an amount (`500000`).

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use yeji_core::Ratio;

use crate::percent;

/// A bound of a tier. It remembers whether it was written as a percentage, so that a document reads
/// back as it was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Its value: 4/5 for `80%`, 500000 for `500000`.
    pub value: Ratio,
    /// Whether it was written with a percent sign.
    pub percent: bool,
}

impl Bound {
    /// A share of one, shown as a percentage.
    pub fn share(value: Ratio) -> Self {
        Self {
            value,
            percent: true,
        }
    }

    /// A plain number.
    pub fn number(value: Ratio) -> Self {
        Self {
            value,
            percent: false,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&if self.percent {
            percent::format(self.value)
        } else {
            percent::exact(self.value)
        })
    }
}

impl Serialize for Bound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self {
            value: percent::parse(&text).map_err(serde::de::Error::custom)?,
            percent: text.trim_end().ends_with('%'),
        })
    }
}

impl JsonSchema for Bound {
    fn schema_name() -> Cow<'static, str> {
        "Bound".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^[-+]?[0-9]*\.?[0-9]*(/[0-9]+)?( ?%)?$",
            "description": "by attainment `80%`, `0.8` or `4/5`; by amount `500000`"
        })
    }
}
