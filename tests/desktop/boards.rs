//! A board is made of one's home, arranged by pointer and keys, saved, shared, opened again; its numbers open their
//! records. A question of the explorer is kept as a view and put on it.

use std::time::Duration;

use anyhow::ensure;
use fantoccini::actions::{InputSource as _, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::json;

use crate::harness::Scenario;
use crate::page::{Window, type_over};

/// Column and row of a widget as the page lays it out.
const PLACE: &str = r"
    const style = document.querySelector(`[data-testid='widget-${arguments[0]}']`).style;
    return `${style.gridColumnStart} ${style.gridRowStart}`;
";

#[test]
fn a_board_is_arranged_saved_shared_and_its_numbers_open() {
    Scenario::small_demo("boards").run(async |window| {
        window.click_test_id("nav-performance").await?;
        window.test_id("widget-weeks").await?;
        window.screenshot("board-home-zh").await?;
        window.accessible().await?;

        window.click_test_id("board-arrange").await?;
        let grip = window.test_id("grip-weeks").await?;
        window.settled().await?;
        let before = place(window, "weeks").await?;
        drag(window, &grip, 420.0).await?;
        let dragged = place(window, "weeks").await?;
        ensure!(dragged != before, "dragging moved nothing from {before}");
        grip.send_keys(&(Key::Shift + char::from(Key::Down).to_string().as_str()))
            .await?;
        let said = "return document.querySelector(\"[data-testid='board-said']\").textContent.includes('高 8');";
        window.until("the new height in words", said, vec![]).await?;
        window.click_test_id("remove-leaders").await?;

        window.click_test_id("board-add").await?;
        window.wait_for("[data-testid='widget-preview'] svg").await?;
        let title = window.test_id("widget-title").await?;
        title.send_keys("本期每周").await?;
        window.screenshot("board-add-zh").await?;
        window.accessible().await?;
        window.click_test_id("widget-done").await?;
        window.wait_text("本期每周").await?;
        window.screenshot("board-arranging-zh").await?;
        window.accessible().await?;

        window.click_test_id("board-save").await?;
        type_over(&window.test_id("board-name").await?, "周会看板").await?;
        window.click_test_id("share-manager").await?;
        window.screenshot("board-name-zh").await?;
        window.click_test_id("name-save").await?;
        window.test_id("board-arrange").await?;

        // It became the home, as what it was made of was.
        window.click_test_id("nav-home").await?;
        window.test_id("home-tile-won_amount").await?;
        window.click_test_id("nav-performance").await?;
        window.wait_text("周会看板").await?;
        window.wait_text("本期每周").await?;
        ensure!(
            place(window, "weeks").await? == dragged,
            "the place that was saved"
        );
        let gone = "return document.querySelector(\"[data-testid='widget-leaders']\") === null;";
        window.until("what was removed", gone, vec![]).await?;
        window.screenshot("board-saved-zh").await?;
        unsaved_changes_ask(window).await?;

        window.click_test_id("tile-won_amount").await?;
        window
            .wait_for("[data-testid='drawer-records'] tbody tr.data-row")
            .await?;
        window.accessible().await
    });
}

async fn unsaved_changes_ask(window: &Window) -> anyhow::Result<()> {
    window.click_test_id("board-arrange").await?;
    window.click_test_id("remove-figures").await?;
    window.click_test_id("nav-goals").await?;
    window.click("继续编排").await?;
    window.settled().await?;
    window.test_id("board-arranging").await?;
    window.click_test_id("board-undo").await?;
    window.test_id("widget-figures").await?;
    window.click_test_id("remove-figures").await?;
    window.click_test_id("board-cancel").await?;
    window.click_test_id("board-leave").await?;
    window.test_id("board-arrange").await?;
    window.test_id("tile-won_amount").await?;
    window.settled().await
}

#[test]
fn a_question_is_kept_as_a_view_and_put_on_a_board() {
    Scenario::small_demo("views").run(async |window| {
        window.click_test_id("nav-performance").await?;
        window.click_test_id("sub-explorer").await?;
        window.test_id("metric-rows").await?;
        window.screenshot("explorer-zh").await?;
        window.accessible().await?;
        window.click_test_id("view-save").await?;
        let name = window.test_id("board-name").await?;
        name.send_keys("每月赢单").await?;
        window.click_test_id("name-save").await?;
        window.test_id("view-menu").await?;
        window.settled().await?;
        window.click_test_id("view-to-board").await?;
        let board = window.test_id("to-board-name").await?;
        board.send_keys("月会").await?;
        window.click_test_id("to-board-done").await?;
        window.wait_text("已放到看板“月会”").await?;

        window.click_test_id("sub-dashboard").await?;
        window.click_test_id("board-chooser").await?;
        window
            .click_css(".ant-select-item-option[title='月会']")
            .await?;
        window.wait_for("[data-testid='widget-w1'] svg").await?;
        window.screenshot("board-view-zh").await?;
        window.accessible().await
    });
}

async fn place(window: &Window, widget: &str) -> anyhow::Result<String> {
    let place = window.client.execute(PLACE, vec![json!(widget)]).await?;
    Ok(place.as_str().unwrap_or_default().to_owned())
}

/// To the right, by so many pixels.
async fn drag(window: &Window, grip: &Element, x: f64) -> anyhow::Result<()> {
    let mouse = MouseActions::new("mouse".to_owned())
        .then(PointerAction::MoveToElement {
            element: grip.clone(),
            duration: None,
            x: 0.0,
            y: 0.0,
        })
        .then(PointerAction::Down {
            button: MOUSE_BUTTON_LEFT,
        })
        .then(PointerAction::MoveBy {
            duration: Some(Duration::from_millis(200)),
            x,
            y: 0.0,
        })
        .then(PointerAction::Up {
            button: MOUSE_BUTTON_LEFT,
        });
    window.client.perform_actions(mouse).await?;
    Ok(())
}
