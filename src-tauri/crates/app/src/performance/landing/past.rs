//! What would have been said at the same point of earlier periods, from what was known then, and what came.

use chrono::NaiveDate;
use yeji_core::Ratio;
use yeji_core::calendar::Period;
use yeji_insight::landing::{Said, Widening, land};

use super::rest::{Rests, same_point};
use super::rows::new_of_series;
use super::{Asked, overflow};
use crate::api::forecast::PastLanding;
use crate::context::App;
use crate::error::Result;
use crate::words;

/// Earlier periods that are looked at.
const MAX_PAST: usize = 8;

/// A landing of an earlier period.
pub(super) struct Past {
    period: Period,
    as_of: NaiveDate,
    pub said: Said,
}

impl App {
    /// Oldest first.
    pub(super) async fn past_landings(&self, asked: &Asked) -> Result<Vec<Past>> {
        let mut all = Vec::new();
        let organisation = &asked.question.organisation;
        let today = asked.seen_new(&asked.rests);
        let knows_new = new_of_series(today, &asked.rests).await?.is_some();
        let skipped = asked.earlier.len().saturating_sub(MAX_PAST);
        for (at, period) in asked.earlier.iter().enumerate().skip(skipped) {
            // The first has nothing before it to learn from.
            if at == 0 {
                continue;
            }
            let (as_of, left) = same_point(asked.smallest, asked.as_of, *period);
            let points = asked.points(&asked.earlier[..at]);
            let now = (as_of, left);
            let (_, open) = asked.world.open_on(now, false, &points, organisation);
            let open: Vec<_> = open
                .iter()
                .filter(|one| asked.sees(one.unit, asked.world.deals[one.deal].owner))
                .map(|one| one.open())
                .collect();
            let next = as_of.succ_opt().unwrap_or(as_of);
            let won = |from: NaiveDate, to: NaiveDate| {
                let won = asked.world.won(from, to);
                let seen = won.filter(|(deal, _)| asked.sees(deal.team, deal.owner));
                seen.fold(0_i64, |sum, (_, minor)| sum.saturating_add(minor))
            };
            let rests = Rests::new(asked.months_before(as_of), as_of, period.end())?;
            let new = new_of_series(asked.seen_new(&rests), &rests).await?;
            // Without what new deals bring it was made in another way: its miss says nothing of today's.
            if knows_new && new.is_none() {
                continue;
            }
            let landing = land(won(period.start(), next), &open, new, Widening::NONE);
            let landing = landing.ok_or_else(overflow)?;
            all.push(Past {
                period: *period,
                as_of,
                said: Said {
                    landing: landing.landing,
                    lower: landing.lower,
                    upper: landing.upper,
                    actual: won(period.start(), period.end()),
                },
            });
        }
        Ok(all)
    }
}

impl Asked {
    pub(super) fn past_row(&self, past: &Past) -> PastLanding {
        let Said {
            landing,
            lower,
            upper,
            actual,
        } = past.said;
        let off = Ratio::new(i128::from(landing) - i128::from(actual), i128::from(actual));
        PastLanding {
            period: past.period.to_string(),
            label: words::period(past.period, self.args.language),
            as_of: past.as_of,
            landing: self.text(landing),
            lower: self.text(lower),
            upper: self.text(upper),
            actual: self.text(actual),
            off: off.ok().map(|off| off.to_string()),
            held: lower <= actual && actual <= upper,
        }
    }
}
