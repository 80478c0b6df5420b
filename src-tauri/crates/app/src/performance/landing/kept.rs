//! What was forecast when: kept once a day, and held against what came.

use chrono::NaiveDate;
use serde_json::json;
use yeji_core::calendar::{Period, WorkingDays};
use yeji_core::ids::UnitId;
use yeji_core::{Money, Ratio, Rounding};
use yeji_report::chart::Lang;
use yeji_store::{ChangeKind, ForecastSnapshot};

use crate::access::Sight;
use crate::api::NoArgs;
use crate::api::forecast::{
    ForecastBy, GetForecast, GetKeptForecasts, GetLanding, KeptForecast, KeptForecasts,
};
use crate::api::kpi::Grain;
use crate::api::performance::Days;
use crate::context::App;
use crate::error::Result;
use crate::words;

/// What is kept.
const METRIC: &str = "won_amount";
/// Months of the series that are kept.
const MONTHS: u32 = 6;
/// Rows of an answer.
const MAX_ROWS: usize = 200;

impl App {
    /// Keeps what is forecast now of the company and every unit: months ahead from the series, and the
    /// landings of month, quarter and year. What was kept before on the same day of data is replaced.
    pub async fn keep_forecasts(&self, _: NoArgs) -> Result<KeptForecasts> {
        let language = Lang::En;
        let organisation = self.store()?.organisation().await?;
        let Some(company) = organisation.company().map(|unit| unit.id) else {
            return self
                .get_kept_forecasts(GetKeptForecasts {
                    unit: None,
                    language,
                })
                .await;
        };
        let currency = self.currency().await?;
        let minor =
            |text: &str| Ok::<i64, yeji_core::Error>(Money::parse_major(text, currency)?.minor);
        let mut kept = Vec::new();
        let mut day = None;
        for grain in [Grain::Month, Grain::Quarter, Grain::Year] {
            let by = Some(ForecastBy::Team);
            let view = self
                .get_landing(GetLanding {
                    grain,
                    as_of: None,
                    unit: None,
                    by,
                    language,
                })
                .await?;
            day = Some(view.as_of);
            let rows = view
                .rows
                .iter()
                .filter_map(|row| Some((unit_of(&row.key)?, row)));
            for (unit, row) in view.total.iter().map(|row| (company, row)).chain(rows) {
                // Without an interval nothing was said that what comes could be held against.
                let Some((lower, upper)) = row.lower.as_ref().zip(row.upper.as_ref()) else {
                    continue;
                };
                kept.push(ForecastSnapshot {
                    on_day: view.as_of,
                    kind: "landing".to_owned(),
                    metric: METRIC.to_owned(),
                    unit,
                    period: view.period.to_string(),
                    mean: minor(&row.landing)?,
                    lower: minor(lower)?,
                    upper: minor(upper)?,
                });
            }
        }
        let view = self
            .get_forecast(GetForecast {
                metric: METRIC.to_owned(),
                grain: Grain::Month,
                horizon: Some(MONTHS),
                unit: None,
                by: Some(ForecastBy::Team),
                language,
            })
            .await?;
        if let Some(on_day) = day {
            let rows = view
                .rows
                .iter()
                .filter_map(|row| Some((unit_of(&row.key)?, row)));
            for (unit, row) in rows.chain([(company, &view.total)]) {
                for step in &row.ahead {
                    kept.push(ForecastSnapshot {
                        on_day,
                        kind: "forecast".to_owned(),
                        metric: METRIC.to_owned(),
                        unit,
                        period: step.period.clone(),
                        mean: minor(&step.mean)?,
                        lower: minor(&step.lower)?,
                        upper: minor(&step.upper)?,
                    });
                }
            }
        }
        let _turn = self.turn().await;
        let there = self.store()?.forecast_snapshots(company, METRIC).await?;
        // Nothing new is said by the same day's same figures.
        let of_company: Vec<_> = kept.iter().filter(|one| one.unit == company).collect();
        if !kept.is_empty() && !of_company.iter().all(|one| there.contains(one)) {
            let summary = json!({ "forecast_kept": day.map(|day| day.to_string()) });
            let mut change = self.change(ChangeKind::Setting, summary);
            change.put = kept.into_iter().map(Into::into).collect();
            self.apply(change).await?;
        }
        self.get_kept_forecasts(GetKeptForecasts {
            unit: None,
            language,
        })
        .await
    }

    /// What was kept of a unit, and what came.
    pub async fn get_kept_forecasts(&self, args: GetKeptForecasts) -> Result<KeptForecasts> {
        let today = self.actor().day(self.clock.today());
        let span = self.data_span().await?;
        let days = Days {
            from: today,
            to: today.succ_opt().unwrap_or(today),
        };
        let question = self.metric_question(METRIC, None, days, args.unit).await?;
        let unit = match (args.unit, self.sight()) {
            (Some(unit), _) => Some(unit),
            (None, Sight::Company) => question.organisation.company().map(|unit| unit.id),
            (None, Sight::Units(units)) => units.first().copied(),
            // Of single people nothing is kept.
            (None, Sight::Person(_)) => None,
        };
        let mut answer = KeptForecasts {
            last_kept: None,
            currency: question.currency.to_string(),
            rows: Vec::new(),
            waiting: 0,
            held: 0,
            mean_off: None,
        };
        let Some(unit) = unit.filter(|_| !super::is_one_person(self.sight())) else {
            return Ok(answer);
        };
        let company = question.organisation.company().map(|unit| unit.id);
        let units = (Some(unit) != company).then(|| question.organisation.subtree(unit));
        let last = span.last_closed.into_iter().chain(span.last_opened).max();
        let known = last.map_or(today, |last| last.min(today));
        let working = self.company_calendar().await?.working_days();
        let mut sum = Ratio::ZERO;
        let mut counted = 0_i64;
        let kept = self.store()?.forecast_snapshots(unit, METRIC).await?;
        answer.last_kept = kept.last().map(|one| one.on_day);
        for one in kept.into_iter().rev() {
            let Ok(period) = one.period.parse::<Period>() else {
                continue;
            };
            // The data must have come as far as the period goes, not only the calendar.
            if period.end() > today || !is_known_to_end(period, known, &working) {
                answer.waiting += 1;
                continue;
            }
            if answer.rows.len() >= MAX_ROWS {
                break;
            }
            let came = self
                .result(period.start(), period.end(), units.as_deref())
                .await?;
            let actual = came.won_minor;
            let off = Ratio::new(i128::from(one.mean) - i128::from(actual), actual.into()).ok();
            let held = one.lower <= actual && actual <= one.upper;
            answer.held += u32::from(held);
            if let Some(off) = off {
                let size = if off < Ratio::ZERO {
                    Ratio::ZERO.checked_sub(off)?
                } else {
                    off
                };
                // An error is shown in per cent: a sum of exact fractions would outgrow what is kept.
                let millionths = size.checked_mul(Ratio::from_int(1_000_000))?;
                let size = Ratio::new(millionths.round(Rounding::HalfUp)?.into(), 1_000_000)?;
                sum = sum.checked_add(size)?;
                counted += 1;
            }
            let text = |minor: i64| Money::new(minor, question.currency).to_major();
            answer.rows.push(KeptForecast {
                on: one.on_day,
                kind: one.kind,
                label: words::period(period, args.language),
                period: one.period,
                mean: text(one.mean),
                lower: text(one.lower),
                upper: text(one.upper),
                actual: text(actual),
                off: off.map(|off| off.to_string()),
                held,
            });
        }
        if counted > 0 {
            answer.mean_off = Some(sum.checked_div(Ratio::from_int(counted))?.to_string());
        }
        Ok(answer)
    }
}

/// The unit of a row; none of what a unit made itself, or nobody's unit.
fn unit_of(key: &str) -> Option<UnitId> {
    key.parse().ok().map(UnitId)
}

/// No working day of a period is left after the last day with data: until then more may come.
fn is_known_to_end(period: Period, known: NaiveDate, working: &WorkingDays) -> bool {
    let next = known.succ_opt().unwrap_or(known).max(period.start());
    next >= period.end() || next > period.start() && working.count(next, period.end()) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_over_when_no_working_day_of_it_is_left() {
        let is_over = |known: &str| {
            let period = "2026-06".parse().unwrap();
            is_known_to_end(period, known.parse().unwrap(), &WorkingDays::default())
        };
        // Monday and Tuesday are left after Friday the 26th.
        for (known, over) in [
            ("2026-05-29", false),
            ("2026-06-26", false),
            ("2026-06-29", false),
            ("2026-06-30", true),
            ("2026-07-02", true),
        ] {
            assert_eq!(is_over(known), over, "{known}");
        }
    }
}
