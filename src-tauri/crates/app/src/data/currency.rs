//! The company's currency: the first facts fix it.

use yeji_core::Currency;
use yeji_store::{DealQuery, Entity};

use crate::context::App;
use crate::error::Result;

impl App {
    /// The company's currency once a fact has an amount in it. Until then an import may still change
    /// it: an import whose rows were all refused has fixed nothing.
    pub(crate) async fn fixed_currency(&self) -> Result<Option<Currency>> {
        if self.has_amounts().await? {
            self.currency().await.map(Some)
        } else {
            Ok(None)
        }
    }

    /// Deals, papers, prices, goals, target bonuses or a plan's default one. The quick questions come first.
    async fn has_amounts(&self) -> Result<bool> {
        let store = self.store()?;
        let span = store.data_span().await?;
        if span.first_closed.or(span.first_opened).is_some()
            || !store.goal_plans().await?.is_empty()
            || !store.target_bonuses().await?.is_empty()
        {
            return Ok(true);
        }
        let assignments = store.plan_assignments().await?;
        if assignments.iter().any(|one| one.target_bonus.is_some()) {
            return Ok(true);
        }
        for version in store.bonus_plans().await? {
            let plan = crate::bonus::plan::read(&version.document)?;
            if plan.default_target_bonus.is_some() {
                return Ok(true);
            }
        }
        let products = store.products().await?;
        if products
            .iter()
            .any(|product| product.list_price.or(product.cost).is_some())
        {
            return Ok(true);
        }
        for papers in [
            Entity::Contract,
            Entity::Invoice,
            Entity::Receipt,
            Entity::OrderLine,
        ] {
            if store.count_of(papers).await? > 0 {
                return Ok(true);
            }
        }
        // Deals without any date.
        let one = DealQuery {
            limit: 1,
            ..DealQuery::all()
        };
        Ok(!store.deals(&one).await?.rows.is_empty())
    }
}
