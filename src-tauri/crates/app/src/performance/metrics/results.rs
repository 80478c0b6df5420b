//! Results of a metric that goals are set for, by person, unit and period: the one way in which goals get them,
//! whatever the metric. Deals come from the rollups; everything else is summed over its facts, and made by the
//! KPI library like any other value of the metric.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use yeji_core::calendar::{Period, PeriodKind, periods};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::{GoalMetric, Metric, MetricUnit};
use yeji_core::{Error as CoreError, Ratio};
use yeji_insight::kpi::{Library, Measure, Metric as LibraryMetric, NoValue};
use yeji_report::chart::Lang;
use yeji_store::{MeasureKey, MeasureOnly, MeasureSplit, RollupQuery, RollupSplit};

use super::library::not_found;
use super::values::{Scope, Values};
use crate::access::Right;
use crate::context::App;
use crate::error::Result;
use crate::performance::Sums;

/// How results are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResultsBy {
    /// Not.
    Whole,
    /// By person, in whatever unit.
    Person,
    /// By the unit where they were made, without those below.
    Unit,
}

/// Whose results are meant, of those that are seen.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ResultsOf<'a> {
    /// Made in these units.
    pub units: Option<&'a [UnitId]>,
    /// Of this person.
    pub person: Option<PersonId>,
}

/// Why somebody sees nothing of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hidden {
    /// What products cost is not for everybody who sells them.
    Costs,
    /// A personal file has no such facts.
    NotHere,
}

impl Hidden {
    /// The code in messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Costs => "costs",
            Self::NotHere => "not_here",
        }
    }
}

/// Minor units or counts by part and place of the period; what is not there is zero.
#[derive(Debug, Default)]
pub(crate) struct MetricResults {
    rows: Vec<(usize, MeasureKey, i64)>,
    /// None of it is seen.
    pub hidden: Option<Hidden>,
}

impl MetricResults {
    /// Period, person and what they made.
    pub fn people(&self) -> impl Iterator<Item = (usize, PersonId, i64)> {
        self.rows.iter().filter_map(|(at, key, minor)| match key {
            MeasureKey::Person(person) => Some((*at, (*person)?, *minor)),
            _ => None,
        })
    }

    /// Period, unit and what was made in it; none: in no unit.
    pub fn units(&self) -> impl Iterator<Item = (usize, Option<UnitId>, i64)> {
        self.rows.iter().filter_map(|(at, key, minor)| match key {
            MeasureKey::Unit(unit) => Some((*at, *unit, *minor)),
            _ => None,
        })
    }

    /// What was made in each of so many periods.
    pub fn whole(&self, periods: usize) -> Vec<i64> {
        let mut made = vec![0; periods];
        for (at, key, minor) in &self.rows {
            if *key == MeasureKey::All {
                made[*at] = *minor;
            }
        }
        made
    }
}

impl App {
    /// Results of a metric in periods that follow each other.
    pub(crate) async fn metric_results(
        &self,
        metric: GoalMetric,
        periods: &[(NaiveDate, NaiveDate)],
        by: ResultsBy,
        of: ResultsOf<'_>,
    ) -> Result<MetricResults> {
        if periods.is_empty() {
            return Ok(MetricResults::default());
        }
        match metric.rolled_up() {
            Some(rolled) => self.rolled_up_results(rolled, periods, by, of).await,
            None => self.summed_results(metric, periods, by, of).await,
        }
    }

    async fn rolled_up_results(
        &self,
        metric: Metric,
        periods: &[(NaiveDate, NaiveDate)],
        by: ResultsBy,
        of: ResultsOf<'_>,
    ) -> Result<MetricResults> {
        let query = RollupQuery {
            from: periods[0].0,
            to: periods[periods.len() - 1].1,
            units: self.sight().units(of.units),
            person: of.person.or(self.sight().person()),
            split: match by {
                ResultsBy::Whole => RollupSplit::None,
                ResultsBy::Person => RollupSplit::Person,
                ResultsBy::Unit => RollupSplit::Unit,
            },
        };
        let rows = self.store()?.rollup_sums_of(&query, periods).await?;
        let rows = rows.into_iter().map(|(at, row)| {
            let key = match by {
                ResultsBy::Whole => MeasureKey::All,
                ResultsBy::Person => MeasureKey::Person(row.person),
                ResultsBy::Unit => MeasureKey::Unit(row.unit),
            };
            (at, key, Sums::of(&row).metric(metric))
        });
        Ok(MetricResults {
            rows: rows.collect(),
            hidden: None,
        })
    }

    async fn summed_results(
        &self,
        metric: GoalMetric,
        periods: &[(NaiveDate, NaiveDate)],
        by: ResultsBy,
        of: ResultsOf<'_>,
    ) -> Result<MetricResults> {
        let library = Library::built_in();
        let known = in_library(metric)?;
        if self.hides_costs(known) {
            return Ok(MetricResults {
                hidden: Some(Hidden::Costs),
                ..MetricResults::default()
            });
        }
        let organisation = self.store()?.organisation().await?;
        let person = |id| (MeasureSplit::Person, MeasureKey::Person(Some(id)));
        let scope = Scope {
            organisation: &organisation,
            units: self.sight().units(of.units),
            split: match by {
                ResultsBy::Whole => MeasureSplit::None,
                ResultsBy::Person => MeasureSplit::Person,
                ResultsBy::Unit => MeasureSplit::Unit,
            },
            only: MeasureOnly {
                part: of.person.map(person),
                ..MeasureOnly::default()
            },
            among: None,
            periods: periods.to_vec(),
            goals: GoalMetric::WonAmount,
        };
        let values = self.measure_values(known.measures(), &scope).await?;
        let per = match metric.unit() {
            MetricUnit::Money => self.currency().await?.minor_per_major(),
            MetricUnit::Count => 1,
        };
        let value = |key: &MeasureKey, at: usize| {
            library.evaluate(known, &|measure| values.of(key, at, measure))
        };
        if matches!(value(&MeasureKey::All, 0), Err(NoValue::NotHere { .. })) {
            return Ok(MetricResults {
                hidden: Some(Hidden::NotHere),
                ..MetricResults::default()
            });
        }
        let rows = rows(&values, periods.len(), per, &value)?;
        Ok(MetricResults { rows, hidden: None })
    }

    fn hides_costs(&self, metric: &LibraryMetric) -> bool {
        metric.measures().contains(&Measure::CostAmount)
            && !self.actor().has(Right::SeeTeamResults, self.policies())
    }

    /// The days between which results of a metric are known, of the whole company; none: there are none.
    pub(crate) async fn metric_span(
        &self,
        metric: GoalMetric,
    ) -> Result<Option<(NaiveDate, NaiveDate)>> {
        let mut span: Option<(NaiveDate, NaiveDate)> = None;
        for measure in in_library(metric)?.measures() {
            let Some((first, last)) = self.span_of(*measure).await? else {
                return Ok(None);
            };
            let (from, to) = span.unwrap_or((first, last));
            span = Some((from.max(first), to.min(last)));
        }
        Ok(span.filter(|(first, last)| first <= last))
    }

    /// First days of the months of which results of a metric are known: those in which a deal was closed, or
    /// which lie between its first and its last fact.
    pub(crate) async fn metric_months(&self, metric: GoalMetric) -> Result<BTreeSet<NaiveDate>> {
        if metric.rolled_up().is_some() {
            return Ok(self.months_with_data().await?.into_iter().collect());
        }
        let Some((first, last)) = self.metric_span(metric).await? else {
            return Ok(BTreeSet::new());
        };
        let first = first.with_day(1).unwrap_or(first);
        let end = Period::containing(PeriodKind::Month, last)?.end();
        let months = periods(PeriodKind::Month, first, end);
        Ok(months.iter().map(|month| month.start()).collect())
    }
}

/// The name of a metric.
pub(crate) fn metric_name(metric: GoalMetric, lang: Lang) -> String {
    let Some(known) = Library::built_in().metric(metric.code()) else {
        return metric.code().to_owned();
    };
    let name = &known.definition.name;
    crate::words::pick(lang, &name.zh, &name.en).to_owned()
}

/// The metric in the library of the program.
fn in_library(metric: GoalMetric) -> Result<&'static LibraryMetric> {
    let known = Library::built_in().metric(metric.code());
    known.ok_or_else(|| not_found(metric.code()))
}

/// Every part in every period of which something is known.
fn rows(
    values: &Values,
    periods: usize,
    per: i64,
    value: &dyn Fn(&MeasureKey, usize) -> std::result::Result<Ratio, NoValue>,
) -> Result<Vec<(usize, MeasureKey, i64)>> {
    let mut rows = Vec::new();
    for key in values.parts() {
        for at in 0..periods {
            // Of a period without facts nothing is known, which goals and their history take for nothing.
            let Ok(value) = value(&key, at) else { continue };
            let minor = value.checked_mul(Ratio::from_int(per))?;
            let minor = minor.to_integer();
            let minor = minor.ok_or(CoreError::Overflow("results of a metric"))?;
            if minor != 0 {
                rows.push((at, key.clone(), minor));
            }
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use yeji_insight::kpi::{Direction, Unit};

    use super::*;

    /// A metric that could be decomposed and is not offered, or the other way round, fails here.
    #[test]
    fn goals_are_for_every_metric_that_adds_up_along_both_axes() {
        let library = Library::built_in();
        let expected: BTreeSet<&str> = library
            .metrics()
            .filter(|metric| library.adds_along_time(metric))
            .map(|metric| metric.definition.code.as_str())
            .collect();
        let offered: BTreeSet<&str> = GoalMetric::ALL.iter().map(|one| one.code()).collect();
        assert_eq!(offered, expected);
        for metric in GoalMetric::ALL {
            let definition = &in_library(*metric).unwrap().definition;
            let is_money = metric.unit() == MetricUnit::Money;
            assert_eq!(definition.unit == Unit::Money, is_money, "{metric:?}");
            let is_less = definition.direction == Direction::Lower;
            assert_eq!(metric.less_is_better(), is_less, "{metric:?}");
        }
    }
}
