//! A plan as a form and back, with its problems and its curve.

use serde_json::Value;
use yeji_bonus::{AppliesTo, Edge, Pay, Plan, PlanName, Severity, Tier};
use yeji_core::{Currency, Money, Ratio, Rounding};

use crate::api::Message;
use crate::api::bonus::{BonusPlanSettings, BonusPlanView, CurvePoint, PlanProblem, TierSettings};
use crate::error::{Error, Result};

/// Points of the curve besides its edges.
const CURVE_POINTS: usize = 61;
/// The curve is drawn for a goal and target bonus of this size, so that shares come out exact.
const CURVE_MAJOR: i64 = 1_000_000;

/// The kept document.
pub(crate) fn read(document: &Value) -> Result<Plan> {
    Ok(yeji_bonus::parse_plan(&document.to_string())?)
}

/// The form's settings on top of what the form does not show.
pub(super) fn from_settings(
    settings: &BonusPlanSettings,
    base: &Plan,
    currency: Currency,
) -> Result<Plan> {
    let mut tiers = Vec::new();
    for tier in &settings.tiers {
        tiers.push(Tier {
            from: percent("from_percent", &tier.from_percent)?,
            to: match tier
                .to_percent
                .as_deref()
                .map(str::trim)
                .filter(|text| !text.is_empty())
            {
                Some(text) => Some(percent("to_percent", text)?),
                None => None,
            },
            applies_to: match tier.applies_to.as_str() {
                "all" => AppliesTo::All,
                "excess" => AppliesTo::Excess,
                other => return Err(Error::input("applies_to", other, "all or excess")),
            },
            pay: Pay::PercentOfTargetBonus {
                percent: percent("pays_percent", &tier.pays_percent)?,
            },
        });
    }
    let edge = match settings.edge.as_str() {
        "lower" => Edge::Lower,
        "upper" => Edge::Upper,
        other => return Err(Error::input("edge", other, "lower or upper")),
    };
    let default = settings
        .default_target_bonus
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let default_target_bonus = match default {
        Some(text) => Some(Money::parse_major(text, currency)?),
        None => None,
    };
    Ok(Plan {
        name: PlanName {
            zh: settings.name_zh.clone(),
            en: settings.name_en.clone(),
        },
        tiers,
        edge,
        default_target_bonus,
        ..base.clone()
    })
}

/// Percent as typed: `80`, `80.5`, `80%`.
fn percent(field: &'static str, text: &str) -> Result<Ratio> {
    let number = text.trim().trim_end_matches('%').trim_end();
    Ratio::parse_decimal(number)
        .and_then(|value| value.checked_div(Ratio::from_int(100)))
        .map_err(|_| Error::input(field, text, "a percentage, as in 80 or 80.5"))
}

/// A ratio as the form shows it: percent without the sign, exact where a decimal ends.
fn percent_text(ratio: Ratio) -> String {
    yeji_bonus::percent::format(ratio)
        .trim_end_matches('%')
        .to_owned()
}

/// The plan for the window.
pub(super) fn view(version: i64, plan: &Plan, currency: Currency) -> Result<BonusPlanView> {
    let problems = yeji_bonus::check(plan);
    let usable = problems
        .iter()
        .all(|problem| problem.severity != Severity::Error);
    let curve = if usable {
        curve(plan, currency)?
    } else {
        Vec::new()
    };
    Ok(BonusPlanView {
        version,
        settings: BonusPlanSettings {
            name_zh: plan.name.zh.clone(),
            name_en: plan.name.en.clone(),
            tiers: plan.tiers.iter().map(tier_settings).collect(),
            edge: if plan.edge == Edge::Lower {
                "lower"
            } else {
                "upper"
            }
            .to_owned(),
            default_target_bonus: plan.default_target_bonus.map(Money::to_major),
        },
        document: yeji_bonus::to_toml(plan)?,
        problems: problems
            .into_iter()
            .map(|problem| PlanProblem {
                severity: if problem.severity == Severity::Error {
                    "error"
                } else {
                    "warning"
                }
                .to_owned(),
                tier: problem.tier.and_then(|tier| u32::try_from(tier).ok()),
                message: Message {
                    code: problem.code,
                    params: problem.params,
                },
            })
            .collect(),
        curve,
    })
}

fn tier_settings(tier: &Tier) -> TierSettings {
    TierSettings {
        from_percent: percent_text(tier.from),
        to_percent: tier.to.map(percent_text),
        pays_percent: percent_text(tier.pay.percent()),
        applies_to: if tier.applies_to == AppliesTo::All {
            "all"
        } else {
            "excess"
        }
        .to_owned(),
    }
}

fn curve(plan: &Plan, currency: Currency) -> Result<Vec<CurvePoint>> {
    let one = Money::new(CURVE_MAJOR * currency.minor_per_major(), currency);
    let hundred = Ratio::from_int(100);
    yeji_bonus::curve(plan, one, one, CURVE_POINTS)?
        .into_iter()
        .map(|point| {
            let text = |ratio: Ratio| ratio.checked_mul(hundred)?.to_decimal(4, Rounding::HalfUp);
            Ok(CurvePoint {
                attainment_percent: text(point.attainment)?,
                payout_percent: text(point.share)?,
            })
        })
        .collect()
}
