//! By which plan a period is reckoned for somebody, and the engine's input for it: in the company's store
//! everybody's, in a personal file the own part that it was made with.

use yeji_bonus::{CalculateInput, Plan};
use yeji_core::calendar::Period;
use yeji_core::ids::PersonId;

use super::assign::Assigned;
use super::if_error::BonusIfError;
use crate::access::Actor;
use crate::context::App;
use crate::error::Result;

impl App {
    /// The plan of a person for what is to come, as it holds today; `None`: that of everybody who is assigned
    /// to none.
    pub(super) async fn bonus_plan_of(&self, person: Option<PersonId>) -> Result<Plan> {
        let today = self.clock.today();
        let book = self.plan_book().await?;
        let organisation = self.store()?.organisation().await?;
        let assigned = Assigned::new(&book, &organisation);
        let tomorrow = today.succ_opt().unwrap_or(today);
        let under = person.map(|person| assigned.under(person, today, tomorrow));
        let code = under.and_then(|days| days.into_iter().next());
        let code = code.map(|one| one.plan);
        Ok(self.plan_on(code.as_deref(), today).await?.1)
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
