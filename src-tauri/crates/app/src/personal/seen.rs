//! Of which deals and customers the person of a personal file can have written: those that they see today,
//! and those that were in the file. A deal that was handed over since is not to swallow what was noted
//! about it on the road.

use std::collections::{BTreeSet, HashMap};

use yeji_core::account::{PersonalFile, UserAccount};
use yeji_core::facts::Opportunity;
use yeji_core::ids::{CustomerId, OpportunityId, PersonId, UnitId};
use yeji_core::org::{OPEN_END, Organisation};

use crate::access::Sight;
use crate::context::App;
use crate::error::Result;

/// What somebody can have written about.
#[derive(Debug)]
pub(super) enum Seen {
    /// About everything.
    All,
    /// About these.
    Some {
        deals: BTreeSet<OpportunityId>,
        customers: BTreeSet<CustomerId>,
    },
}

impl Seen {
    pub fn deal(&self, id: OpportunityId) -> bool {
        match self {
            Self::All => true,
            Self::Some { deals, .. } => deals.contains(&id),
        }
    }

    pub fn customer(&self, id: CustomerId) -> bool {
        match self {
            Self::All => true,
            Self::Some { customers, .. } => customers.contains(&id),
        }
    }
}

impl App {
    /// What the person of a personal file sees, now or when it was made. `merged`: what merged customers
    /// are since.
    pub(super) async fn seen_with(
        &self,
        file: &PersonalFile,
        merged: &HashMap<CustomerId, CustomerId>,
    ) -> Result<Seen> {
        let now = self.account_of(file.person).await?;
        let then = UserAccount {
            role: file.role,
            ..now.clone()
        };
        let made_on = self.clock.local(file.exported_at).date();
        let now = self.seeing_as(now).await?;
        let then = self.seeing_as_on(then, made_on).await?;
        if *now.sight() == Sight::Company {
            return Ok(Seen::All);
        }
        let mut all = now.seen_deals().await?;
        if then.sight() != now.sight() {
            all.extend(then.seen_deals().await?);
        }
        all.extend(self.deals_in_file(file, then.sight()).await?);
        let customers = all.iter().filter_map(|deal| deal.customer);
        Ok(Seen::Some {
            customers: customers
                .map(|id| merged.get(&id).copied().unwrap_or(id))
                .collect(),
            deals: all.iter().map(|deal| deal.id).collect(),
        })
    }

    /// The deals that were in the file, as they were, of those that are others since or gone.
    async fn deals_in_file(&self, file: &PersonalFile, sight: &Sight) -> Result<Vec<Opportunity>> {
        let store = self.store()?;
        let units = match sight {
            Sight::Company => return Ok(Vec::new()),
            Sight::Person(person) => {
                let own = [*person].into_iter();
                return Ok(store.deals_before_file(file.id, own).await?);
            }
            Sight::Units(units) => units,
        };
        let organisation = store.organisation().await?;
        let stays = organisation.memberships().iter();
        let owners: BTreeSet<PersonId> = stays
            .filter(|stay| units.contains(&stay.unit))
            .map(|stay| stay.person)
            .collect();
        let mut deals = store.deals_before_file(file.id, owners.into_iter()).await?;
        deals.retain(|deal| {
            let team = team_of(&organisation, deal);
            team.is_some_and(|team| units.contains(&team))
        });
        Ok(deals)
    }
}

/// The team in which a deal counts: that of its closing, while it is open that of its opening, without
/// dates the owner's last.
fn team_of(organisation: &Organisation, deal: &Opportunity) -> Option<UnitId> {
    let day = deal.closed_on.or(deal.opened_on);
    organisation.team_on(deal.owner, day.unwrap_or(OPEN_END))
}
