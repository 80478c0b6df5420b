//! Runs and statements for the window.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use yeji_bonus::{CalculateOutput, CountedDeal, Note, Plan, Statement};
use yeji_core::calendar::Period;
use yeji_core::facts::Stage;
use yeji_core::ids::{BonusRunId, PersonId};
use yeji_core::metric::GoalMetric;
use yeji_core::org::Organisation;
use yeji_store::{DealDate, DealQuery};

use crate::api::Message;
use crate::api::bonus::{BonusRun, StatementLineView, StatementSummary, StatementView, TraceStep};
use crate::api::performance::RecordRow;
use crate::context::App;
use crate::error::Result;
use crate::performance::record_row;

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
            b.payout
                .minor
                .cmp(&a.payout.minor)
                .then_with(|| a.name.cmp(&b.name))
                .then(a.person.cmp(&b.person))
        });
        notes.extend(output.notes.iter().map(message));
        notes.extend(
            self.goal_index(GoalMetric::WonAmount)
                .await?
                .notes(output.period),
        );
        // A run goes on with a doubtful plan (errors are refused before), but not in silence.
        notes.extend(yeji_bonus::check(plan).into_iter().map(|problem| Message {
            code: problem.code,
            params: problem.params,
        }));
        for (code, reason) in [
            ("no_target_bonus_people", "no_target_bonus"),
            ("no_goal_people", "no_goal"),
        ] {
            let names: Vec<&str> = statements
                .iter()
                .filter(|statement| statement.notes.iter().any(|note| note.code == reason))
                .map(|statement| statement.name.as_str())
                .collect();
            if !names.is_empty() {
                let count = names.len().to_string();
                let names = crate::words::names(names);
                notes.push(Message::new(code, &[("count", count), ("names", names)]));
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
        let mut today: BTreeMap<String, RecordRow> = self
            .deals_of(person, statement.period)
            .await?
            .into_iter()
            .map(|row| (row.id.to_string(), record_row(row)))
            .collect();
        let mut deals = Vec::with_capacity(statement.deals.len());
        let mut changed = Vec::new();
        for counted in &statement.deals {
            let row = today.remove(&counted.id);
            if !row.as_ref().is_some_and(|row| is_as_counted(row, counted)) {
                changed.push(counted.label.clone());
            }
            let row = match row {
                Some(row) => row,
                None => self.moved_deal(counted, &statement.name).await?,
            };
            // Name, date and amount as they were counted, the rest as it is known today.
            deals.push(RecordRow {
                external_id: counted.label.clone(),
                closed_on: Some(counted.closed_on),
                amount: Some(counted.amount),
                ..row
            });
        }
        let mut summary = summary(&organisation, statement)?;
        if !changed.is_empty() {
            let count = changed.len().to_string();
            let params = [("count", count), ("names", crate::words::names(changed))];
            summary
                .notes
                .push(Message::new("deal_changed_since_run", &params));
        }
        Ok(StatementView {
            summary,
            lines: statement
                .lines
                .iter()
                .map(|line| StatementLineView {
                    label: message(&line.label),
                    amount: line.amount,
                })
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
            audit_head: self.audit_head().await?,
        })
    }

    /// A counted deal that is no won deal of the person and period any more: what the statement knows,
    /// and customer and product where it is still there.
    async fn moved_deal(&self, counted: &CountedDeal, owner: &str) -> Result<RecordRow> {
        let store = self.store()?;
        let id = counted.id.parse()?;
        let mut row = RecordRow {
            id,
            external_id: counted.label.clone(),
            customer: None,
            customer_type: None,
            product: None,
            owner: owner.to_owned(),
            team: None,
            stage: Stage::Won.code().to_owned(),
            opened_on: None,
            closed_on: Some(counted.closed_on),
            amount: Some(counted.amount),
        };
        let Some(deal) = store.opportunity(id).await? else {
            return Ok(row);
        };
        row.opened_on = deal.opened_on;
        if let Some(id) = deal.customer
            && let Some(customer) = store.customer(id).await?
        {
            row.customer = Some(customer.name);
            row.customer_type = customer.customer_type;
        }
        if let Some(id) = deal.product
            && let Some(product) = store.product(id).await?
        {
            row.product = Some(product.name);
        }
        Ok(row)
    }

    /// The person's won deals of the period as they are today.
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

fn is_as_counted(row: &RecordRow, counted: &CountedDeal) -> bool {
    row.closed_on == Some(counted.closed_on)
        && row.amount == Some(counted.amount)
        && row.external_id == counted.label
}

fn message(note: &Note) -> Message {
    Message {
        code: note.code.clone(),
        params: note.params.clone(),
    }
}

fn summary(organisation: &Organisation, statement: &Statement) -> Result<StatementSummary> {
    let person: PersonId = statement.person.parse()?;
    let last_day = statement
        .period
        .end()
        .pred_opt()
        .unwrap_or(statement.period.end());
    let team = organisation
        .team_on(person, last_day)
        .and_then(|unit| organisation.unit(unit));
    Ok(StatementSummary {
        person,
        name: statement.name.clone(),
        staff_number: organisation
            .person(person)
            .and_then(|person| person.staff_number.clone()),
        team: team.map(|unit| unit.name.clone()),
        goal: statement.goal,
        actual: statement.actual,
        attainment: statement.attainment.map(|ratio| ratio.to_string()),
        target_bonus: statement.target_bonus,
        payout: statement.payout,
        notes: statement.notes.iter().map(message).collect(),
    })
}
