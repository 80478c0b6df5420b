//! Plans by person and date on the store of a demo company.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use yeji_bonus::{CalculateInput, Statement};
use yeji_core::bonus_cycle::{BonusStep, BonusStepKind};
use yeji_core::calendar::Period;
use yeji_core::ids::{BonusRunId, BonusStepId, PersonId, UnitId};
use yeji_core::{Ratio, Rounding};
use yeji_store::ChangeKind;
use yeji_testkit::day;

use super::tests::always;
use super::*;
use crate::api::Message;
use crate::api::bonus::{GetBonusRun, GetStatement, RunBonus};
use crate::api::bonus_people::{
    AssignPlan, CopyObjectives, EndPlanAssignment, GetBonusPlan, JudgeObjective, ListObjectives,
    ListPlanPeople, ObjectiveSetting, SavePlan, SetObjectives,
};
use crate::api::settings::SetTargetBonuses;
use crate::demo::tests::demo_app;

const BASE: &str = "attainment-bands";
const OTHER: &str = "other-bands";

fn q2() -> Period {
    "2026-Q2".parse().unwrap()
}

/// Everybody with a target bonus under one plan for all the time, and a second plan for those who are
/// assigned to it.
async fn two_plans() -> (tempfile::TempDir, App) {
    let (folder, app) = demo_app().await;
    let set = SetTargetBonuses {
        people: Vec::new(),
        per_quarter: "9100".to_owned(),
        from: day("2025-01-01"),
    };
    app.set_target_bonuses(set).await.unwrap();
    let base = yeji_bonus::ATTAINMENT_BANDS.to_owned();
    app.save_bonus_plan(always(base.clone())).await.unwrap();
    let other = SavePlan {
        plan: base.replace(BASE, OTHER),
        from: None,
        everybody: Some(false),
    };
    app.save_bonus_plan(other).await.unwrap();
    (folder, app)
}

fn assign(plan: &str, people: Vec<PersonId>, unit: Option<UnitId>, from: &str) -> AssignPlan {
    AssignPlan {
        assignment: None,
        plan: plan.to_owned(),
        people,
        unit,
        from: day(from),
        to: None,
        target_bonus: None,
        preview: false,
    }
}

async fn run(app: &App, plan: Option<&str>, period: Period) -> Calculation {
    let ask = RunBonus {
        period,
        plan: plan.map(str::to_owned),
        preview: true,
        people: None,
    };
    app.run_bonus_with(ask, None, false, &|_| ()).await.unwrap()
}

fn people_of(made: &Calculation) -> BTreeSet<PersonId> {
    let statements = made.output.statements.iter();
    statements.map(|one| one.person.parse().unwrap()).collect()
}

fn payout(made: &Calculation, person: PersonId) -> Option<i64> {
    let id = person.to_string();
    let mut statements = made.output.statements.iter();
    let found = statements.find(|one| one.person == id);
    found.map(|one| one.payout.minor)
}

/// Somebody who is paid for all of the quarter.
async fn paid_person(app: &App) -> PersonId {
    let organisation = app.store().unwrap().organisation().await.unwrap();
    let made = run(app, None, q2()).await;
    let whole = |one: &&Statement| {
        let person = organisation.person(one.person.parse().unwrap()).unwrap();
        let hired = person.hired_on.is_none_or(|day| day <= q2().start());
        let left = person.left_on.is_none_or(|day| q2().end() <= day);
        one.payout.minor > 0 && hired && left
    };
    let found = made.output.statements.iter().find(whole);
    found.expect("somebody is paid").person.parse().unwrap()
}

#[tokio::test]
async fn who_changes_the_plan_in_mid_quarter_has_a_part_of_both_by_days() {
    let (_folder, app) = two_plans().await;
    let person = paid_person(&app).await;
    let whole = payout(&run(&app, None, q2()).await, person).unwrap();
    app.assign_plan(assign(OTHER, vec![person], None, "2026-05-16"))
        .await
        .unwrap();

    let (first, second) = (
        run(&app, None, q2()).await,
        run(&app, Some(OTHER), q2()).await,
    );
    assert_eq!(people_of(&second), BTreeSet::from([person]));
    // April and 15 days of May, then 16 of May and June: 45 and 46 of 91 days, whatever the plan says on
    // proration.
    let part = |days: i64| {
        let exact = Ratio::new((whole * days).into(), 91).unwrap();
        exact.round(Rounding::HalfUp).unwrap()
    };
    assert_eq!(payout(&first, person), Some(part(45)));
    assert_eq!(payout(&second, person), Some(part(46)));
    let of = |made: &Calculation| {
        let input: CalculateInput = serde_json::from_slice(&made.input).unwrap();
        let mut people = input.people.into_iter();
        let found = people.find(|one| one.person == person.to_string());
        let found = found.unwrap();
        assert!(found.partly);
        let days = found.assignments.into_iter();
        let days: Vec<_> = days
            .map(|one| (one.from.unwrap(), one.to.unwrap()))
            .collect();
        days
    };
    let (start, end) = (q2().start(), q2().end());
    assert_eq!(of(&first), [(start, day("2026-05-16"))]);
    assert_eq!(of(&second), [(day("2026-05-16"), end)]);

    let statement = GetStatement {
        period: q2(),
        person,
        plan: Some(OTHER.to_owned()),
        preview: true,
    };
    let view = app.get_statement(statement).await.unwrap();
    assert_eq!(Some(view.summary.payout.minor), payout(&second, person));
}

fn target_of(made: &Calculation, person: PersonId) -> Money {
    let id = person.to_string();
    let mut statements = made.output.statements.iter();
    let own = statements.find(|one| one.person == id).unwrap();
    own.target_bonus.unwrap()
}

#[tokio::test]
async fn an_assignment_of_the_whole_time_pays_its_own_target_bonus() {
    let (_folder, app) = two_plans().await;
    let person = paid_person(&app).await;
    let before = run(&app, None, q2()).await;
    let whole = payout(&before, person).unwrap();
    let target = target_of(&before, person);
    let assigned = AssignPlan {
        target_bonus: Some(target.checked_add(target).unwrap().to_major()),
        ..assign(OTHER, vec![person], None, "2025-01-01")
    };
    app.assign_plan(assigned).await.unwrap();
    let made = run(&app, Some(OTHER), q2()).await;
    assert_eq!(payout(&made, person), Some(2 * whole));
    assert_eq!(payout(&run(&app, None, q2()).await, person), None);
}

#[tokio::test]
async fn a_unit_is_under_a_plan_and_one_of_it_is_not() {
    let (_folder, app) = two_plans().await;
    let organisation = app.store().unwrap().organisation().await.unwrap();
    let person = paid_person(&app).await;
    let team = organisation.team_on(person, day("2026-06-30")).unwrap();
    let before = people_of(&run(&app, None, q2()).await);
    let preview = AssignPlan {
        preview: true,
        ..assign(OTHER, Vec::new(), Some(team), "2026-04-01")
    };
    let effect = app.assign_plan(preview).await.unwrap();
    assert!(effect.people > 1, "a team");
    assert_eq!(people_of(&run(&app, None, q2()).await), before, "a preview");

    let of_team = assign(OTHER, Vec::new(), Some(team), "2026-04-01");
    app.assign_plan(of_team).await.unwrap();
    app.assign_plan(assign(BASE, vec![person], None, "2026-04-01"))
        .await
        .unwrap();
    let base = people_of(&run(&app, None, q2()).await);
    let other = people_of(&run(&app, Some(OTHER), q2()).await);
    assert!(base.contains(&person) && !other.contains(&person));
    let both: BTreeSet<PersonId> = base.union(&other).copied().collect();
    assert_eq!(both, before, "nobody is lost");
    for id in &other {
        let mut stays = organisation.stays(*id);
        assert!(stays.any(|stay| stay.unit == team), "of the team only");
    }
    assert!(!other.is_empty());

    let args = ListPlanPeople {
        unit: Some(team),
        ..ListPlanPeople::default()
    };
    let listed = app.list_plan_people(args).await.unwrap();
    let own = listed.people.iter().find(|one| one.person == person);
    assert!(own.unwrap().plans.iter().all(|one| one.plan == BASE));
    let plans = app.list_bonus_plans(NoArgs {}).await.unwrap().plans;
    let people: Vec<(&str, bool)> = plans
        .iter()
        .map(|one| (one.code.as_str(), one.people > 0))
        .collect();
    assert_eq!(people, [(BASE, true), (OTHER, true)]);
}

#[tokio::test]
async fn a_version_holds_until_the_next_one_starts() {
    let (_folder, app) = demo_app().await;
    let document = |percent: &str| yeji_bonus::ATTAINMENT_BANDS.replace("200%", percent);
    let save = async |percent: &str, from: Option<&str>| {
        let args = SavePlan {
            plan: document(percent),
            from: from.map(day),
            everybody: None,
        };
        app.save_bonus_plan(args).await.unwrap()
    };
    // The first one of a store holds all the time.
    let first = save("110%", None).await;
    assert_eq!(first.versions.len(), 1);
    assert_eq!(first.versions[0].from, None);
    save("120%", Some("2026-04-01")).await;
    let next = save("130%", None).await;
    let mine = next.versions.iter().find(|one| one.version == 3).unwrap();
    assert_eq!(mine.from, Some(day("2026-10-01")), "the next quarter");
    // Saved later, for the time between: it ends where the next one starts.
    save("125%", Some("2026-07-01")).await;
    // Of two that start on a day the later one holds.
    save("115%", Some("2025-10-01")).await;
    save("116%", Some("2025-10-01")).await;

    let used = async |period: &str| {
        let made = run(&app, None, period.parse().unwrap()).await;
        let input: CalculateInput = serde_json::from_slice(&made.input).unwrap();
        let text = yeji_bonus::to_toml(&input.plan).unwrap();
        let known = ["110%", "115%", "116%", "120%", "125%", "130%"];
        let mut found = known.into_iter().filter(|percent| text.contains(percent));
        found.next().unwrap()
    };
    assert_eq!(used("2025-Q3").await, "110%");
    assert_eq!(used("2025-Q4").await, "116%");
    assert_eq!(used("2026-Q1").await, "116%");
    assert_eq!(used("2026-Q2").await, "120%");
    assert_eq!(used("2026-Q3").await, "125%");
    assert_eq!(used("2026-Q4").await, "130%");
    let today = app.get_bonus_plan(GetBonusPlan::default()).await.unwrap();
    let days: Vec<(i64, Option<NaiveDate>, Option<NaiveDate>)> = today
        .versions
        .iter()
        .map(|one| (one.version, one.from, one.to))
        .collect();
    let on = |text: &str| Some(day(text));
    assert_eq!(
        days,
        [
            (1, None, on("2025-10-01")),
            (6, on("2025-10-01"), on("2026-04-01")),
            (2, on("2026-04-01"), on("2026-07-01")),
            (4, on("2026-07-01"), on("2026-10-01")),
            (3, on("2026-10-01"), None),
        ]
    );
    assert_eq!(today.version, 4);
}

#[tokio::test]
async fn a_version_that_starts_within_a_period_runs_all_of_it_if_it_holds_on_its_last_day() {
    let (_folder, app) = demo_app().await;
    let base = yeji_bonus::ATTAINMENT_BANDS.to_owned();
    app.save_bonus_plan(always(base.clone())).await.unwrap();
    let args = SavePlan {
        plan: base.replace("200%", "150%"),
        from: Some(day("2026-06-30")),
        everybody: None,
    };
    app.save_bonus_plan(args).await.unwrap();
    let made = run(&app, None, q2()).await;
    let input: CalculateInput = serde_json::from_slice(&made.input).unwrap();
    assert!(yeji_bonus::to_toml(&input.plan).unwrap().contains("150%"));
    let late = |note: &Message| note.code == "plan_newer_than_period";
    assert!(made.run.notes.iter().any(late), "it was saved in July");
}

#[tokio::test]
async fn a_plan_of_everybody_follows_another_from_a_day_on() {
    let (_folder, app) = demo_app().await;
    let base = yeji_bonus::ATTAINMENT_BANDS.to_owned();
    app.save_bonus_plan(always(base.clone())).await.unwrap();
    let args = SavePlan {
        plan: base.replace(BASE, OTHER),
        from: Some(day("2026-04-01")),
        everybody: Some(true),
    };
    app.save_bonus_plan(args).await.unwrap();
    let code = async |period: &str| run(&app, None, period.parse().unwrap()).await.output.plan;
    assert_eq!(code("2026-Q1").await, BASE);
    assert_eq!(code("2026-Q2").await, OTHER);
    let base = run(&app, Some(BASE), q2()).await;
    assert!(base.output.statements.is_empty(), "all are under the other");
    let kept = RunBonus {
        period: q2(),
        plan: None,
        preview: false,
        people: None,
    };
    app.run_bonus(kept, &|_| ()).await.unwrap();
    let asked = async |plan: Option<&str>| {
        let args = GetBonusRun {
            period: q2(),
            plan: plan.map(str::to_owned),
        };
        app.get_bonus_run(args).await.unwrap().is_some()
    };
    assert!(asked(None).await && asked(Some(OTHER)).await);
    assert!(!asked(Some(BASE)).await, "of that plan there is no run");
}

#[tokio::test]
async fn nobody_is_under_two_plans_on_a_day() {
    let (_folder, app) = two_plans().await;
    let person = paid_person(&app).await;
    let first = AssignPlan {
        to: Some(day("2026-06-01")),
        ..assign(OTHER, vec![person], None, "2026-04-01")
    };
    app.assign_plan(first).await.unwrap();
    let refused = app
        .assign_plan(assign(BASE, vec![person], None, "2026-05-31"))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "plan_overlap");
    let params = refused.params();
    assert_eq!(params["plan"], OTHER);
    assert_eq!(
        (&*params["from"], &*params["to"]),
        ("2026-04-01", "2026-05-31")
    );
    // Half-open: the next day is free.
    app.assign_plan(assign(BASE, vec![person], None, "2026-06-01"))
        .await
        .unwrap();
    let people = async || {
        app.list_plan_people(ListPlanPeople::default())
            .await
            .unwrap()
    };
    let listed = people().await;
    assert_eq!(listed.assignments.len(), 2);
    let longer = EndPlanAssignment {
        assignment: listed.assignments[0].id,
        to: Some(day("2026-06-02")),
        preview: false,
    };
    let refused = app.end_plan_assignment(longer).await.unwrap_err();
    assert_eq!(refused.code(), "plan_overlap", "nor by another end");
    let unknown = app
        .assign_plan(assign("no-such-plan", vec![person], None, "2027-01-01"))
        .await;
    assert_eq!(unknown.unwrap_err().code(), "not_found");
    let removed = EndPlanAssignment {
        assignment: listed.assignments[1].id,
        to: None,
        preview: false,
    };
    let effect = app.end_plan_assignment(removed).await.unwrap();
    assert_eq!(effect.people, 0, "that is the plan of everybody anyway");
    assert_eq!(people().await.assignments.len(), 1);
}

#[tokio::test]
async fn without_assignments_the_engine_is_told_what_it_always_was() {
    let (_folder, app) = demo_app().await;
    let set = SetTargetBonuses {
        people: Vec::new(),
        per_quarter: "9100".to_owned(),
        from: day("2026-05-01"),
    };
    app.set_target_bonuses(set).await.unwrap();
    let before = run(&app, None, q2()).await;
    let text = String::from_utf8(before.input.clone()).unwrap();
    assert!(!text.contains("partly") && !text.contains("objectives\":["));
    let input: CalculateInput = serde_json::from_slice(&before.input).unwrap();
    let records = app.store().unwrap().target_bonuses().await.unwrap();
    for person in &input.people {
        let id: PersonId = person.person.parse().unwrap();
        let own = records.iter().filter(|one| one.person == id).cloned();
        let own: Vec<_> = own.collect();
        let expected = people::assignments(&own, &[q2()]).unwrap();
        assert_eq!(person.assignments, expected, "the records as they are");
    }
    // The same said aloud changes no byte either.
    app.assign_plan(assign(BASE, Vec::new(), None, "2020-01-01"))
        .await
        .unwrap();
    let after = run(&app, None, q2()).await;
    assert_eq!(after.run.inputs_hash, before.run.inputs_hash);
}

#[tokio::test]
async fn an_approved_period_keeps_its_plan_and_objectives() {
    let (_folder, app) = demo_app().await;
    let base = yeji_bonus::ATTAINMENT_BANDS.to_owned();
    app.save_bonus_plan(always(base.clone())).await.unwrap();
    approve(&app, "2026-Q3").await;
    let save = async |from: Option<&str>| {
        let args = SavePlan {
            plan: base.replace("200%", "150%"),
            from: from.map(day),
            everybody: None,
        };
        app.save_bonus_plan(args).await
    };
    let refused = save(Some("2026-09-30")).await.unwrap_err();
    assert_eq!(refused.code(), "plan_approved_from");
    assert_eq!(refused.params()["first"], "2026-10-01");
    approve(&app, "2026-Q4").await;
    let kept = save(None).await.unwrap();
    assert_eq!(kept.versions[1].from, Some(day("2027-01-01")));
    step(&app, "2026-Q4", BonusStepKind::SendBack, None).await;
    save(Some("2026-10-01")).await.unwrap();

    let person = app.store().unwrap().organisation().await.unwrap();
    let person = person.people().next().unwrap().id;
    let set = SetObjectives {
        person,
        period: "2026-Q3".parse().unwrap(),
        objectives: vec![objective("Train", "100%")],
    };
    let refused = app.set_objectives(set).await.unwrap_err();
    assert_eq!(refused.code(), "objectives_approved");
}

#[tokio::test]
async fn a_change_of_plan_says_which_approved_periods_it_meets() {
    let (_folder, app) = two_plans().await;
    let people = seen_people(&app).await;
    let chosen = vec![people[0], people[1]];
    let preview = |from: &str| AssignPlan {
        preview: true,
        ..assign(OTHER, chosen.clone(), None, from)
    };
    let before = app.assign_plan(preview("2026-04-01")).await.unwrap();
    assert_eq!((before.people, before.notes), (2, Vec::new()));
    approve(&app, "2026-Q2").await;
    let met = app.assign_plan(preview("2026-06-30")).await.unwrap();
    let [note] = &met.notes[..] else {
        panic!("{:?}", met.notes)
    };
    assert_eq!(note.code, "plan_change_approved");
    let said = |name: &str| note.params[name].as_str();
    assert_eq!(
        (said("period"), said("plan"), said("people")),
        ("2026-Q2", BASE, "2")
    );
    let later = app.assign_plan(preview("2026-07-01")).await.unwrap();
    assert_eq!(later.notes, Vec::new(), "the period is over by then");

    // A plan that becomes that of everybody.
    let base = yeji_bonus::ATTAINMENT_BANDS.to_owned();
    let save = |from: &str| SavePlan {
        plan: base.replace(BASE, "third-bands"),
        from: Some(day(from)),
        everybody: Some(true),
    };
    let whole = app.preview_bonus_plan(save("2026-04-01")).await.unwrap();
    assert!(whole.people > 2, "{}", whole.people);
    assert_eq!(whole.notes.len(), 1);
    let people: u32 = whole.notes[0].params["people"].parse().unwrap();
    assert!(people > 2 && people <= whole.people);
    let later = app.preview_bonus_plan(save("2026-07-01")).await.unwrap();
    assert_eq!(later.notes, Vec::new());
    // Only looked at.
    let plans = app.list_bonus_plans(NoArgs {}).await.unwrap().plans;
    assert_eq!(plans.len(), 2);

    // Who ends an assignment is told as well.
    app.assign_plan(assign(OTHER, chosen.clone(), None, "2026-04-01"))
        .await
        .expect("nothing is refused");
    let list = app
        .list_plan_people(ListPlanPeople::default())
        .await
        .unwrap();
    let end = EndPlanAssignment {
        assignment: list.assignments[0].id,
        to: None,
        preview: true,
    };
    let ended = app.end_plan_assignment(end).await.unwrap();
    assert_eq!(ended.people, 1);
}

/// People with a statement, in order.
async fn seen_people(app: &App) -> Vec<PersonId> {
    let made = run(app, None, q2()).await;
    let people = made.output.statements.iter();
    people.map(|one| one.person.parse().unwrap()).collect()
}

#[tokio::test]
async fn objectives_that_no_plan_pays_are_said_to_be_so() {
    let (_folder, app) = two_plans().await;
    let person = seen_people(&app).await[0];
    let set = SetObjectives {
        person,
        period: q2(),
        objectives: vec![objective("Train", "100%")],
    };
    let list = app.set_objectives(set).await.unwrap();
    assert!(list.people[0].unpaid);
}

/// A kept run of a period is handed in and approved by HR.
async fn approve(app: &App, period: &str) {
    let (plan, people, preview) = (None, None, false);
    let period_of: Period = period.parse().unwrap();
    let ask = RunBonus {
        period: period_of,
        plan,
        preview,
        people,
    };
    let run = app.run_bonus(ask, &|_| ()).await.unwrap().id;
    step(app, period, BonusStepKind::Submit, run).await;
    step(app, period, BonusStepKind::ApproveHr, None).await;
}

async fn step(app: &App, period: &str, kind: BonusStepKind, run: Option<BonusRunId>) {
    let mut change = app.change(ChangeKind::BonusCycle, json!({}));
    change.put.push(
        BonusStep {
            id: BonusStepId(app.clock.new_id()),
            period: period.to_owned(),
            plan: BASE.to_owned(),
            kind,
            run,
            unit: None,
            person: None,
            on: None,
            reason: None,
            author: "hr".to_owned(),
            at: app.clock.now(),
        }
        .into(),
    );
    app.apply(change).await.unwrap();
}

fn objective(name: &str, weight: &str) -> ObjectiveSetting {
    ObjectiveSetting {
        id: None,
        name: name.to_owned(),
        weight: weight.to_owned(),
    }
}

#[tokio::test]
async fn objectives_pay_when_all_are_judged() {
    let (_folder, app) = two_plans().await;
    let person = paid_person(&app).await;
    let templates = app.list_bonus_templates(NoArgs {}).await.unwrap();
    let mut templates = templates.into_iter();
    let plan = templates.find(|one| one.code == "quarterly-objectives");
    let plan = plan.unwrap().plan;
    app.save_bonus_plan(always(plan)).await.unwrap();
    let set = async |objectives: Vec<ObjectiveSetting>| {
        let args = SetObjectives {
            person,
            period: q2(),
            objectives,
        };
        app.set_objectives(args).await
    };
    let statement = async || {
        let made = run(&app, None, q2()).await;
        let id = person.to_string();
        let mut statements = made.output.statements.into_iter();
        statements.find(|one| one.person == id).unwrap()
    };
    let notes = |one: &Statement| -> Vec<String> {
        let notes = one.components[0].notes.iter();
        notes.map(|note| note.code.clone()).collect()
    };
    assert_eq!(notes(&statement().await), ["no_objectives"]);

    let refused = set(vec![objective("A", "40%"), objective("B", "50%")]).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.code(), "objective_weights");
    assert_eq!(refused.params()["total"], "90%");
    let refused = set(vec![objective("A", "many")]).await.unwrap_err();
    assert_eq!(refused.code(), "objective_share");
    let listed = set(vec![objective("A", "2/5"), objective("B", "60%")]).await;
    let own = listed.unwrap().people.remove(0).objectives;
    let judge = async |at: usize, result: &str| {
        let args = JudgeObjective {
            objective: own[at].id,
            result: Some(result.to_owned()),
        };
        app.judge_objective(args).await.unwrap()
    };
    judge(0, "100%").await;
    let waiting = statement().await;
    assert!(waiting.blocked);
    assert_eq!(waiting.components[0].notes[0].params["names"], "B");
    let judged = judge(1, "80%").await;
    assert_eq!(judged.people[0].reached.as_deref(), Some("88%"));
    // On a straight line from 60 % to 120 %.
    let paid = statement().await;
    let target = paid.target_bonus.unwrap();
    assert_eq!(paid.payout.minor * 100, target.minor * 88);

    // Names and weights change, results stay with what was judged.
    let kept = ObjectiveSetting {
        id: Some(own[0].id),
        ..objective("A", "100%")
    };
    let listed = set(vec![kept]).await.unwrap();
    let own = &listed.people[0].objectives;
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].result.as_deref(), Some("100%"));

    let copy = CopyObjectives {
        from_person: person,
        from_period: q2(),
        people: vec![person],
        period: "2026-Q3".parse().unwrap(),
    };
    app.copy_objectives(copy.clone()).await.unwrap();
    let list = ListObjectives {
        period: copy.period,
        person: Some(person),
    };
    let copied = app.list_objectives(list).await.unwrap();
    let copied = &copied.people[0].objectives;
    assert_eq!((copied.len(), copied[0].result.as_deref()), (1, None));
    let again = app.copy_objectives(copy).await.unwrap_err();
    assert_eq!(again.code(), "objectives_there");
}
