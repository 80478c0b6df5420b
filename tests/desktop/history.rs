//! What was done is seen, taken back by Ctrl+Z, and done again.

use fantoccini::key::Key;
use serde_json::json;

use crate::harness::Scenario;
use crate::page::type_over;

#[test]
fn a_goal_is_taken_back_by_keys_and_its_history_tells_it() {
    Scenario::small_demo("history").run(async |window| {
        window.click_test_id("nav-goals").await?;
        window.click_test_id("goal-edit").await?;
        let amount = window.test_id("goal-amount").await?;
        type_over(&amount, "43210000").await?;
        window.click_test_id("goal-set").await?;
        window.wait_text("43,210,000.00").await?;
        window.settled().await?;
        let take_back = async || -> anyhow::Result<()> {
            let body = window.wait_for("body").await?;
            Ok(body.send_keys(&(Key::Control + "z")).await?)
        };
        take_back().await?;
        window.wait_text("已撤销：设定目标：").await?;
        window
            .until(
                "the goal as it was before",
                "return !document.querySelector('main').innerText.includes(arguments[0]);",
                vec![json!("43,210,000.00")],
            )
            .await?;
        window.screenshot("goals-taken-back-zh").await?;

        window.click_test_id("goal-history").await?;
        window.test_id("history-list").await?;
        window.wait_text("43,210,000.00").await?;
        window.screenshot("goals-history-zh").await?;
        window.accessible().await?;
        window.click_css(".ant-drawer-close").await?;
        window.settled().await?;

        window.click_test_id("nav-data").await?;
        window.click_test_id("sub-changes").await?;
        window.test_id("change-table").await?;
        window.screenshot("data-changes-zh").await?;
        window.accessible().await?;
        window.click_test_id("sub-audit").await?;
        window.test_id("audit-table").await?;
        window.screenshot("data-audit-zh").await?;
        window.accessible().await
    });
}
