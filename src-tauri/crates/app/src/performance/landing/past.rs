//! What would have been said at the same point of earlier periods, from what was known then, and what came.
//!
//! It is what one reads who asks for the landing of that day: made by the same steps, with its interval widened by
//! what was missed before it. How wide intervals must be is learned from the company's landings as deals and new
//! deals alone make them, without units.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::Ratio;
use yeji_core::calendar::Period;
use yeji_insight::landing::{Rest, Said, Widening, land, widening};

use super::rest::same_point;
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
    said: Said,
}

/// What was said of the company, and whether with what new deals bring; kept, as later landings learn from the same.
pub(super) type Known = BTreeMap<(Period, NaiveDate), (Said, bool)>;

impl App {
    /// How far off the company's earlier landings were, oldest first: those made in the same way.
    pub(super) async fn said_of_company(
        &self,
        asked: &Asked,
        known: &mut Known,
    ) -> Result<Vec<Said>> {
        let of_today = asked.new_in(&asked.rests, |_| true);
        let knows_new = new_of_series(of_today, &asked.rests).await?.is_some();
        let mut all = Vec::new();
        for (period, as_of) in asked.past_points() {
            let (said, knew_new) = if let Some(one) = known.get(&(period, as_of)) {
                *one
            } else {
                let one = asked.at(period, as_of)?.said_of_company().await?;
                known.insert((period, as_of), one);
                one
            };
            // Without what new deals bring it was made in another way: its miss says nothing of today's.
            if knew_new || !knows_new {
                all.push(said);
            }
        }
        Ok(all)
    }

    /// What was said of those who are asked for, oldest first.
    pub(super) async fn past_landings(
        &self,
        asked: &Asked,
        known: &mut Known,
    ) -> Result<Vec<Past>> {
        let of_today = asked.new_in(&asked.rests, |_| true);
        let knows_new = new_of_series(of_today, &asked.rests).await?.is_some();
        let mut all = Vec::new();
        for (period, as_of) in asked.past_points() {
            let then = asked.at(period, as_of)?;
            let (_, open) = then.open();
            let Some(whole) = then.whole(&open).await? else {
                continue;
            };
            if knows_new && whole.company().new.is_none() {
                continue;
            }
            let widen = widening(&self.said_of_company(&then, known).await?);
            let landing = whole.total.land_in(whole.company(), widen)?;
            let said = Said {
                landing: landing.landing,
                lower: landing.lower,
                upper: landing.upper,
                actual: then.came(),
            };
            all.push(Past {
                period,
                as_of,
                said,
            });
        }
        Ok(all)
    }
}

impl Asked {
    /// The latest earlier periods with their days at the same point; the first has nothing before it to learn from.
    fn past_points(&self) -> Vec<(Period, NaiveDate)> {
        let skipped = self.earlier.len().saturating_sub(MAX_PAST).max(1);
        let clock = &self.base.world.clock;
        let point = |period: &Period| {
            let Rest { as_of, .. } = same_point(clock, self.smallest, self.as_of, *period);
            (*period, as_of)
        };
        self.earlier.iter().skip(skipped).map(point).collect()
    }

    /// Without units, whose forecasts would move it a little, and not widened.
    async fn said_of_company(&self) -> Result<(Said, bool)> {
        let (_, open) = self.open();
        let open: Vec<_> = open.iter().map(|one| one.open()).collect();
        let new = self.new_in(&self.rests, |_| true);
        let new = new_of_series(new, &self.rests).await?;
        let sum = |to: NaiveDate| {
            let won = self.base.world.won(self.period.start(), to);
            won.fold(0_i64, |sum, (_, minor)| sum.saturating_add(minor))
        };
        let next = self.as_of.succ_opt().unwrap_or(self.as_of);
        let landing = land(sum(next), &open, new, Widening::NONE);
        let landing = landing.ok_or_else(overflow)?;
        let said = Said {
            landing: landing.landing,
            lower: landing.lower,
            upper: landing.upper,
            actual: sum(self.period.end()),
        };
        Ok((said, new.is_some()))
    }

    /// What those who are asked for won in the whole period.
    fn came(&self) -> i64 {
        let (start, end) = (self.period.start(), self.period.end());
        let won = self.base.world.won(start, end);
        let seen = won.filter(|(deal, _)| self.sees(deal.team, deal.owner));
        seen.fold(0_i64, |sum, (_, minor)| sum.saturating_add(minor))
    }

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
            label: words::period(past.period, self.base.args.language),
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
