//! What a period under way may still bring: what as many last working days brought in earlier periods of its
//! kind. No shape is assumed: each earlier period is one outcome, and with too few of them nothing is said.

use chrono::{Days, NaiveDate};
use yeji_core::Ratio;
use yeji_core::calendar::{DayCounts, Period, PeriodKind, WorkingDays};
use yeji_goals::smart::{Forecast, Quantile};

use super::base::is_known;
use super::progress::{Looked, overflow};
use crate::context::App;
use crate::error::Result;

/// Earlier periods that must be known: with fewer, one of them is worth more than a tenth.
pub(super) const FEWEST: usize = 9;
/// Most that are read: three years of months. What lies further back says little of today.
const MOST: usize = 36;

/// What is expected of a period, and what that rests on.
#[derive(Debug, Default)]
pub(super) struct Expected {
    pub forecast: Option<Forecast>,
    /// The middle of what is expected, where nothing says how far it may be off.
    pub middle: Option<i64>,
    /// Earlier periods that a period under way was held against.
    pub periods: Option<usize>,
}

impl App {
    /// The distribution of what the period comes to: what is there, and what the days that are left brought
    /// before. Days without data count as left: nobody knows what came in on them.
    pub(super) async fn by_remainders(&self, looked: &Looked<'_>, actual: i64) -> Result<Expected> {
        let cuts = self.cuts(looked).await?;
        let mut days = Vec::new();
        for (period, cut) in &cuts {
            days.extend([(period.start(), *cut), (*cut, period.end())]);
        }
        let asked: Vec<_> = days.iter().copied().filter(|one| one.0 < one.1).collect();
        let mut made = self.made_in(looked, &asked).await?.into_iter();
        let made: Vec<i64> = days
            .iter()
            .map(|one| if one.0 < one.1 { made.next() } else { None }.unwrap_or(0))
            .collect();
        // Before their first result people were not there, or had not begun.
        let begun = made.chunks(2).skip_while(|one| one == &[0, 0]);
        let mut ends = Vec::new();
        for one in begun {
            ends.push(actual.checked_add(one[1]).ok_or_else(overflow)?);
        }
        Ok(Expected {
            periods: Some(ends.len()),
            forecast: quantiles(ends)?,
            middle: None,
        })
    }

    /// Earlier periods of the kind, oldest first, with the day from which each had as many working days left.
    async fn cuts(&self, looked: &Looked<'_>) -> Result<Vec<(Period, NaiveDate)>> {
        // Cut weeks have one working day or five: no two are alike.
        if matches!(
            looked.period.kind(),
            PeriodKind::CutWeek | PeriodKind::IsoWeek
        ) {
            return Ok(Vec::new());
        }
        let working = self.company_calendar().await?.working_days();
        let known = self.metric_months(looked.book.plan.metric).await?;
        let (from, to) = (looked.next_day(), looked.period.end());
        let left = DayCounts::new(&working, from, to).count(from, to);
        let mut cuts = Vec::new();
        let mut at = looked.period.previous();
        while let Ok(period) = at {
            if cuts.len() == MOST || !is_known(period, |first| known.contains(&first)) {
                break;
            }
            cuts.push((period, cut(period, left, &working)));
            at = period.previous();
        }
        cuts.reverse();
        Ok(cuts)
    }
}

/// The first day after which so many working days are left; the first of the period if it has no more.
fn cut(period: Period, left: u64, working: &WorkingDays) -> NaiveDate {
    let (mut day, mut found) = (period.end(), 0);
    while day > period.start() {
        let before = day - Days::new(1);
        if working.is_working(before) {
            if found == left {
                return day;
            }
            found += 1;
        }
        day = before;
    }
    day
}

/// The outcomes as quantiles: the k-th of n is not exceeded with k / (n + 1).
fn quantiles(mut ends: Vec<i64>) -> Result<Option<Forecast>> {
    if ends.len() < FEWEST {
        return Ok(None);
    }
    ends.sort_unstable();
    let of = i128::try_from(ends.len() + 1).map_err(|_| overflow())?;
    let points = (1_i128..).zip(ends);
    let points = points.map(|(place, minor)| {
        let p = Ratio::new(place, of)?;
        Ok(Quantile { p, minor })
    });
    Ok(Some(Forecast::Quantiles {
        points: points.collect::<Result<_>>()?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_cut_where_as_many_working_days_are_left() {
        let working = WorkingDays::default();
        let month: Period = "2026-06".parse().unwrap();
        let day = |day| NaiveDate::from_ymd_opt(2026, 6, day).unwrap();
        // The last days of June 2026: Friday 26, Saturday, Sunday, Monday 29, Tuesday 30.
        assert_eq!(cut(month, 2, &working), day(27));
        assert_eq!(cut(month, 1, &working), day(30));
        assert_eq!(cut(month, 0, &working), month.end());
        assert_eq!(cut(month, 99, &working), day(1));
        let all = DayCounts::new(&working, month.start(), month.end());
        for left in 0..20 {
            let cut = cut(month, left, &working);
            assert_eq!(all.count(cut, month.end()), left);
        }
    }

    #[test]
    fn too_few_periods_say_nothing() {
        assert!(quantiles(vec![1; FEWEST - 1]).unwrap().is_none());
        assert!(quantiles(vec![1; FEWEST]).unwrap().is_some());
    }
}
