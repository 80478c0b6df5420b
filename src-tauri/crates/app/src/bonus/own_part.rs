//! The part of a period's input that concerns one person, for their personal file: with it the file can
//! say offline what a deal would pay, by the same engine.
//!
//! Whether the part is enough is not judged by the plan's settings but tried: a part is only taken if it
//! gives the person's statement to the last step. With team pools or roll-ups it does not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use yeji_bonus::{CalculateInput, FactInput, ShareInput, Statement};
use yeji_core::calendar::PeriodKind;
use yeji_core::facts::Opportunity;
use yeji_core::ids::{OpportunityId, PersonId};
use yeji_core::{Money, Ratio};
use yeji_store::Setting;

use crate::blocking::blocking;
use crate::context::App;
use crate::error::{Error, Result};

/// Setting of a personal file: own parts of the running year's periods.
const OWN_PARTS: &str = "bonus_own_parts";
/// Who has the rest of a deal. Others' shares are nobody's business.
const OTHERS: &str = "others";
/// What a plan's filter may ask of a fact in a personal file: of customers and products it has the names.
const ATTRIBUTES: [&str; 2] = ["customer", "product"];

/// What a personal file is given.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct OwnParts {
    /// The running periods of the person's plans and the later ones of the year.
    pub periods: Vec<CalculateInput>,
    /// Own shares of open deals that are not the person's alone, as `n/d`.
    pub shares: BTreeMap<OpportunityId, String>,
}

impl App {
    /// Of the person whose file is made: the periods of this year from the running one on. `deals`: their
    /// own, which are in the file.
    pub(crate) async fn own_parts_setting(
        &self,
        person: PersonId,
        deals: &[Opportunity],
    ) -> Result<Option<Setting>> {
        let days = self.plan_days().await?;
        let today = days.today;
        let year = days.fiscal.containing(PeriodKind::Year, today)?;
        let whole = self.seeing_everything();
        let mut own = OwnParts::default();
        for run in days.runs_of(person, (year.start(), year.end()))? {
            if run.period.end() <= today || !run.held {
                continue;
            }
            let input = match whole.bonus_input(&run.plan, run.period).await {
                Ok(input) => input,
                // What cannot be calculated for the company has no part either; that it cannot be read
                // is another thing.
                Err(error @ Error::Store(_)) => return Err(error),
                Err(error) => {
                    tracing::info!("no own part of {}: {error}", run.period);
                    continue;
                }
            };
            let part = blocking(move || Ok(own_part(&input, person)));
            own.periods.extend(part.await?);
        }
        if own.periods.is_empty() {
            return Ok(None);
        }
        let store = self.store()?;
        let nothing = Money::new(0, self.currency().await?);
        let open = deals
            .iter()
            .filter(|deal| deal.owner == person && deal.stage.is_open());
        for deal in open {
            let known = store.bonus_deal_if_won(deal.id, today, nothing).await?;
            let credits = known.map(|known| known.credits).unwrap_or_default();
            let share = credits.iter().find(|credit| credit.person == person);
            let share = share.map_or(Ratio::ZERO, |credit| credit.share);
            if share != Ratio::ONE {
                own.shares.insert(deal.id, share.to_string());
            }
        }
        Ok(Some(Setting {
            key: OWN_PARTS.to_owned(),
            value: serde_json::to_value(&own).map_err(yeji_store::Error::from)?,
        }))
    }

    /// What the file was made with.
    pub(super) async fn own_parts_in_file(&self) -> Result<OwnParts> {
        let Some(value) = self.store()?.setting(OWN_PARTS).await? else {
            return Ok(OwnParts::default());
        };
        Ok(serde_json::from_value(value).map_err(yeji_store::Error::from)?)
    }

    /// Whose a deal is, in a personal file: its own share, and the rest somebody's.
    pub(super) async fn own_credits(
        &self,
        deal: &Opportunity,
        person: PersonId,
    ) -> Result<Vec<ShareInput>> {
        let parts = self.own_parts_in_file().await?;
        let share = match parts.shares.get(&deal.id) {
            Some(share) => share.parse()?,
            None => Ratio::ONE,
        };
        Ok(divided(&person.to_string(), share))
    }
}

/// An own share, and the rest somebody's.
fn divided(person: &str, share: Ratio) -> Vec<ShareInput> {
    let mut credits = vec![ShareInput {
        person: person.to_owned(),
        share,
    }];
    if let Ok(rest) = Ratio::ONE.checked_sub(share)
        && rest > Ratio::ZERO
    {
        credits.push(ShareInput {
            person: OTHERS.to_owned(),
            share: rest,
        });
    }
    credits
}

/// The input of one person alone; none where it does not give their statement.
fn own_part(input: &CalculateInput, person: PersonId) -> Option<CalculateInput> {
    let id = person.to_string();
    let own = input.facts.iter().filter_map(|fact| own_fact(fact, &id));
    let part = CalculateInput {
        people: input
            .people
            .iter()
            .filter(|one| one.person == id)
            .cloned()
            .collect(),
        facts: own.collect(),
        reports: Vec::new(),
        teams: Vec::new(),
        adjustments: input
            .adjustments
            .iter()
            .filter(|one| one.person == id)
            .cloned()
            .collect(),
        ..input.clone()
    };
    let of = |input: &CalculateInput| -> Option<Statement> {
        let output = yeji_bonus::calculate(input).ok()?;
        output.statements.into_iter().find(|one| one.person == id)
    };
    (of(&part)? == of(input)?).then_some(part)
}

/// A fact as the person may see it: without what it cost, and without others' shares.
fn own_fact(fact: &FactInput, id: &str) -> Option<FactInput> {
    let is_own = |share: &&ShareInput| share.person == id;
    let listed = fact.credits.iter().find(is_own);
    let overlays: Vec<ShareInput> = fact.overlays.iter().filter(is_own).cloned().collect();
    if listed.is_none() && overlays.is_empty() {
        return None;
    }
    let mut attributes = fact.attributes.clone();
    attributes.retain(|name, _| ATTRIBUTES.contains(&name.as_str()));
    Some(FactInput {
        margin: None,
        credits: divided(id, listed.map_or(Ratio::ZERO, |own| own.share)),
        overlays,
        attributes,
        ..fact.clone()
    })
}
