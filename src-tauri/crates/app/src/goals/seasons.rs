//! The course of a year: weights of its months by the engine `goal.season`.

use yeji_core::Money;
use yeji_core::calendar::{DayCounts, Period, PeriodKind, WorkingDays};
use yeji_core::goal::GoalPlan;
use yeji_goals::season::{Robust, SeasonInput, SeasonPart, SeasonRule, SeasonYear, season};
use yeji_goals::{Note, PeriodWeight};
use yeji_report::chart::Lang;

use super::base::is_known;
use super::grid::is_over;
use crate::api::forecast::GetForecast;
use crate::api::goal_blend::TimeBy;
use crate::api::kpi::Grain;
use crate::context::App;
use crate::error::{Error, Result};
use crate::performance::{ResultsBy, ResultsOf};

/// Years looked at for the course of a year, at most.
const YEARS: i32 = 5;

/// Weights of the months.
pub(super) struct Season {
    pub weights: Vec<PeriodWeight>,
    /// The rule that was followed.
    pub by: &'static str,
    pub notes: Vec<yeji_goals::Note>,
}

impl App {
    /// The weights of the months of a plan's year.
    pub(super) async fn season_of(
        &self,
        plan: &GoalPlan,
        time: &TimeBy,
        working: &WorkingDays,
    ) -> Result<Season> {
        let year = plan.period()?;
        let months = year.parts(PeriodKind::Month);
        let counts = DayCounts::new(working, year.start(), year.end());
        let parts = months.iter().map(|month| SeasonPart {
            key: month.to_string(),
            start: month.start(),
            end: month.end(),
            working_days: counts.count(month.start(), month.end()),
            weeks: Vec::new(),
        });
        let (rule, note) = self.season_rule(plan, time, &months).await?;
        let input = SeasonInput {
            parts: parts.collect(),
            rule,
        };
        let mut output = season(&input)?;
        output
            .notes
            .extend(note.filter(|_| output.by == "last_year"));
        let weights = months.iter().zip(&output.parts);
        Ok(Season {
            weights: weights
                .map(|(month, part)| PeriodWeight {
                    period: *month,
                    weight: part.weight,
                })
                .collect(),
            by: match output.by.as_str() {
                "history" => "seasons",
                "last_year" => "last_year",
                "forecast" => "forecast",
                "equal" => "equal",
                "own" => "own",
                _ => "working_days",
            },
            notes: output.notes,
        })
    }

    async fn season_rule(
        &self,
        plan: &GoalPlan,
        time: &TimeBy,
        months: &[Period],
    ) -> Result<(SeasonRule, Option<Note>)> {
        let rule = match time {
            TimeBy::WorkingDays => SeasonRule::WorkingDays,
            TimeBy::Equal => SeasonRule::Equal,
            TimeBy::Own { weights } => {
                if weights.len() != months.len() {
                    let given = weights.len().to_string();
                    return Err(Error::input("weights", &given, "one weight a month"));
                }
                SeasonRule::Own {
                    weights: weights.clone(),
                }
            }
            TimeBy::LastYear => return self.last_year(plan).await,
            TimeBy::Seasons => {
                let mut years = Vec::new();
                for back in (1..=YEARS).rev() {
                    let year = self.past_year(plan, plan.year - back).await?;
                    if year.minor.iter().any(Option::is_some) {
                        years.push(year);
                    }
                }
                SeasonRule::History {
                    years,
                    robust: Robust::default(),
                    min_years: 2,
                }
            }
            TimeBy::Forecast => SeasonRule::Forecast {
                minor: self.forecast_months(plan, months).await?,
            },
        };
        Ok((rule, None))
    }

    /// The year before; while that is not over, the last twelve months that are, each in its place, with a note.
    async fn last_year(&self, plan: &GoalPlan) -> Result<(SeasonRule, Option<Note>)> {
        let mut year = self.past_year(plan, plan.year - 1).await?;
        let calendar = plan.calendar.unwrap_or_default();
        let months = calendar.year(plan.year - 1)?.parts(PeriodKind::Month);
        let today = self.clock.today();
        let span = self.metric_span(plan.metric).await?;
        let over = span.map_or(0, |(_, last)| {
            let over = |month: &&Period| is_over(month.end(), today, last);
            months.iter().take_while(over).count()
        });
        if over == months.len() {
            return Ok((SeasonRule::LastYear { year }, None));
        }
        let older = calendar.year(plan.year - 2)?.parts(PeriodKind::Month);
        let before = self.past_year(plan, plan.year - 2).await?;
        year.minor.truncate(over);
        year.minor.extend(before.minor.into_iter().skip(over));
        let (from, to) = (&older[over], months[..over].last().or(older.last()));
        let to = to.unwrap_or(from);
        let params = [("from", from.to_string()), ("to", to.to_string())];
        let params = params.map(|(name, value)| (name.to_owned(), value));
        let note = Note {
            code: "time_last_months".to_owned(),
            params: params.into_iter().collect(),
        };
        Ok((SeasonRule::LastYear { year }, Some(note)))
    }

    /// The months of a year; one without any closed deal is not known.
    async fn past_year(&self, plan: &GoalPlan, year: i32) -> Result<SeasonYear> {
        let year = plan.calendar.unwrap_or_default().year(year)?;
        let with_data = self.metric_months(plan.metric).await?;
        let months = year.parts(PeriodKind::Month);
        let days: Vec<_> = months.iter().map(|one| (one.start(), one.end())).collect();
        let all = ResultsOf::default();
        let made = self
            .metric_results(plan.metric, &days, ResultsBy::Whole, all)
            .await?;
        let made = made.whole(days.len());
        let known = |month: &Period| is_known(*month, |first| with_data.contains(&first));
        let minor = months.iter().zip(made);
        let minor = minor.map(|(month, made)| known(month).then_some(made));
        Ok(SeasonYear {
            label: year.to_string(),
            minor: minor.collect(),
            weeks: Vec::new(),
        })
    }

    /// The forecast of the company's months; below zero counts as zero.
    async fn forecast_months(&self, plan: &GoalPlan, months: &[Period]) -> Result<Vec<i64>> {
        let refused = || {
            let expected = "a year whose months the forecast reaches";
            Error::input("time", "forecast", expected)
        };
        let view = self.get_forecast(GetForecast {
            metric: plan.metric.code().to_owned(),
            grain: Grain::Month,
            horizon: Some(24),
            unit: None,
            by: None,
            language: Lang::En,
        });
        let view = Box::pin(view).await?;
        let mut minor = Vec::with_capacity(months.len());
        for month in months {
            // The forecast runs by calendar months.
            let same = Period::containing(PeriodKind::Month, month.start())?;
            if same.end() != month.end() {
                return Err(refused());
            }
            let key = same.to_string();
            let ahead = view.total.ahead.iter().find(|one| one.period == key);
            // What of the year is over already is known.
            let known = view.history.iter().find(|one| one.period == key);
            let value = match (ahead, known.and_then(|one| one.value.as_deref())) {
                (Some(ahead), _) => Money::parse_major(&ahead.mean, plan.amount.currency)?.minor,
                (None, Some(value)) => Money::parse_major(value, plan.amount.currency)?.minor,
                (None, None) => return Err(refused()),
            };
            minor.push(value.max(0));
        }
        Ok(minor)
    }
}
