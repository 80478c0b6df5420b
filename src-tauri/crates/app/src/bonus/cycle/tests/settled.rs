//! What changes after it was settled goes on once, with its cause.

use std::collections::HashMap;

use serde_json::json;
use yeji_core::Money;
use yeji_core::bonus_cycle::{BonusAdjustment, Decision};
use yeji_core::ids::{BonusAdjustmentId, PersonId};
use yeji_report::chart::Lang;
use yeji_store::ChangeKind;

use super::{COMMISSION, House, q, refused};
use crate::api::NoArgs;
use crate::api::bonus::{GetBonusRun, GetStatement, RunBonus};
use crate::api::bonus_cycle::{CycleAction, GetBonusCycle, ListBonusAdjustments, StepBonusCycle};
use crate::api::bonus_if::GetExpectedEarnings;
use crate::api::bonus_papers::ExportStatement;
use crate::api::bonus_people::SavePlan;
use crate::api::data::LaterImports;
use crate::api::history::UndoChange;
use crate::bonus::CycleError;
use crate::bonus::papers_tests::text_of;

#[tokio::test]
async fn a_refund_after_payment_is_settled_once_in_the_next_statement_with_its_cause() {
    let house = House::new().await;
    let paid = house.paid(q(1)).await;
    assert_eq!(paid.drift, None);
    let before = house.payouts(q(1)).await;
    let (person, deal) = house.paid_seller(q(1)).await;
    house.refund(&deal, deal.amount.unwrap().minor).await;

    let drift = house
        .cycle(q(1))
        .await
        .drift
        .expect("the refund is noticed");
    let seen = house.restate(q(1), true).await.unwrap();
    assert_eq!(
        (seen.version, seen.into, seen.total),
        (2, Some(q(2)), drift)
    );
    let own = seen.people.iter().find(|one| one.person == person).unwrap();
    assert!(own.difference.minor < 0);
    assert_eq!(own.settled, before[&person]);
    assert!(
        own.causes
            .iter()
            .any(|one| one.code == "cause_refund_added")
    );
    assert_eq!(house.cycle(q(1)).await.version, 1, "only looked at");

    let done = house.restate(q(1), false).await.unwrap();
    assert_eq!(house.audited().await, "bonus.restate");
    let now = house.cycle(q(1)).await;
    assert_eq!((now.version, now.drift), (2, None));
    assert_eq!(house.payouts(q(1)).await, before, "paid history stays");
    let again = house.restate(q(1), false).await.unwrap();
    assert_eq!(
        (again.people.len(), again.into, again.version),
        (0, None, 2)
    );
    let list = ListBonusAdjustments { period: Some(q(2)) };
    let rows = house.desk.list_bonus_adjustments(list).await.unwrap();
    assert_eq!(rows.len(), done.people.len());
    let row = rows.iter().find(|row| row.person == person).unwrap();
    assert_eq!((row.restated, row.amount), (Some(q(1)), own.difference));

    let run = async || {
        let made = house.desk.run_bonus(
            RunBonus {
                period: q(2),
                preview: true,
                people: Some(vec![person]),
                plan: None,
            },
            &|_| (),
        );
        made.await.unwrap().total
    };
    let waiting = run().await;
    house.act(house.anna);
    house.decide(Decision::Approved).await;
    assert_eq!(run().await.minor, waiting.minor + own.difference.minor);
    house.run(q(2)).await.unwrap();
    let ask = GetStatement {
        period: q(2),
        person,
        preview: false,
        plan: None,
    };
    let statement = house.desk.get_statement(ask).await.unwrap();
    let line = &statement.adjustments[0];
    assert_eq!(
        (line.paid, line.restated, &line.cause),
        (true, Some(q(1)), &None)
    );
    assert_eq!(line.causes, own.causes);
    // The paper that is signed names the cause as well.
    let paper = house.folder.path().join("paper.pdf");
    let export = ExportStatement {
        period: q(2),
        plan: None,
        person: Some(person),
        language: Lang::En,
    };
    house
        .desk
        .export_statement_to(&paper, export)
        .await
        .unwrap();
    if let Some(text) = text_of(&paper) {
        // The tests say a message by its code.
        assert!(text.contains("(cause_refund_added)"), "{text}");
    }
    // The year counts the difference once: where it is paid, not also where it comes from.
    let asked = GetExpectedEarnings {
        person: Some(person),
        year: 2026,
        language: Lang::En,
    };
    let year = house.desk.get_expected_earnings(asked).await.unwrap();
    let of = |period| year.periods.iter().find(|one| one.period == period);
    assert_eq!(of(q(1)).unwrap().total, Some(before[&person]));
    assert_eq!(of(q(2)).unwrap().total, Some(statement.summary.payout));
}

#[tokio::test]
async fn settled_and_differences_are_the_newest_recalculation_for_everybody() {
    let house = House::new().await;
    house.paid(q(1)).await;
    let mut settled: HashMap<PersonId, i64> = HashMap::new();
    for (person, payout) in house.payouts(q(1)).await {
        settled.insert(person, payout.minor);
    }
    let (_, deal) = house.paid_seller(q(1)).await;
    let amount = deal.amount.unwrap().minor;
    for (part, decision) in [
        (amount / 3, Decision::Approved),
        (amount / 5, Decision::Refused),
        (amount / 7, Decision::Approved),
    ] {
        house.act(house.bert);
        house.refund(&deal, part).await;
        let done = house.restate(q(1), false).await.unwrap();
        assert!(!done.people.is_empty());
        for one in &done.people {
            let so_far = settled.entry(one.person).or_default();
            assert_eq!(one.settled.minor, *so_far, "{}", one.name);
            if decision == Decision::Approved {
                *so_far += one.difference.minor;
                assert_eq!(*so_far, one.now.minor, "{}", one.name);
            }
        }
        house.act(house.anna);
        house.decide(decision).await;
        // What was refused is not settled: it comes again.
        let open = house.restate(q(1), true).await.unwrap();
        assert_eq!(open.people.is_empty(), decision == Decision::Approved);
        for one in &open.people {
            let named = one.causes.iter().map(|cause| cause.code.as_str());
            let named: Vec<&str> = named.collect();
            assert!(named.contains(&"cause_refund_added"), "{named:?}");
        }
    }
    let app = house.app().await;
    let cycle = app.cycle(q(1), None).await.unwrap();
    let run = cycle.run().unwrap();
    let input = app.input_as_of(run, app.clock.today()).await.unwrap();
    for statement in yeji_bonus::calculate(&input).unwrap().statements {
        let person: PersonId = statement.person.parse().unwrap();
        if !statement.blocked {
            assert_eq!(settled.get(&person), Some(&statement.payout.minor));
        }
    }
}

#[tokio::test]
async fn after_a_paid_period_was_opened_again_only_differences_go_on() {
    let house = House::new().await;
    let first = house.paid(q(1)).await;
    let before = house.payouts(q(1)).await;
    let (person, deal) = house.paid_seller(q(1)).await;
    let asked = |preview| GetStatement {
        period: q(1),
        person,
        preview,
        plan: None,
    };
    let statement = house.desk.get_statement(asked(false)).await.unwrap();
    house.step(q(1), CycleAction::AskReopen).await.unwrap();
    house.act(house.anna);
    house.step(q(1), CycleAction::Reopen).await.unwrap();
    house.refund(&deal, deal.amount.unwrap().minor).await;
    let again = house.paid(q(1)).await;
    assert_eq!(house.payouts(q(1)).await, before, "what was paid stays");
    // All pages show what was paid, not what would have been.
    assert_eq!((again.run, again.total), (first.run, first.total));
    let list = house.desk.list_bonus_cycles(NoArgs {}).await.unwrap();
    assert_eq!(list[0].total, first.total);
    let shown = house.desk.get_statement(asked(false)).await.unwrap();
    assert_eq!(shown.summary.payout, statement.summary.payout);
    let args = GetBonusRun {
        period: q(1),
        plan: None,
    };
    let run = house.desk.get_bonus_run(args).await.unwrap().unwrap();
    assert_eq!(run.id, first.run);
    let drift = house
        .cycle(q(1))
        .await
        .drift
        .expect("the difference is open");
    let done = house.restate(q(1), false).await.unwrap();
    assert_eq!(done.total, drift);
    assert!(done.people.iter().any(|one| one.person == person));
    assert_eq!(house.cycle(q(1)).await.drift, None);
}

#[tokio::test]
async fn a_difference_counts_as_settled_whatever_its_cause_is_written_in() {
    let house = House::new().await;
    house.paid(q(1)).await;
    let (person, deal) = house.paid_seller(q(1)).await;
    house.refund(&deal, deal.amount.unwrap().minor).await;
    let done = house.restate(q(1), false).await.unwrap();
    let own = done.people.iter().find(|one| one.person == person).unwrap();
    let app = house.app().await;
    let lines = app.adjusted(Some(q(2))).await.unwrap();
    let line = lines.into_iter().find(|one| one.line.person == person);
    let line = BonusAdjustment {
        id: BonusAdjustmentId(app.clock.new_id()),
        amount: Money::new(1_00, own.difference.currency),
        cause: Some(r#"{"of": "a later version"}"#.to_owned()),
        ..line.unwrap().line
    };
    let mut change = app.change(ChangeKind::AdjustBonus, json!({}));
    change.put.push(line.into());
    app.apply(change).await.unwrap();
    let again = house.restate(q(1), true).await.unwrap();
    let again = again.people.iter().find(|one| one.person == person);
    assert_eq!(again.unwrap().difference.minor, -1_00);
    let list = ListBonusAdjustments { period: None };
    let unreadable = house.desk.list_bonus_adjustments(list).await;
    assert!(unreadable.is_err(), "it is not told as if it were by hand");
}

#[tokio::test]
async fn what_is_not_approved_is_not_recalculated() {
    let house = House::new().await;
    house.run(q(1)).await.unwrap();
    let open = refused(house.restate(q(1), false).await);
    assert!(matches!(open, CycleError::NotSettled { .. }));
}

#[tokio::test]
async fn differences_go_on_only_after_payment() {
    let house = House::new().await;
    house.approved_by_hr(q(1)).await;
    house.act(house.bert);
    house.step(q(1), CycleAction::ApprovePay).await.unwrap();
    let (_, deal) = house.paid_seller(q(1)).await;
    house.refund(&deal, deal.amount.unwrap().minor).await;
    // The period may be opened and paid anew as a whole, which would pay the differences once more.
    let early = refused(house.restate(q(1), false).await);
    assert!(matches!(early, CycleError::NotPaid { .. }));
    assert!(!house.restate(q(1), true).await.unwrap().people.is_empty());
    house.step(q(1), CycleAction::Pay).await.unwrap();
    assert!(!house.restate(q(1), false).await.unwrap().people.is_empty());
}

#[tokio::test]
async fn nobody_is_settled_with_twice_for_the_same_days() {
    let house = House::new().await;
    house.paid(q(1)).await;
    let (person, _) = house.paid_seller(q(1)).await;
    let other = COMMISSION
        .replace(r#"period = "month""#, r#"period = "quarter""#)
        .replace(r#"code = "marginal-commission""#, r#"code = "other""#);
    let saved = house.desk.save_bonus_plan(SavePlan {
        plan: other,
        from: Some(yeji_core::org::OPEN_START),
        everybody: Some(false),
    });
    saved.await.unwrap();
    house.assign(person, "other", q(1), None).await;
    house.act(house.anna);
    let plan = || Some("other".to_owned());
    let made = house.desk.run_bonus(
        RunBonus {
            period: q(1),
            preview: false,
            people: None,
            plan: plan(),
        },
        &|_| (),
    );
    made.await.unwrap();
    let args = GetBonusCycle {
        period: q(1),
        plan: plan(),
    };
    let seen = house.desk.get_bonus_cycle(args).await.unwrap();
    let again = house.step_with(q(1), CycleAction::Submit, |step| StepBonusCycle {
        plan: plan(),
        expected: seen.stamp,
        ..step
    });
    let again = refused(again.await);
    assert!(
        matches!(&again, CycleError::SettledByOther { plan, .. } if plan == "marginal-commission"),
        "{again:?}"
    );
}

#[tokio::test]
async fn a_payment_stays_recorded_when_the_clock_is_set_back() {
    let house = House::new().await;
    let paid = house.paid(q(1)).await;
    house.clock.by(-3_600);
    let asked = house.step(q(1), CycleAction::AskReopen).await.unwrap();
    assert_eq!(asked.state, paid.state);
    house.act(house.anna);
    house.step(q(1), CycleAction::Reopen).await.unwrap();
    let again = house.paid(q(1)).await;
    assert_eq!(again.run, paid.run, "what was paid is not paid again");
}

#[tokio::test]
async fn by_what_a_period_was_paid_is_not_taken_back() {
    let house = House::new().await;
    house.run(q(1)).await.unwrap();
    let (person, _) = house.paid_seller(q(1)).await;
    house
        .assign(person, "marginal-commission", q(1), Some("9000"))
        .await;
    let app = house.app().await;
    let change = app.store().unwrap().changes(None, 1).await.unwrap().rows[0].id;
    house.paid(q(1)).await;
    let undo = UndoChange {
        change: Some(change),
        later: LaterImports::default(),
    };
    let refused = house.desk.undo_change(undo).await.unwrap_err();
    assert_eq!(refused.code(), "plan_approved_from");
}
