//! Where somebody stands: the goal to date by working days, pace, today's number, the expected landing.

use chrono::{Days, NaiveDate};
use yeji_core::calendar::{DayCounts, FiscalCalendar, Months, Period, PeriodKind, WorkingDays};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::{GoalMetric, MetricUnit};
use yeji_core::org::MemberRole;
use yeji_core::{Error as CoreError, Money, Ratio};
use yeji_goals::Level;
use yeji_goals::light::{Better, Light};
use yeji_goals::pace::{Landing, PaceCell, PaceInput, PaceOutput, is_passed, pace};

use super::book::Book;
use super::error::GoalError;
use super::notes::said;
use super::{no_goal, tree};
use crate::access::Sight;
use crate::api::Message;
use crate::api::forecast::{ForecastBy, GetLanding, LandingRow};
use crate::api::goal_progress::{GetGoalProgress, GoalLanding, GoalLight, GoalProgress, GoalStep};
use crate::api::kpi::Grain;
use crate::context::App;
use crate::error::{Error, Result};
use crate::performance::{GoalIndex, ResultsBy, ResultsOf};
use crate::words;
use yeji_core::goal::GoalPlan;

/// Days between the beginnings of a month of the calendar and of one that is made of whole weeks, at most:
/// half a month, beyond which another month is nearer.
const MOST_APART: i64 = 15;

/// Whose goal is looked at, opened.
pub(super) struct Looked<'a> {
    pub book: &'a Book,
    pub at: usize,
    pub period: Period,
    pub as_of: NaiveDate,
    /// The first day that is not over.
    pub today: NaiveDate,
    /// Whether the day was asked for, and is not the last one with data.
    pub is_asked: bool,
    /// Whether who asks sees the unit above.
    pub sees_above: bool,
    /// The first day from which a person is not there any more for the rest of the period; none of units.
    pub gone_from: Option<NaiveDate>,
}

impl Looked<'_> {
    pub fn level(&self) -> Level {
        self.book.units[self.at].level
    }

    pub fn person(&self) -> Option<PersonId> {
        match self.level() {
            Level::Person => self.book.units[self.at].id.parse().ok(),
            _ => None,
        }
    }

    /// The unit, if it is one below the company.
    pub fn unit(&self) -> Option<UnitId> {
        match self.level() {
            Level::Person | Level::Company => None,
            _ => self.book.units[self.at].id.parse().ok(),
        }
    }

    /// The first day after what is known.
    pub fn next_day(&self) -> NaiveDate {
        self.as_of.succ_opt().unwrap_or(self.as_of)
    }
}

impl App {
    /// Where a unit or person stands in a period of a goal, and how good the goal is.
    ///
    /// # Errors
    /// No goal is set or split for the year; the unit is not in it; the period is no part of a year.
    pub async fn get_goal_progress(&self, args: GetGoalProgress) -> Result<GoalProgress> {
        let metric = args.metric;
        let index = self.goal_index(metric).await?;
        let fiscal = self.company_calendar().await?.fiscal()?;
        let (plan, period) = period_of(&index, fiscal, metric, args.period)?;
        let book = self.book(plan.clone()).await?;
        if !book.is_split() {
            let year = plan.year;
            return Err(GoalError::NotSplit { metric, year }.into());
        }
        let at = self.place_of(&book, args.unit.as_deref())?;
        let (id, sees_above) = (book.units[at].id.clone(), book.parent(at).is_some());
        // Whoever may ask gets the same figures: shares, growth and forecasts of a person come from all that is
        // there, not from what the one who asks sees of it.
        let all = self.seeing_everything();
        let book = all.book(plan.clone()).await?;
        all.progress_of(&args, &book, (book.place(&id)?, sees_above), period)
            .await
    }

    async fn progress_of(
        &self,
        args: &GetGoalProgress,
        book: &Book,
        (at, sees_above): (usize, bool),
        period: Period,
    ) -> Result<GoalProgress> {
        let metric = args.metric;
        let as_of = self.known_until(metric, args.as_of, period).await?;
        let mut looked = Looked {
            gone_from: None,
            at,
            period,
            as_of,
            today: match args.as_of {
                Some(_) => as_of.succ_opt().unwrap_or(as_of),
                None => self.clock.today(),
            },
            book,
            is_asked: args.as_of.is_some(),
            sees_above,
        };
        looked.gone_from = gone_from(&looked);
        let working = self.company_calendar().await?.working_days();
        let landing = Box::pin(self.landing_of(&looked, args)).await?;
        let actual = self.made(&looked, period).await?;
        let input = PaceInput {
            as_of: looked.as_of,
            cells: cells(&looked, &working)?,
            actual,
            better: better(metric),
            rounding: yeji_core::Rounding::default(),
            unrounded: metric.unit() == MetricUnit::Count,
            limits: yeji_goals::pace::limits(),
            landing: landing.as_ref().map(|one| one.0),
        };
        let paced = pace(&input)?;
        let smart = self.smart(&looked, actual, landing.as_ref().map(|one| &one.1));
        let smart = Box::pin(smart).await?;
        let steps = self.steps(&looked, args.language).await?;
        let (from, to) = (period.start(), period.end());
        let days = DayCounts::new(&working, from, to);
        Ok(GoalProgress {
            working_days: (
                count(days.count(from, looked.next_day().clamp(from, to))),
                count(days.count(from, to)),
            ),
            period_label: words::period(period, args.language),
            landing: landing.map(|one| one.1),
            steps,
            smart,
            notes: self.progress_notes(&looked, &paced, args.period),
            ..view(&looked, &paced)
        })
    }

    /// The place that is asked for; else the one person's, or the topmost.
    fn place_of(&self, book: &Book, unit: Option<&str>) -> Result<usize> {
        let own = match (unit, self.sight()) {
            (Some(unit), _) => Some(unit.to_owned()),
            (None, Sight::Person(person)) => Some(person.to_string()),
            (None, Sight::Company | Sight::Units(_)) => None,
        };
        match own {
            Some(id) => {
                if let Ok(person) = id.parse() {
                    self.require_results_of(person)?;
                }
                book.place(&id)
            }
            None => Ok(0),
        }
    }

    /// The last day whose results count: as asked, else yesterday or the last day with data; not beyond the
    /// period.
    async fn known_until(
        &self,
        metric: GoalMetric,
        asked: Option<NaiveDate>,
        period: Period,
    ) -> Result<NaiveDate> {
        let last = period.end() - Days::new(1);
        let yesterday = self.clock.today() - Days::new(1);
        if let Some(day) = asked {
            if day > self.clock.today() {
                return Err(Error::input("as_of", &day.to_string(), "a day up to today"));
            }
            return Ok(day.min(last).min(yesterday));
        }
        let known = self.newest_fact(metric, yesterday).await?;
        Ok(known.unwrap_or(yesterday).min(yesterday).min(last))
    }

    /// The newest day up to one on which the company has data of a metric.
    pub(super) async fn newest_fact(
        &self,
        metric: GoalMetric,
        until: NaiveDate,
    ) -> Result<Option<NaiveDate>> {
        let newest = match metric.rolled_up() {
            Some(_) => self.store()?.last_days_until(until).await?.0,
            None => self.metric_span(metric).await?.map(|(_, last)| last),
        };
        Ok(newest.map(|newest| newest.min(until)))
    }

    /// What was made in a period by the day.
    async fn made(&self, looked: &Looked<'_>, period: Period) -> Result<i64> {
        let days = [(period.start(), period.end().min(looked.next_day()))];
        if days[0].0 >= days[0].1 {
            return Ok(0);
        }
        Ok(self.made_in(looked, &days).await?[0])
    }

    /// The same for each of some intervals.
    pub(super) async fn made_in(
        &self,
        looked: &Looked<'_>,
        days: &[(NaiveDate, NaiveDate)],
    ) -> Result<Vec<i64>> {
        let units = looked
            .unit()
            .map(|unit| looked.book.organisation.subtree(unit));
        let of = ResultsOf {
            units: units.as_deref(),
            person: looked.person(),
        };
        let metric = looked.book.plan.metric;
        let made = self
            .metric_results(metric, days, ResultsBy::Whole, of)
            .await?;
        if let Some(hidden) = made.hidden {
            let hidden = hidden.code();
            return Err(GoalError::Hidden { metric, hidden }.into());
        }
        Ok(made.whole(days.len()))
    }

    /// The parts of the period with what was made in them.
    async fn steps(
        &self,
        looked: &Looked<'_>,
        lang: yeji_report::chart::Lang,
    ) -> Result<Vec<GoalStep>> {
        let parts = looked.period.children();
        let begun = |part: &Period| part.start() < looked.next_day();
        let days: Vec<(NaiveDate, NaiveDate)> = parts
            .iter()
            .filter(|part| begun(part))
            .map(|part| (part.start(), part.end().min(looked.next_day())))
            .collect();
        let made = self.made_in(looked, &days).await?;
        let currency = looked.book.plan.amount.currency;
        let mut made = made.into_iter();
        let mut steps = Vec::with_capacity(parts.len());
        for part in parts {
            let actual = if begun(&part) { made.next() } else { None };
            steps.push(GoalStep {
                period: part,
                label: words::period(part, lang),
                goal: Money::new(looked.book.sum(looked.at, part)?, currency).to_major(),
                actual: actual.map(|minor| Money::new(minor, currency).to_major()),
                over: part.end() <= looked.next_day(),
            });
        }
        Ok(steps)
    }

    /// Where the period will land, if it is the one under way; for the engine and for the border.
    async fn landing_of(
        &self,
        looked: &Looked<'_>,
        args: &GetGoalProgress,
    ) -> Result<Option<(Landing, GoalLanding)>> {
        let grain = match looked.period.kind() {
            PeriodKind::Year => Grain::Year,
            PeriodKind::Quarter => Grain::Quarter,
            PeriodKind::Month => Grain::Month,
            PeriodKind::Half | PeriodKind::CutWeek | PeriodKind::IsoWeek => return Ok(None),
        };
        if args.metric != GoalMetric::WonAmount || !looked.period.contains(looked.next_day()) {
            return Ok(None);
        }
        // Of the whole company and the day that the page of landings takes: the same number as there.
        let person = looked.person();
        let view = self
            .get_landing(GetLanding {
                grain,
                as_of: args.as_of.map(|_| looked.as_of),
                unit: looked.unit(),
                by: person.map(|_| ForecastBy::Person),
                language: args.language,
            })
            .await?;
        let same = (view.period.start(), view.period.end());
        if same != (looked.period.start(), looked.period.end()) {
            return Ok(None);
        }
        let own = |rows: Vec<LandingRow>| {
            let id = &looked.book.units[looked.at].id;
            rows.into_iter().find(|row| row.key == *id)
        };
        let row = match person {
            // Whoever sees own results only has a total and no rows.
            Some(one) if self.sight().person() != Some(one) => own(view.rows),
            _ => view.total,
        };
        let Some(row) = row else {
            return Ok(None);
        };
        let engine = engine_landing(looked, &row)?;
        let landing = GoalLanding {
            as_of: view.as_of,
            expected: row.landing,
            lower: row.lower,
            upper: row.upper,
        };
        Ok(Some((engine, landing)))
    }

    fn progress_notes(
        &self,
        looked: &Looked<'_>,
        paced: &PaceOutput,
        asked: Period,
    ) -> Vec<Message> {
        let currency = looked.book.plan.amount.currency;
        let mut notes: Vec<Message> = paced
            .notes
            .iter()
            .map(|note| said(note.clone(), currency))
            .collect();
        let yesterday = self.clock.today() - Days::new(1);
        let behind = (yesterday - looked.as_of).num_days();
        if !looked.is_asked && behind > 0 && looked.period.contains(yesterday) {
            let params = [
                ("day", looked.as_of.to_string()),
                ("days", behind.to_string()),
            ];
            notes.push(Message::new("progress_data_until", &params));
        }
        let own = looked.period;
        if asked.kind() != PeriodKind::Year
            && (asked.start(), asked.end()) != (own.start(), own.end())
        {
            let params = [
                ("asked", asked.to_string()),
                ("period", own.to_string()),
                ("from", own.start().to_string()),
                ("to", (own.end() - Days::new(1)).to_string()),
            ];
            notes.push(Message::new("progress_other_days", &params));
        }
        if let Some(day) = looked.gone_from {
            let params = [
                ("name", looked.book.units[looked.at].name.clone()),
                ("day", day.to_string()),
            ];
            notes.push(Message::new("progress_person_gone", &params));
        }
        let metric = looked.book.plan.metric;
        if is_passed(better(metric), paced.actual, paced.goal) {
            let by = Money::new(paced.actual.saturating_sub(paced.goal), currency);
            notes.push(Message::new(
                "progress_limit_passed",
                &[("amount", by.to_string())],
            ));
        }
        notes
    }
}

/// The first day of the rest of a period in which a person sells no more: they left, or lead.
fn gone_from(looked: &Looked<'_>) -> Option<NaiveDate> {
    let organisation = &looked.book.organisation;
    let person = looked.person()?;
    let left = organisation.person(person).and_then(|own| own.left_on);
    let stays = organisation.stays(person);
    let last = stays
        .filter(|stay| stay.role == MemberRole::Sales)
        .map(|stay| left.map_or(stay.to, |left| left.min(stay.to)))
        .max()?;
    // A year that was over before says nothing new of who left since.
    (last <= looked.next_day() && last < looked.period.end()).then_some(last)
}

fn engine_landing(looked: &Looked<'_>, row: &LandingRow) -> Result<Landing> {
    let currency = looked.book.plan.amount.currency;
    let minor = |text: &str| Money::parse_major(text, currency).map(|money| money.minor);
    let expected = minor(&row.landing)?;
    let end = |text: &Option<String>| text.as_deref().map_or(Ok(expected), minor);
    Ok(Landing {
        minor: expected,
        low: end(&row.lower)?,
        high: end(&row.upper)?,
    })
}

/// The plan that a period belongs to, and the period as the plan calls it. A goal by fiscal years may be asked
/// for a period of the calendar year: of a year the one with the same number is meant, else the plan's period
/// of the kind with these days. One that begins in another month is refused: July to December is not a half of
/// a year from April.
fn period_of(
    index: &GoalIndex,
    fiscal: FiscalCalendar,
    metric: GoalMetric,
    asked: Period,
) -> Result<(&GoalPlan, Period)> {
    if asked.kind() == PeriodKind::IsoWeek {
        return Err(Error::input(
            "period",
            &asked.to_string(),
            "periods of the goal",
        ));
    }
    let year = asked.year_number();
    if asked.kind() == PeriodKind::Year {
        let plan = index.plan(year).ok_or_else(|| no_goal(metric, year))?;
        return Ok((plan, plan.period()?));
    }
    let Some(plan) = index.plan_on(asked.start()) else {
        let holding = fiscal.containing(PeriodKind::Year, asked.start())?;
        if holding.calendar().is_calendar_year() {
            return Err(no_goal(metric, year));
        }
        return Err(GoalError::NoGoalOn {
            metric,
            period: asked,
            year: holding,
        }
        .into());
    };
    let calendar = plan.calendar.unwrap_or_default();
    let own = calendar.containing(asked.kind(), asked.start())?;
    if own.start() == asked.start() {
        return Ok((plan, own));
    }
    if calendar.rule().months == Months::Calendar {
        return Err(GoalError::OtherPeriod { asked, own }.into());
    }
    // Months that are made of weeks begin before or after the calendar's: the middle tells which is meant.
    let half = (asked.end() - asked.start()).num_days() / 2;
    let middle = asked.start() + chrono::TimeDelta::days(half);
    let own = calendar.containing(asked.kind(), middle)?;
    let apart = (own.start() - asked.start()).num_days().abs();
    if apart > MOST_APART {
        return Err(GoalError::OtherPeriod { asked, own }.into());
    }
    Ok((plan, own))
}

/// The cells of the period with their working days. Of whole things the parts are months: what rounding put into
/// one week or another of a month says nothing of when it is due (docs/decisions/0027).
fn cells(looked: &Looked<'_>, working: &WorkingDays) -> Result<Vec<PaceCell>> {
    let book = looked.book;
    let (from, to) = (looked.period.start(), looked.period.end());
    let is_count = book.plan.metric.unit() == MetricUnit::Count;
    let parts: Vec<(NaiveDate, NaiveDate)> = match looked.period.kind() {
        PeriodKind::Month if is_count => vec![(from, to)],
        PeriodKind::Year | PeriodKind::Half | PeriodKind::Quarter if is_count => {
            let months = looked.period.parts(PeriodKind::Month).into_iter();
            months.map(|month| (month.start(), month.end())).collect()
        }
        _ => book.matrix.periods[book.columns(from, to)].to_vec(),
    };
    let counts = DayCounts::new(working, from, to);
    let mut cells = Vec::with_capacity(parts.len());
    for (start, end) in parts {
        let columns = book.columns(start, end);
        let own = book.rows_of(looked.at);
        let sum: i128 = own
            .flat_map(|(_, minor)| &minor[columns.clone()])
            .map(|minor| i128::from(*minor))
            .sum();
        let done = looked.next_day().clamp(start, end);
        cells.push(PaceCell {
            key: start.to_string(),
            start,
            end,
            minor: i64::try_from(sum).map_err(|_| overflow())?,
            working_days: counts.count(start, end),
            days_done: counts.count(start, done),
            days_missing: counts.count(done, looked.today.clamp(done, end)),
        });
    }
    Ok(cells)
}

fn view(looked: &Looked<'_>, paced: &PaceOutput) -> GoalProgress {
    let unit = &looked.book.units[looked.at];
    let currency = looked.book.plan.amount.currency;
    let major = |minor: i64| Money::new(minor, currency).to_major();
    GoalProgress {
        unit: unit.id.clone(),
        name: unit.name.clone(),
        level: tree::level_code(unit.level).to_owned(),
        period: looked.period,
        period_label: String::new(),
        currency: currency.to_string(),
        as_of: looked.as_of,
        working_days: (0, 0),
        goal: major(paced.goal),
        to_date: to_date(looked, paced),
        actual: major(paced.actual),
        pace: paced.pace.map(|pace| pace.to_string()),
        no_pace: paced.no_pace.clone(),
        light: paced.light.map(light),
        left: major(paced.left),
        // Who is gone has no day left, and a period to come asks for nothing today.
        days_left: match looked.gone_from {
            Some(_) => 0,
            None => count(paced.days_left),
        },
        today: paced
            .today
            .filter(|_| looked.period.start() <= looked.today && looked.gone_from.is_none())
            .map(major),
        landing: None,
        steps: Vec::new(),
        smart: Vec::new(),
        notes: Vec::new(),
    }
}

/// What is due by the day. Of whole things with a decimal: one and two fifths of a deal are due, not one.
fn to_date(looked: &Looked<'_>, paced: &PaceOutput) -> String {
    let plan = &looked.book.plan;
    let whole = Money::new(paced.to_date, plan.amount.currency).to_major();
    let exact = paced.to_date_exact;
    if plan.metric.unit() == MetricUnit::Money || exact == Ratio::from_int(paced.to_date) {
        return whole;
    }
    let rounding = yeji_core::Rounding::default();
    exact.to_decimal(1, rounding).unwrap_or(whole)
}

/// Which side of a metric is better.
pub(super) fn better(metric: GoalMetric) -> Better {
    if metric.less_is_better() {
        Better::Lower
    } else {
        Better::Higher
    }
}

/// For the border.
pub(super) fn light(light: Light) -> GoalLight {
    match light {
        Light::Green => GoalLight::Green,
        Light::Amber => GoalLight::Amber,
        Light::Red => GoalLight::Red,
    }
}

fn count(days: u64) -> u32 {
    u32::try_from(days).unwrap_or(u32::MAX)
}

/// A sum that does not fit.
pub(super) fn overflow() -> Error {
    CoreError::Overflow("results of people").into()
}
