//! The decomposition for the window and for scripts: nodes from kept cells, with what was reached.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::calendar::PeriodKind;
use yeji_core::goal::{GoalCell, GoalPlan, attainment};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::{GoalMetric, Metric};
use yeji_core::org::{Organisation, UnitKind};
use yeji_core::{Error as CoreError, Money};
use yeji_goals::{Cell, Level, SplitUnit, aggregate_in};

use super::KeptRule;
use crate::api::goals::{GoalActual, GoalNode, GoalPlanInfo};
use crate::api::performance::Drill;
use crate::error::Result;

/// The engine's nodes for the border.
pub(super) fn nodes(organisation: &Organisation, nodes: &[yeji_goals::GoalNode]) -> Vec<GoalNode> {
    let numbers: BTreeMap<String, &String> = organisation
        .people()
        .filter_map(|person| Some((person.id.to_string(), person.staff_number.as_ref()?)))
        .collect();
    nodes
        .iter()
        .map(|node| GoalNode {
            unit: node.unit.clone(),
            name: node.name.clone(),
            staff_number: numbers.get(&node.unit).map(|number| (*number).clone()),
            parent_unit: node.parent_unit.clone(),
            level: level_code(node.level).to_owned(),
            period: node.period,
            parent_period: node.parent_period,
            days: None,
            amount: node.amount.to_major(),
            currency: node.amount.currency.to_string(),
        })
        .collect()
}

pub(super) fn level_code(level: Level) -> &'static str {
    match level {
        Level::Company => "company",
        Level::Department => "department",
        Level::Team => "team",
        Level::Person => "person",
    }
}

/// Without the weeks: the window asks for those of one unit.
pub(super) fn without_weeks(nodes: Vec<GoalNode>) -> Vec<GoalNode> {
    nodes
        .into_iter()
        .filter(|node| node.period.kind() != PeriodKind::CutWeek)
        .collect()
}

/// Only people and the units that are seen; the topmost of them have nothing above.
pub(super) fn below(nodes: Vec<GoalNode>, is_seen: impl Fn(&str) -> bool) -> Vec<GoalNode> {
    let stays = |node: &GoalNode| node.level == "person" || is_seen(&node.unit);
    let mut seen: Vec<GoalNode> = nodes.into_iter().filter(stays).collect();
    for node in &mut seen {
        node.parent_unit = node.parent_unit.take().filter(|unit| is_seen(unit));
    }
    seen
}

/// Nodes from kept cells: parents are sums.
pub(super) fn from_cells(
    organisation: &Organisation,
    plan: &GoalPlan,
    cells: &[GoalCell],
) -> Result<Vec<GoalNode>> {
    let year = plan.period()?;
    let calendar = year.calendar();
    let units = units_of(
        organisation,
        cells.iter().map(|cell| (cell.unit, cell.person)),
    );
    if cells.is_empty() || units.is_empty() {
        let company = organisation.company();
        return Ok(vec![GoalNode {
            unit: company.map_or_else(|| "company".to_owned(), |unit| unit.id.to_string()),
            name: company.map(|unit| unit.name.clone()).unwrap_or_default(),
            staff_number: None,
            parent_unit: None,
            level: "company".to_owned(),
            period: year,
            parent_period: None,
            days: None,
            amount: plan.amount.to_major(),
            currency: plan.amount.currency.to_string(),
        }]);
    }
    let leaves = cells
        .iter()
        .map(|cell| {
            Ok(Cell {
                unit: leaf_id(cell),
                period: calendar.containing(PeriodKind::CutWeek, cell.start)?,
                minor: cell.minor,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let all = aggregate_in(Some(calendar), &units, year, plan.amount.currency, &leaves)?;
    Ok(nodes(organisation, &all))
}

fn leaf_id(cell: &GoalCell) -> String {
    cell.person
        .map_or_else(|| cell.unit.to_string(), |person| person.to_string())
}

/// The tree as it was when the goal was split: the units of the cells, those above, and the people.
pub(super) fn units_of(
    organisation: &Organisation,
    leaves: impl Iterator<Item = (UnitId, Option<PersonId>)>,
) -> Vec<SplitUnit> {
    let mut people: BTreeMap<UnitId, BTreeSet<PersonId>> = BTreeMap::new();
    let mut used: BTreeSet<UnitId> = BTreeSet::new();
    for (unit, person) in leaves {
        if let Some(person) = person {
            people.entry(unit).or_default().insert(person);
        }
        let mut at = Some(unit);
        while let Some(id) = at {
            if !used.insert(id) {
                break;
            }
            at = organisation.unit(id).and_then(|unit| unit.parent);
        }
    }
    let mut units = Vec::new();
    if let Some(company) = organisation.company() {
        add_unit(organisation, company.id, &used, &people, &mut units);
    }
    units
}

fn add_unit(
    organisation: &Organisation,
    id: UnitId,
    used: &BTreeSet<UnitId>,
    people: &BTreeMap<UnitId, BTreeSet<PersonId>>,
    units: &mut Vec<SplitUnit>,
) {
    let Some(unit) = organisation.unit(id).filter(|unit| used.contains(&unit.id)) else {
        return;
    };
    units.push(SplitUnit {
        id: id.to_string(),
        name: unit.name.clone(),
        parent: unit.parent.map(|parent| parent.to_string()),
        level: match unit.kind {
            UnitKind::Company => Level::Company,
            UnitKind::Department => Level::Department,
            UnitKind::Team => Level::Team,
        },
        weight: None,
    });
    for child in organisation.children(id) {
        add_unit(organisation, *child, used, people, units);
    }
    let mut here: Vec<(String, PersonId)> = people
        .get(&id)
        .into_iter()
        .flatten()
        .map(|person| {
            (
                organisation
                    .person(*person)
                    .map(|p| p.name.clone())
                    .unwrap_or_default(),
                *person,
            )
        })
        .collect();
    here.sort();
    units.extend(here.into_iter().map(|(name, person)| SplitUnit {
        id: person.to_string(),
        name,
        parent: Some(id.to_string()),
        level: Level::Person,
        weight: None,
    }));
}

/// What the window shows of a version.
pub(super) fn plan_info(plan: &GoalPlan, rule: Option<KeptRule>) -> GoalPlanInfo {
    GoalPlanInfo {
        id: plan.id,
        year: plan.year,
        version: plan.version,
        state: plan.state,
        amount: plan.amount,
        split_by: rule.as_ref().map(|rule| rule.by.clone()),
        base: rule.and_then(|rule| rule.base),
    }
}

/// What was made in a year, in the goal's metric.
#[derive(Default)]
pub(super) struct Results {
    /// By unit, without those below it; None is people of no unit.
    pub by_unit: BTreeMap<Option<UnitId>, i64>,
    /// By person, in whatever unit.
    pub by_person: BTreeMap<PersonId, i64>,
}

/// Results and attainment for each unit and person that has a goal for the year.
pub(super) fn actuals(
    organisation: &Organisation,
    plan: &GoalPlan,
    nodes: &[GoalNode],
    results: &Results,
) -> Result<Vec<GoalActual>> {
    let currency = plan.amount.currency;
    let year = plan.period()?;
    let mut all = Vec::new();
    // Deals open from here; what is summed of other facts, from the table of its KPI.
    let figure = match plan.metric {
        GoalMetric::WonAmount => Some("attainment"),
        metric => metric.rolled_up().map(Metric::code),
    };
    for node in nodes.iter().filter(|node| node.period == year) {
        let mut drill = Drill::new(figure.unwrap_or_default(), None, year);
        let minor = if node.level == "person" {
            // Also what was won in another team: the goal is the person's whole one.
            drill.person = node.unit.parse().ok();
            let own = drill.person.and_then(|id| results.by_person.get(&id));
            own.copied().unwrap_or(0)
        } else if let Some(unit) = below_the_company(organisation, node) {
            drill.unit = Some(unit);
            let units = organisation.subtree(unit);
            let own = |unit| results.by_unit.get(&Some(unit)).copied();
            sum(units.into_iter().filter_map(own))?
        } else {
            sum(results.by_unit.values().copied())?
        };
        let actual = Money::new(minor, currency);
        let goal = Money::parse_major(&node.amount, currency)?;
        // Where less is better: how many times what was taken the goal is, as on scorecards.
        let ratio = if plan.metric.less_is_better() {
            attainment(goal, actual)?
        } else {
            attainment(actual, goal)?
        };
        all.push(GoalActual {
            unit: node.unit.clone(),
            actual,
            attainment: ratio.map(|r| r.to_string()),
            drill: figure.is_some().then_some(drill),
        });
    }
    Ok(all)
}

/// The unit of a node; None for the company, to which also belongs what people of no unit made.
fn below_the_company(organisation: &Organisation, node: &GoalNode) -> Option<UnitId> {
    let id = node.unit.parse().ok()?;
    let company = organisation.company().map(|company| company.id);
    (company != Some(id)).then_some(id)
}

fn sum(mut values: impl Iterator<Item = i64>) -> Result<i64> {
    let sum = values.try_fold(0_i64, i64::checked_add);
    Ok(sum.ok_or(CoreError::Overflow("results of a unit"))?)
}
