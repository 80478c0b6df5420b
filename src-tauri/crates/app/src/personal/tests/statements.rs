//! A bonus statement that is confirmed in a personal file comes back with its date and hash.

use yeji_core::bonus_cycle::{BonusStep, BonusStepKind};
use yeji_core::ids::{BonusStepId, PersonId};
use yeji_store::ChangeKind;

use super::coming_back::send_back;
use super::{Company, open};
use crate::access::Right;
use crate::api::bonus_papers::{ConfirmStatement, GetStatementConfirmation, StatementStanding};
use crate::api::goal_letter::ConfirmationState;
use crate::api::personal::ReturnState;
use crate::{Desk, Result};

const PERIOD: &str = "2026-Q2";

async fn standing(desk: &Desk, person: Option<PersonId>) -> StatementStanding {
    let asked = GetStatementConfirmation {
        period: PERIOD.parse().unwrap(),
        plan: None,
        person,
    };
    desk.get_statement_confirmation(asked).await.unwrap()
}

async fn confirm(desk: &Desk, hash: &str) -> Result<StatementStanding> {
    desk.confirm_statement(ConfirmStatement {
        period: PERIOD.parse().unwrap(),
        plan: None,
        person: None,
        hash: hash.to_owned(),
        on_paper: false,
    })
    .await
}

/// The steps of an approval, as a store has them.
async fn approve(desk: &Desk) {
    let store = desk.shared.store().unwrap();
    let run = store.bonus_runs(None).await.unwrap().remove(0);
    let plan = store.bonus_plan(run.plan).await.unwrap().unwrap();
    let app = desk.admit(Right::Nothing).await.unwrap();
    let mut change = app.change(ChangeKind::BonusCycle, serde_json::json!({}));
    for kind in [
        BonusStepKind::Submit,
        BonusStepKind::ApproveHr,
        BonusStepKind::ApprovePay,
    ] {
        let step = BonusStep {
            id: BonusStepId(desk.shared.clock.new_id()),
            period: run.period.clone(),
            plan: plan.code.clone(),
            kind,
            run: Some(run.id),
            unit: None,
            person: None,
            on: None,
            reason: Some("words of HR".to_owned()),
            author: "hr".to_owned(),
            at: desk.shared.clock.now(),
        };
        change.put.push(step.into());
    }
    app.apply(change).await.unwrap();
}

#[tokio::test]
async fn a_statement_confirmed_on_a_laptop_is_confirmed_in_the_company() {
    let company = Company::new().await;
    let seller = company.seller.0;
    let early = company.export(seller, "early.yejipersonal").await;
    let early = open(&early).await;
    let hash = standing(&early.desk, None).await.row.hash;
    let refused = confirm(&early.desk, &hash).await.unwrap_err();
    assert_eq!(refused.code(), "statement_not_approved");

    company.act_as(company.hr);
    approve(&company.desk).await;
    let file = company.export(seller, "a.yejipersonal").await;
    let laptop = open(&file).await;
    let store = laptop.desk.shared.store().unwrap();
    let steps = store.bonus_steps(None).await.unwrap();
    assert_eq!(steps.len(), 3);
    assert!(
        steps.iter().all(|step| step.reason.is_none()),
        "not for them"
    );
    let seen = standing(&laptop.desk, None).await;
    assert!(seen.approved && seen.may_confirm);
    assert_eq!(seen.row.hash, hash, "the same statement, on the laptop too");
    confirm(&laptop.desk, &hash).await.unwrap();
    let sent = send_back(&laptop, "1.yejireturn").await;

    company.act_as(company.hr);
    let before = standing(&company.desk, Some(seller)).await;
    assert_eq!(before.row.state, ConfirmationState::Open);
    let taken = company.desk.import_return_of(&sent).await.unwrap();
    assert_eq!(
        (taken.preview.new, taken.preview.refused),
        (1, 0),
        "{taken:?}"
    );
    let now = standing(&company.desk, Some(seller)).await.row;
    assert_eq!(now.state, ConfirmationState::Confirmed);
    assert!(!now.on_paper);
    let again = company.desk.import_return_of(&sent).await.unwrap();
    assert_eq!((again.preview.new, again.preview.known), (0, 1));

    // The next file of the person knows it.
    let file = company.export(seller, "b.yejipersonal").await;
    let later = open(&file).await;
    let seen = standing(&later.desk, None).await;
    assert_eq!(seen.row.state, ConfirmationState::Confirmed);
}

/// Whoever has the laptop can write into its store.
#[tokio::test]
async fn what_was_never_approved_here_is_refused() {
    let company = Company::new().await;
    let file = company.export(company.seller.0, "a.yejipersonal").await;
    let laptop = open(&file).await;
    approve(&laptop.desk).await;
    let hash = standing(&laptop.desk, None).await.row.hash;
    confirm(&laptop.desk, &hash).await.unwrap();
    let sent = send_back(&laptop, "1.yejireturn").await;
    company.act_as(company.hr);
    let preview = company.desk.preview_return_of(&sent).await.unwrap();
    let [line] = &preview.lines[..] else {
        panic!("{preview:?}")
    };
    assert_eq!(line.state, ReturnState::Refused);
    let reason = line.reason.as_ref().map(|one| one.code.as_str());
    assert_eq!(reason, Some("return_not_approved"));
}
