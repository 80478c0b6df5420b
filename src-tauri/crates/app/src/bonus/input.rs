//! The input of `bonus.calculate` for a period: who carries a goal, their goals, target bonuses and deals.

use std::collections::BTreeMap;

use yeji_bonus::{CalculateInput, DealInput, PersonInput, Plan, TargetBonusInput};
use yeji_core::Money;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::goal::TargetBonus;
use yeji_core::ids::PersonId;
use yeji_core::metric::GoalMetric;

use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::{carriers, depth_first};

impl App {
    pub(super) async fn bonus_input(&self, plan: &Plan, period: Period) -> Result<CalculateInput> {
        if period.kind() != PeriodKind::Quarter {
            return Err(Error::input(
                "period",
                &period.to_string(),
                "a quarter, as in 2017-Q4",
            ));
        }
        let store = self.store()?;
        let organisation = store.organisation().await?;
        let company = organisation.company().ok_or_else(|| Error::Nobody {
            period: period.to_string(),
        })?;
        let currency = self.currency().await?;
        let tree = depth_first(&organisation, company.id);
        let mut deals = self.deals_by_owner(period).await?;
        let mut people: Vec<PersonId> =
            carriers(&organisation, &tree, period.start(), period.end())
                .into_iter()
                .map(|(id, _)| id)
                .collect();
        // Whoever sold in the period gets a statement, even if it says that there was no goal.
        people.extend(deals.keys().copied());
        people.sort();
        people.dedup();
        let index = self.goal_index(GoalMetric::WonAmount).await?;
        // A statement is made of the same input whoever looks at it; only their own is shown to them.
        let whole = self.seeing_everything();
        let goals = whole.goals_by_person(&index, period).await?;
        let targets = store.target_bonuses().await?;
        let mut inputs: Vec<PersonInput> = people
            .into_iter()
            .filter_map(|id| organisation.person(id))
            .map(|person| PersonInput {
                person: person.id.to_string(),
                name: person.name.clone(),
                goal: goals
                    .get(&person.id)
                    .map(|minor| Money::new(*minor, currency)),
                target_bonus: target_bonus_in(&targets, person.id, period).map(|record| {
                    TargetBonusInput {
                        amount: record.per_quarter,
                        source: record.from.to_string(),
                    }
                }),
                deals: deals.remove(&person.id).unwrap_or_default(),
            })
            .collect();
        inputs.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.person.cmp(&b.person)));
        Ok(CalculateInput {
            plan: plan.clone(),
            period,
            as_of: self.clock.today(),
            currency,
            people: inputs,
        })
    }

    /// Won deals of the period by owner, in order of closing date and id, from one statement: what is
    /// written meanwhile is in all of it or in none.
    async fn deals_by_owner(&self, period: Period) -> Result<BTreeMap<PersonId, Vec<DealInput>>> {
        let deals = self
            .store()?
            .won_opportunities(period.start(), period.end())
            .await?;
        let mut by_owner: BTreeMap<PersonId, Vec<DealInput>> = BTreeMap::new();
        for deal in deals {
            // A won deal without amount counts nothing; the import has listed it as a warning.
            let (Some(amount), Some(closed_on)) = (deal.amount, deal.closed_on) else {
                continue;
            };
            by_owner.entry(deal.owner).or_default().push(DealInput {
                id: deal.id.to_string(),
                label: deal.origin.external_id,
                closed_on,
                amount,
            });
        }
        Ok(by_owner)
    }
}

/// The record in force on the period's first day, else the first one that starts within it.
/// (A change within the period is prorated with the issue on bonus plans.)
fn target_bonus_in(
    records: &[TargetBonus],
    person: PersonId,
    period: Period,
) -> Option<&TargetBonus> {
    records
        .iter()
        .filter(|record| {
            record.person == person && record.from < period.end() && period.start() < record.to
        })
        .min_by_key(|record| record.from)
}
