//! KPI tables: one metric split one way.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::calendar::{Period, PeriodKind, periods};
use yeji_core::metric::{Metric, MetricUnit};
use yeji_core::money::format_minor;
use yeji_core::{Currency, Error as CoreError};
use yeji_store::RollupSplit;

use super::Sums;
use crate::api::performance::{GetKpi, KpiRow, KpiTable, Split};
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::{carriers, depth_first, scope_units};
use crate::words;

/// Longest interval of a table in days: 30 years.
const MAX_DAYS: i64 = 11_000;

impl App {
    /// A metric split one way over `[from, to)`. Periods before the first and after the last result
    /// are unknown and left out; those between without results are zero.
    pub async fn get_kpi(&self, args: GetKpi) -> Result<KpiTable> {
        if args.from >= args.to {
            return Err(CoreError::EmptyInterval {
                from: args.from,
                to: args.to,
            }
            .into());
        }
        if (args.to - args.from).num_days() > MAX_DAYS {
            return Err(Error::input(
                "to",
                &args.to.to_string(),
                "an interval of at most 30 years",
            ));
        }
        let currency = self.currency().await?;
        let rows = match args.by {
            Split::Week => self.by_period(&args, PeriodKind::IsoWeek).await?,
            Split::Month => self.by_period(&args, PeriodKind::Month).await?,
            Split::Quarter => self.by_period(&args, PeriodKind::Quarter).await?,
            Split::Person => self.by_person(&args).await?,
            Split::Team => self.by_team(&args).await?,
            Split::CustomerType => self.by_customer_type(&args).await?,
        };
        let total = rows.iter().try_fold(0_i64, |sum, (_, _, value)| {
            sum.checked_add(*value).ok_or(CoreError::Overflow("total"))
        })?;
        let show = |value: i64| shown(args.metric, value, currency);
        Ok(KpiTable {
            metric: args.metric,
            currency: (args.metric.unit() == MetricUnit::Money).then(|| currency.to_string()),
            rows: rows
                .into_iter()
                .map(|(key, label, value)| KpiRow {
                    key,
                    label,
                    value: show(value),
                })
                .collect(),
            total: show(total),
        })
    }

    async fn by_period(
        &self,
        args: &GetKpi,
        kind: PeriodKind,
    ) -> Result<Vec<(String, String, i64)>> {
        let organisation = self.store()?.organisation().await?;
        let units = scope_units(&organisation, args.unit)?;
        let split = if kind == PeriodKind::IsoWeek {
            RollupSplit::Day
        } else {
            RollupSplit::Month
        };
        let mut sums: BTreeMap<NaiveDate, Sums> = BTreeMap::new();
        for row in self
            .results(args.from, args.to, units.as_deref(), split)
            .await?
        {
            // A month row of a ragged end starts at the interval's own first day.
            if let Some(start) = row.start {
                let period = Period::containing(kind, start)?;
                sums.entry(period.start())
                    .or_default()
                    .add(Sums::of(&row))?;
            }
        }
        let span = self.store()?.data_span().await?;
        let (Some(first), Some(last)) = (span.first_closed, span.last_closed) else {
            return Ok(Vec::new());
        };
        Ok(periods(kind, args.from, args.to)
            .into_iter()
            .filter(|period| period.end() > first && period.start() <= last)
            .map(|period| {
                let value = sums
                    .get(&period.start())
                    .copied()
                    .unwrap_or_default()
                    .metric(args.metric);
                (
                    period.to_string(),
                    words::period(period, self.language),
                    value,
                )
            })
            .collect())
    }

    async fn by_person(&self, args: &GetKpi) -> Result<Vec<(String, String, i64)>> {
        let organisation = self.store()?.organisation().await?;
        let units = scope_units(&organisation, args.unit)?;
        let in_scope = match (&units, organisation.company()) {
            (Some(units), _) => units.clone(),
            (None, Some(company)) => depth_first(&organisation, company.id),
            (None, None) => Vec::new(),
        };
        let mut values: BTreeMap<_, i64> = carriers(&organisation, &in_scope, args.from, args.to)
            .into_iter()
            .map(|(person, _)| (person, 0))
            .collect();
        for row in self
            .results(args.from, args.to, units.as_deref(), RollupSplit::Person)
            .await?
        {
            if let Some(person) = row.person {
                values.insert(person, Sums::of(&row).metric(args.metric));
            }
        }
        let mut rows: Vec<_> = values
            .into_iter()
            .map(|(id, value)| {
                let name = organisation
                    .person(id)
                    .map_or_else(|| id.to_string(), |person| person.name.clone());
                (id.to_string(), name, value)
            })
            .collect();
        rows.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
        Ok(rows)
    }

    async fn by_team(&self, args: &GetKpi) -> Result<Vec<(String, String, i64)>> {
        let organisation = self.store()?.organisation().await?;
        let units = scope_units(&organisation, args.unit)?;
        let mut rows = Vec::new();
        for row in self
            .results(args.from, args.to, units.as_deref(), RollupSplit::Unit)
            .await?
        {
            let (key, name) = match row.unit {
                Some(id) => (
                    id.to_string(),
                    organisation
                        .unit(id)
                        .map_or_else(|| id.to_string(), |u| u.name.clone()),
                ),
                None => (String::new(), "—".to_owned()),
            };
            rows.push((key, name, Sums::of(&row).metric(args.metric)));
        }
        rows.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
        Ok(rows)
    }

    async fn by_customer_type(&self, args: &GetKpi) -> Result<Vec<(String, String, i64)>> {
        let organisation = self.store()?.organisation().await?;
        let units = scope_units(&organisation, args.unit)?;
        let mut rows = Vec::new();
        for row in self
            .results(
                args.from,
                args.to,
                units.as_deref(),
                RollupSplit::CustomerType,
            )
            .await?
        {
            let key = row.customer_type.clone().unwrap_or_default();
            let label = if key.is_empty() {
                "—".to_owned()
            } else {
                key.clone()
            };
            rows.push((key, label, Sums::of(&row).metric(args.metric)));
        }
        rows.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
        Ok(rows)
    }
}

/// A metric's value as text: a plain decimal in major units, or a count.
pub(super) fn shown(metric: Metric, value: i64, currency: Currency) -> String {
    match metric.unit() {
        MetricUnit::Money => format_minor(value, currency),
        MetricUnit::Count => value.to_string(),
    }
}
