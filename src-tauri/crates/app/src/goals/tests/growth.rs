//! Growth beside goals: a year that is not over is held against the same months.

use chrono::Datelike as _;
use yeji_core::Ratio;
use yeji_core::metric::GoalMetric;

use crate::api::goal_grid::{GoalGrid, GridColumns, GridRow};
use crate::api::goal_round::{GetGoalRound, OpenGoalRound};
use crate::api::goals::{SetGoal, SplitGoal, SplitRule};
use crate::context::App;
use crate::demo::tests::demo_app;

const METRIC: GoalMetric = GoalMetric::WonAmount;

fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

async fn grid(app: &App, year: i32) -> GoalGrid {
    super::whole_grid(app, METRIC, year, GridColumns::Months).await
}

/// The goal of the first months of a row by what they brought the year before.
fn by_hand(grid: &GoalGrid, row: &GridRow, months: usize) -> (i64, Option<Ratio>) {
    let columns = grid.columns.iter().zip(&row.amounts);
    let is_month = |kind| kind == yeji_core::calendar::PeriodKind::Month;
    let goal: i64 = columns
        .filter(|(column, _)| is_month(column.kind))
        .take(months)
        .map(|(_, amount)| cents(amount))
        .sum();
    let history = row.history.as_ref().unwrap();
    let made: i64 = history[..months].iter().map(|one| cents(one)).sum();
    let growth = (made > 0).then(|| Ratio::new(goal.into(), made.into()).unwrap());
    (made, growth)
}

/// Today is in July 2026: the goal of all of 2027 by half a year would be twice the growth that is asked for.
#[tokio::test]
async fn a_year_under_way_is_held_against_the_same_months() {
    let (_folder, app) = demo_app().await;
    let set = SetGoal {
        metric: METRIC,
        year: 2027,
        amount: "60000000".to_owned(),
    };
    app.set_goal(set).await.unwrap();
    let split = SplitGoal {
        metric: METRIC,
        year: 2027,
        rule: SplitRule::History { base: None },
        preview: false,
    };
    app.split_goal(split).await.unwrap();
    let whole = grid(&app, 2027).await;
    let until = whole.rows[0].last_year_until.expect("2026 is not over");
    assert_eq!(until.year(), 2026);
    let months = usize::try_from(until.month()).unwrap();
    assert!((1..=6).contains(&months), "{until}");
    let mut compared = 0;
    for row in &whole.rows {
        let (made, growth) = by_hand(&whole, row, months);
        assert_eq!(
            row.last_year.as_deref().map(cents),
            Some(made),
            "{}",
            row.name
        );
        let said = row.growth.as_ref().map(|text| text.parse().unwrap());
        assert_eq!(said, growth, "{}", row.name);
        assert_eq!(row.last_year_until, Some(until));
        compared += usize::from(growth.is_some());
    }
    assert!(compared > 3, "units and people are compared");
    let open = OpenGoalRound {
        metric: METRIC,
        year: 2027,
        people_due: "2026-12-01".parse().unwrap(),
        managers_due: "2026-12-08".parse().unwrap(),
    };
    app.open_goal_round(open).await.unwrap();
    let args = GetGoalRound {
        metric: METRIC,
        year: 2027,
        round: None,
        expanded: vec!["*".to_owned()],
        search: None,
        offset: 0,
        limit: 400,
    };
    let round = app.get_goal_round(args).await.unwrap();
    assert_eq!(round.last_year_until, Some(until));
    for (row, of_grid) in round.rows.iter().zip(&whole.rows) {
        assert_eq!(row.unit, of_grid.unit);
        assert_eq!(row.growth, of_grid.growth, "{}", row.name);
        assert_eq!(row.growth_expected, row.growth, "nobody has said anything");
        assert_eq!(row.last_year, of_grid.last_year);
    }
    // A year that is over is compared whole.
    let over = grid(&app, 2026).await;
    let company = &over.rows[0];
    assert_eq!(company.last_year_until, None);
    let (made, growth) = by_hand(&over, company, 12);
    assert_eq!(company.last_year.as_deref().map(cents), Some(made));
    assert_eq!(
        company.growth.as_ref().map(|text| text.parse().unwrap()),
        growth
    );
}
