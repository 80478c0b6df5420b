//! A plan as a tree-table: the rows that are asked for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::metric::GoalMetric;
use yeji_core::{Money, Ratio};
use yeji_goals::Level;

use super::book::Book;
use super::{check_year, kept_rule, tree};
use crate::access::Right;
use crate::api::goal_grid::{GetGoalGrid, GoalGrid, GridColumn, GridColumns, GridRow, LockMark};
use crate::context::App;
use crate::error::{Error, Result};
use crate::performance::{MetricResults, ResultsBy, ResultsOf};

/// Most rows of a window.
pub(super) const MAX_ROWS: u32 = 400;

/// A month's data has come where there is some of its last days.
const LAST_DAYS: u64 = 7;

impl App {
    /// A window of a plan's tree-table.
    pub async fn get_goal_grid(&self, args: GetGoalGrid) -> Result<GoalGrid> {
        check_year(args.year)?;
        if args.limit > MAX_ROWS {
            return Err(Error::input(
                "limit",
                &args.limit.to_string(),
                "at most 400",
            ));
        }
        let index = self.goal_index(args.metric).await?;
        let in_force = index.plan(args.year);
        let plan = match args.version {
            None => in_force.cloned(),
            Some(version) => Some(self.version(args.metric, args.year, version).await?),
        };
        let currency = args.metric.currency(self.currency().await?);
        let Some(plan) = plan else {
            return Ok(GoalGrid {
                plan: None,
                editable: false,
                currency: currency.to_string(),
                columns: Vec::new(),
                rows: Vec::new(),
                offset: 0,
                total: 0,
                people: 0,
            });
        };
        let is_in_force = in_force.is_some_and(|own| own.id == plan.id);
        let book = self.book(plan).await?;
        let shown = visible(&book, &args.expanded, args.search.as_deref());
        let window = window(&shown.places, args.offset, args.limit);
        let columns = book.periods(kind_of(args.columns), true)?;
        let before = self.year_before(&book, window).await?;
        let locks = LockTable::new(&book);
        let numbers = book.staff_numbers();
        let parts = book.parts();
        let mut rows = Vec::with_capacity(window.len());
        for at in window {
            rows.push(GridRow {
                children: parts[*at],
                expanded: shown.open.contains(at),
                staff_number: numbers.get(&book.units[*at].id).cloned(),
                ..row(&book, *at, &columns, &locks, &before)?
            });
        }
        Ok(GoalGrid {
            editable: is_in_force
                && book.is_split()
                && self.actor().has(Right::SetGoals, self.policies()),
            plan: Some(tree::plan_info(&book.plan, kept_rule(&book.plan))),
            currency: book.plan.amount.currency.to_string(),
            columns: columns.into_iter().map(column).collect(),
            rows,
            offset: args.offset,
            total: count(shown.places.len()),
            people: count(book.people()),
        })
    }

    /// Results of the year before, of the units and people of a window.
    pub(super) async fn year_before(&self, book: &Book, window: &[usize]) -> Result<Before> {
        let year = book.year()?.a_year_before()?;
        let (from, to) = (year.start(), year.end());
        let metric = book.plan.metric;
        let span = self.metric_span(metric).await?;
        let Some((_, last)) = span.filter(|(first, last)| *first < to && *last >= from) else {
            return Ok(Before::default());
        };
        let months: Vec<(NaiveDate, NaiveDate)> = year
            .parts(PeriodKind::Month)
            .into_iter()
            .map(|month| (month.start(), month.end()))
            .collect();
        let is_person = |at: &usize| book.units[*at].level == Level::Person;
        // A year under way is held against the same months, as far as they are over and their data has come.
        let today = self.clock.today();
        let is_over = |(_, end): &&(NaiveDate, NaiveDate)| is_over(*end, today, last);
        let over = months.iter().take_while(is_over).count();
        let until = months[..over]
            .last()
            .map(|(_, end)| *end - chrono::Days::new(1));
        let mut before = Before {
            months: months.len(),
            over,
            until: until.filter(|_| over < months.len()),
            ..Before::default()
        };
        if window.iter().any(is_person) {
            let made = self.made_before(metric, &months, ResultsBy::Person).await?;
            let Some(made) = made else {
                return Ok(Before::default());
            };
            for (at, person, minor) in made.people() {
                add(&mut before.people, person, (at, minor), months.len());
            }
        }
        if !window.iter().all(is_person) {
            let made = self.made_before(metric, &months, ResultsBy::Unit).await?;
            let Some(made) = made else {
                return Ok(Before::default());
            };
            for (at, unit, minor) in made.units() {
                add(&mut before.units, unit, (at, minor), months.len());
            }
        }
        Ok(before)
    }

    /// None: who asks sees none of it.
    async fn made_before(
        &self,
        metric: GoalMetric,
        months: &[(NaiveDate, NaiveDate)],
        by: ResultsBy,
    ) -> Result<Option<MetricResults>> {
        let all = ResultsOf::default();
        let made = self.metric_results(metric, months, by, all).await?;
        Ok(Some(made).filter(|made| made.hidden.is_none()))
    }
}

/// Whether a month that ends before a day is over and its data has come.
pub(super) fn is_over(end: NaiveDate, today: NaiveDate, last: NaiveDate) -> bool {
    end <= today && last >= end - chrono::Days::new(LAST_DAYS)
}

fn add<K: std::hash::Hash + Eq>(
    sums: &mut HashMap<K, Vec<i64>>,
    key: K,
    (at, minor): (usize, i64),
    months: usize,
) {
    let own = sums.entry(key).or_insert_with(|| vec![0; months]);
    own[at] = minor;
}

/// What was made in the year before, month by month.
#[derive(Default)]
pub(super) struct Before {
    /// By person, in whatever unit.
    people: HashMap<PersonId, Vec<i64>>,
    /// By unit, without those below; none: of no unit.
    units: HashMap<Option<UnitId>, Vec<i64>>,
    /// None: the year has no data.
    months: usize,
    /// Those of them, from the first, that are over.
    over: usize,
    /// The last day of these, where others are not.
    pub until: Option<NaiveDate>,
}

impl Before {
    /// What was made in the months that are over; none: the year before has no such data.
    pub(super) fn made(&self, book: &Book, at: usize) -> Option<i64> {
        let months = self.of(book, at).filter(|_| self.over > 0)?;
        Some(months[..self.over].iter().sum())
    }

    /// The goal of the same months over what was made in them; none where that is not above zero.
    pub(super) fn growth(&self, book: &Book, at: usize) -> Result<Option<Ratio>> {
        let Some(made) = self.made(book, at).filter(|made| *made > 0) else {
            return Ok(None);
        };
        let year = book.year()?;
        let months = year.parts(PeriodKind::Month);
        let end = months
            .get(self.over - 1)
            .map_or(year.end(), |month| month.end());
        let goal = book.sum_between(at, year.start(), end)?;
        Ok(Some(Ratio::new(i128::from(goal), i128::from(made))?))
    }

    /// The months of a row; none: the year before has no data.
    pub(super) fn of(&self, book: &Book, at: usize) -> Option<Vec<i64>> {
        if self.months == 0 {
            return None;
        }
        let unit = &book.units[at];
        let mut months = vec![0; self.months];
        let mut take = |own: Option<&Vec<i64>>| {
            for (sum, minor) in months.iter_mut().zip(own.into_iter().flatten()) {
                *sum += minor;
            }
        };
        if unit.level == Level::Person {
            take(unit.id.parse().ok().and_then(|id| self.people.get(&id)));
            return Some(months);
        }
        let id: UnitId = unit.id.parse().ok()?;
        for below in book.organisation.subtree(id) {
            take(self.units.get(&Some(below)));
        }
        if book
            .organisation
            .company()
            .is_some_and(|company| company.id == id)
        {
            take(self.units.get(&None));
        }
        Some(months)
    }
}

fn row(
    book: &Book,
    at: usize,
    columns: &[Period],
    locks: &LockTable,
    before: &Before,
) -> Result<GridRow> {
    let unit = &book.units[at];
    let currency = book.plan.amount.currency;
    let major = |minor: i64| Money::new(minor, currency).to_major();
    let sums = columns
        .iter()
        .map(|period| book.sum(at, *period))
        .collect::<Result<Vec<_>>>()?;
    let months = before.of(book, at);
    let growth = before.growth(book, at)?;
    Ok(GridRow {
        unit: unit.id.clone(),
        name: unit.name.clone(),
        staff_number: None,
        level: tree::level_code(unit.level).to_owned(),
        depth: book.depth[at],
        parent: unit.parent.clone(),
        children: 0,
        expanded: false,
        amounts: sums.into_iter().map(major).collect(),
        locks: columns
            .iter()
            .map(|period| locks.mark(book, at, *period))
            .collect(),
        // A month that is not over is unknown, not zero.
        history: months.map(|months| {
            let over = months.into_iter().take(before.over);
            over.map(major).collect()
        }),
        last_year: before.made(book, at).map(major),
        last_year_until: before.until,
        growth: growth.map(|growth| growth.to_string()),
    })
}

/// Which cells are locked.
struct LockTable {
    /// By id of the unit or person.
    own: BTreeMap<String, Vec<Period>>,
}

impl LockTable {
    fn new(book: &Book) -> Self {
        let mut own: BTreeMap<String, Vec<Period>> = BTreeMap::new();
        for lock in &book.locks {
            let periods = own.entry(Book::locked_id(lock)).or_default();
            periods.push(lock.period);
        }
        Self { own }
    }

    fn mark(&self, book: &Book, at: usize, period: Period) -> LockMark {
        if self.own.is_empty() {
            return LockMark::None;
        }
        let of = |unit: usize| self.own.get(&book.units[unit].id).into_iter().flatten();
        if of(at).any(|own| *own == period) {
            return LockMark::Own;
        }
        let holds = |own: &Period| own.start() <= period.start() && period.end() <= own.end();
        let meets = |own: &Period| own.start() < period.end() && period.start() < own.end();
        let above = || std::iter::successors(Some(at), |one| book.parent(*one));
        if above().any(|unit| of(unit).any(holds)) {
            return LockMark::All;
        }
        let below = book.below(at);
        if above().chain(below).any(|unit| of(unit).any(meets)) {
            return LockMark::Part;
        }
        LockMark::None
    }
}

/// Rows that a question has.
pub(super) struct Shown {
    pub places: Vec<usize>,
    /// Units whose parts are shown.
    pub open: BTreeSet<usize>,
}

pub(super) fn visible(book: &Book, expanded: &[String], search: Option<&str>) -> Shown {
    let search = search.map(|text| text.trim().to_lowercase());
    let wanted = search
        .filter(|text| !text.is_empty())
        .map(|text| found(book, &text));
    let all = expanded.iter().any(|id| id == "*") || wanted.is_some();
    let expanded: BTreeSet<usize> = expanded
        .iter()
        .filter_map(|id| book.place(id).ok())
        .collect();
    let mut shown = Shown {
        places: Vec::new(),
        open: BTreeSet::new(),
    };
    for at in 0..book.units.len() {
        let parent = book.parent(at);
        let is_open = parent.is_none_or(|above| shown.open.contains(&above));
        let is_wanted = wanted.as_ref().is_none_or(|wanted| wanted.contains(&at));
        if !is_open || !is_wanted {
            continue;
        }
        shown.places.push(at);
        if parent.is_none() || all || expanded.contains(&at) {
            shown.open.insert(at);
        }
    }
    shown
}

/// Units and people with a text in name or number, and those above them.
fn found(book: &Book, text: &str) -> BTreeSet<usize> {
    let numbers = book.staff_numbers();
    let mut wanted = BTreeSet::new();
    for (at, unit) in book.units.iter().enumerate() {
        let number = numbers.get(&unit.id).map(|number| number.to_lowercase());
        if unit.name.to_lowercase().contains(text) || number.is_some_and(|own| own.contains(text)) {
            wanted.extend(std::iter::successors(Some(at), |one| book.parent(*one)));
        }
    }
    wanted
}

pub(super) fn window(places: &[usize], offset: u32, limit: u32) -> &[usize] {
    let from = places.len().min(offset as usize);
    let to = places.len().min(from + limit as usize);
    &places[from..to]
}

fn kind_of(columns: GridColumns) -> PeriodKind {
    match columns {
        GridColumns::Quarters => PeriodKind::Quarter,
        GridColumns::Months => PeriodKind::Month,
        GridColumns::Weeks => PeriodKind::CutWeek,
    }
}

fn column(period: Period) -> GridColumn {
    GridColumn {
        period,
        kind: period.kind(),
        start: period.start(),
        end: period.end(),
        parent: above(period, true),
    }
}

/// The period above one, with halves or without.
pub(super) fn above(period: Period, halves: bool) -> Option<Period> {
    match period.kind() {
        PeriodKind::Quarter if halves => period.around(PeriodKind::Half),
        _ => period.parent(),
    }
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
