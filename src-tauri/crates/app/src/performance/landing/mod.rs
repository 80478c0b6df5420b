//! Where a period under way will land: won so far, what open deals will bring, and deals not opened yet.
//!
//! Chances are learned from all deals of the company, whoever asks: nobody's own ten deals say enough. Whose
//! deals are shown and summed is as for results.

mod kept;
mod past;
mod people;
mod rest;
mod rows;
mod warnings;
mod world;

use std::sync::Arc;

use chrono::NaiveDate;
use yeji_core::calendar::{FiscalCalendar, Months, Period, PeriodKind, WorkingDays, periods};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::GoalMetric;
use yeji_core::{Money, Ratio, Rounding};
use yeji_insight::landing::{LEAN, Landing, MILLION, Odds, Rest, Widening, widening};

use self::past::Known;
use self::rest::{Rests, same_point, smallest_with_rest};
use self::world::{AmountFrom, OpenDeal, World};
use super::GoalIndex;
use super::forecast::rounded;
use super::metrics::Question;
use crate::access::{Actor, Sight};
use crate::api::Message;
use crate::api::forecast::{GetLanding, LandingDealRow, LandingRow, LandingView};
use crate::api::kpi::Grain;
use crate::api::performance::Days;
use crate::context::App;
use crate::dates::known_day;
use crate::error::{Error, Result};
use crate::words;

/// Open deals that are listed.
const MAX_DEALS: usize = 200;
/// Earlier months that are learned from.
const MAX_MONTHS: usize = 48;
/// Earlier periods whose open deals at the same point are held against what came.
const MAX_POINTS: usize = 16;
/// Closed deals below which chances are mostly chance.
const FEW_CLOSED: u32 = 30;

/// What is asked, and what it is answered from, whichever day is looked at.
struct Base {
    args: GetLanding,
    question: Question,
    person: Option<PersonId>,
    working: WorkingDays,
    goals: GoalIndex,
    world: World,
    /// First month with data.
    first_month: Option<Period>,
    /// Last day with data.
    last: NaiveDate,
}

/// A period and a day of it, after which nothing is known.
struct Asked {
    base: Arc<Base>,
    period: Period,
    as_of: NaiveDate,
    /// Days of closing after it.
    left: usize,
    /// Nothing later is known.
    now: bool,
    /// The smallest period with the same rest, which is what earlier landings are of.
    smallest: Period,
    /// Earlier ones of it with data, oldest first.
    earlier: Vec<Period>,
    /// Earlier months with data, oldest first, from the first that the landing may learn from.
    months: Vec<Period>,
    /// What deals not opened yet are learned from.
    rests: Rests,
}

impl App {
    /// Where the month, quarter or year of a day will land.
    pub async fn get_landing(&self, args: GetLanding) -> Result<LandingView> {
        let asked = self.landing_asked(args).await?;
        let (period, as_of) = (&asked.period, &asked.as_of);
        let world = &asked.base.world;
        let (odds, all_open) = asked.open();
        let is_open_seen = |open: &&OpenDeal| asked.sees(open.unit, world.deals[open.deal].owner);
        let open: Vec<OpenDeal> = all_open.iter().filter(is_open_seen).copied().collect();
        let mut known = Known::default();
        let of_company = self.said_of_company(&asked, &mut known).await?;
        let widen = widening(&of_company);
        let past = self.past_landings(&asked, &mut known).await?;
        let made = self.landing_rows(&asked, &all_open, widen).await?;
        let is_known = |day: &NaiveDate| day <= as_of;
        let has_deals = world.deals.iter().any(|deal| {
            let mut days = [deal.opened_on, deal.closed_on].into_iter().flatten();
            days.any(|day| is_known(&day))
        });
        let mut notes = asked.notes(&odds, &open);
        notes.extend(asked.about_pipeline(&open));
        if has_deals && made.new_unknown {
            notes.push(Message::new(
                "landing_new_unknown",
                &[
                    ("have", asked.months_before(*as_of).len().to_string()),
                    ("need", asked.months_needed().to_string()),
                ],
            ));
        }
        if has_deals {
            notes.extend(asked.about_interval(&made.total, made.widen, of_company.len()));
        }
        if asked.smallest != *period && !past.is_empty() {
            let rest = words::period(asked.smallest, asked.base.args.language);
            notes.push(Message::new("landing_rest_of", &[("period", rest)]));
        }
        if !made.elsewhere.is_empty() {
            let organisation = &asked.base.question.organisation;
            let people = made.elsewhere.iter();
            let names = people.filter_map(|one| Some(organisation.person(*one)?.name.as_str()));
            let names = ("names", words::names(names.collect()));
            notes.push(Message::new("landing_elsewhere", &[names]));
        }
        if matches!(self.actor(), Actor::Owner(_)) {
            notes.push(Message::new("landing_personal_file", &[]));
        }
        let working = &asked.base.working;
        let next = as_of.succ_opt().unwrap_or(*as_of).min(period.end());
        let days = (
            count(working.count(period.start(), next)),
            count(working.count(period.start(), period.end())),
        );
        let warnings = if has_deals {
            asked.warnings(&made.total, made.goal, &open, days)
        } else {
            Vec::new()
        };
        let deal_count = u32::try_from(open.len()).unwrap_or(u32::MAX);
        let lang = asked.base.args.language;
        Ok(LandingView {
            period: *period,
            period_label: words::period(*period, lang),
            as_of: *as_of,
            working_days: days,
            currency: asked.base.question.currency.to_string(),
            unit_name: self.scope_name(&asked.base.question, asked.base.args.unit),
            total: has_deals.then_some(made.total_row),
            rows: made.rows,
            deals: asked.deal_rows(open),
            deal_count,
            list_share: world
                .list_prices(*as_of)
                .company()
                .map(|share| share.to_string()),
            past: past.iter().rev().map(|one| asked.past_row(one)).collect(),
            warnings,
            notes,
        })
    }

    async fn landing_asked(&self, args: GetLanding) -> Result<Asked> {
        let kind = match args.grain {
            Grain::Month => PeriodKind::Month,
            Grain::Quarter => PeriodKind::Quarter,
            Grain::Year => PeriodKind::Year,
            Grain::Week => {
                return Err(Error::input("period", "week", "month, quarter or year"));
            }
        };
        let today = self.actor().day(self.clock.today());
        let span = self.data_span().await?;
        let last = span.last_closed.into_iter().chain(span.last_opened).max();
        let last = last.map_or(today, |last| last.min(today));
        let as_of = args.as_of.unwrap_or(last);
        known_day("as_of", as_of)?;
        if as_of > today {
            return Err(Error::input(
                "as_of",
                &as_of.to_string(),
                "a day up to today",
            ));
        }
        let period = self.landing_calendar().await?.containing(kind, as_of)?;
        let question = self
            .metric_question("won_amount", None, Days::from(period), args.unit)
            .await?;
        let first_month = match span.first_closed {
            Some(first) => Period::containing(PeriodKind::Month, first).ok(),
            None => None,
        };
        let store = self.store()?;
        // Chances are learned from all deals: with those of some years, what was said on an earlier day would
        // depend on the day on which one looks.
        let since = span.first_closed.unwrap_or(period.start());
        let deals = store.landing_deals(since, None).await?;
        let stages = store.landing_stages(since, None).await?;
        let working = self.company_calendar().await?.working_days();
        let base = Base {
            args,
            person: self.sight().person(),
            goals: self.goal_index(GoalMetric::WonAmount).await?,
            question,
            world: World::of(deals, &stages, &working, today),
            working,
            first_month,
            last,
        };
        Asked::of(Arc::new(base), period, as_of)
    }
}

impl App {
    /// The company's calendar, if its months are those of the calendar: rests of periods are learned from
    /// whole months. Else the calendar year.
    async fn landing_calendar(&self) -> Result<FiscalCalendar> {
        let calendar = self.company_calendar().await?.fiscal()?;
        let has_months = calendar.rule().months == Months::Calendar;
        Ok(if has_months {
            calendar
        } else {
            FiscalCalendar::default()
        })
    }
}

/// Earlier periods of a kind with data, oldest first, as far back as landings look.
fn earlier(period: Period, first_month: Option<Period>) -> Vec<Period> {
    let most = match period.kind() {
        PeriodKind::Month => MAX_MONTHS,
        PeriodKind::Quarter => MAX_MONTHS / 3,
        _ => 6,
    };
    let mut all = Vec::new();
    let mut at = period;
    while all.len() < most {
        let Ok(before) = at.previous() else { break };
        // A period whose first months are unknown says nothing of a whole one.
        if first_month.is_none_or(|first| before.start() < first.start()) {
            break;
        }
        all.push(before);
        at = before;
    }
    all.reverse();
    all
}

/// Of some months those that a landing of a day learns from.
fn months_before(months: &[Period], as_of: NaiveDate) -> &[Period] {
    let known = &months[..months.partition_point(|month| month.end() <= as_of)];
    &known[known.len().saturating_sub(MAX_MONTHS)..]
}

impl Asked {
    fn of(base: Arc<Base>, period: Period, as_of: NaiveDate) -> Result<Self> {
        let smallest = smallest_with_rest(period, as_of)?;
        let earlier = earlier(smallest, base.first_month);
        let month = Period::containing(PeriodKind::Month, as_of)?;
        let own = self::earlier(month, base.first_month);
        let first = earlier.first().into_iter().chain(own.first());
        let since = first.map(|first| first.start()).min();
        let months = since.map_or_else(Vec::new, |since| {
            periods(PeriodKind::Month, since, month.start())
        });
        let last_day = period.end().pred_opt().unwrap_or(as_of);
        let world = &base.world;
        let known = months_before(&months, as_of);
        Ok(Self {
            left: world.clock.between(as_of, last_day),
            now: as_of >= base.last,
            rests: Rests::new(&world.clock, known, as_of, period.end())?.levelled(world),
            period,
            as_of,
            smallest,
            earlier,
            months,
            base,
        })
    }

    /// As asked on another day.
    fn at(&self, period: Period, as_of: NaiveDate) -> Result<Self> {
        Self::of(Arc::clone(&self.base), period, as_of)
    }

    /// The company's open deals of the day.
    fn open(&self) -> (Odds, Vec<OpenDeal>) {
        let points = self.points(&self.earlier);
        let organisation = &self.base.question.organisation;
        let world = &self.base.world;
        world.open_on(self.rest(), self.now, &points, organisation)
    }

    fn months_before(&self, as_of: NaiveDate) -> &[Period] {
        months_before(&self.months, as_of)
    }

    /// Whether a result of a person in a unit belongs to what is asked.
    fn sees(&self, unit: Option<UnitId>, owner: PersonId) -> bool {
        let nobody = UnitId(uuid::Uuid::nil());
        let unit = unit.unwrap_or(nobody);
        let units = self.base.question.units.as_ref();
        units.is_none_or(|units| units.contains(&unit))
            && self.base.person.is_none_or(|person| person == owner)
    }

    /// What is left of the period.
    fn rest(&self) -> Rest {
        Rest {
            as_of: self.as_of,
            last: self.period.end().pred_opt().unwrap_or(self.as_of),
        }
    }

    /// The rests of periods from the same point on, of the latest of them.
    fn points(&self, earlier: &[Period]) -> Vec<Rest> {
        let latest = &earlier[earlier.len().saturating_sub(MAX_POINTS)..];
        let points = latest
            .iter()
            .map(|period| same_point(&self.base.world.clock, self.smallest, self.as_of, *period));
        points.collect()
    }

    /// Months with data that it takes to expect anything of deals not opened yet.
    fn months_needed(&self) -> usize {
        yeji_insight::forecast::series::MIN_VALUES + self.rests.ahead - 1
    }

    /// What the interval of the whole is made of, or why there is none.
    fn about_interval(&self, total: &Landing, widen: Widening, past: usize) -> Vec<Message> {
        let count = ("count", past.to_string());
        let mut notes = Vec::new();
        if !total.has_interval() {
            if self.left > 0 {
                notes.push(Message::new("landing_no_interval", &[count]));
            }
            return notes;
        }
        if total.has_own_width && widen.factor > 1.005 {
            // At most ten.
            let factor = ("factor", format!("{:.1}", widen.factor));
            notes.push(Message::new("landing_widened", &[factor, count.clone()]));
        }
        if widen.beyond >= 1.0 {
            let half = ("half", self.text(rounded(widen.beyond)));
            notes.push(Message::new("landing_missed", &[half, count]));
        }
        notes
    }

    fn text(&self, minor: i64) -> String {
        Money::new(minor, self.base.question.currency).to_major()
    }

    fn row(
        &self,
        key: String,
        label: String,
        depth: u32,
        of: (&Landing, &[OpenDeal]),
    ) -> LandingRow {
        let (landing, open) = of;
        // Once the period is over nothing more can come.
        let is_wide = landing.has_interval() && landing.lower < landing.upper;
        let has_interval = is_wide || self.left == 0;
        let amount = open
            .iter()
            .fold(0_i64, |sum, one| sum.saturating_add(one.minor));
        LandingRow {
            key,
            label,
            staff_number: None,
            depth,
            won: self.text(landing.won),
            open: self.text(landing.open),
            new: self.text(landing.new),
            landing: self.text(landing.landing),
            lower: has_interval.then(|| self.text(landing.lower)),
            upper: has_interval.then(|| self.text(landing.upper)),
            open_deals: u32::try_from(open.len()).unwrap_or(u32::MAX),
            open_amount: self.text(amount),
            goal: None,
            attainment: None,
        }
    }

    fn with_goal(&self, row: LandingRow, landing: &Landing, goal: Option<i64>) -> LandingRow {
        let reached = goal.and_then(|goal| {
            let goal = Ratio::from_int(goal);
            Ratio::from_int(landing.landing).checked_div(goal).ok()
        });
        LandingRow {
            goal: goal.map(|goal| self.text(goal)),
            attainment: reached.map(|ratio| ratio.to_string()),
            ..row
        }
    }

    fn deal_rows(&self, mut open: Vec<OpenDeal>) -> Vec<LandingDealRow> {
        open.sort_by_key(|one| (std::cmp::Reverse(one.open().expected()), one.deal));
        open.truncate(MAX_DEALS);
        let share = |millionths: i64| {
            let share = Ratio::new(millionths.into(), MILLION.into());
            share.unwrap_or(Ratio::ZERO).to_string()
        };
        let row = |one: OpenDeal| {
            let deal = &self.base.world.deals[one.deal];
            let owner = self.base.question.organisation.person(deal.owner);
            let chance = one.chance;
            LandingDealRow {
                id: deal.id,
                external_id: deal.external_id.clone(),
                owner: owner.map(|owner| owner.name.clone()).unwrap_or_default(),
                customer: deal.customer.clone(),
                product: deal.product.clone(),
                stage: one.stage.map(|stage| stage.code().to_owned()),
                age: one.age.and_then(|age| u32::try_from(age).ok()),
                amount: self.text(one.minor),
                amount_from: one.from.code().to_owned(),
                list_times: one.times.map(|times| times.ratio.to_string()),
                list_deals: one.times.map(|times| times.deals),
                chance: share(chance.millionths),
                expected: self.text(one.open().expected()),
                by_age: share(chance.by_age),
                same_age: (chance.same_age.won, chance.same_age.of),
                same_stage: chance.stage.map(|record| (record.won, record.of)),
                owner_deals: (chance.owner.won, chance.owner.of),
                by_owner: share(chance.by_owner),
            }
        };
        open.into_iter().map(row).collect()
    }

    fn notes(&self, odds: &Odds, open: &[OpenDeal]) -> Vec<Message> {
        let mut notes = Vec::new();
        let of = |from: AmountFrom| open.iter().filter(|one| one.from == from).count();
        let listed = of(AmountFrom::ListPrice);
        if listed > 0 {
            let company = self.base.world.list_prices(self.as_of).company();
            let times = company.unwrap_or(Ratio::ONE);
            let times = times.to_decimal(2, Rounding::HalfUp).unwrap_or_default();
            let params = [
                ("count", listed.to_string()),
                ("lean", LEAN.to_string()),
                ("times", times),
            ];
            notes.push(Message::new("landing_list_price", &params));
        }
        let mut say = |code: &str, count: usize| {
            if count > 0 {
                notes.push(Message::new(code, &[("count", count.to_string())]));
            }
        };
        say("landing_median", of(AmountFrom::Median));
        say("landing_no_amount", of(AmountFrom::Nothing));
        say(
            "landing_age_unknown",
            open.iter().filter(|one| one.age.is_none()).count(),
        );
        say("landing_future", self.base.world.set_aside);
        if self.base.world.deals.is_empty() {
            let needs = [("needs", "closed_deals".to_owned())];
            notes.push(Message::new("no_value_no_data", &needs));
            return notes;
        }
        if !odds.knows_stages() {
            notes.push(Message::new("landing_stages_unknown", &[]));
        }
        let level = format!("{:.2}", odds.level());
        if !open.is_empty() && level != "1.00" {
            notes.push(Message::new("landing_point", &[("times", level)]));
        }
        if odds.learned_from() < FEW_CLOSED {
            let params = [
                ("have", odds.learned_from().to_string()),
                ("need", FEW_CLOSED.to_string()),
            ];
            notes.push(Message::new("landing_few_closed", &params));
        }
        notes
    }
}

/// Whether only own results are seen.
fn is_one_person(sight: &Sight) -> bool {
    matches!(sight, Sight::Person(_))
}

fn count(days: u64) -> u32 {
    u32::try_from(days).unwrap_or(u32::MAX)
}

fn overflow() -> Error {
    yeji_core::Error::Overflow("landing").into()
}
