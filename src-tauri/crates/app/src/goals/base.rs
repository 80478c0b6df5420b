//! Results of the base year, which a split by history and the course of the year rest on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use yeji_core::calendar::{Period, PeriodKind, WorkingDays, periods};
use yeji_core::facts::{Opportunity, Stage};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::GoalMetric;
use yeji_core::org::{MemberRole, Organisation};
use yeji_core::{Error as CoreError, Ratio};
use yeji_goals::{PeriodWeight, TimeRule};

use crate::context::App;
use crate::error::Result;
use crate::performance::{ResultsBy, ResultsOf};

/// What one metric was in the base year: minor units or counts.
#[derive(Debug, Default)]
pub(crate) struct Base {
    /// By owner.
    pub people: BTreeMap<PersonId, i64>,
    /// By the unit in which it was made, without the units below.
    pub units: BTreeMap<UnitId, i64>,
    /// By the first day of the month.
    months: BTreeMap<NaiveDate, i64>,
    /// First days of the months in which a deal was won or lost.
    pub with_data: BTreeSet<NaiveDate>,
    /// The company's working days, which decide within months and where history does not.
    working: WorkingDays,
}

impl App {
    /// The base year as it is in the store.
    pub(super) async fn base(&self, year: Period, metric: GoalMetric) -> Result<Base> {
        let whole = [(year.start(), year.end())];
        let all = ResultsOf::default();
        let people = self
            .metric_results(metric, &whole, ResultsBy::Person, all)
            .await?;
        let units = self
            .metric_results(metric, &whole, ResultsBy::Unit, all)
            .await?;
        let months = year.parts(PeriodKind::Month);
        let days: Vec<_> = months.iter().map(|one| (one.start(), one.end())).collect();
        let made = self
            .metric_results(metric, &days, ResultsBy::Whole, all)
            .await?;
        let made = made.whole(days.len());
        Ok(Base {
            people: people.people().map(|(_, id, minor)| (id, minor)).collect(),
            units: units
                .units()
                .filter_map(|(_, unit, minor)| Some((unit?, minor)))
                .collect(),
            months: months.iter().map(|one| one.start()).zip(made).collect(),
            with_data: self.metric_months(metric).await?,
            working: self.company_calendar().await?.working_days(),
        })
    }
}

impl Base {
    /// The base year's won amounts of deals that are not in the store yet.
    ///
    /// # Errors
    /// A sum that does not fit.
    pub(crate) fn of_deals(
        organisation: &Organisation,
        deals: &[Opportunity],
        year: Period,
    ) -> Result<Self> {
        let mut base = Self::default();
        for deal in deals {
            let closed = matches!(deal.stage, Stage::Won | Stage::Lost);
            let Some(day) = deal.closed_on.filter(|day| closed && year.contains(*day)) else {
                continue;
            };
            base.with_data.insert(day.with_day(1).unwrap_or(day));
            if deal.stage != Stage::Won {
                continue;
            }
            let minor = deal.amount.map_or(0, |amount| amount.minor);
            add(&mut base.people, deal.owner, minor)?;
            let month = year.calendar().containing(PeriodKind::Month, day)?;
            add(&mut base.months, month.start(), minor)?;
            if let Some(unit) = organisation.team_on(deal.owner, day) {
                add(&mut base.units, unit, minor)?;
            }
        }
        Ok(base)
    }

    /// Whether there is anything to split by.
    pub(super) fn is_empty(&self) -> bool {
        self.people.values().all(|minor| *minor <= 0)
    }

    /// What was made in a unit and below it.
    ///
    /// # Errors
    /// A sum that does not fit.
    pub(super) fn made_in(&self, organisation: &Organisation, unit: UnitId) -> Result<i64> {
        organisation
            .subtree(unit)
            .iter()
            .filter_map(|unit| self.units.get(unit))
            .try_fold(0_i64, |sum, minor| sum.checked_add(*minor))
            .ok_or_else(|| CoreError::Overflow("results of a unit").into())
    }

    /// The months' own results where every month of the base year has data (and none is negative),
    /// else working days: a month without data is unknown, not zero. With the rule's name.
    pub(super) fn time_rule(&self, base: Period, year: Period) -> (TimeRule, &'static str) {
        let calendar = self.working.clone();
        let months = base.parts(PeriodKind::Month);
        let known = months
            .iter()
            .all(|month| is_known(*month, |first| self.with_data.contains(&first)));
        let values: Vec<i64> = months
            .iter()
            .map(|month| self.months.get(&month.start()).copied().unwrap_or(0))
            .collect();
        let usable =
            values.iter().all(|value| *value >= 0) && values.iter().any(|value| *value > 0);
        if !known || !usable {
            return (TimeRule::WorkingDays { calendar }, "working_days");
        }
        let weights = year
            .parts(PeriodKind::Month)
            .into_iter()
            .zip(values)
            .map(|(period, value)| PeriodWeight {
                period,
                weight: Ratio::from_int(value),
            })
            .collect();
        (TimeRule::Weights { weights, calendar }, "history")
    }
}

/// Months of a year in which the company has data.
pub(super) fn months_known(year: Period, with_data: &BTreeSet<NaiveDate>) -> Vec<Period> {
    let months = year.parts(PeriodKind::Month).into_iter();
    let known = months.filter(|month| is_known(*month, |first| with_data.contains(&first)));
    known.collect()
}

/// Of these months those in which a person sold for the company.
pub(super) fn months_sold(organisation: &Organisation, person: PersonId, months: &[Period]) -> u32 {
    let own = organisation.person(person);
    let hired = own.and_then(|own| own.hired_on);
    let left = own.and_then(|own| own.left_on);
    let sold = |month: &&Period| {
        let stays = organisation.stays(person);
        let mut stays = stays.filter(|stay| stay.role == MemberRole::Sales);
        stays.any(|stay| {
            let from = hired.map_or(stay.from, |hired| hired.max(stay.from));
            let to = left.map_or(stay.to, |left| left.min(stay.to));
            from < month.end() && month.start() < to
        })
    };
    u32::try_from(months.iter().filter(sold).count()).unwrap_or(12)
}

/// Whether every calendar month that a period touches has data, by its first day.
pub(super) fn is_known(period: Period, has_data: impl Fn(NaiveDate) -> bool) -> bool {
    let months = periods(PeriodKind::Month, period.start(), period.end());
    months.iter().all(|month| has_data(month.start()))
}

fn add<K: Ord>(sums: &mut BTreeMap<K, i64>, key: K, minor: i64) -> Result<()> {
    let sum = sums.entry(key).or_default();
    *sum = sum
        .checked_add(minor)
        .ok_or(CoreError::Overflow("sum of results"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use yeji_demo::DemoSpec;

    use super::*;

    #[test]
    fn deals_in_memory_give_the_same_course_and_sums() {
        let spec = DemoSpec {
            people: 12,
            deals: 600,
            years: 2,
            seed: 5,
            until: NaiveDate::from_ymd_opt(2025, 12, 31).unwrap(),
        };
        let company = yeji_demo::generate(&spec).unwrap();
        let organisation =
            Organisation::new(company.units, company.people, company.memberships).unwrap();
        let year = Period::year(2024).unwrap();
        let base = Base::of_deals(&organisation, &company.opportunities, year).unwrap();
        let sum: i64 = base.people.values().sum();
        assert!(sum > 0);
        assert_eq!(base.months.values().sum::<i64>(), sum);
        let root = organisation.company().unwrap().id;
        assert_eq!(base.made_in(&organisation, root).unwrap(), sum);
        let (_, name) = base.time_rule(year, Period::year(2025).unwrap());
        assert_eq!(name, "history");
        let (_, name) = Base::default().time_rule(year, Period::year(2025).unwrap());
        assert_eq!(name, "working_days");
    }

    #[test]
    fn a_sum_that_does_not_fit_is_an_error() {
        let mut sums = BTreeMap::from([(1, i64::MAX)]);
        assert!(add(&mut sums, 1, 1).is_err());
        assert_eq!(sums[&1], i64::MAX);
    }
}
