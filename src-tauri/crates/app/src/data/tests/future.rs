//! A day far to come, which somebody typed wrongly, does not move what pages show first.

use yeji_core::metric::Metric;
use yeji_intake::Kind;

use super::facts::{World, effects};
use super::reasons;
use crate::api::NoArgs;
use crate::api::kpi::{GetMetric, Grain};
use crate::api::performance::{GetKpi, Split};

#[tokio::test]
async fn a_day_to_come_is_not_how_far_the_data_reaches() {
    let world = World::before(Kind::Opportunities).await;
    let deal = |number: &str, day: &str| format!("{number},10001,甲木,Won,{day},5\n");
    let text = format!(
        "opportunity_id,sales_agent,account,deal_stage,close_date,close_value\n{}{}",
        deal("A1", "2019-03-29"),
        deal("A2", "2099-05-05")
    );
    world.csv(Kind::Opportunities, &text).await;
    let status = world.app.get_status(NoArgs {}).await.unwrap();
    let day = status.data_up_to.unwrap().to_string();
    assert_eq!(day, "2019-03-29");
    assert_eq!(status.default_period.as_deref(), Some("2019-Q1"));
}

/// Deals of two days of 2026, the second still open, and one that somebody typed wrongly.
const DEALS: &str = "opportunity_id,sales_agent,account,deal_stage,engage_date,close_date,close_value\n\
    A1,10001,甲木,Won,2026-01-05,2026-02-10,5\n\
    A2,10001,甲木,Engaging,2026-03-01,,\n\
    A3,10001,甲木,Won,2026-03-02,2026-04-20,7\n\
    A4,10001,甲木,Won,2026-03-03,2099-05-05,11\n\
    A5,10001,甲木,Won,2099-03-03,2099-05-06,13\n";

async fn quarters(world: &World, metric: &str, from: &str, to: &str) -> Vec<Option<String>> {
    let args = GetMetric {
        metric: metric.to_owned(),
        by: None,
        grain: Some(Grain::Quarter),
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        unit: None,
        compare: None,
        filter: None,
    };
    let table = world.app.get_metric(args).await.unwrap();
    table.rows.into_iter().map(|row| row.cell.value).collect()
}

/// Between the last day that the data reaches and one far to come nothing is known: it is not zero.
#[tokio::test]
async fn nothing_is_known_between_the_data_and_a_day_far_to_come() {
    let world = World::before(Kind::Opportunities).await;
    world.csv(Kind::Opportunities, DEALS).await;
    let some = |value: &str| Some(value.to_owned());
    // Today is 2026-07-01.
    let near = quarters(&world, "won_amount", "2026-01-01", "2027-01-01").await;
    assert_eq!(near, [some("5"), some("7"), None, None]);
    let far = quarters(&world, "won_amount", "2099-01-01", "2100-01-01").await;
    assert_eq!(
        far,
        [None, some("24"), None, None],
        "what is dated there stays"
    );
    // What says to be closed in 2099 is no pipeline of today: nobody knows what it is. A2 has no amount.
    let open = quarters(&world, "open_amount", "2026-01-01", "2027-01-01").await;
    assert_eq!(
        open[2..],
        [some("0"), None],
        "what will be open nobody knows"
    );
    let lines = quarters(&world, "average_deal", "2026-04-01", "2027-01-01").await;
    assert_eq!(lines, [some("7"), None, None]);

    let mut keys: Vec<String> = Vec::new();
    for (from, to) in [("2026-01-01", "2050-01-01"), ("2080-01-01", "2100-01-01")] {
        let table = world.app.get_kpi(GetKpi {
            metric: Metric::WonAmount,
            by: Split::Quarter,
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            unit: None,
        });
        keys.extend(table.await.unwrap().rows.into_iter().map(|row| row.key));
    }
    assert_eq!(keys, ["2026-Q1", "2026-Q2", "2099-Q2"]);
}

#[tokio::test]
async fn of_facts_too_a_day_far_to_come_is_not_how_far_they_reach() {
    let world = World::before(Kind::Receipts).await;
    let deals = "opportunity_id,sales_agent,account,deal_stage,close_date,close_value\n\
        R1,10001,甲木,Won,2026-02-01,50\n";
    world.csv(Kind::Opportunities, deals).await;
    let text = "回款编号,商机编号,回款日期,回款金额\n\
        R1,R1,2026-02-10,5\nR2,R1,2026-05-11,7\nR3,R1,2099-05-05,11\n";
    let preview = world.csv(Kind::Receipts, text).await;
    assert_eq!(reasons(&preview), []);
    let quarters = quarters(&world, "receipts", "2026-01-01", "2026-12-31").await;
    let values: Vec<Option<&str>> = quarters.iter().map(Option::as_deref).collect();
    assert_eq!(values, [Some("5"), Some("7"), None, None]);
}

#[tokio::test]
async fn rows_with_a_day_far_to_come_are_told_every_time_and_kept() {
    let world = World::before(Kind::Opportunities).await;
    for again in [false, true] {
        let preview = world.csv(Kind::Opportunities, DEALS).await;
        let note = preview.notes.iter().find(|note| note.code == "far_days");
        let params = &note.unwrap().params;
        let told = ["count", "line", "day", "file"].map(|name| params[name].as_str());
        assert_eq!(told, ["2", "5", "2099-05-05", "opportunities.csv"]);
        assert_eq!(effects(&preview)[3], 0, "none is refused");
        assert_eq!(effects(&preview)[2] == 5, again);
    }
    let world = World::before(Kind::Opportunities).await;
    let near = DEALS.replace("2099", "2028");
    let preview = world.csv(Kind::Opportunities, &near).await;
    let is_told = preview.notes.iter().any(|note| note.code == "far_days");
    assert!(!is_told, "a plan of the next two years is none");
}

/// A deal that is still open has no closing date, and lacks none.
#[tokio::test]
async fn only_closed_deals_are_said_to_lack_a_date() {
    let world = World::before(Kind::Opportunities).await;
    let text = "opportunity_id,sales_agent,account,deal_stage,engage_date,close_date,close_value\n\
        B1,10001,甲木,Engaging,2026-01-05,,\nB2,10001,甲木,Won,2026-01-05,,5\n";
    let preview = world.csv(Kind::Opportunities, text).await;
    let told: Vec<(&str, Option<&str>)> = preview
        .notes
        .iter()
        .filter(|note| note.code.contains("date"))
        .map(|note| {
            (
                note.code.as_str(),
                note.params.get("rows").map(String::as_str),
            )
        })
        .collect();
    assert_eq!(told, [("closed_without_date", Some("1"))]);
}
