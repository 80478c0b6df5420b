//! The main job in the window: import, see the chart, open a number, switch the language, export.

use anyhow::Context as _;

use crate::harness::Scenario;
use crate::page::Window;

/// 王伟 with the number A1 is called a manager and sells.
const PEOPLE: &str = "姓名,工号,团队,部门,职位\n王伟,A1,一组,华东,销售经理\n\
    王伟,A2,二组,华北,销售代表\n李娜,A3,一组,华东,销售代表\n";
const PRODUCTS: &str = "产品名称,系列,标价\nGTX Pro,GTX,4821\nMG Special,MG,55\n";

/// Days first, two-digit years. `GTXPro` is a misspelt `GTX Pro`; the last row's date does not exist.
fn deals() -> String {
    let mut lines = vec!["商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额".to_owned()];
    for at in 1..=28 {
        let owner = ["A1", "A2", "A3"][at % 3];
        let product = if at % 4 == 0 { "GTXPro" } else { "GTX Pro" };
        lines.push(format!(
            "D{at},{owner},甲公司,{product},赢单,{at:02}-01-25,{at:02}-02-25,100.50"
        ));
    }
    lines.push("D29,A3,乙公司,MG Special,跟进中,01-03-25,,".to_owned());
    lines.push("D30,A3,乙公司,MG Special,赢单,01-03-25,31-02-25,55".to_owned());
    lines.join("\n")
}

#[test]
fn an_export_becomes_a_dashboard_and_a_report() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("the temporary folder is writable");
        path
    };
    let files = [
        file("people.csv", PEOPLE),
        file("products.csv", PRODUCTS),
        file("deals.csv", &deals()),
    ];
    let reports = folder.path().join("reports");
    std::fs::create_dir(&reports).expect("the temporary folder is writable");
    Scenario::new("journey").run(async |window| {
        window.test_id("store-new").await?;
        window.screenshot("store-new-zh").await?;
        window.accessible().await?;
        with_passphrase(window).await?;
        window.test_id("welcome").await?;
        window.screenshot("welcome-zh").await?;
        window.accessible().await?;

        let paths: Vec<&std::path::Path> = files.iter().map(std::path::PathBuf::as_path).collect();
        window.answer_dialog(Some(&paths))?;
        window.click_test_id("start-import").await?;
        window.wait_text("deals.csv").await?;
        window.screenshot("import-files-zh").await?;
        window.click_test_id("import-next").await?;
        window.test_id("role-销售经理").await?;
        window.wait_text("看商机").await?;
        window.screenshot("import-mapping-zh").await?;
        window.click_test_id("import-next").await?;
        window.click_test_id("alias-yes-GTXPro").await?;
        window.screenshot("import-names-zh").await?;
        window.click_test_id("import-next").await?;
        window.wait_text("31-02-25").await?;
        window.screenshot("import-preview-zh").await?;
        window.accessible().await?;
        window.click_test_id("import-commit").await?;
        window.click_test_id("import-to-dashboard").await?;

        window.test_id("widget-weeks").await?;
        window.wait_for("[data-testid='widget-weeks'] svg").await?;
        window.wait_text("2,814").await?;
        window.screenshot("journey-dashboard-zh").await?;
        window.click_test_id("tile-won_amount").await?;
        let records = window.test_id("drawer-records").await?;
        window.wait_text("甲公司").await?;
        window.screenshot("journey-records-zh").await?;
        window
            .until(
                "the deals behind the number",
                "return arguments[0].textContent.includes('100.50');",
                vec![serde_json::to_value(&records)?],
            )
            .await?;
        window
            .client
            .active_element()
            .await?
            .send_keys("\u{e00c}")
            .await?;

        window.click_test_id("lang-switch").await?;
        window.wait_text("Won amount by week").await?;
        export(window, &reports).await
    });
    let names: Vec<String> = std::fs::read_dir(&reports)
        .expect("the folder of reports")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    if crate::driver::missing().is_none() {
        let pdf = names
            .iter()
            .find(|name| {
                name.rsplit_once('.')
                    .is_some_and(|(_, ending)| ending == "pdf")
            })
            .expect("a PDF was written");
        let bytes = std::fs::read(reports.join(pdf)).expect("the PDF can be read");
        assert!(bytes.starts_with(b"%PDF"), "{pdf} is a PDF");
    }
}

/// A new store on a machine without a keyring: a person chooses a passphrase.
async fn with_passphrase(window: &Window) -> anyhow::Result<()> {
    for field in ["passphrase-new", "passphrase-again"] {
        window
            .test_id(field)
            .await?
            .send_keys("correct horse battery")
            .await?;
    }
    window.click_test_id("passphrase-set").await
}

async fn export(window: &Window, reports: &std::path::Path) -> anyhow::Result<()> {
    window.answer_dialog(Some(&[reports]))?;
    window.click_test_id("export-open").await?;
    window.test_id("export-drawer").await?;
    window.click_test_id("export-run").await?;
    let result = window.test_id("export-result").await?;
    window
        .until(
            "the name of a PDF",
            "return arguments[0].innerText.includes('.pdf');",
            vec![serde_json::to_value(&result).context("an element as JSON")?],
        )
        .await?;
    window.screenshot("journey-export-en").await
}

#[test]
fn a_file_that_is_no_table_is_explained() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("photo.csv");
    std::fs::write(&path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        .expect("the temporary folder is writable");
    Scenario::new("hostile").run(async |window| {
        with_passphrase(window).await?;
        window.test_id("welcome").await?;
        window.answer_dialog(Some(&[path.as_path()]))?;
        window.click_test_id("start-import").await?;
        window.wait_text("photo.csv").await?;
        window.screenshot("import-refused-zh").await?;
        window.test_id("welcome").await.map(|_| ())
    });
}
