//! A day far to come, which somebody typed wrongly, does not move what pages show first.

use yeji_intake::Kind;

use super::facts::World;
use crate::api::NoArgs;

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
