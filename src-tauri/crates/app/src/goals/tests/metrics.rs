//! Goals of every metric that is decomposed, on the demo company: set, split, changed, looked at.

use std::collections::BTreeMap;

use yeji_core::account::{Role, UserAccount};
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::ids::AccountId;
use yeji_core::metric::{GoalMetric, MetricUnit};
use yeji_core::{Currency, Ratio};
use yeji_report::chart::Lang;

use crate::api::goal_blend::{BlendRule, FactorShare, GoalFactor, TimeBy};
use crate::api::goal_grid::{EditGoal, GoalAbove, GoalEdit, GoalGrid, GridColumns, GridRow};
use crate::api::goal_progress::{GetGoalProgress, GoalProgress};
use crate::api::goal_sheet::{ExportGoalSheet, ReadGoalSheet};
use crate::api::goals::{GetGoal, GetGoalYears, GoalTree, SetGoal, SplitGoal, SplitRule};
use crate::api::kpi::{Comparison, GetMetric, MetricBy, MetricTable};
use crate::context::App;
use crate::demo::tests::demo_app;
use crate::error::{Error, Result};

const YEAR: i32 = 2026;

async fn set(app: &App, metric: GoalMetric, amount: &str) -> Result<GoalTree> {
    app.set_goal(SetGoal {
        metric,
        year: YEAR,
        amount: amount.to_owned(),
    })
    .await
}

async fn split(app: &App, metric: GoalMetric, rule: SplitRule) -> Result<GoalTree> {
    app.split_goal(SplitGoal {
        metric,
        year: YEAR,
        rule,
        preview: false,
    })
    .await
}

async fn weeks(app: &App, metric: GoalMetric) -> GoalGrid {
    super::whole_grid(app, metric, YEAR, GridColumns::Weeks).await
}

async fn progress(app: &App, metric: GoalMetric, unit: Option<&str>) -> Result<GoalProgress> {
    app.get_goal_progress(GetGoalProgress {
        metric,
        period: "2026".parse().unwrap(),
        unit: unit.map(str::to_owned),
        as_of: None,
        language: Lang::En,
    })
    .await
}

async fn kpi(app: &App, metric: GoalMetric, by: Option<MetricBy>, year: i32) -> MetricTable {
    let year = Period::year(year).unwrap();
    app.get_metric(GetMetric {
        metric: metric.code().to_owned(),
        by,
        grain: None,
        from: year.start(),
        to: year.end(),
        unit: None,
        compare: Some(Comparison::Goal),
        filter: None,
    })
    .await
    .unwrap()
}

/// Minor units of a text with the decimals of the company's yuan, or a count.
fn minor(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap()
}

/// Every unit is its parts and every period its parts, in whole minor units and never below zero.
fn closes(grid: &GoalGrid, total: i64) {
    let numbers =
        |row: &GridRow| -> Vec<i64> { row.amounts.iter().map(|one| minor(one)).collect() };
    let company = numbers(&grid.rows[0]);
    assert_eq!(company[0], total, "the goal of the company is what was set");
    for row in &grid.rows {
        let own = numbers(row);
        assert!(own.iter().all(|minor| *minor >= 0));
        let weeks = grid.columns.iter().zip(&own);
        let weeks = weeks.filter(|(column, _)| column.kind == PeriodKind::CutWeek);
        assert_eq!(
            weeks.map(|(_, minor)| minor).sum::<i64>(),
            own[0],
            "{}",
            row.name
        );
        for (at, column) in grid.columns.iter().enumerate() {
            let parts = grid.columns.iter().enumerate();
            let parts = parts.filter(|(_, part)| part.parent == Some(column.period));
            let parts: Vec<usize> = parts.map(|(at, _)| at).collect();
            if !parts.is_empty() {
                let sum: i64 = parts.iter().map(|part| own[*part]).sum();
                assert_eq!(sum, own[at], "{} in {}", row.name, column.period);
            }
        }
        let below: Vec<&GridRow> = grid
            .rows
            .iter()
            .filter(|part| part.parent.as_ref() == Some(&row.unit))
            .collect();
        for (at, whole) in own.iter().enumerate() {
            if !below.is_empty() {
                let sum: i64 = below.iter().map(|part| minor(&part.amounts[at])).sum();
                assert_eq!(sum, *whole, "the parts of {}", row.name);
            }
        }
    }
}

/// What makes sense as a goal beside the results of the year before.
async fn amount_of(app: &App, metric: GoalMetric) -> String {
    let before = kpi(app, metric, None, YEAR - 1).await.total.value.unwrap();
    let before: Ratio = before.parse().unwrap();
    let more = before.checked_mul(Ratio::new(11, 10).unwrap()).unwrap();
    more.round(yeji_core::Rounding::Ceiling)
        .unwrap()
        .to_string()
}

/// Set, split by history, closed in whole deals, shown without a currency, changed, and read back from Excel.
#[tokio::test]
async fn a_goal_of_deals_is_a_goal_like_any_other() {
    let (folder, app) = demo_app().await;
    let metric = GoalMetric::WonCount;
    let refused = set(&app, metric, "12.5").await.unwrap_err();
    assert_eq!(refused.code(), "no_whole_number", "half a deal is none");
    let tree = set(&app, metric, "500").await.unwrap();
    assert_eq!(tree.plan.unwrap().amount.currency, Currency::NONE);
    split(&app, metric, SplitRule::History { base: None })
        .await
        .unwrap();
    let grid = weeks(&app, metric).await;
    assert_eq!(grid.currency, "XXX");
    assert!(
        grid.rows
            .iter()
            .flat_map(|row| &row.amounts)
            .all(|one| !one.contains('.'))
    );
    closes(&grid, 500);
    let won = weeks(&app, GoalMetric::WonAmount).await;
    assert_eq!(
        won.currency, "CNY",
        "the goal of the won amount is as it was"
    );

    let person = grid.rows.iter().find(|row| row.level == "person").unwrap();
    let month = grid
        .columns
        .iter()
        .find(|one| one.kind == PeriodKind::Month)
        .unwrap();
    let edit = |amount: &str| EditGoal {
        plan: grid.plan.as_ref().unwrap().id,
        edits: vec![GoalEdit::Set {
            unit: person.unit.clone(),
            period: month.period,
            amount: amount.to_owned(),
            above: GoalAbove::Grow,
        }],
        frozen_before: None,
        reason: None,
        preview: false,
    };
    assert!(app.edit_goal(edit("7.5")).await.is_err());
    app.edit_goal(edit("40")).await.unwrap();
    let changed = weeks(&app, metric).await;
    let at = changed
        .columns
        .iter()
        .position(|one| one.period == month.period)
        .unwrap();
    let own = changed
        .rows
        .iter()
        .find(|row| row.unit == person.unit)
        .unwrap();
    assert_eq!(own.amounts[at], "40");
    closes(&changed, minor(&changed.rows[0].amounts[0]));

    let file = folder.path().join("goals.xlsx");
    let sheet = ExportGoalSheet {
        metric,
        year: YEAR,
        language: Lang::En,
    };
    app.export_goal_sheet_to(&file, sheet).await.unwrap();
    let read = ReadGoalSheet {
        metric,
        year: YEAR,
        frozen_before: None,
        preview: false,
    };
    let read = app.read_goal_sheet(&file, read).await.unwrap();
    assert!(
        read.mismatches.is_empty() && read.edited.is_none(),
        "what went out is what comes in"
    );
}

/// Whatever the metric: its history splits it, what was reached is what the KPI says, and attainment is of it.
#[tokio::test]
async fn results_of_a_goal_are_those_of_its_metric() {
    let (_folder, app) = demo_app().await;
    for metric in GoalMetric::ALL.iter().copied() {
        let amount = amount_of(&app, metric).await;
        assert_ne!(amount, "0", "the demo company has {metric:?}");
        set(&app, metric, &amount).await.unwrap();
        let tree = split(&app, metric, SplitRule::History { base: None })
            .await
            .unwrap();
        let grid = weeks(&app, metric).await;
        let per = if metric.unit() == MetricUnit::Money {
            100
        } else {
            1
        };
        closes(&grid, amount.parse::<i64>().unwrap() * per);

        let people = kpi(&app, metric, Some(MetricBy::Person), YEAR).await;
        let made: BTreeMap<&str, &str> = people
            .rows
            .iter()
            .filter_map(|row| Some((row.key.as_str(), row.cell.shown.as_deref()?)))
            .collect();
        let whole = people.total.shown.as_deref().unwrap();
        assert_eq!(tree.actuals[0].actual.to_major(), whole, "{metric:?}");
        for actual in &tree.actuals {
            let row = grid
                .rows
                .iter()
                .find(|row| row.unit == actual.unit)
                .unwrap();
            if row.level == "person" {
                let own = made.get(actual.unit.as_str()).copied().unwrap_or("0");
                assert_eq!(
                    actual.actual.minor,
                    minor(own),
                    "{metric:?} of {}",
                    row.name
                );
            }
        }
        let company = &people.total;
        assert_eq!(
            company.compared.as_deref().map(minor),
            Some(minor(&grid.rows[0].amounts[0]))
        );
        assert_eq!(
            company.change, tree.actuals[0].attainment,
            "{metric:?}: one attainment everywhere"
        );
        let standing = progress(&app, metric, None).await.unwrap();
        assert_eq!(minor(&standing.goal), minor(&grid.rows[0].amounts[0]));
        let measurable = &standing.smart[1].said;
        assert_ne!(measurable.params["facts"], "0", "{metric:?} is measured");
        // History stands beside each, and is that of the year before.
        let before = kpi(&app, metric, None, YEAR - 1).await.total.shown.unwrap();
        assert_eq!(
            grid.rows[0].last_year.as_deref().map(minor),
            Some(minor(&before)),
            "{metric:?}"
        );
    }
}

#[tokio::test]
async fn a_blend_with_seasons_and_markets_splits_counts() {
    let (_folder, app) = demo_app().await;
    for metric in [
        GoalMetric::NewCustomers,
        GoalMetric::LeadCount,
        GoalMetric::GrossMargin,
    ] {
        let amount = amount_of(&app, metric).await;
        set(&app, metric, &amount).await.unwrap();
        let factor = |factor, share: &str| FactorShare {
            factor,
            share: Ratio::parse_decimal(share).unwrap(),
        };
        let rule = BlendRule {
            factors: vec![
                factor(GoalFactor::History, "0.7"),
                factor(GoalFactor::Equal, "0.3"),
            ],
            time: TimeBy::Seasons,
            years: 2,
            ..BlendRule::default()
        };
        split(&app, metric, SplitRule::Blend(Box::new(rule)))
            .await
            .unwrap();
        let per = if metric.unit() == MetricUnit::Money {
            100
        } else {
            1
        };
        closes(
            &weeks(&app, metric).await,
            amount.parse::<i64>().unwrap() * per,
        );
    }
}

/// Years are those of the metric: of what is not known there is no base to split by.
#[tokio::test]
async fn years_with_data_are_those_of_the_metric() {
    let (_folder, app) = demo_app().await;
    for metric in [None, Some(GoalMetric::Receipts), Some(GoalMetric::WonCount)] {
        let years = app.get_goal_years(GetGoalYears { metric }).await.unwrap();
        let metric = metric.unwrap_or(GoalMetric::WonAmount);
        assert_eq!(years.with_goal.is_empty(), metric != GoalMetric::WonAmount);
        for year in years.with_data {
            let table = kpi(&app, metric, None, year.year).await;
            assert_eq!(
                Some(year.result.to_major()),
                table.total.shown,
                "{metric:?} {}",
                year.year
            );
        }
    }
    let none = app
        .get_goal(GetGoal {
            metric: GoalMetric::Receipts,
            year: YEAR,
        })
        .await
        .unwrap();
    assert!(none.plan.is_none());
    let refused = progress(&app, GoalMetric::Receipts, None)
        .await
        .unwrap_err();
    assert!(matches!(refused, Error::NoGoal { .. }));
}

/// Whoever sells without leading sees no figure that is made of what products cost; goals are seen.
#[tokio::test]
async fn results_made_of_costs_are_for_who_leads() {
    let (_folder, app) = demo_app().await;
    for metric in [GoalMetric::GrossMargin, GoalMetric::Receipts] {
        let amount = amount_of(&app, metric).await;
        set(&app, metric, &amount).await.unwrap();
        split(&app, metric, SplitRule::Equal).await.unwrap();
    }
    let grid = weeks(&app, GoalMetric::GrossMargin).await;
    let seller = grid.rows.iter().find(|row| row.level == "person").unwrap();
    let account = UserAccount {
        id: AccountId(uuid::Uuid::nil()),
        name: "seller".to_owned(),
        role: Role::Sales,
        person: Some(seller.unit.parse().unwrap()),
        password_hash: String::new(),
        disabled: false,
        failures: 0,
        failed_at: None,
    };
    let own = app.seeing_as(account).await.unwrap();
    let goal = GetGoal {
        metric: GoalMetric::GrossMargin,
        year: YEAR,
    };
    let seen = own.get_goal(goal).await.unwrap();
    assert_eq!(
        seen.plan.unwrap().amount.to_major(),
        seller.amounts[0],
        "the own goal"
    );
    assert!(seen.actuals.is_empty());
    let refused = progress(&own, GoalMetric::GrossMargin, None)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "goal_results_hidden");
    assert_eq!(refused.params()["why"], "costs");
    let grid = weeks(&own, GoalMetric::GrossMargin).await;
    assert!(grid.rows.iter().all(|row| row.last_year.is_none()));
    // Receipts of own deals are one's own business.
    let standing = progress(&own, GoalMetric::Receipts, None).await.unwrap();
    assert_eq!(standing.unit, seller.unit);
    let whole = kpi(&app, GoalMetric::Receipts, Some(MetricBy::Person), YEAR).await;
    let made = whole
        .rows
        .iter()
        .find(|row| row.key == seller.unit)
        .unwrap();
    assert_eq!(Some(standing.actual), made.cell.shown);
}
