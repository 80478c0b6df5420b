//! Sources that disagree, and a folder whose exports are taken, in the window.

use std::path::{Path, PathBuf};

use crate::gallery::{choose_theme, no_header_is_cut};
use crate::harness::Scenario;

const CRM: &str = "客户编号,客户名称,地区\nC-1,华讯科技,华东\nC-2,远景,华南\n";

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a temporary folder is writable");
    path
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary paths are text")
}

#[test]
fn the_value_of_another_source_is_taken() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let crm = write(folder.path(), "crm.csv", CRM);
    let erp = write(folder.path(), "erp.csv", &CRM.replace("华东", "华北"));
    Scenario::new("sources")
        .prepared_by(&["import", text(&crm), "--source", "crm", "--yes"])
        .prepared_by(&["sources", "precedence", "crm,erp"])
        .prepared_by(&["import", text(&erp), "--source", "erp", "--yes"])
        .run(async |window| {
            window.click_test_id("nav-data").await?;
            window.click_test_id("sub-sources").await?;
            window.test_id("disagreement-table").await?;
            window.wait_text("按来源顺序").await?;
            window.screenshot("data-sources-zh").await?;
            window.accessible().await?;
            window
                .click_css("[data-testid^='take-'][data-testid$='-erp']")
                .await?;
            window.wait_text("已采用 华北").await?;
            window.wait_text("人工选定").await?;
            window.settled().await?;
            window.click_css("[data-testid^='record-']").await?;
            window.test_id("history-list").await?;
            window.wait_text("华北").await
        });
}

/// Before a refresh is imported it is seen what it changes, what it adds and what it would empty.
#[test]
fn a_refresh_shows_what_it_changes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let crm = write(folder.path(), "crm.csv", CRM);
    let refresh = "客户编号,客户名称,地区\nC-1,华讯科技集团,华北\nC-2,远景,\nC-3,新桥,华南\n";
    let refresh = write(folder.path(), "refresh.csv", refresh);
    Scenario::new("refresh")
        .prepared_by(&["import", text(&crm), "--source", "crm", "--yes"])
        .run(async |window| {
            window.click_test_id("nav-data").await?;
            window.answer_dialog(Some(&[refresh.as_path()]))?;
            window.click_test_id("start-import").await?;
            window.test_id("import-step-files").await?;
            window.click_test_id("import-next").await?;
            window.test_id("import-step-mapping").await?;
            window.click_test_id("import-next").await?;
            // No name is open: the step of names is passed over.
            window.test_id("changed-rows").await?;
            for said in [
                "华东",
                "华北",
                "华讯科技集团",
                "新桥",
                "会清空 1 个已有的值",
            ] {
                window.wait_text(said).await?;
            }
            window.settled().await?;
            window.accessible().await?;
            for (width, height) in [(1280, 800), (1920, 1080)] {
                window.client.set_window_size(width, height).await?;
                window.settled().await?;
                no_header_is_cut(window, "the preview").await?;
                window
                    .screenshot(&format!("import-samples-zh-{width}"))
                    .await?;
            }
            window.click_test_id("lang-switch").await?;
            window.wait_text("would be emptied").await?;
            for (width, height) in [(1280, 800), (1920, 1080)] {
                window.client.set_window_size(width, height).await?;
                window.settled().await?;
                no_header_is_cut(window, "the preview").await?;
                window
                    .screenshot(&format!("import-samples-en-{width}"))
                    .await?;
            }
            window.click_test_id("import-commit").await?;
            window.test_id("import-result").await.map(|_| ())
        });
}

/// Values that cannot be seen let a person merge blindly: both pages in the smallest window, in both themes.
#[test]
fn duplicates_are_compared_and_mappings_listed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let alike = "客户编号,客户名称,地区,行业,电话\n\
        C-1,宏远贸易有限公司,华东,制造业,13800000000\nC-2,宏远贸易,华东,,13800000000\nC-3,远景,华南,,\n";
    let customers = write(folder.path(), "customers.csv", alike);
    let deals = write(
        folder.path(),
        "deals.csv",
        "商机编号,负责人,客户,阶段,成交日期,金额\nD1,王伟,C-1,赢单,2026-03-01,100\n",
    );
    Scenario::new("duplicates")
        .prepared_by(&["import", text(&customers), "--yes", "--currency", "CNY"])
        .prepared_by(&["import", text(&deals), "--yes"])
        .run(async |window| {
            for (language, theme) in [("zh", "light"), ("en", "dark")] {
                if theme == "dark" {
                    window.click_test_id("lang-switch").await?;
                    choose_theme(window, theme).await?;
                }
                window.click_test_id("nav-data").await?;
                window.click_test_id("sub-mappings").await?;
                window.test_id("mapping-table").await?;
                let name = format!("data-mappings-{language}-{theme}");
                window.screenshot(&name).await?;
                no_header_is_cut(window, &name).await?;
                window.accessible().await?;
                window.click_test_id("sub-duplicates").await?;
                window.test_id("duplicate-table").await?;
                let name = format!("data-duplicates-{language}-{theme}");
                window.screenshot(&name).await?;
                no_header_is_cut(window, &name).await?;
                window
                    .click_css("[data-testid^='pair-'] .batch-line")
                    .await?;
                window.test_id("compare-table").await?;
                window.settled().await?;
                let seen = "const cells = [...document.querySelectorAll('.compare-table td')];\
                    return cells.length > 4 && cells.every((cell) => \
                    parseFloat(getComputedStyle(cell).fontSize) >= 12 && cell.offsetHeight > 16);";
                window
                    .until("values that can be read", seen, vec![])
                    .await?;
                window
                    .screenshot(&format!("data-compare-{language}-{theme}"))
                    .await?;
                window.accessible().await?;
                window.click_css(".ant-drawer-close").await?;
                window.settled().await?;
            }
            Ok(())
        });
}

#[test]
fn a_watched_folder_is_chosen_and_its_export_taken() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let crm = write(folder.path(), "crm.csv", CRM);
    let exports = folder.path().join("exports");
    std::fs::create_dir(&exports).expect("a temporary folder is writable");
    let new = write(&exports, "new.csv", &CRM.replace("C-2,远景", "C-3,新桥"));
    write(&exports, "other.csv", "客户编号,客户名称,备用\nC-9,新,x\n");
    Scenario::new("watching")
        .prepared_by(&["import", text(&crm), "--source", "crm", "--yes"])
        .run(async |window| {
            window.click_test_id("nav-data").await?;
            window.click_test_id("sub-watching").await?;
            window.answer_dialog(Some(&[exports.as_path()]))?;
            window.click_test_id("watch-add").await?;
            window.click_test_id("watch-choose").await?;
            window.test_id("folder-table").await?;
            window.settled().await?;
            // The first look meets the files, the second takes what has not changed.
            window.click_test_id("watch-look").await?;
            window.settled().await?;
            window.click_test_id("watch-look").await?;
            window.wait_text("已导入").await?;
            window.wait_text("等待处理").await?;
            window.settled().await?;
            window.screenshot("data-watching-zh").await?;
            window.accessible().await?;
            window.click_test_id("open-other.csv").await?;
            window.test_id("import-step-files").await.map(|_| ())
        });
    assert!(new.exists(), "files are never moved");
}

/// Two buttons of the question, all of it in sight.
const QUESTION_FITS: &str = r"
    const buttons = ['undo-alone', 'undo-confirm'].map((id) => document.querySelector(`[data-testid=${id}]`));
    return buttons.every((button) => {
        const box = button.getBoundingClientRect();
        return box.width > 0 && box.bottom <= window.innerHeight && button.scrollWidth <= button.clientWidth;
    });
";

#[test]
fn an_import_that_a_later_one_repeated_is_taken_back_with_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let january = write(folder.path(), "january.csv", CRM);
    let february = write(
        folder.path(),
        "february.csv",
        &format!("{CRM}C-3,新桥,华北\n"),
    );
    Scenario::new("later")
        .prepared_by(&["import", text(&january), "--yes"])
        .prepared_by(&["import", text(&february), "--yes"])
        .run(async |window| {
            window.click_test_id("nav-data").await?;
            window.wait_text("january.csv").await?;
            window
                .until(
                    "both imports",
                    "const buttons = [...document.querySelectorAll('[data-testid^=undo-]')];
                     if (buttons.length === 2) buttons[1].click();
                     return buttons.length === 2;",
                    Vec::new(),
                )
                .await?;
            window.test_id("later-imports").await?;
            window.wait_text("重复 2 行").await?;
            window.settled().await?;
            window
                .until("both buttons", QUESTION_FITS, Vec::new())
                .await?;
            window.screenshot("data-undo-later-zh").await?;
            window.accessible().await?;
            window.click_test_id("undo-confirm").await?;
            window.test_id("undo-result").await?;
            window.wait_text("一并撤销：february.csv").await
        });
}
