//! Scorecards as they are set: whole, dated, with a history that can be taken back.

use yeji_core::org::MemberRole;
use yeji_testkit::day;

use super::World;
use crate::api::NoArgs;
use crate::api::history::{ListAudit, ListChanges, UndoChange};
use crate::api::kpi::{BothWords, KeepMetric, MetricArgs, OwnMetric};
use crate::performance::Whose;

const SALES: Option<MemberRole> = Some(MemberRole::Sales);

fn own_metric(direction: &str) -> KeepMetric {
    let words = || BothWords {
        zh: "每单".to_owned(),
        en: "Per deal".to_owned(),
    };
    KeepMetric {
        is_new: false,
        metric: OwnMetric {
            code: "per_deal".to_owned(),
            formula: "won_amount / won_count".to_owned(),
            unit: "money".to_owned(),
            direction: direction.to_owned(),
            decimals: 2,
            event_date: None,
            name: words(),
            definition: words(),
            source: words(),
        },
    }
}

#[tokio::test]
async fn what_is_no_scorecard_is_refused_and_changes_nothing() {
    let world = World::new().await;
    let check = async |kpis: &[(&str, &str)], code: &str| {
        let error = world.scorecard(SALES, "2027-01-01", kpis).await;
        let error = error.unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.is_bad_input());
        error.params()
    };
    let params = check(
        &[("won_amount", "60%"), ("win_rate", "35%")],
        "kpi_weights_below",
    )
    .await;
    assert_eq!((&*params["total"], &*params["missing"]), ("95%", "5%"));
    let params = check(
        &[("won_amount", "60%"), ("win_rate", "3/5")],
        "kpi_weights_above",
    )
    .await;
    assert_eq!((&*params["total"], &*params["excess"]), ("120%", "20%"));
    check(
        &[("won_amount", "50%"), ("won_amount", "50%")],
        "kpi_weight_twice",
    )
    .await;
    check(
        &[("won_amount", "100%"), ("win_rate", "0")],
        "kpi_weight_not_positive",
    )
    .await;
    check(
        &[("won_amount", "120%"), ("win_rate", "-20%")],
        "kpi_weight_not_positive",
    )
    .await;
    check(&[("won_amount", "most")], "kpi_weight_value").await;
    check(&[("nonsense", "100%")], "not_found").await;
    check(&[], "not_found").await;
    world.app.keep_metric(own_metric("neutral")).await.unwrap();
    check(&[("per_deal", "100%")], "kpi_neutral").await;
    let list = world.app.list_scorecards(NoArgs {}).await.unwrap();
    assert!(list.scorecards.is_empty(), "nothing half changed");
}

#[tokio::test]
async fn a_scorecard_holds_until_the_next_one_of_its_role() {
    let world = World::new().await;
    world
        .scorecard(None, "2026-01-01", &[("won_amount", "100%")])
        .await
        .unwrap();
    world
        .scorecard(SALES, "2026-01-01", &[("win_rate", "1")])
        .await
        .unwrap();
    world
        .scorecard(
            SALES,
            "2027-07-01",
            &[("won_count", "2/3"), ("win_rate", "1/3")],
        )
        .await
        .unwrap();
    let list = world.app.list_scorecards(NoArgs {}).await.unwrap();
    let said: Vec<String> = list
        .scorecards
        .iter()
        .map(|one| {
            let to = one.to.map_or_else(|| "-".to_owned(), |to| to.to_string());
            format!("{:?} {} {to} {}", one.role, one.from, one.in_force)
        })
        .collect();
    assert_eq!(
        said,
        [
            "None 2026-01-01 - true",
            "Some(Sales) 2026-01-01 2027-07-01 false",
            "Some(Sales) 2027-07-01 - true",
        ]
    );
    assert_eq!(list.scorecards[2].kpis[0].weight, "2/3");
    assert_eq!(list.scorecards[2].kpis[0].name.en, "Deals won");
    assert!(list.notes.is_empty());
    // Each period by the scorecard of its last day; an older one is as it was.
    for (period, since) in [
        ("2026-Q4", "2026-01-01"),
        ("2027-Q2", "2026-01-01"),
        ("2027-Q3", "2027-07-01"),
        ("2027", "2027-07-01"),
    ] {
        let result = world.result(Whose::Person(world.li), period, false).await;
        assert_eq!(result.rows[0].since, Some(day(since)), "{period}");
        let changed = result.rows[0].notes.iter();
        let changed: Vec<&str> = changed.map(|note| note.code.as_str()).collect();
        let expected: &[&str] = if period == "2027" {
            &["scorecard_changed_within"]
        } else {
            &[]
        };
        assert_eq!(changed, expected, "{period}");
    }
    // Who leads has no scorecard of the role, so everybody's counts.
    let result = world
        .result(Whose::Person(world.ma), "2027-Q2", false)
        .await;
    assert!(result.rows[0].is_everybodys);
    let before = world.result(Whose::Person(world.li), "2025", false).await;
    let why = before.rows[0].no_scorecard.as_ref().unwrap();
    assert_eq!(why.code, "scorecard_none");
    assert_eq!(
        (&before.rows[0].total, before.rows[0].kpis.len()),
        (&None, 0)
    );
}

#[tokio::test]
async fn a_role_that_nobody_has_is_noted() {
    let world = World::new().await;
    let store = world.app.store().unwrap();
    let organisation = store.organisation().await.unwrap();
    let leads = organisation.memberships().iter();
    let mut leads = leads.filter(|stay| stay.role == MemberRole::Manager);
    let mut stay = leads.next().unwrap().clone();
    stay.to = day("2027-01-01");
    let mut change = world
        .app
        .change(yeji_store::ChangeKind::Organisation, serde_json::json!({}));
    change.put.push(stay.into());
    world.app.apply(change).await.unwrap();
    let manager = Some(MemberRole::Manager);
    world
        .scorecard(manager, "2026-12-01", &[("win_rate", "100%")])
        .await
        .unwrap();
    let list = world.app.list_scorecards(NoArgs {}).await.unwrap();
    assert!(list.notes.is_empty(), "somebody led in December");
    world
        .scorecard(manager, "2027-01-01", &[("win_rate", "100%")])
        .await
        .unwrap();
    let list = world.app.list_scorecards(NoArgs {}).await.unwrap();
    assert_eq!(list.notes[0].code, "scorecard_role_of_nobody");
    assert_eq!(list.notes[0].params["role"], "manager");
}

/// Own KPIs are equal citizens, and one by which people are measured does not disappear.
#[tokio::test]
async fn a_change_is_said_audited_and_taken_back() {
    let world = World::new().await;
    world.app.keep_metric(own_metric("higher")).await.unwrap();
    world
        .scorecard(SALES, "2027-01-01", &[("per_deal", "100%")])
        .await
        .unwrap();
    let remove = MetricArgs {
        code: "per_deal".to_owned(),
    };
    let error = world.app.remove_metric(remove.clone()).await.unwrap_err();
    assert_eq!(
        (error.code(), &*error.params()["by"]),
        ("kpi_in_use", "scorecard")
    );
    let changes = world
        .app
        .list_changes(ListChanges::default())
        .await
        .unwrap();
    let what = &changes.rows[0].what;
    assert_eq!(
        (
            what.code.as_str(),
            &*what.params["role"],
            &*what.params["from"]
        ),
        ("change_set_scorecard", "sales", "2027-01-01")
    );
    let audit = world.app.list_audit(ListAudit::default()).await.unwrap();
    assert_eq!(audit.rows[0].action, "scorecard.save");
    world
        .app
        .undo_change(UndoChange {
            change: Some(changes.rows[0].id),
            ..UndoChange::default()
        })
        .await
        .unwrap();
    let list = world.app.list_scorecards(NoArgs {}).await.unwrap();
    assert!(list.scorecards.is_empty());
    world
        .goal("per_deal", Whose::Person(world.li), "2027", "1200.50")
        .await;
    let error = world.app.remove_metric(remove.clone()).await.unwrap_err();
    assert_eq!(
        (error.code(), &*error.params()["by"]),
        ("kpi_in_use", "goal")
    );
    world
        .goal_from("per_deal", Whose::Person(world.li), "2027", "", None)
        .await
        .unwrap();
    world.app.remove_metric(remove).await.unwrap();
    let report = world.app.store().unwrap().verify().await.unwrap();
    assert!(report.is_ok(), "{:?}", report.findings);
}
