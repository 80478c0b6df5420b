//! The series behind a forecast: read by periods and parts, as far as its reader sees them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use yeji_core::ids::UnitId;
use yeji_core::metric::GoalMetric;
use yeji_store::{MeasureKey, MeasureSplit};

use super::sums::minor;
use super::{Asked, Direct, MetricScope, Question, Tree, Values};
use crate::access::Sight;
use crate::api::forecast::ForecastBy;
use crate::context::App;
use crate::error::Result;
use crate::words;

/// Values by period of the whole and of its parts; none is not known.
pub(super) struct Own {
    pub total: Vec<Option<f64>>,
    /// So far, of the period under way.
    pub under_way: Option<f64>,
    /// The company's units, of a metric that adds up, for whoever sees units.
    pub tree: Option<Tree>,
    /// So far of the period under way, of the places of the tree.
    pub so_far: Vec<f64>,
    /// And of the parts, in their order.
    pub parts_so_far: Vec<f64>,
    /// What is asked for, in the tree.
    pub tops: Vec<usize>,
    /// Parts that are not in the tree: people, or units of a metric that does not add up.
    pub parts: BTreeMap<MeasureKey, Vec<Option<f64>>>,
}

impl App {
    pub(super) async fn own_series(&self, asked: &Asked) -> Result<Own> {
        let question = &asked.question;
        let known = asked
            .known
            .iter()
            .map(|period| (period.start(), period.end()));
        let mut spans: Vec<_> = known.collect();
        let first = asked.ahead.first().filter(|one| one.start() <= asked.today);
        spans.extend(first.map(|period| (period.start(), period.end())));
        let units = question.units.as_deref();
        let all = self
            .values(asked, MeasureSplit::None, units, &spans)
            .await?;
        let mut total = asked.values(&all, &MeasureKey::All, spans.len());
        let under_way = (spans.len() > asked.known.len()).then(|| total.pop().flatten());
        let mut own = Own {
            total,
            under_way: under_way.flatten(),
            tree: None,
            so_far: Vec::new(),
            parts_so_far: Vec::new(),
            tops: Vec::new(),
            parts: BTreeMap::new(),
        };
        let is_running = spans.len() > asked.known.len();
        if asked.known.is_empty() {
            return Ok(own);
        }
        let is_one_person = matches!(self.sight(), Sight::Person(_));
        if asked.additive && !is_one_person {
            let whole = self.values(asked, MeasureSplit::Unit, None, &spans).await?;
            let direct: Direct = asked
                .by_key(&whole, spans.len())
                .into_iter()
                .filter_map(|(key, values)| match key {
                    MeasureKey::Unit(unit) => Some((unit, values)),
                    _ => None,
                })
                .collect();
            let mut tree = Tree::of(
                &question.organisation,
                direct,
                spans.len(),
                &BTreeSet::new(),
            );
            let nodes = tree.nodes.iter_mut().map(|node| &mut node.values);
            own.so_far = split_off(nodes, is_running);
            own.tops = tops(asked, &tree);
            own.tree = Some(tree);
        }
        let split = match (asked.args.by, &own.tree) {
            (Some(ForecastBy::Person), _) => MeasureSplit::Person,
            (Some(ForecastBy::Team), None) if !is_one_person => MeasureSplit::Unit,
            _ => return Ok(own),
        };
        let parts = self.values(asked, split, units, &spans).await?;
        own.parts = asked.by_key(&parts, spans.len());
        own.parts_so_far = split_off(own.parts.values_mut(), is_running);
        Ok(own)
    }

    async fn values(
        &self,
        asked: &Asked,
        split: MeasureSplit,
        units: Option<&[UnitId]>,
        spans: &[(NaiveDate, NaiveDate)],
    ) -> Result<Values> {
        let scope = MetricScope {
            organisation: &asked.question.organisation,
            units: units.map(<[UnitId]>::to_vec),
            split,
            only: asked.question.only.clone(),
            among: None,
            periods: spans.to_vec(),
            goals: GoalMetric::WonAmount,
        };
        self.measure_values(asked.question.metric.measures(), &scope)
            .await
    }

    /// What the scope of a question is called.
    pub(in crate::performance) fn scope_name(
        &self,
        question: &Question,
        unit: Option<UnitId>,
    ) -> String {
        let organisation = &question.organisation;
        if let Some(person) = self.sight().person() {
            let person = organisation.person(person);
            return person.map(|person| person.name.clone()).unwrap_or_default();
        }
        let tops: Vec<UnitId> = match (unit, &question.units) {
            (Some(unit), _) => vec![unit],
            (None, Some(units)) => {
                let parent = |unit: &UnitId| organisation.unit(*unit).and_then(|one| one.parent);
                let is_top = |unit: &&UnitId| parent(unit).is_none_or(|up| !units.contains(&up));
                units.iter().filter(is_top).copied().collect()
            }
            (None, None) => organisation
                .company()
                .map(|one| one.id)
                .into_iter()
                .collect(),
        };
        let names = tops.iter().filter_map(|unit| organisation.unit(*unit));
        words::names(names.map(|unit| unit.name.as_str()).collect())
    }
}

impl Asked {
    fn by_key(&self, values: &Values, periods: usize) -> BTreeMap<MeasureKey, Vec<Option<f64>>> {
        let keys = values.parts().into_iter();
        keys.map(|key| {
            let of_key = self.values(values, &key, periods);
            (key, of_key)
        })
        .collect()
    }

    fn values(&self, values: &Values, key: &MeasureKey, periods: usize) -> Vec<Option<f64>> {
        let unit = self.question.metric.definition.unit;
        let at = |at: usize| {
            let value = self.question.value(values, key, at).ok()?;
            minor(value, unit, self.question.currency)
        };
        (0..periods).map(at).collect()
    }
}

/// Takes what has come of the period under way from the end of series; zeros where none is.
fn split_off<'a>(
    all: impl Iterator<Item = &'a mut Vec<Option<f64>>>,
    is_running: bool,
) -> Vec<f64> {
    let last = |values: &'a mut Vec<Option<f64>>| {
        let last = if is_running { values.pop() } else { None };
        last.flatten().unwrap_or(0.0)
    };
    all.map(last).collect()
}

/// The units that are meant: the one asked for, or the topmost of those that one sees.
fn tops(asked: &Asked, tree: &Tree) -> Vec<usize> {
    let seen: Vec<UnitId> = match (asked.args.unit, &asked.question.units) {
        (Some(unit), _) => vec![unit],
        (None, Some(units)) => units.clone(),
        (None, None) => return vec![0],
    };
    let organisation = &asked.question.organisation;
    let is_top = |unit: &&UnitId| {
        let parent = organisation.unit(**unit).and_then(|unit| unit.parent);
        parent.is_none_or(|parent| !seen.contains(&parent))
    };
    let tops = seen.iter().filter(is_top);
    tops.filter_map(|unit| tree.place(*unit)).collect()
}
