//! Results by scorecards, against figures by hand and those of the KPI library.

use yeji_core::Ratio;
use yeji_core::metric::GoalMetric;
use yeji_core::org::MemberRole;
use yeji_testkit::day;

use super::World;
use crate::api::goals::{SetGoal, SplitGoal, SplitRule};
use crate::api::kpi::{GetMetric, MetricBy};
use crate::api::scorecards::{
    KpiGoalSource, KpiWeightSetting, ScorecardOf, ScorecardResultKpi, SetScorecard,
};
use crate::performance::Whose;

const SALES: Option<MemberRole> = Some(MemberRole::Sales);
const MANAGER: Option<MemberRole> = Some(MemberRole::Manager);

fn kpi<'a>(of: &'a ScorecardOf, metric: &str) -> &'a ScorecardResultKpi {
    of.kpis.iter().find(|one| one.kpi.metric == metric).unwrap()
}

fn ratio(text: &str) -> Ratio {
    text.parse().unwrap()
}

/// Li in the second quarter: 3 won of 4. Wu: nothing decided.
#[tokio::test]
async fn a_total_is_what_each_kpi_adds_and_says_what_is_missing() {
    let world = World::new().await;
    world
        .scorecard(
            SALES,
            "2027-01-01",
            &[("win_rate", "40%"), ("won_count", "60%")],
        )
        .await
        .unwrap();
    world
        .goal("win_rate", Whose::Unit(world.company), "2027", "50%")
        .await;
    world
        .goal("won_count", Whose::Person(world.li), "2027-Q2", "4")
        .await;
    let result = world.result(Whose::Unit(world.east), "2027-Q2", true).await;
    assert!(result.notes.is_empty(), "the quarter is over");
    let names: Vec<&str> = result.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["East", "Li", "Wu"]);
    let [east, li, wu] = &result.rows[..] else {
        panic!()
    };
    assert!(
        east.no_scorecard.is_some(),
        "a unit is measured as who leads it, and they have none"
    );
    assert_eq!(kpi(li, "win_rate").attainment.as_deref(), Some("3/2"));
    assert_eq!(
        kpi(li, "win_rate").contribution_shown.as_deref(),
        Some("60.0%")
    );
    assert_eq!(kpi(li, "won_count").contribution.as_deref(), Some("9/20"));
    assert_eq!(li.total.as_deref(), Some("21/20"), "0.4 x 3/2 + 0.6 x 3/4");
    assert_eq!(li.total_shown.as_deref(), Some("105.0%"));
    assert!(li.missing.is_empty());
    // No value is no zero: nobody was at 0 % of the win rate.
    assert_eq!((&wu.total, wu.missing.len()), (&None, 2));
    let reasons: Vec<&str> = wu
        .kpis
        .iter()
        .map(|one| one.reason.as_ref().unwrap().code.as_str())
        .collect();
    assert_eq!(reasons, ["no_value_division", "kpi_goal_none"]);
    assert_eq!(wu.present.as_deref(), Some("0"));
    assert_eq!(wu.present_weight.as_deref(), Some("0"));
    world
        .goal("won_count", Whose::Person(world.wu), "2027-Q2", "4")
        .await;
    let result = world
        .result(Whose::Person(world.wu), "2027-Q2", false)
        .await;
    let wu = &result.rows[0];
    // Nothing sold is a value: 0 of 4, at 60 % of the weight.
    assert_eq!(kpi(wu, "won_count").attainment.as_deref(), Some("0"));
    assert_eq!(wu.missing, ["win_rate"]);
    assert_eq!(wu.total, None);
    assert_eq!(wu.present_weight.as_deref(), Some("3/5"));
}

#[tokio::test]
async fn a_cap_is_a_limit_and_less_may_be_better() {
    let world = World::new().await;
    let args = SetScorecard {
        role: None,
        from: day("2027-01-01"),
        kpis: [
            ("win_rate", "50%", Some("120%")),
            ("lost_count", "25%", None),
            ("cycle_length", "25%", Some("1.1")),
        ]
        .map(|(metric, weight, cap)| KpiWeightSetting {
            metric: metric.to_owned(),
            weight: weight.to_owned(),
            cap: cap.map(str::to_owned),
        })
        .into(),
    };
    world.app.set_scorecard(args).await.unwrap();
    let li = Whose::Person(world.li);
    world.goal("win_rate", li, "2027", "50%").await;
    world.goal("lost_count", li, "2027-Q2", "2").await;
    world.goal("cycle_length", li, "2027-Q2", "30").await;
    let result = world.result(li, "2027-Q2", false).await;
    let of = &result.rows[0];
    let rate = kpi(of, "win_rate");
    assert_eq!(
        (rate.attainment.as_deref(), rate.is_capped),
        (Some("6/5"), true)
    );
    let lost = kpi(of, "lost_count");
    assert_eq!(lost.attainment.as_deref(), Some("2"), "1 lost, 2 allowed");
    assert!(!lost.is_capped, "without a cap nothing is clamped");
    // Each deal was opened and won on one day: better than any goal, which is what the cap is for.
    let cycle = kpi(of, "cycle_length");
    assert_eq!(cycle.actual.as_deref(), Some("0"));
    assert_eq!(
        (cycle.attainment.as_deref(), cycle.is_capped),
        (Some("11/10"), true)
    );
    assert_eq!(
        ratio(of.total.as_deref().unwrap()),
        ratio("1.375"),
        "0.5 x 1.2 + 0.25 x 2 + 0.25 x 1.1"
    );
}

#[tokio::test]
async fn who_leads_is_measured_by_the_unit() {
    let world = World::new().await;
    world
        .scorecard(MANAGER, "2027-01-01", &[("win_rate", "100%")])
        .await
        .unwrap();
    world
        .goal("win_rate", Whose::Unit(world.east), "2027", "60%")
        .await;
    let ma = world
        .result(Whose::Person(world.ma), "2027-Q2", false)
        .await;
    let ma = &ma.rows[0];
    assert_eq!(ma.figures_of.as_deref(), Some("East"));
    assert_eq!(ma.role, MANAGER);
    assert_eq!(kpi(ma, "win_rate").actual.as_deref(), Some("3/4"));
    assert_eq!(ma.total.as_deref(), Some("5/4"));
    let east = world
        .result(Whose::Unit(world.east), "2027-Q2", false)
        .await;
    assert_eq!(east.rows[0].total, ma.total, "and the unit like its leader");
    // An own goal comes before the unit's.
    world
        .goal("win_rate", Whose::Person(world.ma), "2027", "75%")
        .await;
    let ma = world
        .result(Whose::Person(world.ma), "2027-Q2", false)
        .await;
    assert_eq!(ma.rows[0].total.as_deref(), Some("1"));
}

/// Goals of the won amount are those of the plan, and every actual is the number that `yeji kpi` says.
#[tokio::test]
async fn figures_are_those_of_the_library_and_goals_those_of_the_plan() {
    let world = World::new().await;
    let (metric, year) = (GoalMetric::WonAmount, 2027);
    let amount = "1200000".to_owned();
    let goal = SetGoal {
        metric,
        year,
        amount,
    };
    world.app.set_goal(goal).await.unwrap();
    let split = SplitGoal {
        metric,
        year,
        rule: SplitRule::Equal,
        preview: false,
    };
    world.app.split_goal(split).await.unwrap();
    let weights = [
        ("won_amount", "50%"),
        ("won_count", "10%"),
        ("average_deal", "10%"),
        ("win_rate", "10%"),
        ("attainment", "10%"),
        ("activity", "10%"),
    ];
    world.scorecard(None, "2027-01-01", &weights).await.unwrap();
    let result = world.result(Whose::Unit(world.company), "2027", true).await;
    assert_eq!(
        result.notes[0].code, "scorecard_under_way",
        "today is the fifteenth of August"
    );
    let mut sum = Ratio::ZERO;
    for (code, _) in weights {
        let table = world
            .app
            .get_metric(GetMetric {
                metric: code.to_owned(),
                by: Some(MetricBy::Person),
                grain: None,
                from: day("2027-01-01"),
                to: day("2028-01-01"),
                unit: None,
                compare: None,
                filter: None,
            })
            .await
            .unwrap();
        assert_eq!(
            kpi(&result.rows[0], code).actual,
            table.total.value,
            "{code}"
        );
        for row in &result.rows[1..] {
            let cell = table.rows.iter().find(|one| one.key == row.whose);
            let cell = &cell.unwrap().cell;
            let own = kpi(row, code);
            assert_eq!((&own.actual, &own.actual_shown), (&cell.value, &cell.shown));
        }
    }
    for row in &result.rows[1..] {
        let goal = kpi(row, "won_amount").goal.as_ref().unwrap();
        assert_eq!(goal.source, KpiGoalSource::Plan);
        sum = sum.checked_add(ratio(&goal.value)).unwrap();
    }
    let company = kpi(&result.rows[0], "won_amount").goal.as_ref().unwrap();
    assert_eq!(ratio(&company.value), sum);
    assert_eq!(company.shown, "1200000.00");
}
