//! When a person is there in a goal's year: stays in teams, hire and last day, leave, part time, and the
//! ramp of new people. By months for the person's part of the whole, by weeks for where it falls.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::Ratio;
use yeji_core::calendar::{DayCounts, Period, PeriodKind, WorkingDays};
use yeji_core::ids::PersonId;
use yeji_core::org::{MemberRole, Organisation};
use yeji_goals::PeriodWeight;
use yeji_goals::presence::UnitPresence;
use yeji_goals::weigh::{Presence, RampStep, ramp, ramp_share};

use super::blend::World;
use super::input::Tree;
use crate::api::goal_blend::{BlendRule, PersonTerms};
use crate::error::{Error, Result};

/// The months of the year with the days on which the person is there. The goal counts in one team, whoever
/// moves; days in any team are days at work.
pub(super) fn by_month(
    world: &World<'_>,
    person: PersonId,
    terms: Option<&PersonTerms>,
) -> Result<Vec<Presence>> {
    check(terms)?;
    let calendar = Calendar::of(world);
    let there = There::new(&calendar, person, terms);
    let part = terms.and_then(|it| it.part_time).unwrap_or(Ratio::ONE);
    let months = world.year.parts(PeriodKind::Month).into_iter();
    let stretch = |month: Period| {
        let all = there.all(month);
        Ok(Presence {
            present: count(there.days(month.start(), month.end()).min(all)).checked_mul(part)?,
            all,
            months_since_hire: there.months_since_hire(month.start()),
        })
    };
    months.map(stretch).collect()
}

/// What counts of a new person's day; all of it where the blend wants no ramp.
pub(super) fn steps(rule: &BlendRule) -> Vec<RampStep> {
    if rule.no_ramp {
        return vec![RampStep {
            from_month: 0,
            share: Ratio::ONE,
        }];
    }
    ramp()
}

/// Whoever is not there in all weeks, with the share of each week: days at work by the ramp. Part time is
/// no absence: it is the same in every week.
pub(super) fn by_week(
    world: &World<'_>,
    tree: &Tree<'_>,
    terms: &BTreeMap<String, &PersonTerms>,
    steps: &[RampStep],
) -> Result<Vec<UnitPresence>> {
    let calendar = Calendar::of(world);
    let mut found = Vec::new();
    for unit in &tree.units {
        let Some((person, _)) = tree.leaves.get(&unit.id) else {
            continue;
        };
        let own = terms.get(&unit.id).copied();
        let there = There::new(&calendar, *person, own);
        let shares = there.weeks(world.year, steps)?;
        if !shares.is_empty() {
            found.push(UnitPresence {
                unit: unit.id.clone(),
                shares,
            });
        }
    }
    Ok(found)
}

fn check(terms: Option<&PersonTerms>) -> Result<()> {
    let Some(terms) = terms else { return Ok(()) };
    let part = terms.part_time.unwrap_or(Ratio::ONE);
    if part <= Ratio::ZERO || part > Ratio::ONE {
        return Err(Error::input(
            "part_time",
            &part.to_string(),
            "above 0 and at most 1",
        ));
    }
    if let Some((from, to)) = terms.leave.iter().find(|(from, to)| from >= to) {
        let given = format!("{from} {to}");
        return Err(Error::input(
            "leave",
            &given,
            "a first day and a later day after the last",
        ));
    }
    Ok(())
}

fn count(days: u64) -> Ratio {
    Ratio::from_int(i64::try_from(days).unwrap_or(i64::MAX))
}

/// Whose days at work are counted in which year.
pub(super) struct Calendar<'a> {
    organisation: &'a Organisation,
    counts: DayCounts,
}

impl<'a> Calendar<'a> {
    pub fn new(organisation: &'a Organisation, working: &WorkingDays, year: Period) -> Self {
        Self {
            organisation,
            counts: DayCounts::new(working, year.start(), year.end()),
        }
    }

    fn of(world: &World<'a>) -> Self {
        Self::new(world.organisation, &world.working, world.year)
    }
}

/// One person's days in the year.
pub(super) struct There<'a> {
    calendar: &'a Calendar<'a>,
    person: PersonId,
    terms: Option<&'a PersonTerms>,
    hired: Option<NaiveDate>,
    left: Option<NaiveDate>,
}

impl<'a> There<'a> {
    pub fn new(
        calendar: &'a Calendar<'a>,
        person: PersonId,
        terms: Option<&'a PersonTerms>,
    ) -> Self {
        let known = calendar.organisation.person(person);
        Self {
            calendar,
            person,
            terms,
            hired: known.and_then(|own| own.hired_on),
            left: known.and_then(|own| own.left_on),
        }
    }

    /// The share of each month: days at work by the ramp.
    pub fn months(&self, year: Period, steps: &[RampStep]) -> Result<Vec<Ratio>> {
        let months = year.parts(PeriodKind::Month).into_iter();
        let share = |month| Ok(self.share(month)?.checked_mul(self.step(month, steps))?);
        months.map(share).collect()
    }

    /// The weeks of which the share is not the whole.
    pub fn weeks(&self, year: Period, steps: &[RampStep]) -> Result<Vec<PeriodWeight>> {
        let mut shares = Vec::new();
        for month in year.parts(PeriodKind::Month) {
            let step = self.step(month, steps);
            for period in month.children() {
                let weight = self.share(period)?.checked_mul(step)?;
                if weight != Ratio::ONE {
                    shares.push(PeriodWeight { period, weight });
                }
            }
        }
        Ok(shares)
    }

    /// Whether working days between two days are all without the person.
    pub fn is_away(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.calendar.counts.count(from, to) > 0 && self.days(from, to) == 0
    }

    fn step(&self, month: Period, steps: &[RampStep]) -> Ratio {
        let months = self.months_since_hire(month.start());
        months.map_or(Ratio::ONE, |months| ramp_share(steps, months))
    }

    /// Working days of a period.
    fn all(&self, period: Period) -> u64 {
        self.calendar.counts.count(period.start(), period.end())
    }

    /// Working days in `[first, end)` on which the person is there.
    fn days(&self, first: NaiveDate, end: NaiveDate) -> u64 {
        let stays = self.calendar.organisation.stays(self.person);
        let mut days = 0;
        for stay in stays.filter(|stay| stay.role == MemberRole::Sales) {
            let from = stay.from.max(self.hired.unwrap_or(stay.from));
            let to = stay.to.min(self.left.unwrap_or(stay.to));
            let (from, to) = (from.max(first), to.min(end));
            if from < to {
                let counts = &self.calendar.counts;
                days += counts.count(from, to);
                days = days.saturating_sub(away(self.terms, counts, from, to));
            }
        }
        days
    }

    /// Days at work of all working days; of a period without any: one.
    fn share(&self, period: Period) -> Result<Ratio> {
        let all = self.all(period);
        if all == 0 {
            return Ok(Ratio::ONE);
        }
        Ok(count(self.days(period.start(), period.end()).min(all)).checked_div(count(all))?)
    }

    fn months_since_hire(&self, day: NaiveDate) -> Option<u32> {
        self.hired.and_then(|hired| months_between(hired, day))
    }
}

/// Working days of leave in `[from, to)`.
fn away(terms: Option<&PersonTerms>, counts: &DayCounts, from: NaiveDate, to: NaiveDate) -> u64 {
    let leave = terms.map_or(&[][..], |terms| &terms.leave);
    let mut inside: Vec<(NaiveDate, NaiveDate)> = leave
        .iter()
        .map(|(first, end)| ((*first).max(from), (*end).min(to)))
        .collect();
    inside.sort_unstable();
    let mut days = 0;
    let mut counted = from;
    for (first, end) in inside {
        // Days of two leaves are away once.
        let first = first.max(counted);
        if first < end {
            days += counts.count(first, end);
            counted = end;
        }
    }
    days
}

/// Whole months from a day to another; of somebody hired later 0; none from a year on, when the ramp is over.
fn months_between(hired: NaiveDate, day: NaiveDate) -> Option<u32> {
    use chrono::Datelike;
    let months = (day.year() - hired.year()) * 12 + i32::try_from(day.month()).ok()?
        - i32::try_from(hired.month()).ok()?
        - i32::from(day.day() < hired.day());
    match u32::try_from(months.max(0)) {
        Ok(months) if months < 12 => Some(months),
        _ => None,
    }
}
