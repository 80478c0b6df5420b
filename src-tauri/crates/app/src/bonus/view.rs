//! Runs and statements for the window.

use chrono::{DateTime, Utc};
use yeji_bonus::{
    AdjustmentLine, CalculateOutput, ComponentResult, CountedFact, Event, Figure, LeftOut, Note,
    Plan, RestatedAmount, Severity, Statement, StatementLine, Step,
};
use yeji_core::facts::{Opportunity, Stage};
use yeji_core::ids::{BonusRunId, OpportunityId, PersonId};
use yeji_core::metric::GoalMetric;
use yeji_core::org::Organisation;
use yeji_store::{Entity, Record};

use super::cycle::Cause;
use super::versions::last_day;
use crate::access::Actor;
use crate::api::Message;
use crate::api::bonus::{
    AdjustmentView, BonusRun, ComponentView, CountedView, FigureView, LeftOutView, RefundView,
    RestatedView, StatementLineView, StatementSummary, StatementView, TraceStep,
};
use crate::context::App;
use crate::error::Result;

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
        // Hints are about any such plan, not about this run.
        let doubts = yeji_bonus::check(plan)
            .into_iter()
            .filter(|problem| problem.severity != Severity::Hint);
        notes.extend(doubts.map(|problem| Message {
            code: problem.code,
            params: problem.params,
        }));
        // Nobody gives a goal to somebody who had left.
        let there = |statement: &&StatementSummary| {
            let person = organisation.person(statement.person);
            let left = person.and_then(|person| person.left_on);
            left.is_none_or(|left| left > output.period.start())
        };
        for (code, reason) in [
            ("no_target_bonus_people", "no_target_bonus"),
            ("no_goal_people", "no_goal"),
        ] {
            let names: Vec<&str> = statements
                .iter()
                .filter(there)
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
        let mut changed = Vec::new();
        let mut components = Vec::with_capacity(statement.components.len());
        for component in &statement.components {
            components.push(self.component_view(component, &mut changed).await?);
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
            components,
            limit: statement.limit.as_ref().map(line),
            adjustments: statement.adjustments.iter().map(adjustment).collect(),
            inputs_hash,
            engine_version: engine_version.to_owned(),
            audit_head: self.audit_head().await?,
        })
    }

    /// A component with its facts as they were counted.
    async fn component_view(
        &self,
        component: &ComponentResult,
        changed: &mut Vec<String>,
    ) -> Result<ComponentView> {
        let ids: Vec<_> = component.counted.iter().filter_map(deal_of).collect();
        let ids: Vec<_> = ids.into_iter().map(|id| id.0).collect();
        let today = self.store()?.records(Entity::Opportunity, &ids).await?;
        let mut counted = Vec::with_capacity(component.counted.len());
        for fact in &component.counted {
            let deal = deal_of(fact).and_then(|id| match today.get(&id.0) {
                Some(Record::Opportunity(deal)) => Some(deal),
                _ => None,
            });
            counted.push(self.counted_view(fact, deal, changed).await?);
        }
        Ok(ComponentView {
            code: component.code.clone(),
            name_zh: component.name.zh.clone(),
            name_en: component.name.en.clone(),
            amount: component.amount,
            measure: component.measure.map(figure),
            goal: component.goal.map(figure),
            attainment: component.attainment.map(|ratio| ratio.to_string()),
            lines: component.lines.iter().map(line).collect(),
            steps: component.trace.iter().map(step).collect(),
            counted,
            left_out: component.left_out.iter().map(left_out).collect(),
            notes: component.notes.iter().map(message).collect(),
        })
    }

    async fn counted_view(
        &self,
        fact: &CountedFact,
        deal: Option<&Opportunity>,
        changed: &mut Vec<String>,
    ) -> Result<CountedView> {
        let store = self.store()?;
        let mut view = CountedView {
            fact: fact.id.clone(),
            deal: deal.map(|deal| deal.id),
            label: fact.label.clone(),
            on: fact.on,
            customer: fact.customer.clone(),
            product: fact.product.clone(),
            amount: fact.amount,
            credited: figure(fact.credited),
            refunded: fact.refunded,
            restated: fact.restated.as_ref().map(restated),
        };
        // A personal file does not hold the shared deals of others: they are not gone.
        let is_gone = || fact.kind == Event::Closing && !matches!(self.actor(), Actor::Owner(_));
        let is_changed = deal.map_or_else(is_gone, |deal| !is_as_counted(deal, fact));
        if is_changed && !changed.contains(&fact.label) {
            changed.push(fact.label.clone());
        }
        let Some(deal) = deal else {
            return Ok(view);
        };
        // Statements of earlier versions did not keep them.
        if let (Some(id), None) = (deal.customer, &view.customer) {
            view.customer = store.customer(id).await?.map(|customer| customer.name);
        }
        if let (Some(id), None) = (deal.product, &view.product) {
            view.product = store.product(id).await?.map(|product| product.name);
        }
        Ok(view)
    }
}

/// The deal that a counted fact is, if it is one.
fn deal_of(fact: &CountedFact) -> Option<OpportunityId> {
    let id = fact.id.parse().ok()?;
    (fact.kind == Event::Closing).then_some(id)
}

fn is_as_counted(deal: &Opportunity, fact: &CountedFact) -> bool {
    deal.stage == Stage::Won
        && deal.closed_on == Some(fact.on)
        && (fact.refunded || deal.amount == Some(fact.amount))
        && deal.origin.external_id == fact.label
}

pub(super) fn figure(figure: Figure) -> FigureView {
    match figure {
        Figure::Money(money) => FigureView {
            money: Some(money),
            number: None,
        },
        Figure::Number(number) => FigureView {
            money: None,
            number: Some(yeji_bonus::percent::exact(number)),
        },
    }
}

pub(super) fn line(line: &StatementLine) -> StatementLineView {
    StatementLineView {
        label: message(&line.label),
        fact: line.fact.clone(),
        amount: line.amount,
    }
}

pub(super) fn step(step: &Step) -> TraceStep {
    TraceStep {
        step: step.step.code().to_owned(),
        fact: step.fact.clone(),
        explain: message(&step.explain),
        formula: step.formula.clone(),
        value: step.value.clone(),
    }
}

fn restated(amount: &RestatedAmount) -> RestatedView {
    let refunds = amount.refunds.iter().map(|refund| RefundView {
        label: refund.label.clone(),
        on: refund.on,
        amount: refund.amount,
    });
    RestatedView {
        gross: amount.gross,
        refunds: refunds.collect(),
    }
}

fn left_out(fact: &LeftOut) -> LeftOutView {
    LeftOutView {
        label: fact.label.clone(),
        on: fact.on,
        amount: fact.amount,
        restated: fact.restated.as_ref().map(restated),
        reason: Message::new(&format!("left_out_{}", fact.reason.code()), &[]),
    }
}

fn adjustment(line: &AdjustmentLine) -> AdjustmentView {
    let restated = Cause::read(line.cause.as_deref());
    AdjustmentView {
        amount: line.amount,
        paid: line.paid,
        reason: line.reason.clone(),
        cause: line.cause.clone().filter(|_| restated.is_none()),
        restated: restated.as_ref().map(|cause| cause.period),
        causes: restated.map(|cause| cause.causes).unwrap_or_default(),
    }
}

pub(super) fn message(note: &Note) -> Message {
    Message {
        code: note.code.clone(),
        params: note.params.clone(),
    }
}

pub(super) fn summary(
    organisation: &Organisation,
    statement: &Statement,
) -> Result<StatementSummary> {
    let person: PersonId = statement.person.parse()?;
    let team = organisation
        .team_on(person, last_day(statement.period))
        .and_then(|unit| organisation.unit(unit));
    let first = statement.components.first();
    let money = |figure: Option<Figure>| match figure {
        Some(Figure::Money(money)) => Some(money),
        _ => None,
    };
    let of_components = statement.components.iter().flat_map(|one| &one.notes);
    let mut notes: Vec<Message> = Vec::new();
    for note in statement.notes.iter().chain(of_components).map(message) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    Ok(StatementSummary {
        person,
        name: statement.name.clone(),
        staff_number: organisation
            .person(person)
            .and_then(|person| person.staff_number.clone()),
        team: team.map(|unit| unit.name.clone()),
        goal: money(first.and_then(|one| one.goal)),
        actual: money(first.and_then(|one| one.measure)),
        attainment: first
            .and_then(|one| one.attainment)
            .map(|ratio| ratio.to_string()),
        target_bonus: statement.target_bonus,
        payout: statement.payout,
        blocked: statement.blocked,
        notes,
    })
}
