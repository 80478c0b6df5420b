//! What somebody's deals will still bring in the periods of a year, by their landing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::ids::PersonId;
use yeji_core::metric::GoalMetric;
use yeji_core::{Currency, Money, allocate};
use yeji_report::chart::Lang;

use crate::api::Message;
use crate::api::forecast::{GetLanding, LandingRow, LandingView};
use crate::api::kpi::Grain;
use crate::context::App;
use crate::error::Result;

/// Sales to come in a period, on top of what is won.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ahead {
    pub expected: Money,
    pub lower: Option<Money>,
    pub upper: Option<Money>,
}

/// Sales to come in the periods of a year.
#[derive(Debug, Default)]
pub(super) struct Outlook {
    pub as_of: Option<NaiveDate>,
    ahead: BTreeMap<NaiveDate, Ahead>,
    /// Why nothing is expected of periods that are not over.
    missing: Option<Message>,
    /// Last day that is over.
    over: Option<NaiveDate>,
    pub notes: Vec<Message>,
}

impl Outlook {
    pub fn of(&self, period: Period) -> Option<&Ahead> {
        self.ahead.get(&period.start())
    }

    /// Why nothing is expected of a period; none where it is over.
    pub fn missing(&self, period: Period) -> Option<Message> {
        let over = self.over.is_some_and(|day| period.end() <= day);
        self.missing.clone().filter(|_| !over)
    }
}

impl App {
    /// Of periods of a kind; `open`: those of which no run is kept, in order.
    pub(super) async fn earnings_outlook(
        &self,
        person: PersonId,
        kind: PeriodKind,
        year: Period,
        open: &[Period],
        language: Lang,
    ) -> Result<Outlook> {
        let today = self.actor().day(self.clock.today());
        let mut outlook = Outlook {
            over: Some(today),
            ..Outlook::default()
        };
        let grain = match kind {
            PeriodKind::Month => Grain::Month,
            PeriodKind::Quarter => Grain::Quarter,
            PeriodKind::Year => Grain::Year,
            _ => {
                outlook.missing = Some(Message::new("earnings_half_years", &[]));
                return Ok(outlook);
            }
        };
        let eyes = self.seeing_person(person);
        let ask = |grain: Grain| GetLanding {
            grain,
            as_of: None,
            unit: None,
            by: None,
            language,
        };
        let running = Box::pin(eyes.get_landing(ask(grain))).await?;
        let is_this_year =
            year.start() <= running.period.start() && running.period.end() <= year.end();
        let (Some(row), true) = (&running.total, is_this_year) else {
            let params = [
                ("year", year.to_string()),
                ("date", running.as_of.to_string()),
            ];
            outlook.missing = Some(Message::new("earnings_no_landing", &params));
            return Ok(outlook);
        };
        outlook.as_of = Some(running.as_of);
        // What was known to the end of the day is over with it.
        outlook.over = running.as_of.succ_opt();
        let day = ("date", running.as_of.to_string());
        outlook
            .notes
            .push(Message::new("earnings_by_landing", &[day]));
        outlook.notes.extend(lacks(&running));
        let currency = self.currency().await?;
        let here = rest(row, currency)?;
        outlook.ahead.insert(running.period.start(), here);
        let later: Vec<Period> = open
            .iter()
            .copied()
            .filter(|period| period.start() >= running.period.end())
            .collect();
        if later.is_empty() {
            return Ok(outlook);
        }
        let whole = Box::pin(eyes.get_landing(ask(Grain::Year))).await?;
        let Some(row) = whole
            .total
            .as_ref()
            .filter(|_| whole.period.start() == year.start())
        else {
            let params = [
                ("year", year.to_string()),
                ("date", whole.as_of.to_string()),
            ];
            outlook.missing = Some(Message::new("earnings_no_landing", &params));
            return Ok(outlook);
        };
        for note in lacks(&whole) {
            if !outlook.notes.contains(&note) {
                outlook.notes.push(note);
            }
        }
        let left = rest(row, currency)?.expected.checked_sub(here.expected)?;
        let left = left.minor.max(0);
        let weights = self.weights(person, &later).await?;
        let code = if weights.is_some() {
            "earnings_later_by_goals"
        } else {
            "earnings_later_evenly"
        };
        outlook.notes.push(Message::new(code, &[]));
        let weights = weights.unwrap_or_else(|| vec![1; later.len()]);
        for (period, minor) in later.iter().zip(allocate(left, &weights)?) {
            let ahead = Ahead {
                expected: Money::new(minor, currency),
                lower: None,
                upper: None,
            };
            outlook.ahead.insert(period.start(), ahead);
        }
        Ok(outlook)
    }

    /// Goals of a person in some periods; none where one is missing or all are zero.
    async fn weights(&self, person: PersonId, periods: &[Period]) -> Result<Option<Vec<u64>>> {
        let index = self.goal_index(GoalMetric::WonAmount).await?;
        let eyes = self.seeing_person(person);
        let mut weights = Vec::with_capacity(periods.len());
        for period in periods {
            let goals = eyes.goals_by_person(&index, *period).await?;
            let goal = goals
                .get(&person)
                .and_then(|goal| u64::try_from(*goal).ok());
            let Some(goal) = goal else { return Ok(None) };
            weights.push(goal);
        }
        Ok(weights.iter().any(|goal| *goal > 0).then_some(weights))
    }
}

/// What is still to come by a landing.
fn rest(row: &LandingRow, currency: Currency) -> Result<Ahead> {
    let money = |text: &str| Money::parse_major(text, currency);
    let won = money(&row.won)?;
    let over_won = |text: &str| -> Result<Money> { Ok(money(text)?.checked_sub(won)?) };
    let end = |text: &Option<String>| text.as_deref().map(over_won).transpose();
    Ok(Ahead {
        expected: over_won(&row.landing)?,
        lower: end(&row.lower)?,
        upper: end(&row.upper)?,
    })
}

/// What a landing could not say.
fn lacks(view: &LandingView) -> Vec<Message> {
    const TOLD: [&str; 3] = [
        "landing_new_unknown",
        "landing_no_interval",
        "landing_few_closed",
    ];
    let notes = view.notes.iter();
    notes
        .filter(|note| TOLD.contains(&note.code.as_str()))
        .cloned()
        .collect()
}
