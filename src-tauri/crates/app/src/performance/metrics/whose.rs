//! One metric of some units and people in one interval, as scorecards and goals of KPIs ask for it: made from
//! the same sums as tables and tiles.

use std::collections::BTreeSet;

use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::GoalMetric;
use yeji_core::{Currency, Ratio};
use yeji_insight::kpi::{Definition, Library, Measure, Metric};
use yeji_store::{MeasureKey, MeasureOnly, MeasureSplit};

use super::library::{metric_info, not_found};
use super::table::{message, shown_value};
use super::values::{Scope, Values};
use crate::access::Right;
use crate::api::Message;
use crate::api::kpi::MetricInfo;
use crate::api::performance::Days;
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::scope_units;

/// A unit with all below it, or a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Whose {
    Unit(UnitId),
    Person(PersonId),
}

/// A value, or why there is none.
pub(crate) type Figure = std::result::Result<Ratio, Message>;

/// A metric of the company's library.
#[derive(Debug)]
pub(crate) struct Measured {
    library: Library,
    metric: Metric,
    currency: Currency,
}

impl Measured {
    pub fn definition(&self) -> &Definition {
        &self.metric.definition
    }

    pub fn info(&self) -> MetricInfo {
        metric_info(&self.metric, &self.library)
    }

    /// The largest value that its formula can have; none: any.
    pub fn largest(&self) -> Option<Ratio> {
        yeji_insight::kpi::largest(self.metric.expression())
    }

    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// Whether goals of parts add up to that of the whole.
    pub fn is_sum(&self) -> bool {
        self.library.is_sum(&self.metric)
    }

    /// Whether those of months and quarters do too.
    pub fn adds_along_time(&self) -> bool {
        self.library.adds_along_time(&self.metric)
    }

    /// What parts weigh in it, with its formula.
    pub fn divisor(&self) -> Option<(Self, String)> {
        let metric = self.library.denominator(&self.metric)?;
        let formula = metric.expression().to_string();
        let divisor = Self {
            library: self.library.clone(),
            metric,
            currency: self.currency,
        };
        Some((divisor, formula))
    }

    /// A value in the metric's digits.
    pub fn shown(&self, value: Ratio) -> Option<String> {
        shown_value(&self.metric.definition, self.currency, value)
    }
}

impl App {
    /// The metric of a code.
    pub(crate) async fn measured(&self, code: &str) -> Result<Measured> {
        let (library, mut broken) = self.metric_library().await?;
        if let Some(error) = broken.remove(code) {
            return Err(error.into());
        }
        let metric = library.metric(code).cloned();
        Ok(Measured {
            metric: metric.ok_or_else(|| not_found(code))?,
            library,
            currency: self.currency().await?,
        })
    }

    /// The same, or what is said in its place where it is gone, or cannot be calculated (any more).
    pub(crate) async fn measured_or_gone(
        &self,
        code: &str,
    ) -> Result<std::result::Result<Measured, Message>> {
        match self.measured(code).await {
            Ok(measured) => Ok(Ok(measured)),
            Err(error @ (Error::NotFound { .. } | Error::Kpi(_))) => Ok(Err(Message {
                code: error.code().to_owned(),
                params: error.params(),
            })),
            Err(error) => Err(error),
        }
    }

    /// Its values, in the order of `whose`, as far as this actor sees them.
    pub(crate) async fn figures_of(
        &self,
        measured: &Measured,
        whose: &[Whose],
        days: Days,
    ) -> Result<Vec<Figure>> {
        let Measured {
            library, metric, ..
        } = measured;
        // What a product costs is not for everybody who sells it.
        if metric.measures().contains(&Measure::CostAmount)
            && !self.actor().has(Right::SeeTeamResults, self.policies())
        {
            let hidden = Message::new("no_value_costs", &[]);
            return Ok(vec![Err(hidden); whose.len()]);
        }
        let value = |values: &Values, key: &MeasureKey| {
            library
                .evaluate(metric, &|measure| values.of(key, 0, measure))
                .map_err(|why| message(&why))
        };
        let asked = (metric.measures(), GoalMetric::WonAmount);
        self.each(asked, whose, days, &value).await
    }

    /// Goals of a metric by the plans in force, in major units.
    pub(crate) async fn planned_goals(
        &self,
        metric: GoalMetric,
        whose: &[Whose],
        days: Days,
    ) -> Result<Vec<Figure>> {
        let measures = [Measure::GoalAmount].into();
        let value = |values: &Values, key: &MeasureKey| {
            let goal = values.of(key, 0, Measure::GoalAmount);
            goal.map_err(|why| message(&why))
        };
        self.each((&measures, metric), whose, days, &value).await
    }

    async fn each(
        &self,
        (measures, goals): (&BTreeSet<Measure>, GoalMetric),
        whose: &[Whose],
        days: Days,
        value: &(dyn Fn(&Values, &MeasureKey) -> Figure + Sync),
    ) -> Result<Vec<Figure>> {
        let organisation = self.store()?.organisation().await?;
        let scope = |units: Option<&[UnitId]>, split| Scope {
            organisation: &organisation,
            units: self.sight().units(units),
            split,
            only: MeasureOnly::default(),
            among: None,
            periods: vec![(days.from, days.to)],
            goals,
        };
        let is_person = |one: &Whose| matches!(one, Whose::Person(_));
        let of_people = if whose.iter().any(is_person) {
            let scope = scope(None, MeasureSplit::Person);
            self.measure_values(measures, &scope).await?
        } else {
            Values::default()
        };
        let mut figures = Vec::with_capacity(whose.len());
        for one in whose {
            figures.push(match one {
                Whose::Person(id) => value(&of_people, &MeasureKey::Person(Some(*id))),
                Whose::Unit(id) => {
                    let asked = scope_units(&organisation, Some(*id))?;
                    let scope = scope(asked.as_deref(), MeasureSplit::None);
                    let values = self.measure_values(measures, &scope).await?;
                    value(&values, &MeasureKey::All)
                }
            });
        }
        Ok(figures)
    }
}
