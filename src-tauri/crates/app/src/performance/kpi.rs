//! KPI tables: one metric split one way.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use yeji_core::calendar::{Period, PeriodKind, periods};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::{Metric, MetricUnit};
use yeji_core::money::format_minor;
use yeji_core::org::Organisation;
use yeji_core::{Currency, Error as CoreError};
use yeji_store::{RollupRow, RollupSplit};

use super::Sums;
use super::records::check_days;
use crate::api::performance::{Days, Drill, GetKpi, KpiRow, KpiTable, Split};
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::{carriers, depth_first, scope_units};
use crate::words;

/// Longest interval of a table in days: 30 years.
const MAX_DAYS: i64 = 11_000;

/// What is asked, with the organisation it is asked of.
struct Question {
    args: GetKpi,
    organisation: Arc<Organisation>,
    units: Option<Vec<UnitId>>,
}

/// A row before its value is text.
struct Line {
    key: String,
    label: String,
    staff_number: Option<String>,
    value: i64,
    drill: Drill,
}

impl App {
    /// A metric split one way over `[from, to)`. Periods before the first and after the last result
    /// are unknown and left out; those between without results are zero.
    pub async fn get_kpi(&self, args: GetKpi) -> Result<KpiTable> {
        let (metric, by) = (args.metric, args.by);
        let question = self.question(args).await?;
        let lines = match by {
            Split::Week => self.by_period(&question, PeriodKind::IsoWeek).await?,
            Split::Month => self.by_period(&question, PeriodKind::Month).await?,
            Split::Quarter => self.by_period(&question, PeriodKind::Quarter).await?,
            Split::Person => self.by_person(&question).await?,
            Split::Team => self.by_team(&question).await?,
            Split::CustomerType => self.by_customer_type(&question).await?,
        };
        let total = lines.iter().try_fold(0_i64, |sum, line| {
            let sum = sum.checked_add(line.value);
            sum.ok_or(CoreError::Overflow("total"))
        })?;
        let currency = self.currency().await?;
        Ok(KpiTable {
            metric,
            currency: (metric.unit() == MetricUnit::Money).then(|| currency.to_string()),
            rows: lines
                .into_iter()
                .map(|line| KpiRow {
                    key: line.key,
                    label: line.label,
                    staff_number: line.staff_number,
                    value: shown(metric, line.value, currency),
                    drill: line.drill,
                })
                .collect(),
            total: shown(metric, total, currency),
        })
    }

    async fn question(&self, args: GetKpi) -> Result<Question> {
        let (from, to) = (args.from, args.to);
        check_days(Days { from, to })?;
        if (to - from).num_days() > MAX_DAYS {
            let expected = "an interval of at most 30 years";
            return Err(Error::input("to", &to.to_string(), expected));
        }
        let organisation = self.store()?.organisation().await?;
        let asked = scope_units(&organisation, args.unit)?;
        self.require_units(&organisation, asked.as_deref())?;
        let units = self.sight().units(asked.as_deref());
        Ok(Question {
            args,
            organisation,
            units,
        })
    }

    async fn rows(&self, question: &Question, split: RollupSplit) -> Result<Vec<RollupRow>> {
        let Question { args, units, .. } = question;
        self.results(args.from, args.to, units.as_deref(), split)
            .await
    }

    async fn by_period(&self, question: &Question, kind: PeriodKind) -> Result<Vec<Line>> {
        let args = &question.args;
        let split = if kind == PeriodKind::IsoWeek {
            RollupSplit::Day
        } else {
            RollupSplit::Month
        };
        let mut sums: BTreeMap<NaiveDate, Sums> = BTreeMap::new();
        for row in self.rows(question, split).await? {
            // A month row of a ragged end starts at the interval's own first day.
            if let Some(start) = row.start {
                let period = Period::containing(kind, start)?;
                sums.entry(period.start())
                    .or_default()
                    .add(Sums::of(&row))?;
            }
        }
        let span = self.data_span().await?;
        let (Some(first), Some(last)) = (span.first_closed, span.last_closed) else {
            return Ok(Vec::new());
        };
        let line = |period: Period| {
            let sums = sums.get(&period.start()).copied().unwrap_or_default();
            // A period that the interval cuts has only what lies inside, and opens only that.
            let days = Days::from(period).within(question.days())?;
            Some(Line {
                key: period.to_string(),
                label: words::period(period, self.language),
                staff_number: None,
                value: sums.metric(args.metric),
                drill: Drill {
                    days,
                    ..question.drill()
                },
            })
        };
        Ok(periods(kind, args.from, args.to)
            .into_iter()
            .filter(|period| {
                // A day to come is not how far the data reaches, and what is dated on it is not dropped.
                let is_within = period.end() > first && period.start() <= last;
                let own = sums.get(&period.start());
                is_within || own.is_some_and(|own| own.won_count + own.lost_count > 0)
            })
            .filter_map(line)
            .collect())
    }

    async fn by_person(&self, question: &Question) -> Result<Vec<Line>> {
        let Question {
            args,
            organisation,
            units,
        } = question;
        let in_scope = match (units, organisation.company()) {
            (Some(units), _) => units.clone(),
            (None, Some(company)) => depth_first(organisation, company.id),
            (None, None) => Vec::new(),
        };
        let mut values: BTreeMap<_, i64> = carriers(organisation, &in_scope, args.from, args.to)
            .into_iter()
            .map(|(person, _)| (person, 0))
            .filter(|(person, _)| self.require_results_of(*person).is_ok())
            .collect();
        for row in self.rows(question, RollupSplit::Person).await? {
            if let Some(person) = row.person {
                values.insert(person, Sums::of(&row).metric(args.metric));
            }
        }
        let line = |(id, value): (PersonId, i64)| {
            let person = organisation.person(id);
            Line {
                key: id.to_string(),
                label: person.map_or_else(|| id.to_string(), |person| person.name.clone()),
                staff_number: person.and_then(|person| person.staff_number.clone()),
                value,
                drill: Drill {
                    person: Some(id),
                    ..question.drill()
                },
            }
        };
        Ok(ranked(values.into_iter().map(line)))
    }

    /// Each unit without those below it, which have rows too: the rows sum to the whole.
    async fn by_team(&self, question: &Question) -> Result<Vec<Line>> {
        let rows = self.rows(question, RollupSplit::Unit).await?;
        Ok(ranked(rows.into_iter().map(|row| Line {
            key: row.unit.map_or_else(String::new, |id| id.to_string()),
            label: words::own_of(&question.organisation, row.unit, self.language),
            staff_number: None,
            value: Sums::of(&row).metric(question.args.metric),
            drill: Drill {
                unit: row.unit,
                directly: true,
                ..question.drill()
            },
        })))
    }

    async fn by_customer_type(&self, question: &Question) -> Result<Vec<Line>> {
        let rows = self.rows(question, RollupSplit::CustomerType).await?;
        Ok(ranked(rows.into_iter().map(|row| {
            let value = Sums::of(&row).metric(question.args.metric);
            let key = row.customer_type.unwrap_or_default();
            Line {
                label: if key.is_empty() {
                    words::no_customer_type(self.language).to_owned()
                } else {
                    key.clone()
                },
                staff_number: None,
                value,
                drill: Drill {
                    customer_types: vec![key.clone()],
                    ..question.drill()
                },
                key,
            }
        })))
    }
}

impl Question {
    fn days(&self) -> Days {
        Days {
            from: self.args.from,
            to: self.args.to,
        }
    }

    /// What the whole table opens.
    fn drill(&self) -> Drill {
        Drill::new(self.args.metric.code(), self.args.unit, self.days())
    }
}

/// Largest first; equal ones by name.
fn ranked(lines: impl Iterator<Item = Line>) -> Vec<Line> {
    let mut lines: Vec<Line> = lines.collect();
    lines.sort_by(|a, b| {
        b.value
            .cmp(&a.value)
            .then_with(|| a.label.cmp(&b.label))
            .then_with(|| a.staff_number.cmp(&b.staff_number))
    });
    lines
}

/// A metric's value as text: a plain decimal in major units, or a count.
pub(super) fn shown(metric: Metric, value: i64, currency: Currency) -> String {
    match metric.unit() {
        MetricUnit::Money => format_minor(value, currency),
        MetricUnit::Count => value.to_string(),
    }
}
