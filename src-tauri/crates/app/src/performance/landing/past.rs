//! What would have been said at the same point of earlier periods, from what was known then, and what came.

use chrono::NaiveDate;
use yeji_core::Ratio;
use yeji_core::calendar::Period;
use yeji_core::ids::{PersonId, UnitId};
use yeji_insight::landing::{New, Said, Widening, land};

use super::rest::{Rests, same_point};
use super::rows::new_of_series;
use super::world::OpenDeal;
use super::{Asked, overflow};
use crate::api::forecast::PastLanding;
use crate::context::App;
use crate::error::Result;
use crate::words;

/// Earlier periods that are looked at.
const MAX_PAST: usize = 8;

/// Landings of an earlier period; none where it would have been made in another way than today's.
pub(super) struct Past {
    period: Period,
    as_of: NaiveDate,
    /// Of what is seen.
    pub said: Option<Said>,
    /// Of the company, which says how wide everybody's intervals are.
    pub of_company: Option<Said>,
}

/// The point of an earlier period, and what was open then.
struct Point<'a> {
    period: Period,
    as_of: NaiveDate,
    rests: Rests,
    open: &'a [OpenDeal],
}

impl App {
    /// Oldest first.
    pub(super) async fn past_landings(&self, asked: &Asked) -> Result<Vec<Past>> {
        let mut all = Vec::new();
        let organisation = &asked.question.organisation;
        let is_company = asked.person.is_none() && asked.question.units.is_none();
        let of_today = asked.new_in(&asked.rests, |_| true);
        let knows_new = new_of_series(of_today, &asked.rests).await?.is_some();
        let skipped = asked.earlier.len().saturating_sub(MAX_PAST);
        for (at, period) in asked.earlier.iter().enumerate().skip(skipped) {
            // The first has nothing before it to learn from.
            if at == 0 {
                continue;
            }
            let clock = &asked.world.clock;
            let rest = same_point(clock, asked.smallest, asked.as_of, *period);
            let as_of = rest.as_of;
            let points = asked.points(&asked.earlier[..at]);
            let (_, open) = asked.world.open_on(rest, false, &points, organisation);
            let point = Point {
                period: *period,
                as_of,
                rests: Rests::new(clock, asked.months_before(as_of), as_of, period.end())?
                    .levelled(&asked.world),
                open: &open,
            };
            let new = asked.new_in(&point.rests, |_| true);
            let new = new_of_series(new, &point.rests).await?;
            let of_company = asked.said_at(&point, new, knows_new, |_, _| true)?;
            let said = if is_company {
                of_company
            } else {
                let new = asked.new_seen_at(&point).await?;
                asked.said_at(&point, new, knows_new, |unit, owner| {
                    asked.sees(unit, owner)
                })?
            };
            all.push(Past {
                period: *period,
                as_of,
                said,
                of_company,
            });
        }
        Ok(all)
    }
}

impl Asked {
    /// What new deals of those who are seen were expected to bring.
    async fn new_seen_at(&self, point: &Point<'_>) -> Result<Option<New>> {
        if let Some(person) = self.person {
            return self.new_of_person(person, point.as_of, &point.rests).await;
        }
        let seen = self.new_in(&point.rests, |deal| self.sees(deal.team, deal.owner));
        new_of_series(seen, &point.rests).await
    }

    fn said_at(
        &self,
        point: &Point<'_>,
        new: Option<New>,
        knows_new: bool,
        sees: impl Fn(Option<UnitId>, PersonId) -> bool,
    ) -> Result<Option<Said>> {
        // Without what new deals bring it was made in another way: its miss says nothing of today's.
        if knows_new && new.is_none() {
            return Ok(None);
        }
        let open = point.open.iter();
        let open = open.filter(|one| sees(one.unit, self.world.deals[one.deal].owner));
        let open: Vec<_> = open.map(|one| one.open()).collect();
        let won = |from: NaiveDate, to: NaiveDate| {
            let won = self.world.won(from, to);
            let of_view = won.filter(|(deal, _)| sees(deal.team, deal.owner));
            of_view.fold(0_i64, |sum, (_, minor)| sum.saturating_add(minor))
        };
        let (period, next) = (point.period, point.as_of.succ_opt().unwrap_or(point.as_of));
        let landing = land(won(period.start(), next), &open, new, Widening::NONE);
        let landing = landing.ok_or_else(overflow)?;
        Ok(Some(Said {
            landing: landing.landing,
            lower: landing.lower,
            upper: landing.upper,
            actual: won(period.start(), period.end()),
        }))
    }

    pub(super) fn past_row(&self, past: &Past) -> Option<PastLanding> {
        let Said {
            landing,
            lower,
            upper,
            actual,
        } = past.said?;
        let off = Ratio::new(i128::from(landing) - i128::from(actual), i128::from(actual));
        Some(PastLanding {
            period: past.period.to_string(),
            label: words::period(past.period, self.args.language),
            as_of: past.as_of,
            landing: self.text(landing),
            lower: self.text(lower),
            upper: self.text(upper),
            actual: self.text(actual),
            off: off.ok().map(|off| off.to_string()),
            held: lower <= actual && actual <= upper,
        })
    }
}
