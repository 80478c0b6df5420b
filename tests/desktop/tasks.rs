//! What people do day by day: set, split, take back, look up, without a mouse, in a small window.

use anyhow::ensure;
use fantoccini::key::Key;
use serde_json::json;

use crate::harness::Scenario;
use crate::page::type_over;

#[test]
fn a_goal_is_split_by_own_weights() {
    Scenario::small_demo("weights").run(async |window| {
        window.click_test_id("nav-goals").await?;
        window.click_test_id("goal-split").await?;
        window.click_test_id("goal-split-by-weights").await?;
        let weight = window.wait_for(".weight-input").await?;
        type_over(&weight, "minus").await?;
        window.wait_text("的权重不是不小于零的数").await?;
        type_over(&weight, "3").await?;
        window.wait_gone("的权重不是不小于零的数").await?;
        window.click_test_id("goal-split-preview").await?;
        window.test_id("goal-split-outcome").await?;
        window.screenshot("goals-weights-zh").await?;
        window.accessible().await?;
        window.click_test_id("goal-split-keep").await?;
        window.wait_text("自定权重").await?;
        window
            .wait_for("[data-testid='goal-closure']:not(.closure-broken)")
            .await
            .map(|_| ())
    });
}

#[test]
fn a_bonus_plan_shows_its_curve_while_it_is_edited() {
    Scenario::small_demo("plan").run(async |window| {
        window.click_test_id("nav-bonus").await?;
        window.click_test_id("sub-plan").await?;
        let curve = "[data-testid='plan-curve'] [role='img']";
        let before = window.wait_for(curve).await?.attr("aria-label").await?;
        let pays = window.test_id("tier-0-pay").await?;
        type_over(&pays, "37.5").await?;
        let changed = r"
            const curve = document.querySelector(arguments[0]);
            return curve.getAttribute('aria-label') !== arguments[1];
        ";
        window
            .until("another curve", changed, vec![json!(curve), json!(before)])
            .await?;
        window.screenshot("bonus-plan-zh").await?;
        window.accessible().await?;
        window.click_test_id("plan-save").await?;
        window.wait_text("已保存").await
    });
}

#[test]
fn settings_are_kept_and_a_backup_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("backup.yeji");
    Scenario::small_demo("settings").run(async |window| {
        window.click_test_id("nav-settings").await?;
        let name = window.test_id("company-name").await?;
        type_over(&name, "华北设备有限公司").await?;
        window.click_test_id("company-save").await?;
        window
            .until(
                "the new name in the top bar",
                "return document.querySelector('.top-bar-company').innerText === arguments[0];",
                vec![json!("华北设备有限公司")],
            )
            .await?;
        window
            .test_id("bonus-amount")
            .await?
            .send_keys("12500")
            .await?;
        window.click_test_id("bonus-set").await?;
        window.wait_text("12,500.00").await?;
        window.answer_dialog(Some(&[file.as_path()]))?;
        window.click_test_id("backup-run").await?;
        window.wait_text("已备份到").await?;
        window.click_test_id("verify-run").await?;
        window
            .wait_for("[data-testid='verify-result'][data-ok='true']")
            .await?;
        window.screenshot("settings-verified-zh").await?;
        window.accessible().await
    });
    if crate::driver::missing().is_none() {
        let size = std::fs::metadata(&file).expect("the backup is there").len();
        assert!(size > 0, "the backup holds the data");
    }
}

#[test]
fn a_plain_store_is_encrypted_locked_and_unlocked() {
    Scenario::small_demo("keys-lock").run(async |window| {
        window.click_test_id("nav-settings").await?;
        window.test_id("backup-daily").await?;
        window.settled().await?;
        window.click_test_id("keys-passphrase").await?;
        for field in ["passphrase-new", "passphrase-again"] {
            let field = window.test_id(field).await?;
            field.send_keys("correct horse battery").await?;
        }
        window.click_test_id("passphrase-set").await?;
        window.wait_text("已保存").await?;
        window.screenshot("settings-keys-zh").await?;
        window.accessible().await?;
        window.click_test_id("lock-now").await?;
        let field = window.test_id("unlock-secret").await?;
        window.screenshot("store-locked-zh").await?;
        window.accessible().await?;
        field.send_keys("not the phrase").await?;
        window.click_test_id("unlock-run").await?;
        window.wait_text("口令不对").await?;
        let field = window.test_id("unlock-secret").await?;
        field.send_keys("correct horse battery").await?;
        window.click_test_id("unlock-run").await?;
        window.test_id("company-name").await.map(|_| ())
    });
}

#[test]
fn a_backup_is_restored_in_the_window() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("copy.yejibackup");
    Scenario::small_demo("restore").run(async |window| {
        window.click_test_id("nav-settings").await?;
        // What loads later moves the buttons.
        window.test_id("backup-daily").await?;
        window.settled().await?;
        window.answer_dialog(Some(&[file.as_path()]))?;
        window.click_test_id("backup-run").await?;
        window.wait_text("已备份到").await?;
        let name = window.test_id("company-name").await?;
        type_over(&name, "另一个名称").await?;
        window.click_test_id("company-save").await?;
        window.wait_text("另一个名称").await?;
        window.answer_dialog(Some(&[file.as_path()]))?;
        window.click_test_id("restore-pick").await?;
        window.test_id("restore-confirm").await?;
        window.screenshot("restore-zh").await?;
        window.click_test_id("restore-confirm").await?;
        window.wait_text("已恢复 900 条商机").await?;
        window
            .until(
                "the name of before in the top bar",
                "return document.querySelector('.top-bar-company').innerText !== arguments[0];",
                vec![json!("另一个名称")],
            )
            .await
    });
}

#[test]
fn an_import_is_taken_back_after_a_question() {
    Scenario::small_demo("undo").run(async |window| {
        window.click_test_id("nav-data").await?;
        window.click_css("[data-testid^='undo-']").await?;
        window.click_test_id("undo-confirm").await?;
        window.test_id("undo-result").await?;
        window.screenshot("data-undone-zh").await?;
        window.accessible().await
    });
}

#[test]
fn keys_alone_lead_to_a_page_and_back_from_a_number() {
    Scenario::small_demo("keys").run(async |window| {
        window.test_id("home-tile-won_amount").await?;
        window.settled().await?;
        window
            .client
            .active_element()
            .await?
            .send_keys(&(Key::Control + "k"))
            .await?;
        window
            .test_id("palette-input")
            .await?
            .send_keys("指标")
            .await?;
        window.screenshot("palette-zh").await?;
        type_over(&window.test_id("palette-input").await?, "业绩").await?;
        window
            .client
            .active_element()
            .await?
            .send_keys(&Key::Enter)
            .await?;
        window.test_id("widget-weeks").await?;
        window.settled().await?;

        let tile = window.test_id("tile-won_amount").await?;
        window
            .client
            .execute("arguments[0].focus();", vec![serde_json::to_value(&tile)?])
            .await?;
        tile.send_keys(&Key::Enter).await?;
        window.test_id("drawer-records").await?;
        window.settled().await?;
        window
            .client
            .active_element()
            .await?
            .send_keys(&Key::Escape)
            .await?;
        window
            .until(
                "the focus back on the tile",
                "return document.activeElement === arguments[0];",
                vec![serde_json::to_value(&tile)?],
            )
            .await
    });
}

/// The names in the open list of units; the last one is a team.
const UNITS: &str = r"[...document.querySelectorAll(
    '.ant-select-tree-treenode:not([aria-hidden]) .ant-select-tree-title')]";

#[test]
fn a_team_and_a_year_are_chosen_and_the_records_listed() {
    Scenario::small_demo("scope").run(async |window| {
        window.click_test_id("nav-performance").await?;
        window.test_id("widget-weeks").await?;
        window.click_test_id("unit-chooser").await?;
        let listed = format!("return {UNITS}.length > 2;");
        window.until("the list of units", &listed, vec![]).await?;
        window.screenshot("unit-chooser-zh").await?;
        let choose = format!("const team = {UNITS}.at(-1); team.click(); return team.innerText;");
        let team = window.client.execute(&choose, vec![]).await?;
        let said = r"
            const context = document.querySelector('.page-context');
            return context.innerText.includes(arguments[0]);
        ";
        window
            .until("the unit in the page's words", said, vec![team])
            .await?;

        window.click_test_id("period-chooser").await?;
        window
            .click_css(".period-panel .ant-segmented-item")
            .await?;
        window.screenshot("period-chooser-zh").await?;
        window.click_css(".period-cell[data-period='2026']").await?;
        window.click_test_id("tile-won_count").await?;
        let drawer = "[data-testid='drawer-records']";
        window
            .wait_for(&format!("{drawer} tbody tr.data-row"))
            .await?;
        window.screenshot("records-team-zh").await?;
        window.accessible().await
    });
}

/// Up to when the data goes and which batch brought it, whole and with nothing over it.
const BATCH_IN_SIGHT: &str = r"
    const state = document.querySelector('[data-testid=data-state]');
    const bar = document.querySelector('[data-testid=top-bar]').getBoundingClientRect();
    const parts = [...state.querySelectorAll('.figure')];
    const whole = parts.every((part) => {
        const box = part.getBoundingClientRect();
        const inside = box.width > 0 && box.left >= bar.left && box.right <= bar.right && box.top >= bar.top && box.bottom <= bar.bottom;
        const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return inside && part.scrollWidth <= part.clientWidth && state.contains(over);
    });
    const text = state.innerText;
    return whole && parts.length === 2 && /\d{4}-\d\d-\d\d\s/.test(text) && /\d{4}-\d\d-\d\d \d\d:\d\d/.test(text);
";

/// Nothing lies beside the page, and of the import batches the way back is in sight too.
const FITS: &str = r"
    const main = document.getElementById('content');
    const right = main.getBoundingClientRect().right;
    const undo = [...document.querySelectorAll('[data-testid^=undo-]')];
    return document.documentElement.scrollWidth <= window.innerWidth
        && main.scrollWidth <= main.clientWidth
        && undo.every((button) => button.getBoundingClientRect().right <= right)
        && [...document.querySelectorAll('[data-testid=batches] .data-table-scroll')].every((box) => box.scrollWidth <= box.clientWidth);
";

/// The rows of the four tiles on the home page.
const TILE_ROWS: &str = r"
    const tiles = [...document.querySelectorAll('[data-testid^=home-tile-]')];
    const rows = Map.groupBy(tiles, (tile) => tile.getBoundingClientRect().top);
    return [...rows.values()].map((row) => row.length);
";

#[test]
fn a_small_window_cuts_nothing() {
    Scenario::small_demo("small").run(async |window| {
        window.client.set_window_size(1024, 700).await?;
        for language in ["zh", "en"] {
            for (area, shown) in crate::gallery::PAGES {
                window.click_test_id(&format!("nav-{area}")).await?;
                window.test_id(shown).await?;
                window
                    .screenshot(&format!("{area}-small-{language}"))
                    .await?;
                let is = async |script: &str| window.client.execute(script, vec![]).await;
                ensure!(
                    is(FITS).await? == true,
                    "{area} in {language} does not fit into 1024 pixels"
                );
                ensure!(
                    is(BATCH_IN_SIGHT).await? == true,
                    "{area} in {language} hides how fresh the data is"
                );
                crate::gallery::no_header_is_cut(window, area).await?;
                if area == "home" {
                    let rows = is(TILE_ROWS).await?;
                    ensure!(
                        [json!([4]), json!([2, 2])].contains(&rows),
                        "the four tiles stand in rows of {rows}"
                    );
                }
            }
            window.click_test_id("lang-switch").await?;
        }
        window.client.set_window_size(1920, 1080).await?;
        for (area, shown) in crate::gallery::PAGES {
            window.click_test_id(&format!("nav-{area}")).await?;
            window.test_id(shown).await?;
            window.screenshot(&format!("{area}-large")).await?;
            crate::gallery::no_header_is_cut(window, area).await?;
        }
        Ok(())
    });
}
