//! Bonuses come to be paid, by real accounts on a real store.

mod known;
mod people;
mod review;
mod settled;
mod state;
mod steps;

use std::sync::Arc;

use serde_json::json;
use yeji_core::Money;
use yeji_core::account::Role;
use yeji_core::calendar::Period;
use yeji_core::facts::{Opportunity, Origin, Receipt};
use yeji_core::ids::{AccountId, OpportunityId, PersonId, ReceiptId};
use yeji_store::ChangeKind;

use super::CycleError;
use crate::Desk;
use crate::access::Right;
use crate::api::accounts::{AddAccount, Password};
use crate::api::bonus::{BonusRun, RunBonus};
use crate::api::bonus_cycle::{
    BonusCycle, CycleAction, DecideBonusAdjustments, GetBonusCycle, ListBonusAdjustments,
    RestateBonus, Restatement, StepBonusCycle,
};
use crate::api::bonus_people::AssignPlan;
use crate::bonus::tests::always;
use crate::context::App;
use crate::demo::tests::demo_desk_by;
use crate::error::{Error, Result};
use crate::host::no_progress;
use crate::testing::Moving;

/// A commission on what is closed: every deal of whoever sells changes what they are paid.
const COMMISSION: &str = include_str!("../../../../../bonus/templates/marginal-commission.toml");

/// A company with two people of HR.
struct House {
    desk: Desk,
    anna: AccountId,
    bert: AccountId,
    clock: Arc<Moving>,
    folder: tempfile::TempDir,
}

impl House {
    async fn new() -> Self {
        let clock = Moving::at("2026-07-07T08:00:00Z");
        let (folder, desk) = demo_desk_by(Arc::clone(&clock)).await;
        let mut ids = Vec::new();
        for name in ["anna", "bert"] {
            let made = desk.add_account(AddAccount {
                name: name.to_owned(),
                role: Role::Hr,
                person: None,
                password: Password("correct horse".to_owned()),
            });
            let rows = made.await.unwrap();
            let id = rows.iter().find(|row| row.name == name).unwrap().id;
            ids.push(id);
            desk.shared.sign_in_as(Some(ids[0]));
        }
        let plan = COMMISSION.replace(r#"period = "month""#, r#"period = "quarter""#);
        desk.save_bonus_plan(always(plan)).await.unwrap();
        Self {
            desk,
            anna: ids[0],
            bert: ids[1],
            clock,
            folder,
        }
    }

    fn act(&self, account: AccountId) {
        self.desk.shared.sign_in_as(Some(account));
    }

    async fn app(&self) -> App {
        self.desk.admit(Right::Nothing).await.unwrap()
    }

    async fn cycle(&self, period: Period) -> BonusCycle {
        let args = GetBonusCycle { period, plan: None };
        self.desk.get_bonus_cycle(args).await.unwrap()
    }

    async fn run(&self, period: Period) -> Result<BonusRun> {
        let (preview, people) = (false, None);
        let args = RunBonus {
            period,
            preview,
            people,
            plan: None,
        };
        self.desk.run_bonus(args, &|_| ()).await
    }

    /// A step of the cycle as it is, without anything but a reason.
    async fn step(&self, period: Period, action: CycleAction) -> Result<BonusCycle> {
        self.step_with(period, action, |step| step).await
    }

    async fn step_with(
        &self,
        period: Period,
        action: CycleAction,
        with: impl FnOnce(StepBonusCycle) -> StepBonusCycle,
    ) -> Result<BonusCycle> {
        let step = StepBonusCycle {
            period,
            plan: None,
            action,
            expected: self.cycle(period).await.stamp,
            unit: None,
            hold: Vec::new(),
            on: None,
            reason: Some("words".to_owned()),
        };
        self.desk.step_bonus_cycle(with(step), &no_progress).await
    }

    /// Anna calculates, hands in and approves as HR.
    async fn approved_by_hr(&self, period: Period) {
        self.act(self.anna);
        self.run(period).await.unwrap();
        let hold: Vec<PersonId> = self.blocked(period).await;
        let submitted = self.step_with(period, CycleAction::Submit, |step| StepBonusCycle {
            hold,
            ..step
        });
        submitted.await.unwrap();
        self.step(period, CycleAction::ApproveHr).await.unwrap();
    }

    /// Somebody is under a plan from the beginning of a period.
    async fn assign(&self, person: PersonId, plan: &str, period: Period, target: Option<&str>) {
        let assigned = self.desk.assign_plan(AssignPlan {
            assignment: None,
            plan: plan.to_owned(),
            people: vec![person],
            unit: None,
            from: period.start(),
            to: None,
            target_bonus: target.map(str::to_owned),
            preview: false,
        });
        assigned.await.unwrap();
    }

    /// Anna calculates, hands in and approves, Bert approves payment and pays.
    async fn paid(&self, period: Period) -> BonusCycle {
        self.approved_by_hr(period).await;
        self.act(self.bert);
        self.step(period, CycleAction::ApprovePay).await.unwrap();
        self.step(period, CycleAction::Pay).await.unwrap()
    }

    async fn blocked(&self, period: Period) -> Vec<PersonId> {
        let anomalies = self.cycle(period).await.anomalies.into_iter();
        let blocked = anomalies.filter(|one| one.kind == "blocked");
        blocked.map(|one| one.person).collect()
    }

    async fn restate(&self, period: Period, preview: bool) -> Result<Restatement> {
        let plan = None;
        let args = RestateBonus {
            period,
            plan,
            preview,
        };
        self.desk.restate_bonus(args, &no_progress).await
    }

    /// Whoever acts decides on all adjustments that wait.
    async fn decide(&self, decision: yeji_core::bonus_cycle::Decision) {
        let list = ListBonusAdjustments { period: None };
        let rows = self.desk.list_bonus_adjustments(list).await.unwrap();
        let waiting = rows.into_iter().filter(|row| row.state == "waiting");
        let args = DecideBonusAdjustments {
            adjustments: waiting.map(|row| row.id).collect(),
            decision,
            reason: None,
        };
        self.desk.decide_bonus_adjustments(args).await.unwrap();
    }

    /// Somebody who is paid for a deal of the period that they closed, with the deal.
    async fn paid_seller(&self, period: Period) -> (PersonId, Opportunity) {
        let app = self.app().await;
        let cycle = app.cycle(period, None).await.unwrap();
        let (_, output) = app.kept_output(cycle.run().unwrap()).await.unwrap();
        for statement in &output.statements {
            let facts = statement.components.iter().flat_map(|one| &one.counted);
            for fact in facts {
                let Ok(id) = fact.id.parse::<OpportunityId>() else {
                    continue;
                };
                let deal = app.store().unwrap().opportunity(id).await.unwrap();
                let person = statement.person.parse().unwrap();
                if let Some(deal) = deal.filter(|deal| deal.owner == person)
                    && fact.amount.minor > 0
                    && !fact.refunded
                {
                    return (person, deal);
                }
            }
        }
        panic!("nobody was paid for a deal of their own");
    }

    /// A customer takes a part of a deal back.
    async fn refund(&self, deal: &Opportunity, minor: i64) {
        let app = self.app().await;
        let id = app.clock.new_id();
        let mut change = app.change(ChangeKind::Import, json!({}));
        change.put.push(
            Receipt {
                id: ReceiptId(id),
                origin: Origin {
                    source: "test".to_owned(),
                    external_id: id.to_string(),
                    batch: None,
                    line: None,
                },
                opportunity: deal.id,
                refunds: None,
                amount: Money::new(-minor, deal.amount.unwrap().currency),
                received_on: app.clock.today(),
            }
            .into(),
        );
        app.apply(change).await.unwrap();
    }

    /// What everybody's statements of a period pay.
    async fn payouts(&self, period: Period) -> std::collections::HashMap<PersonId, Money> {
        let app = self.app().await;
        let cycle = app.cycle(period, None).await.unwrap();
        app.payouts_of(&cycle).await.unwrap().unwrap_or_default()
    }

    /// The action of the newest entry of the audit log.
    async fn audited(&self) -> String {
        let app = self.app().await;
        let page = app.store().unwrap().audit_entries(None, 1).await.unwrap();
        page.rows[0].action.clone()
    }
}

fn q(quarter: u32) -> Period {
    Period::quarter(2026, quarter).unwrap()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T>) -> CycleError {
    match result.unwrap_err() {
        Error::Cycle(error) => error,
        other => panic!("{other}"),
    }
}
