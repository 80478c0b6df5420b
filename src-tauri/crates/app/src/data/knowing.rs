//! What the store holds already of what an import brings.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;
use yeji_core::facts::{Batch, Opportunity};
use yeji_core::goal::GoalPlanState;
use yeji_core::metric::GoalMetric;
use yeji_intake::Kind;
use yeji_store::{Brought, Entity, OpportunityIndex, Record};

use super::duplicates::merged;
use super::import::leaves_deals_out;
use super::planner::{self, Known, KnownGoals, entities_of, names_deals};
use super::session::MappedTable;
use super::sources::{Claim, table_of};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::Result;

impl App {
    /// Everything that the rows of these tables can be of, or refer to. `few_rows`: most lines of the
    /// only table are not read, and deals are looked up for the others alone.
    pub(super) async fn what_is_known(
        &self,
        tables: &[MappedTable],
        source: &str,
        partners: &[String],
        batches: &[Batch],
        few_rows: bool,
    ) -> Result<Known> {
        let store = self.store()?;
        let as_imported = self.as_imported(tables, source, partners).await?;
        let (opportunities, deals) = if few_rows {
            let edited = as_imported.keys().copied();
            (
                self.deals_of_rows(tables, source).await?,
                store.spoken_of_opportunities(source, edited).await?,
            )
        } else {
            self.known_deals(tables, source, partners, &as_imported)
                .await?
        };
        let redirects = store.customer_redirects().await?;
        let any = |is: fn(Kind) -> bool| tables.iter().any(|table| is(table.mapping.kind));
        Ok(Known {
            claims: self.known_claims(tables).await?,
            as_imported,
            batch_times: batches.iter().map(|batch| (batch.id, batch.at)).collect(),
            organisation: store.organisation().await?,
            customers: store.customers().await?,
            products: store.products().await?,
            aliases: store.aliases(source).await?,
            opportunities,
            deal_owners: store.deal_owners().await?,
            names_taken_back: store.names_taken_back().await?,
            deals,
            other_deals: if any(names_deals) {
                store.deals_of_other_sources(source).await?
            } else {
                HashMap::new()
            },
            facts: self.known_facts(tables, source, partners).await?,
            credited: if any(|kind| kind == Kind::Credits) {
                store.credited_elsewhere(source).await?
            } else {
                HashMap::new()
            },
            merged: merged(&redirects),
            named: self.namings(&redirects).await?,
            target_bonuses: store.target_bonuses().await?,
            goals: if any(|kind| kind == Kind::Goals) {
                self.known_goals().await?
            } else {
                KnownGoals::default()
            },
        })
    }

    /// The deals that the rows of a table may be of, where most of its lines are not read.
    async fn deals_of_rows(
        &self,
        tables: &[MappedTable],
        source: &str,
    ) -> Result<OpportunityIndex> {
        let tables = tables.to_vec();
        let external_ids = blocking(move || planner::identities(&tables)).await?;
        Ok(self
            .store()?
            .opportunities_among(source, &external_ids)
            .await?)
    }

    /// The deals of the source and of those that it shares its records with: all by identity, and in
    /// full those of which the import may leave something as it is.
    async fn known_deals(
        &self,
        tables: &[MappedTable],
        source: &str,
        partners: &[String],
        as_imported: &HashMap<Uuid, Brought>,
    ) -> Result<(OpportunityIndex, HashMap<String, Opportunity>)> {
        let store = self.store()?;
        let mut index = store.opportunities_index(source).await?;
        let mut deals = if tables.iter().any(leaves_deals_out) {
            store.opportunities_of(source).await?
        } else {
            let edited = as_imported.keys().copied();
            store.spoken_of_opportunities(source, edited).await?
        };
        let brings_deals = tables
            .iter()
            .any(|table| table.mapping.kind == Kind::Opportunities);
        for partner in partners {
            if brings_deals {
                for (identity, deal) in store.opportunities_of(partner).await? {
                    if index.get(&identity).is_none() {
                        deals.entry(identity).or_insert(deal);
                    }
                }
            }
            index.add_missing(store.opportunities_index(partner).await?);
        }
        Ok((index, deals))
    }

    /// What is kept of what sources say of records of the import's kinds.
    async fn known_claims(&self, tables: &[MappedTable]) -> Result<HashMap<Uuid, Vec<Claim>>> {
        let mut claims: HashMap<Uuid, Vec<Claim>> = HashMap::new();
        for entity in spoken_of(tables) {
            for claim in self.store()?.source_claims(entity).await? {
                claims.entry(claim.record).or_default().push(claim.into());
            }
        }
        Ok(claims)
    }

    /// The records of the source and its partners that people have written since their import.
    async fn as_imported(
        &self,
        tables: &[MappedTable],
        source: &str,
        partners: &[String],
    ) -> Result<HashMap<Uuid, Brought>> {
        let sources: Vec<String> = std::iter::once(source.to_owned())
            .chain(partners.iter().cloned())
            .collect();
        let mut found = HashMap::new();
        for entity in spoken_of(tables) {
            found.extend(self.store()?.as_imported(entity, &sources).await?);
        }
        Ok(found)
    }

    /// The records of the source and its partners, of the tables that the import's kinds ask for.
    async fn known_facts(
        &self,
        tables: &[MappedTable],
        source: &str,
        partners: &[String],
    ) -> Result<HashMap<Entity, HashMap<String, Record>>> {
        let mut known = HashMap::new();
        for entity in tables
            .iter()
            .flat_map(|table| entities_of(table.mapping.kind))
        {
            if let Entry::Vacant(place) = known.entry(entity) {
                let mut facts = self.store()?.facts_of(entity, source).await?;
                for partner in partners {
                    for (identity, record) in self.store()?.facts_of(entity, partner).await? {
                        facts.entry(identity).or_insert(record);
                    }
                }
                place.insert(facts);
            }
        }
        Ok(known)
    }

    /// The goals of won amounts, with the leaves of the versions in force.
    async fn known_goals(&self) -> Result<KnownGoals> {
        let store = self.store()?;
        let mut plans = store.goal_plans().await?;
        plans.retain(|plan| plan.metric == GoalMetric::WonAmount);
        let (mut in_force, mut locks) = (Vec::new(), Vec::new());
        for plan in plans
            .iter()
            .filter(|plan| plan.state == GoalPlanState::Published)
        {
            in_force.push((plan.year, store.goal_cells(plan.id).await?));
            locks.extend(store.goal_locks(plan.id).await?);
        }
        KnownGoals::new(
            plans,
            in_force,
            locks,
            self.company_calendar().await?.fiscal()?,
        )
    }
}

/// Tables of whose records it is kept what sources say, of those that these files write.
fn spoken_of(tables: &[MappedTable]) -> BTreeSet<Entity> {
    let of_kinds = tables
        .iter()
        .filter_map(|table| table_of(table.mapping.kind));
    of_kinds
        .chain([Entity::Customer, Entity::Product])
        .collect()
}
