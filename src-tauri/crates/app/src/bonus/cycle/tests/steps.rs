//! Handing in, approving, paying, closing, opening again.

use sha2::{Digest, Sha256};
use yeji_bonus::CalculateInput;
use yeji_store::Entity;

use super::{House, q, refused};
use crate::api::NoArgs;
use crate::api::bonus_cycle::{CycleAction, CycleState, GetBonusCycle, StepBonusCycle};
use crate::bonus::CycleError;
use crate::demo::tests::demo_app;
use crate::host::no_progress;

#[tokio::test]
async fn a_quarter_is_handed_in_approved_by_two_paid_closed_and_opened_again() {
    let house = House::new().await;
    let open = house.cycle(q(1)).await;
    assert_eq!((open.state, open.run), (CycleState::Open, None));
    assert!(matches!(
        refused(house.step(q(1), CycleAction::Submit).await),
        CycleError::NoRun { .. }
    ));
    let run = house.run(q(1)).await.unwrap();
    let cycle = house.cycle(q(1)).await;
    assert_eq!(cycle.run, run.id);
    assert_eq!(cycle.total, Some(run.total));
    let held = house.blocked(q(1)).await;
    let cycle = house
        .step_with(q(1), CycleAction::Submit, |step| StepBonusCycle {
            hold: held.clone(),
            ..step
        })
        .await
        .unwrap();
    assert_eq!((cycle.state, cycle.version), (CycleState::InReview, 1));
    assert_eq!(house.audited().await, "bonus.submit");
    assert!(!cycle.teams.is_empty());

    // Teams have not approved: HR says why it goes on, or waits.
    let without = house.step_with(q(1), CycleAction::ApproveHr, |step| StepBonusCycle {
        reason: None,
        ..step
    });
    assert!(matches!(
        refused(without.await),
        CycleError::TeamsMissing { .. }
    ));
    let instead = house.step_with(q(1), CycleAction::ApproveTeam, |step| StepBonusCycle {
        unit: Some(cycle.teams[0].unit),
        reason: None,
        ..step
    });
    assert!(
        matches!(refused(instead.await), CycleError::ReasonNeeded { .. }),
        "in a manager's place only for a reason"
    );
    let awaited = house.desk.list_bonus_cycles(NoArgs {}).await.unwrap();
    assert!(awaited[0].can.contains(&CycleAction::ApproveHr));
    assert!(!awaited[0].can.contains(&CycleAction::ApprovePay));
    for team in &cycle.teams {
        let unit = Some(team.unit);
        let approved = house.step_with(q(1), CycleAction::ApproveTeam, |step| StepBonusCycle {
            unit,
            ..step
        });
        approved.await.unwrap();
    }
    let cycle = house.cycle(q(1)).await;
    assert!(
        cycle
            .teams
            .iter()
            .all(|team| team.approved_by.as_deref() == Some("anna"))
    );
    let approved = house.step_with(q(1), CycleAction::ApproveHr, |step| StepBonusCycle {
        reason: None,
        ..step
    });
    approved.await.unwrap();

    let alone = refused(house.step(q(1), CycleAction::ApprovePay).await);
    assert_eq!(
        alone,
        CycleError::SecondPerson {
            name: "anna".to_owned()
        }
    );
    assert!(
        !house
            .cycle(q(1))
            .await
            .can
            .contains(&CycleAction::ApprovePay)
    );
    house.act(house.bert);
    assert!(
        house
            .cycle(q(1))
            .await
            .can
            .contains(&CycleAction::ApprovePay)
    );
    house.step(q(1), CycleAction::ApprovePay).await.unwrap();
    let far = house.step_with(q(1), CycleAction::Pay, |step| StepBonusCycle {
        on: "0001-01-01".parse().ok(),
        ..step
    });
    assert_eq!(far.await.unwrap_err().code(), "input");
    let day = "2026-04-15".parse().ok();
    let paid = house.step_with(q(1), CycleAction::Pay, |step| StepBonusCycle {
        on: day,
        ..step
    });
    let paid = paid.await.unwrap();
    assert_eq!(paid.steps.last().unwrap().on, day);
    let closed = house.step(q(1), CycleAction::Close).await.unwrap();
    assert_eq!(closed.state, CycleState::Closed);
    assert!(matches!(
        refused(house.run(q(1)).await),
        CycleError::Frozen { .. }
    ));

    house.step(q(1), CycleAction::AskReopen).await.unwrap();
    let alone = refused(house.step(q(1), CycleAction::Reopen).await);
    assert_eq!(
        alone,
        CycleError::SecondPerson {
            name: "bert".to_owned()
        }
    );
    house.act(house.anna);
    let open = house.step(q(1), CycleAction::Reopen).await.unwrap();
    assert_eq!(open.state, CycleState::Open);
    house.run(q(1)).await.expect("it is open again");
}

#[tokio::test]
async fn what_is_handed_in_is_the_run_of_todays_facts_and_is_frozen_whole() {
    let house = House::new().await;
    let run = house.run(q(1)).await.unwrap();
    let (person, deal) = house.paid_seller(q(1)).await;
    let holding = |held: Vec<_>| move |step| StepBonusCycle { hold: held, ..step };
    let held = house.blocked(q(1)).await;
    house.refund(&deal, deal.amount.unwrap().minor / 2).await;
    let stale = house.step_with(q(1), CycleAction::Submit, holding(held.clone()));
    assert!(matches!(
        refused(stale.await),
        CycleError::FactsChanged { .. }
    ));
    let waits = house.cycle(q(1)).await.waits_for;
    assert!(waits.iter().any(|one| one.code == "bonus_facts_changed"));
    let again = house.run(q(1)).await.unwrap();
    assert_ne!(again.inputs_hash, run.inputs_hash);
    let changed = house.cycle(q(1)).await.anomalies;
    let changed = changed
        .iter()
        .find(|one| one.person == person && one.kind == "changed");
    assert!(changed.is_some(), "the run before paid another amount");

    house
        .step_with(q(1), CycleAction::Submit, holding(held))
        .await
        .unwrap();
    let args = GetBonusCycle {
        period: q(1),
        plan: None,
    };
    let document = house.desk.frozen_bonus_input(args).await.unwrap();
    assert_eq!(house.audited().await, "export.bonus_input");
    let hash = crate::text::hex(&Sha256::digest(&document));
    assert_eq!(hash, again.inputs_hash);
    let input: CalculateInput = serde_json::from_slice(&document).unwrap();
    let output = yeji_bonus::calculate(&input).unwrap();
    let app = house.app().await;
    let cycle = app.cycle(q(1), None).await.unwrap();
    let (_, kept) = app.kept_output(cycle.run().unwrap()).await.unwrap();
    let by_person = |mut all: Vec<yeji_bonus::Statement>| {
        all.sort_by(|a, b| a.person.cmp(&b.person));
        all
    };
    assert_eq!(by_person(output.statements), by_person(kept.statements));

    // The log names the pieces and does not hold them a second time.
    let store = app.store().unwrap();
    let newest = store.changes(None, 1).await.unwrap();
    let logged = store.change_rows(newest.rows[0].id, 1000).await.unwrap();
    let mut pieces = logged
        .iter()
        .filter(|row| row.entity == Entity::FrozenInput);
    let piece = pieces
        .next()
        .expect("the pieces are in the change of the step");
    let said = format!("{piece:?}");
    let frozen = store.frozen_input(cycle.run().unwrap().id).await.unwrap();
    assert!(said.contains("sha256:"), "{said}");
    assert!(!said.contains(&frozen[0].document[..100]));
}

#[tokio::test]
async fn a_step_on_what_was_not_seen_is_refused() {
    let house = House::new().await;
    house.run(q(1)).await.unwrap();
    let seen = house.cycle(q(1)).await.stamp;
    house.run(q(1)).await.unwrap();
    let late = house.step_with(q(1), CycleAction::Submit, |step| StepBonusCycle {
        expected: seen,
        ..step
    });
    assert!(matches!(
        refused(late.await),
        CycleError::ChangedMeanwhile { .. }
    ));
}

#[tokio::test]
async fn a_period_that_is_not_over_is_not_handed_in() {
    let house = House::new().await;
    house.run(q(3)).await.unwrap();
    let early = house.step(q(3), CycleAction::Submit).await;
    assert!(matches!(refused(early), CycleError::Running { .. }));
}

#[tokio::test]
async fn a_store_without_accounts_knows_no_second_person() {
    let (_folder, app) = demo_app().await;
    let step = async |action| {
        let args = GetBonusCycle {
            period: q(1),
            plan: None,
        };
        let expected = app.get_bonus_cycle(args).await.unwrap().stamp;
        let step = StepBonusCycle {
            period: q(1),
            plan: None,
            action,
            expected,
            unit: None,
            hold: Vec::new(),
            on: None,
            reason: Some("words".to_owned()),
        };
        app.step_bonus_cycle(step, &no_progress).await
    };
    app.run_bonus(
        crate::api::bonus::RunBonus {
            plan: None,
            period: q(1),
            preview: false,
            people: None,
        },
        &|_| (),
    )
    .await
    .unwrap();
    step(CycleAction::Submit).await.unwrap();
    let refusal = refused(step(CycleAction::ApproveHr).await);
    assert_eq!(refusal, CycleError::NoAccounts);
    step(CycleAction::SendBack)
        .await
        .expect("there is a way back");
}

#[tokio::test]
async fn what_is_frozen_comes_back_and_what_was_touched_is_not_believed() {
    use crate::bonus::cycle::frozen::{freeze, thaw};
    let run = yeji_core::ids::BonusRunId(uuid::Uuid::nil());
    // Hashes do not compress: several pieces.
    let mut input = Vec::new();
    for n in 0_u32..60_000 {
        input.extend(Sha256::digest(n.to_be_bytes()));
    }
    let hash = crate::text::hex(&Sha256::digest(&input));
    let mut parts = freeze(run, &input).unwrap();
    assert!(parts.len() > 1);
    assert!(parts.iter().all(|part| part.document.len() <= 1_000_000));
    assert_eq!(thaw(&parts, &hash).unwrap(), input);
    assert!(thaw(&parts, "another").is_err());
    parts.pop();
    assert!(thaw(&parts, &hash).is_err());
}
