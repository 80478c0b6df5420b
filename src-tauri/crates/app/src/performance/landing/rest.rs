//! What is left of a period, and what deals not opened yet brought in such rests before.
//!
//! What new deals bring depends on the days that are left, not on the name of the period they belong to: the
//! rest of a year that lies in its last quarter is that quarter's rest, and is learned from as such.

use chrono::{Days as Later, NaiveDate};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_insight::landing::odds::days_between;
use yeji_store::LandingDeal;

use super::world::World;
use crate::error::Result;

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
}

impl Rests {
    /// Of the days after `as_of` and before `end`, the first day after a month. `months`: those with data, in
    /// order without gaps; those from that of `as_of` on are not known yet.
    pub fn new(months: &[Period], as_of: NaiveDate, end: NaiveDate) -> Result<Self> {
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
                point: same_point(month, as_of, *rest.first()?).0,
                end: rest.last()?.end(),
            })
        });
        Ok(Self {
            windows: windows.collect(),
            ahead,
        })
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

/// The day of an earlier period at the point of it where `day` is in `period`, and the days after.
pub(super) fn same_point(period: Period, day: NaiveDate, earlier: Period) -> (NaiveDate, usize) {
    let length = |period: Period| days_between(period.start(), period.end()).max(1);
    let passed = days_between(period.start(), day) + 1;
    let passed = (passed * length(earlier) / length(period)).clamp(1, length(earlier));
    let offset = u64::try_from(passed - 1).unwrap_or(0);
    (
        earlier.start() + Later::new(offset),
        length(earlier) - passed,
    )
}

#[cfg(test)]
mod tests {
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
            list_minor: None,
            customer: None,
            product: None,
        }
    }

    /// Every rest counts a deal that was opened after its point and won before its end, and no other.
    #[test]
    fn a_deal_is_in_the_rests_that_it_was_opened_and_won_in() {
        let months = months("2025-01", 22);
        let rests = Rests::new(&months, day("2026-11-15"), day("2027-01-01")).unwrap();
        assert_eq!(rests.ahead, 2);
        // The last that is known begins in September and ends with October.
        assert_eq!(rests.windows.len(), 21);
        let last = rests.windows.last().unwrap();
        assert_eq!(
            (last.point, last.end),
            (day("2026-09-15"), day("2026-11-01"))
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
