//! A plan as a document and what is to be known about it: its problems and curves.

use serde_json::Value;
use yeji_bonus::{By, Plan, Severity};
use yeji_core::{Currency, Money, Ratio, Rounding};

use crate::api::Message;
use crate::api::bonus::{BonusPlanView, BonusTemplate, ComponentCurve, CurvePoint, PlanProblem};
use crate::error::Result;

/// Points of a curve besides its edges.
const CURVE_POINTS: usize = 61;
/// Goal and target bonus that curves are drawn for, major units.
const CURVE_GOAL: i64 = 1_000_000;
const CURVE_TARGET: i64 = 10_000;

/// The kept document.
pub(crate) fn read(document: &Value) -> Result<Plan> {
    Ok(yeji_bonus::parse_plan(&document.to_string())?)
}

/// The plan for the window.
pub(super) fn view(version: i64, plan: &Plan, currency: Currency) -> Result<BonusPlanView> {
    let problems = yeji_bonus::check(plan);
    let usable = problems
        .iter()
        .all(|problem| problem.severity != Severity::Error);
    Ok(BonusPlanView {
        version,
        plan: json(plan)?,
        document: yeji_bonus::to_toml(plan)?,
        problems: problems.into_iter().map(problem).collect(),
        curves: if usable {
            curves(plan, currency)?
        } else {
            Vec::new()
        },
        versions: Vec::new(),
    })
}

/// Plans to start from.
pub(super) fn templates() -> Result<Vec<BonusTemplate>> {
    let mut all = Vec::new();
    for document in yeji_bonus::TEMPLATES {
        let plan = yeji_bonus::parse_plan(document)?;
        all.push(BonusTemplate {
            code: plan.code.clone(),
            name_zh: plan.name.zh.clone(),
            name_en: plan.name.en.clone(),
            plan: json(&plan)?,
        });
    }
    Ok(all)
}

fn json(plan: &Plan) -> Result<String> {
    Ok(serde_json::to_string(plan).map_err(yeji_store::Error::from)?)
}

fn problem(problem: yeji_bonus::PlanProblem) -> PlanProblem {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    PlanProblem {
        severity: severity.to_owned(),
        component: problem.component,
        tier: problem.tier.and_then(|tier| u32::try_from(tier).ok()),
        message: Message {
            code: problem.code,
            params: problem.params,
        },
    }
}

pub(super) fn curves(plan: &Plan, currency: Currency) -> Result<Vec<ComponentCurve>> {
    let major = |amount: i64| Money::new(amount * currency.minor_per_major(), currency);
    let (goal, target) = (major(CURVE_GOAL), major(CURVE_TARGET));
    let mut curves = Vec::new();
    for (place, component) in plan.components.iter().enumerate() {
        let by = component.rate.by;
        let points = yeji_bonus::curve(plan, place, target, goal, CURVE_POINTS)?;
        curves.push(ComponentCurve {
            component: component.code.clone(),
            by: match by {
                By::Attainment => "attainment",
                By::Amount => "amount",
            }
            .to_owned(),
            goal,
            target_bonus: target,
            points: points
                .into_iter()
                .map(|one| point(&one, by))
                .collect::<Result<_>>()?,
        });
    }
    Ok(curves)
}

fn point(point: &yeji_bonus::CurvePoint, by: By) -> Result<CurvePoint> {
    let hundred = Ratio::from_int(100);
    let percent = |ratio: Ratio| ratio.checked_mul(hundred)?.to_decimal(4, Rounding::HalfUp);
    Ok(CurvePoint {
        x: match by {
            By::Attainment => percent(point.x)?,
            By::Amount => point.x.to_decimal(2, Rounding::HalfUp)?,
        },
        payout: point.payout.to_major(),
        payout_percent: percent(point.share)?,
    })
}
