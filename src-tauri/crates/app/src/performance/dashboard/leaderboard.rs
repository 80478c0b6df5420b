//! People by what they won.

use std::collections::BTreeMap;

use yeji_core::goal::attainment;
use yeji_core::ids::PersonId;

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
        let (from, to) = (self.period().start(), self.period().end());
        let mut sums: BTreeMap<PersonId, Sums> = carriers(&self.organisation, &self.tree, from, to)
            .into_iter()
            .map(|(id, _)| (id, Sums::default()))
            .collect();
        for row in self.app.results_for_board(from, to, self.units()).await? {
            if let Some(person) = row.person {
                sums.insert(person, Sums::of(&row));
            }
        }
        let last_day = to.pred_opt().unwrap_or(to);
        let mut rows = Vec::new();
        for (id, sums) in sums {
            let Some(person) = self.organisation.person(id) else {
                continue;
            };
            let goal = goals.get(&id).map(|minor| self.money(*minor));
            // Who sees only their own deals sees of others the place alone, or the amount by policy.
            let is_seen = self.app.require_results_of(id).is_ok();
            let has_amount = is_seen || self.app.policies().board_amounts;
            let won = self.money(sums.won_minor);
            let reached = match goal {
                Some(goal) => attainment(won, goal)?,
                None => None,
            };
            let team = self
                .organisation
                .team_on(id, last_day)
                .and_then(|unit| self.organisation.unit(unit));
            let row = LeaderboardRow {
                rank: 0,
                person: id,
                name: person.name.clone(),
                staff_number: person.staff_number.clone(),
                team: team.map(|unit| unit.name.clone()).unwrap_or_default(),
                won_amount: has_amount.then_some(won),
                won_count: has_amount.then_some(sums.won_count),
                goal,
                attainment: reached.map(|ratio| ratio.to_string()),
                drill: is_seen.then(|| Drill {
                    person: Some(id),
                    ..self.drill("won_amount")
                }),
            };
            rows.push((sums.won_minor, row));
        }
        rows.sort_by(|(won_a, a), (won_b, b)| {
            won_b
                .cmp(won_a)
                .then_with(|| a.name.cmp(&b.name))
                .then(a.person.cmp(&b.person))
        });
        for at in 0..rows.len() {
            let tied = at > 0 && rows[at - 1].0 == rows[at].0;
            rows[at].1.rank = if tied {
                rows[at - 1].1.rank
            } else {
                u32::try_from(at + 1).unwrap_or(u32::MAX)
            };
        }
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }
}
