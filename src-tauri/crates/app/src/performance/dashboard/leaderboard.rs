//! People by what they won.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::goal::attainment;
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::Organisation;

use super::View;
use crate::api::performance::{Drill, LeaderboardRow};
use crate::error::Result;
use crate::organisation::carriers;
use crate::performance::Sums;

impl View<'_> {
    pub(super) async fn leaderboard(
        &self,
        goals: &BTreeMap<PersonId, i64>,
    ) -> Result<Vec<LeaderboardRow>> {
        let unit = self
            .scope
            .unit
            .or(self.organisation.company().map(|unit| unit.id));
        let kept = match unit {
            Some(unit) => self.app.kept_board(unit, self.period()).await?,
            None => None,
        };
        let places = match kept {
            Some(places) => places,
            None => self.places().await?,
        };
        let to = self.period().end();
        let last_day = to.pred_opt().unwrap_or(to);
        let mut rows = Vec::new();
        for place in places {
            let id = place.person;
            let Some(person) = self.organisation.person(id) else {
                continue;
            };
            let goal = goals.get(&id).map(|minor| self.money(*minor));
            // Who sees only their own deals sees of others the place alone, or the amount by policy.
            let is_seen = self.app.require_results_of(id).is_ok();
            let has_amount = is_seen || self.app.policies().board_amounts;
            let sums = place.sums.filter(|_| has_amount);
            let won = sums.map(|sums| self.money(sums.won_minor));
            let reached = match (won, goal) {
                (Some(won), Some(goal)) => attainment(won, goal)?,
                _ => None,
            };
            let team = self
                .organisation
                .team_on(id, last_day)
                .and_then(|unit| self.organisation.unit(unit));
            rows.push(LeaderboardRow {
                rank: place.rank,
                person: id,
                name: person.name.clone(),
                staff_number: person.staff_number.clone(),
                team: team.map(|unit| unit.name.clone()).unwrap_or_default(),
                won_amount: won,
                won_count: sums.map(|sums| sums.won_count),
                goal,
                attainment: reached.map(|ratio| ratio.to_string()),
                drill: is_seen.then(|| Drill {
                    person: Some(id),
                    ..self.drill("won_amount")
                }),
            });
        }
        Ok(rows)
    }

    /// Everybody of the scope by what they won.
    async fn places(&self) -> Result<Vec<Place>> {
        let (from, to) = (self.period().start(), self.period().end());
        let mut sums = of_carriers(&self.organisation, &self.tree, from, to);
        for row in self.app.results_for_board(from, to, self.units()).await? {
            if let Some(person) = row.person {
                sums.insert(person, Sums::of(&row));
            }
        }
        Ok(ranked(&self.organisation, sums))
    }
}

/// A place on a board; without the sums where only the place is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub person: PersonId,
    pub rank: u32,
    pub sums: Option<Sums>,
}

/// Whoever carries a goal stands on a board, also with nothing won.
pub(crate) fn of_carriers(
    organisation: &Organisation,
    units: &[UnitId],
    from: NaiveDate,
    to: NaiveDate,
) -> BTreeMap<PersonId, Sums> {
    carriers(organisation, units, from, to)
        .into_iter()
        .map(|(id, _)| (id, Sums::default()))
        .collect()
}

/// Places by what was won; equal ones share a rank and stand by name.
pub(crate) fn ranked(organisation: &Organisation, sums: BTreeMap<PersonId, Sums>) -> Vec<Place> {
    let mut rows: Vec<(&str, PersonId, Sums)> = sums
        .into_iter()
        .filter_map(|(id, sums)| Some((organisation.person(id)?.name.as_str(), id, sums)))
        .collect();
    rows.sort_by(|(name_a, a, sums_a), (name_b, b, sums_b)| {
        sums_b
            .won_minor
            .cmp(&sums_a.won_minor)
            .then_with(|| name_a.cmp(name_b))
            .then(a.cmp(b))
    });
    let mut places: Vec<Place> = Vec::with_capacity(rows.len());
    let mut before: Option<i64> = None;
    for (at, (_, person, sums)) in rows.into_iter().enumerate() {
        let rank = match places.last() {
            Some(last) if before == Some(sums.won_minor) => last.rank,
            _ => u32::try_from(at + 1).unwrap_or(u32::MAX),
        };
        before = Some(sums.won_minor);
        places.push(Place {
            person,
            rank,
            sums: Some(sums),
        });
    }
    places
}
