//! Runs on a small demo company.

use yeji_bonus::{CountedFact, Figure, Statement};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::facts::Opportunity;
use yeji_store::Entity;

use super::*;
use crate::api::Message;
use crate::api::bonus::{GetBonusRun, GetStatement, RunBonus, StatementView};
use crate::api::bonus_people::{GetBonusPlan, SavePlan};
use crate::demo::tests::demo_app;

fn q2() -> Period {
    "2026-Q2".parse().unwrap()
}

fn kept() -> RunBonus {
    RunBonus {
        period: q2(),
        plan: None,
        preview: false,
        people: None,
    }
}

/// A plan that holds for all the time, as every one did before plans had dates.
pub(super) fn always(plan: String) -> SavePlan {
    SavePlan {
        plan,
        from: Some(yeji_core::org::OPEN_START),
        everybody: Some(true),
    }
}

fn codes(notes: &[Message]) -> Vec<&str> {
    notes.iter().map(|note| note.code.as_str()).collect()
}

#[tokio::test]
async fn a_kept_statement_stays_as_it_was_when_a_deal_changes() {
    let (_folder, app) = demo_app().await;
    let run = app
        .run_bonus_with(kept(), None, false, &|_| ())
        .await
        .unwrap();
    let statement = run
        .output
        .statements
        .iter()
        .find(|statement| {
            let facts = &statement.components[0].counted;
            let alone = |fact: &CountedFact| fact.credited == Figure::Money(fact.amount);
            facts.len() > 1 && facts.iter().all(alone)
        })
        .expect("somebody sold twice, alone");
    let ask = GetStatement {
        period: q2(),
        person: statement.person.parse().unwrap(),
        plan: None,
        preview: false,
    };
    let before = app.get_statement(ask.clone()).await.unwrap();
    assert!(!codes(&before.summary.notes).contains(&"deal_changed_since_run"));
    assert!(
        before.components[0]
            .counted
            .iter()
            .all(|fact| fact.customer.is_some())
    );

    let store = app.store().unwrap();
    let id = statement.components[0].counted[0].id.parse().unwrap();
    let deal = store.opportunity(id).await.unwrap().unwrap();
    let amount = deal.amount.map(|amount| Money {
        minor: amount.minor + 1,
        ..amount
    });
    let moved = &statement.components[0].counted[1];
    let other = store.opportunity(moved.id.parse().unwrap()).await.unwrap();
    let mut change = app.change(yeji_store::ChangeKind::Import, json!({}));
    change.put.push(
        Opportunity {
            closed_on: q2().start().pred_opt(),
            ..other.unwrap()
        }
        .into(),
    );
    change.put.push(Opportunity { amount, ..deal }.into());
    app.apply(change).await.unwrap();

    let after = app.get_statement(ask.clone()).await.unwrap();
    let amounts = |view: &StatementView| -> Vec<_> {
        view.components[0]
            .counted
            .iter()
            .map(|fact| (fact.label.clone(), fact.on, fact.amount))
            .collect()
    };
    assert_eq!(amounts(&after), amounts(&before));
    let facts = &after.components[0].counted;
    assert!(facts.iter().all(|fact| fact.customer.is_some()));
    let sum: i64 = facts.iter().map(|fact| fact.amount.minor).sum();
    assert_eq!(Some(sum), after.summary.actual.map(|money| money.minor));
    let note = after
        .summary
        .notes
        .iter()
        .find(|note| note.code == "deal_changed_since_run")
        .expect("the change is said");
    assert_eq!(note.params["count"], "2");
    assert!(note.params["names"].contains(&moved.label));

    let run = app
        .get_bonus_run(GetBonusRun {
            period: q2(),
            plan: None,
        })
        .await;
    let notes = run.unwrap().unwrap().notes;
    assert!(codes(&notes).contains(&"facts_changed_since_run"));
    let expected = sum + 1 - moved.amount.minor;
    let now = app.get_statement(GetStatement {
        preview: true,
        ..ask
    });
    let actual = now.await.unwrap().summary.actual;
    assert_eq!(actual.map(|money| money.minor), Some(expected));
}

#[tokio::test]
async fn a_counted_deal_that_is_gone_is_named() {
    let (_folder, app) = demo_app().await;
    let run = app
        .run_bonus_with(kept(), None, false, &|_| ())
        .await
        .unwrap();
    let sold = |one: &&Statement| !one.components[0].counted.is_empty();
    let statement = run.output.statements.iter().find(sold).unwrap();
    let gone = &statement.components[0].counted[0];
    let id: uuid::Uuid = gone.id.parse().unwrap();
    let store = app.store().unwrap();
    let referring = store.referring_records(Entity::Opportunity, id).await;
    let mut change = app.change(yeji_store::ChangeKind::Import, json!({}));
    let records = referring.unwrap();
    let deletes = records.iter().map(|record| (record.entity(), record.id()));
    change.delete.extend(deletes);
    change.delete.push((Entity::Opportunity, id));
    app.apply(change).await.unwrap();
    let ask = GetStatement {
        period: q2(),
        person: statement.person.parse().unwrap(),
        plan: None,
        preview: false,
    };
    let view = app.get_statement(ask).await.unwrap();
    let shown = &view.components[0].counted[0];
    assert_eq!((shown.deal, &shown.label), (None, &gone.label));
    assert_eq!(shown.customer, gone.customer, "as it was counted");
    let changed = view.summary.notes.iter();
    let changed = changed.filter(|note| note.code == "deal_changed_since_run");
    let told: Vec<_> = changed.map(|note| note.params["names"].as_str()).collect();
    assert!(
        matches!(told[..], [names] if names.contains(&gone.label)),
        "{told:?}"
    );
}

#[tokio::test]
async fn the_plan_of_a_file_is_kept_and_never_put_in_force() {
    let (_folder, app) = demo_app().await;
    let version = async || {
        app.get_bonus_plan(GetBonusPlan::default())
            .await
            .unwrap()
            .version
    };
    let changes = async || {
        let store = app.store().unwrap();
        store.changes(None, 100).await.unwrap().rows.len()
    };
    let built_in = app.get_bonus_plan(GetBonusPlan::default()).await.unwrap();
    assert_eq!(built_in.version, 0);
    let file = built_in.document.replace("200%", "150%");
    let before = changes().await;
    app.run_bonus_with(kept(), Some(&file), false, &|_| ())
        .await
        .unwrap();
    assert_eq!(changes().await, before + 1, "run and plan are one change");
    assert_eq!(version().await, 0, "nobody has saved a plan");
    app.run_bonus_with(kept(), Some(&file), false, &|_| ())
        .await
        .unwrap();
    let plans = app.store().unwrap().bonus_plans().await.unwrap();
    assert_eq!(plans.len(), 1, "the same file is the same version");

    app.run_bonus(kept(), &|_| ()).await.unwrap();
    assert_eq!(version().await, 2, "the built-in plan as it was run");
    assert_eq!(
        app.get_bonus_plan(GetBonusPlan::default())
            .await
            .unwrap()
            .document,
        built_in.document
    );
    let other = built_in.document.replace("Attainment bands", "Other");
    app.save_bonus_plan(always(other)).await.unwrap();
    assert_eq!(version().await, 3);
    app.run_bonus_with(kept(), Some(&file), false, &|_| ())
        .await
        .unwrap();
    let in_force = app.get_bonus_plan(GetBonusPlan::default()).await.unwrap();
    assert_eq!(in_force.version, 3);
    assert!(in_force.document.contains("Other"));
}

#[tokio::test]
async fn a_plan_that_came_after_the_period_is_named() {
    let (_folder, app) = demo_app().await;
    let said = |notes: &[Message]| -> Option<Message> {
        let late = |note: &&Message| note.code == "plan_newer_than_period";
        notes.iter().find(late).cloned()
    };
    let run = app.run_bonus(kept(), &|_| ()).await.unwrap();
    assert_eq!(said(&run.notes), None, "the built-in plan was always there");
    let built_in = app
        .get_bonus_plan(GetBonusPlan::default())
        .await
        .unwrap()
        .document;
    let newer = built_in.replace("200%", "150%");
    app.save_bonus_plan(always(newer)).await.unwrap();

    let run = app.run_bonus(kept(), &|_| ()).await.unwrap();
    let note = said(&run.notes).expect("old sales by a new plan");
    let today = app.clock.today();
    assert!(q2().end() <= today, "the period is over");
    assert_eq!(note.params["version"], "2");
    assert_eq!(note.params["date"], today.to_string());
    assert_eq!(note.params["period"], "2026-Q2");
    let again = app
        .get_bonus_run(GetBonusRun {
            period: q2(),
            plan: None,
        })
        .await;
    assert_eq!(
        said(&again.unwrap().unwrap().notes),
        Some(note),
        "also later"
    );

    let running = RunBonus {
        period: Period::containing(PeriodKind::Quarter, today).unwrap(),
        plan: None,
        preview: true,
        people: None,
    };
    let run = app.run_bonus(running, &|_| ()).await.unwrap();
    assert_eq!(said(&run.notes), None, "the period still runs");
}

#[tokio::test]
async fn a_trial_that_hands_everybodys_pay_on_is_recorded() {
    // The file has all goals, results and target bonuses, whether the run is kept or not.
    let (_folder, app) = demo_app().await;
    let trial = || RunBonus {
        period: q2(),
        plan: None,
        preview: true,
        people: None,
    };
    let newest = async || {
        let page = app.store().unwrap().audit_entries(None, 1).await.unwrap();
        page.rows.into_iter().next().map(|entry| entry.action)
    };
    let before = newest().await;
    app.run_bonus_with(trial(), None, false, &|_| ())
        .await
        .unwrap();
    assert_eq!(newest().await, before, "looking is no export");
    app.run_bonus_with(trial(), None, true, &|_| ())
        .await
        .unwrap();
    assert_eq!(newest().await.as_deref(), Some("export.bonus_input"));
}

#[tokio::test]
async fn a_statement_that_is_copied_is_recorded() {
    let (_folder, app) = demo_app().await;
    let run = app.run_bonus(kept(), &|_| ()).await.unwrap();
    let shown = &run.statements[0];
    let ask = GetStatement {
        period: q2(),
        person: shown.person,
        plan: None,
        preview: false,
    };
    app.get_statement(ask.clone()).await.unwrap();
    let newest = async || {
        let page = app.store().unwrap().audit_entries(None, 1).await.unwrap();
        page.rows.into_iter().next().unwrap()
    };
    assert_eq!(newest().await.action, "bonus.run", "looking is no export");
    app.copy_statement(ask).await.unwrap();
    let entry = newest().await;
    assert_eq!(
        (entry.action.as_str(), &entry.subject),
        ("export.statement", &shown.name)
    );
    assert_eq!(entry.detail["period"], "2026-Q2");
}

#[tokio::test]
async fn a_run_tells_how_far_it_is_and_keeps_nothing_when_it_is_stopped() {
    let (_folder, app) = demo_app().await;
    let said = std::sync::Mutex::new(Vec::new());
    let stop = |step: crate::api::Progress| {
        if step.step == "writing" {
            app.stop_tasks();
        }
        said.lock().unwrap().push((step.step, step.done));
    };
    let stopped = app.run_bonus(kept(), &stop).await;
    assert_eq!(stopped.unwrap_err().code(), "cancelled");
    let said = said.into_inner().unwrap();
    let steps: Vec<&str> = said.iter().map(|(step, _)| step.as_str()).collect();
    assert_eq!(steps, ["gathering", "calculating", "writing"]);
    let runs = app.list_bonus_runs(crate::api::NoArgs {}).await.unwrap();
    assert!(runs.runs.is_empty());
    app.run_bonus(kept(), &|_| ()).await.unwrap();
}

#[tokio::test]
async fn a_missing_goal_of_somebody_who_had_left_is_not_asked_for() {
    let (_folder, app) = demo_app().await;
    let ask = RunBonus {
        preview: true,
        ..kept()
    };
    let made = app.run_bonus_with(ask, None, false, &|_| ()).await.unwrap();
    let mut output = made.output;
    output.statements.truncate(2);
    for statement in &mut output.statements {
        let note = yeji_bonus::Note {
            code: "no_goal".to_owned(),
            params: std::collections::BTreeMap::new(),
        };
        statement.components[0].notes.push(note);
    }
    let plan = yeji_bonus::attainment_bands().unwrap();
    let named = async || {
        let hash = String::new();
        let view = app.run_view(None, app.clock.now(), &plan, &output, hash, Vec::new());
        let notes = view.await.unwrap().notes.into_iter();
        let mut notes = notes.filter(|note| note.code == "no_goal_people");
        notes.next().unwrap().params["count"].clone()
    };
    assert_eq!(named().await, "2");
    let id = output.statements[0].person.parse().unwrap();
    let organisation = app.store().unwrap().organisation().await.unwrap();
    let mut person = organisation.person(id).unwrap().clone();
    person.left_on = Some(q2().start());
    let mut change = app.change(yeji_store::ChangeKind::Edit, json!({}));
    change.put.push(person.into());
    app.apply(change).await.unwrap();
    assert_eq!(named().await, "1");
}
