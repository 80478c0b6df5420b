//! Splits by a blend of factors, and why each number is what it is.

use yeji_core::Ratio;
use yeji_core::metric::GoalMetric;

use crate::api::goal_blend::{
    BlendRule, FactorShare, GetGoalWhy, GoalFactor, GoalWhy, MarketPotential, PersonTerms,
    RoundLevel, TimeBy,
};
use crate::api::goal_grid::{EditGoal, GoalAbove, GoalEdit, GoalGrid, GridColumns, GridRow};
use crate::api::goals::{SplitGoal, SplitRule};
use crate::context::App;
use crate::demo::tests::demo_app;
use crate::error::Result;

const YEAR: i32 = 2026;

fn ratio(text: &str) -> Ratio {
    text.parse().unwrap()
}

fn blend(factors: &[(GoalFactor, &str)]) -> BlendRule {
    let share = |(factor, share): &(GoalFactor, &str)| FactorShare {
        factor: *factor,
        share: ratio(share),
    };
    BlendRule {
        factors: factors.iter().map(share).collect(),
        ..BlendRule::default()
    }
}

async fn split(app: &App, rule: BlendRule) -> Result<()> {
    let args = SplitGoal {
        metric: GoalMetric::WonAmount,
        year: YEAR,
        rule: SplitRule::Blend(Box::new(rule)),
        preview: false,
    };
    app.split_goal(args).await.map(drop)
}

async fn grid(app: &App) -> GoalGrid {
    super::whole_grid(app, GoalMetric::WonAmount, YEAR, GridColumns::Months).await
}

async fn why(app: &App, row: &GridRow) -> GoalWhy {
    let args = GetGoalWhy {
        metric: GoalMetric::WonAmount,
        year: YEAR,
        unit: row.unit.clone(),
    };
    app.get_goal_why(args).await.unwrap()
}

fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

fn people(grid: &GoalGrid) -> Vec<&GridRow> {
    grid.rows
        .iter()
        .filter(|row| row.level == "person")
        .collect()
}

#[tokio::test]
async fn every_goal_is_the_sum_of_what_the_factors_gave_it() {
    let (_folder, app) = demo_app().await;
    let before = grid(&app).await;
    let rule = BlendRule {
        years: 2,
        damping: Some(ratio("0.75")),
        cap: Some(ratio("1.5")),
        markets: vec![MarketPotential {
            region: "华东".to_owned(),
            segment: "A".to_owned(),
            amount: "5000000".to_owned(),
        }],
        segments: [("A".to_owned(), ratio("3")), ("B".to_owned(), ratio("1"))].into(),
        ..blend(&[
            (GoalFactor::History, "0.5"),
            (GoalFactor::Equal, "0.2"),
            (GoalFactor::Pipeline, "0.1"),
            (GoalFactor::Market, "0.1"),
            (GoalFactor::Segment, "0.1"),
        ])
    };
    split(&app, rule).await.unwrap();
    let after = grid(&app).await;
    assert_eq!(
        after.rows[0].amounts[0], before.rows[0].amounts[0],
        "the company's goal stays"
    );
    for row in &after.rows {
        let found = why(&app, row).await;
        assert_eq!(found.goal, row.amounts[0], "{}", row.name);
        let sum: i64 = found.parts.iter().map(|part| cents(&part.amount)).sum();
        assert_eq!(sum, cents(&found.goal), "{}: {:?}", row.name, found.parts);
        assert_eq!(found.split_by.as_deref(), Some("blend"));
        for part in found.parts.iter().filter(|part| part.pot.is_some()) {
            // What the factor gave is its share of the pot, rounded down or up.
            let (weight, of) = (
                ratio(part.weight.as_ref().unwrap()),
                ratio(part.of.as_ref().unwrap()),
            );
            let pot = Ratio::from_int(cents(part.pot.as_ref().unwrap()));
            let exact = pot.checked_mul(weight).unwrap().checked_div(of).unwrap();
            let gap = exact
                .checked_sub(Ratio::from_int(cents(&part.amount)))
                .unwrap();
            assert!(
                gap < Ratio::ONE && gap > Ratio::from_int(-1),
                "{}: {part:?}",
                row.name
            );
        }
        if let (Some(growth), "person") = (&found.growth, row.level.as_str()) {
            assert!(
                ratio(growth) <= ratio("1.5"),
                "{} grows by {growth}",
                row.name
            );
        }
    }
    // A number that was changed since says so.
    let plan = after.plan.as_ref().unwrap().id;
    let person = people(&after)[0];
    let edit = GoalEdit::Set {
        unit: person.unit.clone(),
        period: "2026".parse().unwrap(),
        amount: "77777.77".to_owned(),
        above: GoalAbove::Units,
    };
    let edits = EditGoal {
        plan,
        edits: vec![edit],
        frozen_before: None,
        reason: None,
        preview: false,
    };
    app.edit_goal(edits).await.unwrap();
    let found = why(&app, person).await;
    let changed = found.parts.last().unwrap();
    assert_eq!(changed.source, "changed");
    assert_eq!(
        cents(&changed.amount),
        7_777_777 - cents(&person.amounts[0])
    );
}

/// Nobody is asked for anything in months of leave, and the company's months stay what they are.
#[tokio::test]
async fn months_of_leave_have_no_goal() {
    let (_folder, app) = demo_app().await;
    let all = grid(&app).await;
    let away = people(&all)[1].unit.clone();
    let equal = || blend(&[(GoalFactor::Equal, "1")]);
    split(&app, equal()).await.unwrap();
    let before = grid(&app).await;
    let terms = PersonTerms {
        leave: vec![("2026-02-01".parse().unwrap(), "2026-05-01".parse().unwrap())],
        ..PersonTerms::default()
    };
    let rule = BlendRule {
        people: [(away.clone(), terms)].into(),
        ..equal()
    };
    split(&app, rule).await.unwrap();
    let after = grid(&app).await;
    let row = |grid: &GoalGrid, unit: &str| {
        let found = grid.rows.iter().find(|row| row.unit == unit).unwrap();
        let cents = |amount: &String| cents(amount);
        found.amounts.iter().map(cents).collect::<Vec<_>>()
    };
    let columns = |text: &str| {
        let mut periods = after.columns.iter().map(|column| column.period.to_string());
        periods.position(|period| period == text).unwrap()
    };
    for month in ["2026-02", "2026-03", "2026-04"] {
        assert_eq!(row(&after, &away)[columns(month)], 0, "{month}");
        assert!(row(&before, &away)[columns(month)] > 0, "{month}");
    }
    assert!(row(&after, &away)[columns("2026-05")] > 0);
    let company = after.rows[0].unit.clone();
    assert_eq!(row(&after, &company), row(&before, &company));
}

#[tokio::test]
async fn who_works_half_of_the_week_or_is_away_carries_less() {
    let (_folder, app) = demo_app().await;
    let all = grid(&app).await;
    let (half, away) = (people(&all)[0].unit.clone(), people(&all)[1].unit.clone());
    let terms = |part_time: Option<&str>, leave| PersonTerms {
        part_time: part_time.map(ratio),
        leave,
        ..PersonTerms::default()
    };
    let leave = vec![("2026-01-01".parse().unwrap(), "2026-07-01".parse().unwrap())];
    let rule = BlendRule {
        people: [
            (half.clone(), terms(Some("1/2"), Vec::new())),
            (away.clone(), terms(None, leave)),
        ]
        .into(),
        ..blend(&[(GoalFactor::Equal, "1")])
    };
    split(&app, rule).await.unwrap();
    let after = grid(&app).await;
    let year = |unit: &str| {
        cents(
            &after
                .rows
                .iter()
                .find(|row| row.unit == unit)
                .unwrap()
                .amounts[0],
        )
    };
    let team = people(&after)[0].parent.clone();
    let other = people(&after)
        .into_iter()
        .find(|row| {
            row.parent == team && row.unit != half && row.unit != away && row.growth.is_some()
        })
        .unwrap();
    let full = cents(&other.amounts[0]);
    assert!(
        (2 * year(&half) - full).abs() <= 2,
        "{} {full}",
        year(&half)
    );
    // 129 of 261 working days are in the second half... counted here: Monday to Friday.
    let days = |from: &str, to: &str| {
        let (from, to): (chrono::NaiveDate, chrono::NaiveDate) =
            (from.parse().unwrap(), to.parse().unwrap());
        let working = |day: &chrono::NaiveDate| {
            !matches!(
                chrono::Datelike::weekday(day),
                chrono::Weekday::Sat | chrono::Weekday::Sun
            )
        };
        i64::try_from(
            from.iter_days()
                .take_while(|day| *day < to)
                .filter(working)
                .count(),
        )
        .unwrap()
    };
    let (part, whole) = (
        days("2026-07-01", "2027-01-01"),
        days("2026-01-01", "2027-01-01"),
    );
    assert!(
        (year(&away) * whole - full * part).abs() <= 2 * whole,
        "{} of {full}",
        year(&away)
    );
}

#[tokio::test]
async fn goals_are_multiples_where_wished_and_run_along_time_as_said() {
    let (_folder, app) = demo_app().await;
    let weights: Vec<Ratio> = (1..=12).map(Ratio::from_int).collect();
    let round = RoundLevel {
        level: "person".to_owned(),
        unit: "1000".to_owned(),
    };
    let rule = BlendRule {
        round: vec![round],
        time: TimeBy::Own { weights },
        ..blend(&[(GoalFactor::History, "4/5"), (GoalFactor::Equal, "1/5")])
    };
    split(&app, rule).await.unwrap();
    let after = grid(&app).await;
    let odd = people(&after)
        .into_iter()
        .filter(|row| cents(&row.amounts[0]) % 100_000 != 0);
    let teams: std::collections::BTreeSet<_> = people(&after)
        .iter()
        .map(|row| row.parent.clone())
        .collect();
    assert!(
        odd.count() <= teams.len(),
        "what is below a thousand is with one person of a team"
    );
    let total = cents(&after.rows[0].amounts[0]);
    for (at, column) in after.columns.iter().enumerate() {
        if column.kind == yeji_core::calendar::PeriodKind::Month {
            let month = i64::from(chrono::Datelike::month(&column.start));
            let exact = i128::from(total) * i128::from(month);
            let found = i128::from(cents(&after.rows[0].amounts[at])) * 78;
            assert!((exact - found).abs() < 78 * 4, "{}", column.period);
        }
    }
    for time in [
        TimeBy::Seasons,
        TimeBy::LastYear,
        TimeBy::WorkingDays,
        TimeBy::Equal,
        TimeBy::Forecast,
    ] {
        let said = format!("{time:?}");
        let rule = BlendRule {
            time,
            ..blend(&[(GoalFactor::Equal, "1")])
        };
        split(&app, rule)
            .await
            .unwrap_or_else(|error| panic!("{said}: {error}"));
    }
}

#[tokio::test]
async fn a_blend_that_makes_no_sense_is_refused_and_nothing_changes() {
    let (_folder, app) = demo_app().await;
    let before = format!("{:?}", grid(&app).await);
    let half = || blend(&[(GoalFactor::Equal, "1/2")]);
    assert!(
        split(&app, half()).await.is_err(),
        "shares that do not total 1"
    );
    let stranger = BlendRule {
        people: [("nobody".to_owned(), PersonTerms::default())].into(),
        ..blend(&[(GoalFactor::Equal, "1")])
    };
    assert!(split(&app, stranger).await.is_err());
    let tight = BlendRule {
        cap: Some(ratio("0.0001")),
        ..blend(&[(GoalFactor::History, "1")])
    };
    let refused = split(&app, tight).await.unwrap_err();
    assert_eq!(refused.code(), "growth_caps_bind", "{refused}");
    let weights = TimeBy::Own {
        weights: vec![Ratio::ONE],
    };
    assert!(
        split(
            &app,
            BlendRule {
                time: weights,
                ..blend(&[(GoalFactor::Equal, "1")])
            }
        )
        .await
        .is_err()
    );
    assert_eq!(format!("{:?}", grid(&app).await), before);
}
