//! What to know about a dashboard's figures.

use chrono::Datelike;
use yeji_core::calendar::{PeriodKind, periods};

use super::View;
use crate::api::Message;
use crate::error::Result;

impl View<'_> {
    pub(super) async fn notes(&self) -> Result<Vec<Message>> {
        let mut notes = Vec::new();
        let period = self.period();
        let (Some(first), Some(last)) = (self.span.first_closed, self.span.last_closed) else {
            return Ok(notes);
        };
        let with_data = self.app.months_with_data().await?;
        let without: Vec<String> = periods(PeriodKind::Month, period.start(), period.end())
            .into_iter()
            .filter(|month| month.end() <= first && !with_data.contains(&month.start()))
            .map(|month| month.to_string())
            .collect();
        if !without.is_empty() {
            notes.push(Message::new(
                "months_without_data",
                &[("months", without.join(", "))],
            ));
        }
        if let Some(days) = self.days_so_far() {
            let code = match self.comparison() {
                Some(_) => "data_ends_before_period_end",
                None => "data_ends_without_comparison",
            };
            let params = [
                ("date", last.to_string()),
                ("period", period.to_string()),
                ("days", days.to_string()),
            ];
            notes.push(Message::new(code, &params));
        }
        let year = period.start().year();
        match self.index.plan_on(period.start()) {
            None => notes.push(Message::new(
                "no_goal_for_year",
                &[("year", year.to_string())],
            )),
            Some(plan) if plan.rule.is_none() => {
                notes.push(Message::new(
                    "goal_not_split",
                    &[("year", year.to_string())],
                ));
            }
            Some(_) => {}
        }
        notes.extend(self.index.notes(period));
        Ok(notes)
    }
}
