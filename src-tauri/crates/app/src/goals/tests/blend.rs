//! Splits by a blend of factors, and why each number is what it is.

use yeji_core::Ratio;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::metric::GoalMetric;

use crate::api::goal_blend::{
    BlendRule, FactorShare, GetGoalWhy, GoalFactor, GoalWhy, MarketPotential, PersonTerms,
    RoundLevel, TimeBy,
};
use crate::api::goal_grid::{EditGoal, GoalAbove, GoalEdit, GoalGrid, GridColumns, GridRow};
use crate::api::goals::{SetGoal, SplitGoal, SplitRule};
use crate::context::App;
use crate::demo::tests::demo_app;
use crate::error::Result;
use crate::performance::{ResultsBy, ResultsOf};

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
        assert_eq!(found.growth, row.growth, "{}: as in the grid", row.name);
        assert_eq!(found.last_year, row.last_year);
        if let (Some(growth), "person") = (&found.by_basis, row.level.as_str()) {
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

/// What is said beside a goal is of the goal as it is, not of the one that the split made.
#[tokio::test]
async fn growth_and_what_is_assigned_above_follow_a_changed_goal() {
    let (_folder, app) = demo_app().await;
    let rule = BlendRule {
        over_assignment: Some(ratio("1.05")),
        ..blend(&[(GoalFactor::History, "0.5"), (GoalFactor::Equal, "0.5")])
    };
    split(&app, rule).await.unwrap();
    let before = grid(&app).await;
    let mut known = people(&before)
        .into_iter()
        .filter(|row| row.growth.is_some());
    let person = known.next().unwrap();
    let first = why(&app, person).await;
    let set = GoalEdit::Set {
        unit: person.unit.clone(),
        period: "2026".parse().unwrap(),
        amount: "77777.77".to_owned(),
        above: GoalAbove::Units,
    };
    let edits = EditGoal {
        plan: before.plan.as_ref().unwrap().id,
        edits: vec![set],
        frozen_before: None,
        reason: None,
        preview: false,
    };
    app.edit_goal(edits).await.unwrap();
    let after = grid(&app).await;
    let row = after.rows.iter().find(|row| row.unit == person.unit);
    let found = why(&app, person).await;
    assert_eq!(found.growth, row.unwrap().growth, "as in the grid");
    assert_ne!(found.growth, first.growth);
    // 5 % of 77,777.77, to the cent that the parts of the split left.
    let over = cents(&found.over_assigned);
    assert!((388_888..=388_890).contains(&over), "{over}");
    let basis = cents(found.basis.as_ref().unwrap());
    let now = Ratio::new(7_777_777, i128::from(basis)).unwrap();
    assert_eq!(found.by_basis.as_deref().map(ratio), Some(now));
}

/// In July 2026 the months of 2026 are half known: those of 2025 stand for the others, and that is said.
#[tokio::test]
async fn last_year_is_the_last_twelve_full_months_while_it_is_not_over() {
    let (_folder, app) = demo_app().await;
    let metric = GoalMetric::WonAmount;
    let set = SetGoal {
        metric,
        year: 2027,
        amount: "60000000".to_owned(),
    };
    app.set_goal(set).await.unwrap();
    let rule = BlendRule {
        time: TimeBy::LastYear,
        ..blend(&[(GoalFactor::Equal, "1")])
    };
    let args = SplitGoal {
        metric,
        year: 2027,
        rule: SplitRule::Blend(Box::new(rule)),
        preview: false,
    };
    let tree = app.split_goal(args).await.unwrap();
    let note = tree.notes.iter().find(|one| one.code == "time_last_months");
    let said = &note.expect("2026 is not over").params;
    let to: Period = said["to"].parse().unwrap();
    let from: Period = said["from"].parse().unwrap();
    assert_eq!(
        from.start(),
        to.a_year_before().unwrap().end(),
        "twelve months"
    );
    let mut days = Vec::new();
    for month in 1..=12 {
        let last: Period = format!("2026-{month:02}").parse().unwrap();
        let known = if last.end() <= to.end() {
            last
        } else {
            last.a_year_before().unwrap()
        };
        days.push((known.start(), known.end()));
    }
    let all = ResultsOf::default();
    let made = app
        .metric_results(metric, &days, ResultsBy::Whole, all)
        .await;
    let made = made.unwrap().whole(12);
    let sum: i64 = made.iter().sum();
    let grid = super::whole_grid(&app, metric, 2027, GridColumns::Months).await;
    let months = grid.columns.iter().zip(&grid.rows[0].amounts);
    let months = months.filter(|(column, _)| column.kind == PeriodKind::Month);
    for ((_, goal), made) in months.zip(made) {
        let exact = i128::from(made) * 6_000_000_000 / i128::from(sum);
        let apart = i128::from(cents(goal)) - exact;
        assert!(apart.abs() <= 12, "{goal} for {made}");
    }
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
    assert_eq!(refused.code(), "goal_caps_bind", "{refused}");
    let params = refused.params();
    let amount = |name: &str| cents(params[name].strip_suffix(" CNY").unwrap());
    let goal = cents(&grid(&app).await.rows[0].amounts[0]);
    assert!(
        amount("apart") + amount("bound") <= goal,
        "in yuan, not in fen"
    );
    assert!(
        amount("apart") > goal / 2,
        "nearly nothing has room: {params:?}"
    );
    assert!(params["needed"].ends_with('%'), "{params:?}");
    let crossed = BlendRule {
        cap: Some(ratio("1.1")),
        floor: Some(ratio("1.3")),
        ..blend(&[(GoalFactor::History, "1")])
    };
    let refused = split(&app, crossed).await.unwrap_err();
    assert_eq!(refused.code(), "setting_range");
    let params = refused.params();
    assert_eq!(
        (params["value"].as_str(), params["low"].as_str()),
        ("110.0%", "130.0%")
    );
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
