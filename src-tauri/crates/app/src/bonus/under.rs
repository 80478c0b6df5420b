//! By which plan a period is reckoned for somebody, and the engine's input for it: in the company's store
//! everybody's, in a personal file the own part that it was made with.

use yeji_bonus::{CalculateInput, Plan};
use yeji_core::calendar::Period;
use yeji_core::ids::PersonId;

use super::if_error::BonusIfError;
use crate::access::Actor;
use crate::context::App;
use crate::error::Result;

impl App {
    /// The plan of a person for what is to come; `None`: of the company. There is one for all so far.
    pub(super) async fn bonus_plan_of(&self, _person: Option<PersonId>) -> Result<Plan> {
        Ok(self.plan_in_force().await?.1)
    }

    /// What a period is calculated from, as it stands.
    pub(super) async fn input_as_it_stands(
        &self,
        plan: &Plan,
        period: Period,
    ) -> Result<CalculateInput> {
        if let Actor::Owner(_) = self.actor() {
            let parts = self.own_parts_in_file().await?;
            let found = parts
                .periods
                .into_iter()
                .find(|part| part.period == period && part.plan == *plan);
            return found.ok_or_else(|| BonusIfError::NotInFile { period }.into());
        }
        Box::pin(self.bonus_input(plan, period)).await
    }
}
