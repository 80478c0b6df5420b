//! Faults that once stood, as small companies.

use yeji_core::facts::Stage;
use yeji_core::metric::{GoalMetric, Metric};
use yeji_report::OTHER_KEY;
use yeji_report::chart::Lang;
use yeji_testkit::day;

use super::{Company, World};
use crate::api::Scope;
use crate::api::goals::{GetGoal, SetGoal, SplitGoal, SplitRule};
use crate::api::performance::{
    Dashboard, Days, Drill, GetDashboard, GetKpi, KpiTable, Split, TileValue,
};
use crate::error::Error;

impl World {
    async fn dashboard(&self, period: &str) -> Dashboard {
        let scope = Scope {
            unit: None,
            period: period.parse().unwrap(),
        };
        let language = Lang::En;
        let ask = GetDashboard { scope, language };
        self.app.get_dashboard(ask).await.unwrap()
    }

    async fn kpi(&self, by: Split, from: &str, to: &str) -> Result<KpiTable, Error> {
        let ask = GetKpi {
            metric: Metric::WonAmount,
            by,
            from: day(from),
            to: day(to),
            unit: None,
        };
        self.app.get_kpi(ask).await
    }

    async fn set_goal(&self, amount: &str) {
        self.app.set_goal(goal_of(amount)).await.unwrap();
    }

    async fn split_goal(&self) {
        let split = SplitGoal {
            metric: GoalMetric::WonAmount,
            year: 2018,
            rule: SplitRule::Equal,
            preview: false,
        };
        self.app.split_goal(split).await.unwrap();
    }
}

fn goal_of(amount: &str) -> SetGoal {
    SetGoal {
        metric: GoalMetric::WonAmount,
        year: 2018,
        amount: amount.to_owned(),
    }
}

/// Attainment of a goal below zero says nothing: it is a slip of the pen.
#[tokio::test]
async fn a_negative_goal_is_refused_and_none_is_not() {
    let world = two_teams().store().await;
    let refused = world.app.set_goal(goal_of("-5")).await.unwrap_err();
    assert_eq!(refused.code(), "negative_goal");
    assert!(refused.is_bad_input());
    world.set_goal("0").await;
}

fn two_teams() -> Company {
    let mut company = Company::default();
    company.unit("Company", None);
    company.unit("East", Some(0));
    company.unit("Shanghai", Some(1));
    company.person("Li", Some(1));
    company.person("Wang", Some(2));
    company
}

#[tokio::test]
async fn a_new_goal_that_is_not_split_changes_no_attainment_anywhere() {
    let mut company = two_teams();
    company.won(0, "2018-02-01", 1_110);
    let world = company.store().await;
    world.set_goal("3000").await;
    world.split_goal().await;
    let goal = GetGoal {
        metric: GoalMetric::WonAmount,
        year: 2018,
    };
    let before = world.app.get_goal(goal.clone()).await.unwrap();
    world.set_goal("9999").await;
    let tree = world.app.get_goal(goal.clone()).await.unwrap();
    let reached = |tree: &crate::api::goals::GoalTree| -> Vec<(String, Option<String>)> {
        let line = |one: &crate::api::goals::GoalActual| (one.unit.clone(), one.attainment.clone());
        tree.actuals.iter().map(line).collect()
    };
    assert_eq!(
        reached(&tree).len(),
        5,
        "the company, two units, two people"
    );
    assert_eq!(reached(&tree), reached(&before));
    assert_eq!(tree.actuals[0].attainment.as_deref(), Some("37/100"));
    let tile = &world.dashboard("2018").await.tiles[1];
    assert_eq!(tile.value, Some(TileValue::Percent("37/100".to_owned())));
    assert_eq!(tree.plan.unwrap().version, 1);
    let draft = tree.draft.expect("the new goal stands beside it");
    assert_eq!(
        (draft.version, draft.amount.to_major().as_str()),
        (2, "9999.00")
    );
    assert!(
        tree.notes
            .iter()
            .any(|note| note.code == "earlier_goal_in_force")
    );
    world.split_goal().await;
    let tree = world.app.get_goal(goal).await.unwrap();
    assert_eq!(tree.plan.unwrap().version, 2);
    assert!(tree.draft.is_none());
}

#[tokio::test]
async fn what_somebody_won_in_another_team_is_among_the_records() {
    let mut company = two_teams();
    let moved = company.person("Zhao", None);
    company.stay(moved, 1, ("0001-01-01", "2018-07-01"));
    company.stay(moved, 2, ("2018-07-01", "9999-12-31"));
    company.won(moved, "2018-03-01", 10);
    company.won(moved, "2018-08-01", 25);
    let world = company.store().await;
    world.set_goal("3000").await;
    world.split_goal().await;
    let goal = GetGoal {
        metric: GoalMetric::WonAmount,
        year: 2018,
    };
    let tree = world.app.get_goal(goal).await.unwrap();
    let id = world.people[moved].to_string();
    let line = tree.actuals.iter().find(|line| line.unit == id).unwrap();
    assert_eq!(line.actual.to_major(), "35.00");
    let opened = world
        .app
        .list_records(line.drill.clone().unwrap())
        .await
        .unwrap();
    assert_eq!(opened.sum, line.actual);
    assert_eq!(
        opened.value,
        line.attainment.clone().map(TileValue::Percent),
        "and so is the attainment"
    );
}

#[tokio::test]
async fn a_week_that_the_range_cuts_opens_its_days_inside() {
    let mut company = two_teams();
    company.won(0, "2018-12-31", 100);
    company.won(0, "2019-01-02", 7);
    let world = company.store().await;
    let table = world
        .kpi(Split::Week, "2018-01-01", "2019-01-01")
        .await
        .unwrap();
    let row = &table.rows[0];
    assert_eq!(
        (row.key.as_str(), row.value.as_str()),
        ("2019-W01", "100.00")
    );
    let opened = world.app.list_records(row.drill.clone()).await.unwrap();
    assert_eq!(opened.sum.to_major(), "100.00");
    assert_eq!(opened.total, 1);
}

#[tokio::test]
async fn a_unit_with_teams_below_opens_what_it_shows() {
    let mut company = two_teams();
    let nowhere = company.person("Nowhere", None);
    company.won(0, "2018-05-01", 70);
    company.won(1, "2018-05-02", 50);
    company.won(nowhere, "2018-05-03", 30);
    let world = company.store().await;
    let table = world
        .kpi(Split::Team, "2018-01-01", "2019-01-01")
        .await
        .unwrap();
    let mut shown = Vec::new();
    for row in &table.rows {
        let opened = world.app.list_records(row.drill.clone()).await.unwrap();
        assert_eq!(opened.sum.to_major(), row.value, "{}", row.label);
        shown.push((row.label.as_str(), row.value.as_str()));
    }
    let expected = [
        ("East (directly)", "70.00"),
        ("Shanghai", "50.00"),
        ("Without a team", "30.00"),
    ];
    assert_eq!(shown, expected);
    let below = Drill::new(
        "won_amount",
        Some(world.units[1]),
        Days {
            from: day("2018-01-01"),
            to: day("2019-01-01"),
        },
    );
    let opened = world.app.list_records(below).await.unwrap();
    assert_eq!(opened.sum.to_major(), "120.00", "the unit with its team");
}

#[tokio::test]
async fn a_customer_type_called_other_is_a_type_like_any() {
    let mut company = two_teams();
    for (at, name) in ["other", "a", "b", "c", "d", "e", "f", "g"]
        .into_iter()
        .enumerate()
    {
        let customer = company.customer(Some(name));
        let yuan = 100 - i64::try_from(at).unwrap();
        company.deal(0, Some(customer), Stage::Won, "2018-05-01", yuan);
    }
    let world = company.store().await;
    let dashboard = world.dashboard("2018").await;
    let pie = &dashboard.charts[1];
    let keys: Vec<&str> = pie.categories.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["other", "a", "b", "c", "d", "e", OTHER_KEY]);
    let marks = &dashboard.marks["customer_types"];
    let rest = world
        .app
        .list_records(marks[OTHER_KEY].clone())
        .await
        .unwrap();
    assert_eq!(
        rest.sum.to_major(),
        "187.00",
        "the two small types together"
    );
    let opened = world
        .app
        .list_records(marks["other"].clone())
        .await
        .unwrap();
    assert_eq!(opened.sum.to_major(), "100.00");
}

#[tokio::test]
async fn no_two_weeks_of_a_chart_have_one_name() {
    let mut company = two_teams();
    company.won(0, "2018-12-31", 100);
    let world = company.store().await;
    let dashboard = world.dashboard("2018").await;
    let labels: Vec<&str> = dashboard.charts[0]
        .categories
        .iter()
        .map(|week| week.label.as_str())
        .collect();
    assert_eq!((labels[0], labels[52]), ("W1", "W1 2019"));
    let unique: std::collections::BTreeSet<&str> = labels.iter().copied().collect();
    assert_eq!(unique.len(), labels.len());
}

#[tokio::test]
async fn days_that_no_calendar_has_are_refused() {
    let world = two_teams().store().await;
    for (from, to) in [("1899-12-31", "1901-01-01"), ("2200-01-01", "2201-01-02")] {
        let refused = world.kpi(Split::Week, from, to).await.unwrap_err();
        assert_eq!(refused.code(), "input");
    }
    let days = Days {
        from: chrono::NaiveDate::MIN,
        to: chrono::NaiveDate::MAX,
    };
    let drill = Drill::new("won_amount", None, days);
    let refused = world.app.list_records(drill).await.unwrap_err();
    assert_eq!(refused.code(), "input");
    world
        .kpi(Split::Week, "2200-12-01", "2201-01-01")
        .await
        .unwrap();
}
