//! Runs and statements for the window.

use chrono::{DateTime, Utc};
use yeji_bonus::{CalculateOutput, Note, Plan, Statement};
use yeji_core::calendar::Period;
use yeji_core::facts::Stage;
use yeji_core::ids::{BonusRunId, PersonId};
use yeji_core::org::Organisation;
use yeji_store::{DealDate, DealQuery};

use crate::api::Message;
use crate::api::bonus::{BonusRun, StatementLineView, StatementSummary, StatementView, TraceStep};
use crate::context::App;
use crate::error::Result;
use crate::performance::record_row;

/// Names of a note's list.
const MAX_NAMES: usize = 12;

impl App {
    pub(super) async fn run_view(
        &self,
        id: Option<BonusRunId>,
        at: DateTime<Utc>,
        plan: &Plan,
        output: &CalculateOutput,
        inputs_hash: String,
        mut notes: Vec<Message>,
    ) -> Result<BonusRun> {
        let organisation = self.store()?.organisation().await?;
        let mut statements = output
            .statements
            .iter()
            .map(|statement| summary(&organisation, statement))
            .collect::<Result<Vec<_>>>()?;
        statements.sort_by(|a, b| {
            b.payout.minor.cmp(&a.payout.minor).then_with(|| a.name.cmp(&b.name)).then(a.person.cmp(&b.person))
        });
        notes.extend(output.notes.iter().map(message));
        for (code, reason) in [("no_target_bonus_people", "no_target_bonus"), ("no_goal_people", "no_goal")] {
            let names: Vec<&str> = statements
                .iter()
                .filter(|statement| statement.notes.iter().any(|note| note.code == reason))
                .map(|statement| statement.name.as_str())
                .collect();
            if !names.is_empty() {
                let listed = names.iter().take(MAX_NAMES).copied().collect::<Vec<_>>().join(", ");
                let more = names.len().saturating_sub(MAX_NAMES);
                let listed = if more > 0 { format!("{listed} … (+{more})") } else { listed };
                notes.push(Message::new(code, &[("count", names.len().to_string()), ("names", listed)]));
            }
        }
        Ok(BonusRun {
            id,
            period: output.period,
            at,
            engine_version: output.engine_version.clone(),
            inputs_hash,
            plan_name_zh: plan.name.zh.clone(),
            plan_name_en: plan.name.en.clone(),
            statements,
            total: output.total,
            notes,
        })
    }

    pub(super) async fn statement_view(
        &self,
        statement: &Statement,
        engine_version: &str,
        inputs_hash: String,
    ) -> Result<StatementView> {
        let organisation = self.store()?.organisation().await?;
        let person: PersonId = statement.person.parse()?;
        let counted: std::collections::BTreeSet<&str> = statement.deals.iter().map(|deal| deal.id.as_str()).collect();
        let deals = self
            .deals_of(person, statement.period)
            .await?
            .into_iter()
            .filter(|row| counted.contains(row.id.to_string().as_str()))
            .map(record_row)
            .collect();
        Ok(StatementView {
            summary: summary(&organisation, statement)?,
            lines: statement
                .lines
                .iter()
                .map(|line| StatementLineView { label: message(&line.label), amount: line.amount })
                .collect(),
            steps: statement
                .trace
                .iter()
                .map(|step| TraceStep {
                    step: serde_json::to_value(step.step)
                        .ok()
                        .and_then(|value| value.as_str().map(str::to_owned))
                        .unwrap_or_default(),
                    explain: message(&step.explain),
                    formula: step.formula.clone(),
                    value: step.value.clone(),
                })
                .collect(),
            deals,
            inputs_hash,
            engine_version: engine_version.to_owned(),
        })
    }

    async fn deals_of(&self, person: PersonId, period: Period) -> Result<Vec<yeji_store::DealRow>> {
        let mut rows = Vec::new();
        let mut query = DealQuery {
            from: Some(period.start()),
            to: Some(period.end()),
            person: Some(person),
            stages: Some(vec![Stage::Won]),
            date: DealDate::Closed,
            limit: DealQuery::MAX_PAGE_ROWS,
            ..DealQuery::all()
        };
        loop {
            let page = self.store()?.deals(&query).await?;
            rows.extend(page.rows);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(rows),
            }
        }
    }
}

fn message(note: &Note) -> Message {
    Message { code: note.code.clone(), params: note.params.clone() }
}

fn summary(organisation: &Organisation, statement: &Statement) -> Result<StatementSummary> {
    let person: PersonId = statement.person.parse()?;
    let last_day = statement.period.end().pred_opt().unwrap_or(statement.period.end());
    let team = organisation.team_on(person, last_day).and_then(|unit| organisation.unit(unit));
    Ok(StatementSummary {
        person,
        name: statement.name.clone(),
        staff_number: organisation.person(person).and_then(|person| person.staff_number.clone()),
        team: team.map(|unit| unit.name.clone()),
        goal: statement.goal,
        actual: statement.actual,
        attainment: statement.attainment.map(|ratio| ratio.to_string()),
        target_bonus: statement.target_bonus,
        payout: statement.payout,
        notes: statement.notes.iter().map(message).collect(),
    })
}
