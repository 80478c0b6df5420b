//! What is left of a period, and what deals not opened yet brought in such rests before.
//!
//! What new deals bring depends on the days that are left, not on the name of the period they belong to: the
//! rest of a year that lies in its last quarter is that quarter's rest, and is learned from as such.
//!
//! How they end depends on the month all the same: more is closed at the ends of quarters. Rests that end with
//! another month of a quarter are brought to the level of those that end as the one that is asked for.

use chrono::{Datelike as _, NaiveDate};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_insight::landing::{Clock, Rest};
use yeji_store::LandingDeal;

use super::world::World;
use crate::error::Result;
use crate::performance::forecast::exact;

/// Days after `point` and before `end`: a rest of earlier months, as long as the one that is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    point: NaiveDate,
    end: NaiveDate,
}

/// The rests of earlier months that one is learned from.
#[derive(Debug, Clone)]
pub(super) struct Rests {
    /// One for each month that begins one, the oldest first; those whose days are all known.
    pub windows: Vec<Window>,
    /// How many months after the last of them the rest that is asked for begins.
    pub ahead: usize,
    /// What each of them is multiplied with.
    pub levels: Vec<f64>,
    /// First day after the one that is asked for.
    end: NaiveDate,
}

/// Rests that the level of one month of a quarter leans on: so many of the mean of all.
const LEAN: f64 = 2.0;

impl Rests {
    /// Of the days after `as_of` and before `end`, the first day after a month. `months`: those with data, in
    /// order without gaps; those from that of `as_of` on are not known yet.
    pub fn new(clock: &Clock, months: &[Period], as_of: NaiveDate, end: NaiveDate) -> Result<Self> {
        let month = Period::containing(PeriodKind::Month, as_of)?;
        let mut last = month;
        let mut ahead = 1;
        while last.end() < end {
            last = Period::containing(PeriodKind::Month, last.end())?;
            ahead += 1;
        }
        let known = months.partition_point(|known| known.start() < month.start());
        let windows = months[..known].windows(ahead).filter_map(|rest| {
            Some(Window {
                point: same_point(clock, month, as_of, *rest.first()?).as_of,
                end: rest.last()?.end(),
            })
        });
        let windows: Vec<Window> = windows.collect();
        Ok(Self {
            levels: vec![1.0; windows.len()],
            windows,
            ahead,
            end,
        })
    }

    /// With the levels that all new deals of the company show.
    #[must_use]
    pub fn levelled(mut self, world: &World) -> Self {
        let mut brought = vec![0.0; self.windows.len()];
        for (at, _, minor) in self.new_deals(world) {
            brought[at] += exact(minor);
        }
        let of_quarter = |end: NaiveDate| usize::try_from(end.month0() % 3).unwrap_or(0);
        let ends: Vec<usize> = self.windows.iter().map(|one| of_quarter(one.end)).collect();
        let levels = levels(&brought, &ends);
        let asked = levels[of_quarter(self.end)];
        self.levels = ends.into_iter().map(|end| asked / levels[end]).collect();
        self
    }

    /// What deals opened in them brought, with the place of the window. A deal is in all that it fits.
    pub fn new_deals<'a>(
        &'a self,
        world: &'a World,
    ) -> impl Iterator<Item = (usize, &'a LandingDeal, i64)> {
        let first = self.windows.first().map(|first| first.point);
        let last = self.windows.last().map(|last| last.end);
        let days = first.zip(last).into_iter();
        let won = days.flat_map(|(from, to)| world.won(from, to));
        won.flat_map(|(deal, minor)| self.of(deal).map(move |at| (at, deal, minor)))
    }

    /// What was brought in each, at the level of the one that is asked for.
    pub fn at_level(&self, minors: Vec<i64>) -> Vec<f64> {
        let each = minors.into_iter().zip(&self.levels);
        each.map(|(minor, level)| exact(minor) * level).collect()
    }

    /// The windows that a won deal was opened (if that is known) and closed in. Points and ends both rise.
    fn of(&self, deal: &LandingDeal) -> std::ops::Range<usize> {
        let Some(closed) = deal.closed_on else {
            return 0..0;
        };
        let opened = deal.opened_on.map_or(closed, |opened| opened.min(closed));
        let begun = self.windows.partition_point(|one| one.point < opened);
        let over = self.windows.partition_point(|one| one.end <= closed);
        over.min(begun)..begun
    }
}

/// What rests that end with each month of a quarter brought by what all did, drawn towards 1.
fn levels(brought: &[f64], ends: &[usize]) -> [f64; 3] {
    let count = real(brought.len());
    let mean = brought.iter().sum::<f64>() / count;
    std::array::from_fn(|month| {
        let own = brought.iter().zip(ends).filter(|(_, end)| **end == month);
        let (sum, own) = own.fold((0.0, 0.0), |sum, (one, _)| (sum.0 + one, sum.1 + 1.0));
        let level = (sum / mean + LEAN) / (own + LEAN);
        // Nothing came, or less than nothing: then all are alike.
        if level.is_finite() && mean > 0.0 && level > 0.0 {
            level
        } else {
            1.0
        }
    })
}

/// A number of rests.
fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The smallest period that a day is in and that ends as another does: what is left of both is the same.
pub(super) fn smallest_with_rest(of: Period, as_of: NaiveDate) -> Result<Period> {
    for kind in [PeriodKind::Month, PeriodKind::Quarter] {
        let part = of.calendar().containing(kind, as_of)?;
        if kind == of.kind() || part.end() == of.end() {
            return Ok(part);
        }
    }
    Ok(of)
}

/// The rest of an earlier period from the point of it on where `day` is in `period`: with as large a part of its
/// days of closing left, of which one is left where one is.
pub(super) fn same_point(clock: &Clock, period: Period, day: NaiveDate, earlier: Period) -> Rest {
    let last = |period: Period| period.end().pred_opt().unwrap_or(period.start());
    let length = |period: Period| {
        let before = period.start().pred_opt().unwrap_or(period.start());
        clock.between(before, last(period)).max(1)
    };
    let left = clock.between(day, last(period));
    let (all, all_earlier) = (length(period), length(earlier));
    let nearest = (2 * left * all_earlier + all) / (2 * all);
    let left = nearest.max(usize::from(left > 0)).min(all_earlier);
    Rest {
        as_of: clock.day_with(left, (earlier.start(), earlier.end())),
        last: last(earlier),
    }
}

#[cfg(test)]
mod tests {
    use yeji_core::calendar::WorkingDays;
    use yeji_core::facts::Stage;
    use yeji_core::ids::{OpportunityId, PersonId};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn months(first: &str, count: usize) -> Vec<Period> {
        let mut at: Period = first.parse().unwrap();
        let mut all = Vec::new();
        for _ in 0..count {
            all.push(at);
            at = Period::containing(PeriodKind::Month, at.end()).unwrap();
        }
        all
    }

    fn won(opened: Option<&str>, closed: &str) -> LandingDeal {
        LandingDeal {
            id: OpportunityId(uuid::Uuid::nil()),
            external_id: String::new(),
            owner: PersonId(uuid::Uuid::nil()),
            team: None,
            stage: Stage::Won,
            opened_on: opened.map(day),
            closed_on: Some(day(closed)),
            amount_minor: Some(100),
            product_id: None,
            list_minor: None,
            customer: None,
            product: None,
        }
    }

    fn clock() -> Clock {
        Clock::learn(&[], &WorkingDays::default(), day("2026-12-31"))
    }

    /// One Monday is left after Friday the 27th of November, and no other days of earlier months are like it than
    /// those with one day left, wherever their weekends lie.
    #[test]
    fn the_same_point_has_as_many_days_of_work_left() {
        let of = |period: &str, on: &str, earlier: &str| {
            let period = period.parse().unwrap();
            let rest = same_point(&clock(), period, day(on), earlier.parse().unwrap());
            rest.as_of.to_string()
        };
        for on in ["2026-11-27", "2026-11-28", "2026-11-29"] {
            assert_eq!(
                of("2026-11", on, "2026-10"),
                "2026-10-29",
                "Friday the 30th is left"
            );
            assert_eq!(of("2026-11", on, "2025-12"), "2025-12-30");
            assert_eq!(
                of("2026-11", on, "2026-08"),
                "2026-08-28",
                "Monday the 31st is left"
            );
        }
        assert_eq!(
            of("2026-10", "2026-10-30", "2026-08"),
            "2026-08-31",
            "nothing is left"
        );
        // In the middle as large a part: 11 of 21 are left, and 12 of 23.
        assert_eq!(of("2026-11", "2026-11-13", "2026-07"), "2026-07-15");
        assert_eq!(
            of("2026-11", "2026-11-01", "2026-10"),
            "2026-10-01",
            "never before its start"
        );
    }

    /// Every rest counts a deal that was opened after its point and won before its end, and no other.
    #[test]
    fn a_deal_is_in_the_rests_that_it_was_opened_and_won_in() {
        let months = months("2025-01", 22);
        let (as_of, end) = (day("2026-11-15"), day("2027-01-01"));
        let rests = Rests::new(&clock(), &months, as_of, end).unwrap();
        assert_eq!(rests.ahead, 2);
        // The last that is known begins in September and ends with October.
        assert_eq!(rests.windows.len(), 21);
        let last = rests.windows.last().unwrap();
        assert_eq!(
            (last.point, last.end),
            (day("2026-09-14"), day("2026-11-01"))
        );
        for opened in [
            None,
            Some("2025-03-10"),
            Some("2025-03-20"),
            Some("2025-06-16"),
        ] {
            for closed in [
                "2025-03-15",
                "2025-03-16",
                "2025-04-30",
                "2025-06-16",
                "2026-10-31",
            ] {
                let deal = won(opened, closed);
                let is_in = |one: &Window| {
                    let closed = day(closed);
                    let is_new = opened.is_none_or(|opened| day(opened) > one.point);
                    is_new && one.point < closed && closed < one.end
                };
                let by_hand: Vec<usize> = (0..rests.windows.len())
                    .filter(|at| is_in(&rests.windows[*at]))
                    .collect();
                assert_eq!(
                    rests.of(&deal).collect::<Vec<_>>(),
                    by_hand,
                    "{opened:?} {closed}"
                );
            }
        }
    }

    /// Of rests that end with a quarter three times as much comes: one that ends so again is forecast from all of
    /// them, each at that level, and one that does not is not.
    #[test]
    fn rests_are_brought_to_the_level_of_those_that_end_alike() {
        let ends: Vec<usize> = (0..24).map(|at| at % 3).collect();
        let brought: Vec<f64> = ends
            .iter()
            .map(|end| if *end == 0 { 300.0 } else { 100.0 })
            .collect();
        let found = levels(&brought, &ends);
        // (8 x 1.8 + 2) / 10 and (8 x 0.6 + 2) / 10.
        assert!(
            (found[0] - 1.64).abs() < 1e-9 && (found[1] - 0.68).abs() < 1e-9,
            "{found:?}"
        );
        let alike = |found: [f64; 3]| found.iter().all(|level| (level - 1.0).abs() < 1e-9);
        assert!(alike(levels(&[0.0; 6], &ends[..6])));
        assert!(alike(levels(&[], &[])));
        assert!(alike(levels(&[-5.0, 1.0], &[0, 1])));
    }

    #[test]
    fn a_rest_in_the_last_quarter_is_that_quarter_s() {
        let of = |key: &str, on: &str| {
            let found = smallest_with_rest(key.parse().unwrap(), day(on)).unwrap();
            found.to_string()
        };
        assert_eq!(of("2026", "2026-11-20"), "2026-Q4");
        assert_eq!(of("2026", "2026-12-20"), "2026-12");
        assert_eq!(of("2026-Q2", "2026-06-01"), "2026-06");
        assert_eq!(of("2026", "2026-08-20"), "2026");
        assert_eq!(of("2026-08", "2026-08-20"), "2026-08");
        assert_eq!(of("2026-12", "2026-12-20"), "2026-12");
    }
}
