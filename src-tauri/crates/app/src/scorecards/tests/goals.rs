//! Goals of KPIs: set, inherited, as means and sums of parts, dated.

use yeji_testkit::day;

use super::World;
use crate::api::history::{ListChanges, UndoChange};
use crate::api::scorecards::{KpiGoalSource, ListKpiGoals};
use crate::performance::Whose;

#[tokio::test]
async fn a_person_takes_the_goal_of_the_nearest_unit() {
    let world = World::new().await;
    let li = Whose::Person(world.li);
    let xu = Whose::Person(world.xu);
    assert_eq!(
        world.in_force("win_rate", li, "2027-Q1").await,
        "kpi_goal_none"
    );
    world
        .goal("win_rate", Whose::Unit(world.company), "2027", "35%")
        .await;
    // A share of the year holds for its quarters and months, and for nobody else's year.
    for (period, expected) in [
        ("2027", "7/20 Inherited"),
        ("2027-H2", "7/20 Inherited"),
        ("2027-Q1", "7/20 Inherited"),
        ("2027-03", "7/20 Inherited"),
        ("2026", "kpi_goal_none"),
    ] {
        assert_eq!(world.in_force("win_rate", li, period).await, expected);
    }
    world
        .goal("win_rate", Whose::Unit(world.east), "2027-Q1", "0.4")
        .await;
    assert_eq!(
        world.in_force("win_rate", li, "2027-Q1").await,
        "2/5 Inherited"
    );
    assert_eq!(
        world.in_force("win_rate", li, "2027-02").await,
        "2/5 Inherited"
    );
    assert_eq!(
        world.in_force("win_rate", li, "2027-Q2").await,
        "7/20 Inherited"
    );
    assert_eq!(
        world.in_force("win_rate", xu, "2027-Q1").await,
        "7/20 Inherited"
    );
    world.goal("win_rate", li, "2027", "1/3").await;
    assert_eq!(world.in_force("win_rate", li, "2027-Q2").await, "1/3 Own");
    let view = world.view("win_rate", xu, "2027-Q1").await;
    assert_eq!(view.goal.unwrap().of.as_deref(), Some("Company"));
}

/// By hand: in 2026 East decided on 10 deals (Li 4, Wu 6) and West on 10.
#[tokio::test]
async fn a_unit_shows_the_mean_of_its_parts_by_what_they_decided_on() {
    let world = World::new().await;
    let (east, department) = (Whose::Unit(world.east), Whose::Unit(world.department));
    world
        .goal("win_rate", Whose::Unit(world.company), "2027", "35%")
        .await;
    world.goal("win_rate", east, "2027", "40%").await;
    let view = world.view("win_rate", department, "2027").await;
    let goal = view.goal.unwrap();
    assert_eq!((goal.source, &*goal.value), (KpiGoalSource::Mean, "3/8"));
    let parts = view.parts.unwrap();
    assert_eq!(parts.weighed_by.as_deref(), Some("won_count + lost_count"));
    assert_eq!(parts.weighed_in, Some(2026), "the last known year");
    let rows: Vec<String> = parts
        .rows
        .iter()
        .map(|row| {
            let weight = row.weight.as_deref().unwrap();
            format!("{} {} {weight} {}", row.name, row.shown, row.inherited)
        })
        .collect();
    assert_eq!(rows, ["East 40.0% 10 false", "West 35.0% 10 true"]);
    // What has an own goal keeps it, and the difference is shown.
    let view = world
        .view("win_rate", Whose::Unit(world.company), "2027")
        .await;
    assert_eq!(view.goal.unwrap().source, KpiGoalSource::Own);
    assert_eq!(view.parts.unwrap().value.as_deref(), Some("3/8"));
    assert_eq!(view.difference.as_deref(), Some("-1/40"));
    assert_eq!(view.difference_shown.as_deref(), Some("−2.5 pp"));
    let view = world
        .goal("win_rate", Whose::Person(world.li), "2027", "50%")
        .await;
    assert!(view.parts.is_none());
    let view = world.view("win_rate", east, "2027").await;
    // (4 x 50 % + 6 x 40 %) / 10
    assert_eq!(view.parts.unwrap().value.as_deref(), Some("11/25"));
    assert_eq!(view.difference.as_deref(), Some("-1/25"));
}

/// Before 2026 nobody decided on anything.
#[tokio::test]
async fn where_nothing_is_known_people_weigh() {
    let world = World::new().await;
    world
        .goal("win_rate", Whose::Unit(world.east), "2026", "40%")
        .await;
    let department = Whose::Unit(world.department);
    let view = world.view("win_rate", department, "2026").await;
    assert_eq!(view.parts.unwrap().left_out, ["West"]);
    world
        .goal("win_rate", Whose::Unit(world.west), "2026", "34%")
        .await;
    let view = world.view("win_rate", department, "2026").await;
    let parts = view.parts.unwrap();
    assert_eq!(parts.weighed_by.as_deref(), Some("people"));
    assert_eq!(parts.weighed_in, None);
    assert_eq!(
        parts.value.as_deref(),
        Some("19/50"),
        "(2 x 40 % + 34 %) / 3"
    );
}

#[tokio::test]
async fn goals_of_sums_add_up_and_are_not_inherited() {
    let world = World::new().await;
    let [li, wu, xu] = [world.li, world.wu, world.xu].map(Whose::Person);
    let (east, department) = (Whose::Unit(world.east), Whose::Unit(world.department));
    world
        .goal("won_count", Whose::Unit(world.company), "2027", "100")
        .await;
    assert_eq!(
        world.in_force("won_count", xu, "2027").await,
        "kpi_goal_none",
        "a hundred deals of the company are not each person's"
    );
    world.goal("won_count", li, "2027", "10").await;
    world.goal("won_count", wu, "2027", "20").await;
    assert_eq!(world.in_force("won_count", east, "2027").await, "30 Sum");
    let view = world.view("won_count", department, "2027").await;
    let why = view.reason.unwrap();
    assert_eq!(
        (&*why.code, &*why.params["names"]),
        ("kpi_goal_parts_missing", "West")
    );
    for (quarter, value) in [("Q1", "5"), ("Q2", "6"), ("Q3", "7"), ("Q4", "8")] {
        world
            .goal("won_count", xu, &format!("2027-{quarter}"), value)
            .await;
    }
    for (period, expected) in [
        ("2027-Q2", "6 Own"),
        ("2027-H1", "11 Own"),
        ("2027", "26 Own"),
        ("2027-05", "kpi_goal_none"),
    ] {
        assert_eq!(world.in_force("won_count", xu, period).await, expected);
    }
    assert_eq!(
        world.in_force("won_count", department, "2027").await,
        "56 Sum"
    );
    let view = world
        .view("won_count", Whose::Unit(world.company), "2027")
        .await;
    assert_eq!(view.difference.as_deref(), Some("44"));
    // What is open at the end of a quarter does not add up over the year.
    for quarter in ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"] {
        world.goal("open_amount", xu, quarter, "1000.50").await;
    }
    assert_eq!(
        world.in_force("open_amount", xu, "2027").await,
        "kpi_goal_none"
    );
}

#[tokio::test]
async fn who_moved_within_the_period_is_counted_where_they_sold_last() {
    let world = World::new().await;
    let organisation = world.app.store().unwrap().organisation().await.unwrap();
    let mut stays = organisation.memberships().iter();
    let stay = stays.find(|stay| stay.person == world.li).unwrap().clone();
    let moved = yeji_core::org::Membership {
        id: yeji_core::ids::MembershipId(world.app.clock.new_id()),
        unit: world.west,
        from: day("2027-04-01"),
        ..stay.clone()
    };
    let first = yeji_core::org::Membership {
        to: day("2027-04-01"),
        ..stay
    };
    let mut change = world
        .app
        .change(yeji_store::ChangeKind::Edit, serde_json::json!({}));
    change.put = vec![first.into(), moved.into()];
    world.app.apply(change).await.unwrap();
    for (person, value) in [(world.li, "10"), (world.wu, "20"), (world.xu, "40")] {
        let whose = Whose::Person(person);
        world.goal("won_count", whose, "2027", value).await;
        world.goal("won_count", whose, "2027-Q1", value).await;
    }
    for (unit, period, expected) in [
        (world.east, "2027", "20 Sum"),
        (world.west, "2027", "50 Sum"),
        (world.department, "2027", "70 Sum"),
        (world.east, "2027-Q1", "30 Sum"),
        (world.west, "2027-Q1", "40 Sum"),
    ] {
        let unit = Whose::Unit(unit);
        assert_eq!(world.in_force("won_count", unit, period).await, expected);
    }
}

#[tokio::test]
async fn a_later_goal_holds_from_its_day_on() {
    let world = World::new().await;
    let li = Whose::Person(world.li);
    world.goal("win_rate", li, "2027", "30%").await;
    world
        .goal_from("win_rate", li, "2027", "33%", Some("2027-07-01"))
        .await
        .unwrap();
    for (period, expected) in [
        ("2027-Q2", "3/10 Own"),
        ("2027-06", "3/10 Own"),
        ("2027-07", "33/100 Own"),
        ("2027", "33/100 Own"),
    ] {
        assert_eq!(world.in_force("win_rate", li, period).await, expected);
    }
    let rows = world
        .app
        .list_kpi_goals(ListKpiGoals::default())
        .await
        .unwrap();
    let dates: Vec<_> = rows.iter().map(|row| (row.from, row.to)).collect();
    let july = day("2027-07-01");
    assert_eq!(
        dates,
        [(day("2027-01-01"), Some(july)), (july, None)],
        "half-open, until the next one"
    );
    // Taken away, the one before holds again; and undo brings it back.
    world
        .goal_from("win_rate", li, "2027", "", Some("2027-07-01"))
        .await
        .unwrap();
    assert_eq!(world.in_force("win_rate", li, "2027").await, "3/10 Own");
    let changes = world
        .app
        .list_changes(ListChanges::default())
        .await
        .unwrap();
    assert_eq!(changes.rows[0].what.code, "change_remove_kpi_goal");
    assert_eq!(changes.rows[1].what.code, "change_set_kpi_goal");
    assert_eq!(changes.rows[1].what.params["value"], "33.0%");
    let change = Some(changes.rows[0].id);
    world
        .app
        .undo_change(UndoChange {
            change,
            ..UndoChange::default()
        })
        .await
        .unwrap();
    assert_eq!(world.in_force("win_rate", li, "2027").await, "33/100 Own");
    let report = world.app.store().unwrap().verify().await.unwrap();
    assert!(report.is_ok(), "{:?}", report.findings);
}

#[tokio::test]
async fn what_is_no_goal_of_the_kpi_is_refused() {
    let world = World::new().await;
    let li = Whose::Person(world.li);
    let check = async |metric: &str, value: &str, code: &str| {
        let result = world.goal_from(metric, li, "2027", value, None).await;
        assert_eq!(result.unwrap_err().code(), code, "{metric} {value}");
    };
    // 3,500 % was not meant.
    check("win_rate", "35", "kpi_goal_value").await;
    check("win_rate", "-1%", "kpi_goal_value").await;
    // Nobody wins more than all of it, nor is more satisfied than the scale goes.
    check("win_rate", "120%", "kpi_goal_too_high").await;
    check("win_rate", "1.01", "kpi_goal_too_high").await;
    check("satisfaction", "10.5", "kpi_goal_too_high").await;
    check("win_rate", "a third", "kpi_goal_value").await;
    check("win_rate", "1/0", "kpi_goal_value").await;
    check("won_count", "3.5", "kpi_goal_value").await;
    check("average_deal", "100.505", "kpi_goal_value").await;
    check("cycle_length", "35%", "kpi_goal_value").await;
    check("cycle_length", &"9".repeat(20), "kpi_goal_value").await;
    check("won_amount", "1000", "kpi_goal_planned").await;
    check("nonsense", "1", "not_found").await;
    check("win_rate", "", "not_found").await;
    let late = Some("2028-01-01");
    let error = world.goal_from("win_rate", li, "2027", "35%", late).await;
    assert_eq!(error.unwrap_err().code(), "input");
    let week = world
        .goal_from("win_rate", li, "2027-01/W01", "35%", None)
        .await;
    assert_eq!(week.unwrap_err().code(), "input");
    let rows = world
        .app
        .list_kpi_goals(ListKpiGoals::default())
        .await
        .unwrap();
    assert!(rows.is_empty(), "nothing half changed: {rows:?}");
    world.goal("win_rate", li, "2027", "100%").await;
    // Receipts of older invoices may be more than what was invoiced.
    world.goal("collection_rate", li, "2027", "120%").await;
}
