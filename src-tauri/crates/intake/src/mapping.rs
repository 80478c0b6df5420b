//! Which column means what, and how its values are written: a person can read and edit it (TOML).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::Currency;
use yeji_core::facts::Stage;
use yeji_core::rate::Rate;

use crate::fold::fold_key;
use crate::limits::MAX_MAPPING_BYTES;
use crate::{
    AmountUnit, DateOrder, DecimalStyle, Error, Field, Kind, Result, RoleRule, known_stage,
};

/// How a file's columns become fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the file holds.
    pub kind: Kind,
    /// Currency of the amounts; needed where an amount is mapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Percent of the tax that the amounts of the file include; what is taken is the net amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "string | null")]
    pub tax_included: Option<Rate>,
    /// Field -> header of its column. Fields left out are not imported.
    pub columns: BTreeMap<Field, String>,
    /// Order of day, month and year of date columns whose values need one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub date_order: BTreeMap<Field, DateOrder>,
    /// Decimal point or comma; without an entry only values with one reading are taken.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub decimal: BTreeMap<Field, DecimalStyle>,
    /// What one unit of the column is (`金额（万元）`: ten thousand); without an entry: one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unit: BTreeMap<Field, AmountUnit>,
    /// Stage as the file spells it -> stage. Spelling is compared folded.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stages: BTreeMap<String, Stage>,
    /// Role or job title as the file spells it -> what it is taken for. Spelling is compared folded.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub roles: BTreeMap<String, RoleRule>,
}

impl Mapping {
    /// An empty mapping of a kind.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            currency: None,
            columns: BTreeMap::new(),
            date_order: BTreeMap::new(),
            decimal: BTreeMap::new(),
            tax_included: None,
            unit: BTreeMap::new(),
            stages: BTreeMap::new(),
            roles: BTreeMap::new(),
        }
    }

    /// Required fields without a column.
    pub fn missing_required(&self) -> Vec<Field> {
        let required = self.kind.fields().iter().filter(|def| def.required);
        required
            .map(|def| def.field)
            .filter(|field| !self.columns.contains_key(field))
            .collect()
    }

    /// What a stage of the file is taken for; none: its rows are not taken.
    pub fn stage_of(&self, text: &str) -> Option<Stage> {
        let folded = || {
            let key = fold_key(text);
            let mut stages = self.stages.iter().rev();
            stages.find_map(|(own, stage)| (fold_key(own) == key).then_some(stage))
        };
        let mapped = self.stages.get(text).or_else(folded);
        mapped.copied().or_else(|| known_stage(text))
    }

    /// The mapping as TOML.
    pub fn to_toml(&self) -> Result<String> {
        toml::to_string_pretty(self).map_err(|error| Error::Mapping {
            reason: error.to_string(),
        })
    }

    /// Reads a mapping from TOML; unknown words are errors.
    pub fn from_toml(text: &str) -> Result<Self> {
        if text.len() > MAX_MAPPING_BYTES {
            let reason = format!("larger than {MAX_MAPPING_BYTES} bytes");
            return Err(Error::Mapping { reason });
        }
        let mapping: Self = toml::from_str(text).map_err(|error| Error::Mapping {
            reason: one_line(text, &error),
        })?;
        mapping.check()?;
        Ok(mapping)
    }

    /// Every field belongs to the kind, and no column serves twice.
    pub(crate) fn check(&self) -> Result<()> {
        let named = self
            .columns
            .keys()
            .chain(self.date_order.keys())
            .chain(self.decimal.keys())
            .chain(self.unit.keys());
        for field in named {
            if self.kind.field(*field).is_none() {
                let reason = format!("{} has no field `{field}`", self.kind);
                return Err(Error::Mapping { reason });
            }
        }
        let mut taken: BTreeMap<&str, Field> = BTreeMap::new();
        for (field, header) in &self.columns {
            if let Some(other) = taken.insert(header, *field) {
                let reason = format!("column `{header}` is mapped to both `{other}` and `{field}`");
                return Err(Error::Mapping { reason });
            }
        }
        Ok(())
    }
}

/// What the reader says, without its picture of the place, after the line's number.
fn one_line(text: &str, error: &toml::de::Error) -> String {
    let said = error.message().replace('\n', "; ");
    match error.span().and_then(|span| text.get(..span.start)) {
        Some(before) => format!("line {}: {said}", before.matches('\n').count() + 1),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_round_trips() {
        let mut mapping = Mapping::new(Kind::Opportunities);
        mapping.currency = Some(Currency::USD);
        mapping
            .columns
            .insert(Field::CLOSED_ON, "close_date".into());
        mapping.columns.insert(Field::AMOUNT, "金额（万元）".into());
        mapping
            .date_order
            .insert(Field::CLOSED_ON, DateOrder::DayFirst);
        mapping.decimal.insert(Field::AMOUNT, DecimalStyle::Comma);
        mapping.unit.insert(Field::AMOUNT, AmountUnit::TenThousand);
        mapping.tax_included = Some("13".parse().unwrap());
        mapping.stages.insert("已签".into(), Stage::Won);
        mapping.roles.insert("销售经理".into(), RoleRule::ByDeals);
        let text = mapping.to_toml().unwrap();
        assert!(
            text.contains("closed_on = \"day_first\""),
            "people edit this: {text}"
        );
        assert_eq!(Mapping::from_toml(&text).unwrap(), mapping);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let check = |text: &str, part: &str| {
            let error = Mapping::from_toml(text).unwrap_err();
            assert_eq!(error.code(), "mapping_invalid");
            assert!(error.to_string().contains(part), "{error}");
        };
        check(
            "kind = \"people\"\n[columns]\nstage = \"x\"",
            "people has no field `stage`",
        );
        check(
            "kind = \"people\"\n[columns]\nnam = \"x\"",
            "`nam` is not a known field",
        );
        check("kind = \"pets\"\n[columns]", "pets");
        check("kind = \"people\"\ncolour = 1\n[columns]", "colour");
        check(
            "kind = \"people\"\n[columns]\nname = \"a\"\nteam = \"a\"",
            "mapped to both",
        );
        check("", "kind");
        let error = Mapping::from_toml("kind = \"people\"\n[columns\n").unwrap_err();
        let said = error.to_string();
        assert!(
            said.contains("line 2") && !said.contains('\n'),
            "one line: {said}"
        );
    }

    #[test]
    fn missing_required_fields() {
        let mapping = Mapping::new(Kind::Opportunities);
        assert_eq!(
            mapping.missing_required(),
            [Field::EXTERNAL_ID, Field::OWNER, Field::STAGE]
        );
    }
}
