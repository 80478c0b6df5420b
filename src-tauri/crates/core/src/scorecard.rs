//! What people of a role are measured by, and what they are to reach where a goal is no sum: KPIs with
//! weights that total the whole, and goals of single KPIs. Dated, so that a later rule leaves older periods
//! as they were.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use crate::calendar::Period;
use crate::ids::{PersonId, UnitId};
use crate::org::MemberRole;
use crate::{Error, Ratio, Result, Rounding};

/// Most KPIs of one scorecard: a hundredth each is the least that anybody still weighs.
pub const MAX_KPIS: usize = 100;
/// Digits of a per cent that are written out; what needs more stays a fraction.
const MAX_PERCENT_DECIMALS: u32 = 6;

/// Weights that are none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// No KPI at all.
    #[error("a scorecard needs at least one KPI")]
    Nothing,
    /// More than [`MAX_KPIS`].
    #[error("a scorecard has at most {limit} KPIs")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// A KPI that is named twice.
    #[error("`{kpi}` stands twice in the scorecard")]
    Twice {
        /// Its code.
        kpi: String,
    },
    /// A weight of zero or below.
    #[error("the weight of `{kpi}` is {}: it must be above zero, or leave the KPI out", percent_text(*weight))]
    NotPositive {
        /// The KPI.
        kpi: String,
        /// Its weight.
        weight: Ratio,
    },
    /// A cap of zero or below.
    #[error("the cap of `{kpi}` is {}: it must be above zero", percent_text(*cap))]
    Cap {
        /// The KPI.
        kpi: String,
        /// Its cap.
        cap: Ratio,
    },
    /// Weights that are less than the whole.
    #[error("the weights total {}, and {} is missing", percent_text(*total), percent_text(*missing))]
    Below {
        /// Their sum.
        total: Ratio,
        /// What is missing.
        missing: Ratio,
    },
    /// Weights that are more than the whole.
    #[error("the weights total {}, which is {} too much", percent_text(*total), percent_text(*excess))]
    Above {
        /// Their sum.
        total: Ratio,
        /// What is too much.
        excess: Ratio,
    },
}

impl WeightsError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Nothing => "kpi_weights_none",
            Self::TooMany { .. } => "kpi_weights_too_many",
            Self::Twice { .. } => "kpi_weight_twice",
            Self::NotPositive { .. } => "kpi_weight_not_positive",
            Self::Cap { .. } => "kpi_cap_not_positive",
            Self::Below { .. } => "kpi_weights_below",
            Self::Above { .. } => "kpi_weights_above",
        }
    }

    /// Values for the sentence.
    pub(crate) fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Nothing => Vec::new(),
            Self::TooMany { limit } => vec![("limit", limit.to_string())],
            Self::Twice { kpi } => vec![("kpi", kpi.clone())],
            Self::NotPositive { kpi, weight } => {
                vec![("kpi", kpi.clone()), ("weight", percent_text(*weight))]
            }
            Self::Cap { kpi, cap } => vec![("kpi", kpi.clone()), ("cap", percent_text(*cap))],
            Self::Below { total, missing } => vec![
                ("total", percent_text(*total)),
                ("missing", percent_text(*missing)),
            ],
            Self::Above { total, excess } => vec![
                ("total", percent_text(*total)),
                ("excess", percent_text(*excess)),
            ],
        }
    }
}

/// A KPI with its part of the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KpiWeight {
    /// Code of the KPI.
    pub kpi: String,
    /// Its part, above zero.
    pub weight: Ratio,
    /// The attainment beyond which more counts nothing; none: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Ratio>,
}

/// KPIs, each once, with weights that total exactly 1; in the order in which somebody put them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KpiWeights(Vec<KpiWeight>);

impl KpiWeights {
    /// The list.
    ///
    /// # Errors
    /// [`WeightsError`].
    pub fn new(weights: Vec<KpiWeight>) -> Result<Self> {
        let parts = weights.iter();
        check_weights(parts.map(|one| (one.kpi.as_str(), one.weight, one.cap)))?;
        Ok(Self(weights))
    }

    /// The parts.
    pub fn parts(&self) -> &[KpiWeight] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for KpiWeights {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Self::new(Vec::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// Checks codes with their weights and caps: the one rule of scorecards, for what is kept and for the engine.
///
/// # Errors
/// [`WeightsError`].
pub fn check_weights<'a>(
    parts: impl Iterator<Item = (&'a str, Ratio, Option<Ratio>)>,
) -> Result<()> {
    let (mut codes, mut total) = (BTreeSet::new(), Ratio::ZERO);
    for (code, weight, cap) in parts {
        let kpi = || code.chars().take(64).collect::<String>();
        if !codes.insert(code) {
            return Err(WeightsError::Twice { kpi: kpi() }.into());
        }
        if codes.len() > MAX_KPIS {
            return Err(WeightsError::TooMany { limit: MAX_KPIS }.into());
        }
        if weight <= Ratio::ZERO {
            return Err(WeightsError::NotPositive { kpi: kpi(), weight }.into());
        }
        if let Some(cap) = cap.filter(|cap| *cap <= Ratio::ZERO) {
            return Err(WeightsError::Cap { kpi: kpi(), cap }.into());
        }
        total = total.checked_add(weight)?;
    }
    if codes.is_empty() {
        return Err(WeightsError::Nothing.into());
    }
    if total < Ratio::ONE {
        let missing = Ratio::ONE.checked_sub(total)?;
        return Err(WeightsError::Below { total, missing }.into());
    }
    if total > Ratio::ONE {
        let excess = total.checked_sub(Ratio::ONE)?;
        return Err(WeightsError::Above { total, excess }.into());
    }
    Ok(())
}

/// What a role is measured by, from a day on until its next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard {
    /// Whose; none: of everybody whose role has none.
    pub role: Option<MemberRole>,
    /// First day.
    pub from: NaiveDate,
    /// The KPIs.
    pub weights: KpiWeights,
}

/// What a unit or person is to reach in a period of a KPI, from a day on until the next such goal begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiGoal {
    /// Code of the KPI.
    pub metric: String,
    /// Of which unit; none: of a person.
    pub unit: Option<UnitId>,
    /// Whose; none: of a unit.
    pub person: Option<PersonId>,
    /// In which period.
    pub period: Period,
    /// First day on which it is the goal.
    pub from: NaiveDate,
    /// Exact, in the KPI's unit: a share as a fraction, an amount in major units.
    pub value: Ratio,
}

/// A share in per cent, exact: `12.5%`, or the fraction itself where no short decimal is exact.
pub fn percent_text(share: Ratio) -> String {
    let exact = |decimals: &u32| 10_i128.pow(*decimals + 2) % share.denominator() == 0;
    let text = (0..=MAX_PERCENT_DECIMALS).find(exact).and_then(|decimals| {
        let percent = share.checked_mul(Ratio::from_int(100)).ok()?;
        percent.to_decimal(decimals, Rounding::HalfUp).ok()
    });
    text.map_or_else(|| share.to_string(), |text| format!("{text}%"))
}

/// Reads a share: `60%`, `0.6` or `3/5`.
///
/// # Errors
/// Text that is none of these.
pub fn share(text: &str) -> Result<Ratio> {
    let text = text.trim();
    let Some(percent) = text.strip_suffix('%').or(text.strip_suffix('％')) else {
        return text.parse();
    };
    let percent: Ratio = percent.trim_end().parse()?;
    percent.checked_div(Ratio::from_int(100))
}

impl From<WeightsError> for Error {
    fn from(error: WeightsError) -> Self {
        Self::Weights(error)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weights(parts: &[(&str, &str)]) -> Result<KpiWeights> {
        let parts = parts.iter().map(|(kpi, weight)| KpiWeight {
            kpi: (*kpi).to_owned(),
            weight: share(weight).unwrap(),
            cap: None,
        });
        KpiWeights::new(parts.collect())
    }

    #[test]
    fn weights_total_the_whole_or_say_what_is_missing() {
        let check = |parts: &[(&str, &str)], said: Option<&str>| {
            let error = weights(parts).err().map(|error| error.to_string());
            assert_eq!(error.as_deref(), said, "{parts:?}");
        };
        check(&[("a", "100%")], None);
        check(&[("a", "1/3"), ("b", "1/3"), ("c", "1/3")], None);
        check(&[("a", "60%"), ("b", "25 %"), ("c", "15％")], None);
        check(&[], Some("a scorecard needs at least one KPI"));
        check(
            &[("a", "60%"), ("b", "35%")],
            Some("the weights total 95%, and 5% is missing"),
        );
        check(
            &[("a", "60%"), ("b", "42.5%")],
            Some("the weights total 102.5%, which is 2.5% too much"),
        );
        check(
            &[("a", "1/3"), ("b", "1/3")],
            Some("the weights total 2/3, and 1/3 is missing"),
        );
        check(
            &[("a", "50%"), ("a", "50%")],
            Some("`a` stands twice in the scorecard"),
        );
        check(
            &[("a", "100%"), ("b", "0")],
            Some("the weight of `b` is 0%: it must be above zero, or leave the KPI out"),
        );
        check(
            &[("a", "1.5"), ("b", "-50%")],
            Some("the weight of `b` is -50%: it must be above zero, or leave the KPI out"),
        );
    }

    #[test]
    fn a_scorecard_is_kept_as_text_and_never_read_with_other_sums() {
        let mut parts = weights(&[("a", "60%"), ("b", "40%")]).unwrap();
        parts.0[0].cap = Some("3/2".parse().unwrap());
        let text = serde_json::to_string(&parts).unwrap();
        assert_eq!(serde_json::from_str::<KpiWeights>(&text).unwrap(), parts);
        for broken in [
            text.replace("3/5", "1/5"),
            text.replace("\"b\"", "\"a\""),
            text.replace("3/2", "-3/2"),
        ] {
            assert!(
                serde_json::from_str::<KpiWeights>(&broken).is_err(),
                "{broken}"
            );
        }
    }

    #[test]
    fn shares_are_read_exactly() {
        let check = |text: &str, expected: Option<&str>| {
            let read = share(text).ok().map(percent_text);
            assert_eq!(read.as_deref(), expected, "{text}");
        };
        check("35%", Some("35%"));
        check(" 12.50 % ", Some("12.5%"));
        check("0.1", Some("10%"));
        check("1/3", Some("1/3"));
        check("1/3%", Some("1/300"));
        check("%", None);
        check("35%%", None);
        check("a third", None);
    }

    proptest! {
        /// Whatever the weights are: they are taken if and only if they are positive and total 1, and what is
        /// said to be missing is what makes them whole.
        #[test]
        fn what_is_said_to_be_missing_makes_the_weights_whole(parts in prop::collection::vec(1_i64..40, 1..8)) {
            let codes: Vec<String> = (0..=parts.len()).map(|at| format!("k{at}")).collect();
            let of = |parts: &[i64], whole: i64| {
                let parts = parts.iter().zip(&codes);
                KpiWeights::new(parts.map(|(part, kpi)| KpiWeight {
                    kpi: kpi.clone(),
                    weight: Ratio::new((*part).into(), whole.into()).unwrap(),
                    cap: None,
                }).collect())
            };
            let sum: i64 = parts.iter().sum();
            prop_assert!(of(&parts, sum).is_ok());
            match of(&parts, 100).map_err(|error| error.to_string()) {
                Ok(_) => prop_assert_eq!(sum, 100),
                Err(_) if sum > 100 => {
                    let expected = WeightsError::Above {
                        total: Ratio::new(sum.into(), 100).unwrap(),
                        excess: Ratio::new((sum - 100).into(), 100).unwrap(),
                    };
                    prop_assert_eq!(of(&parts, 100), Err(expected.into()));
                }
                Err(_) => {
                    let mut more = parts.clone();
                    more.push(100 - sum);
                    prop_assert!(of(&more, 100).is_ok());
                }
            }
        }
    }
}
