//! Accounts in the window: the first one is made, a salesperson signs in and sees own pay only.

use fantoccini::key::Key;

use crate::harness::Scenario;
use crate::page::{Window, type_over};

const PEOPLE: &str = "姓名,工号,团队,部门,职位\n赵敏,A1,一组,华东,主管\n\
    王伟,A2,一组,华东,销售代表\n李娜,A3,一组,华东,销售代表\n";
const PASSWORD: &str = "correct horse";

fn deals() -> String {
    let mut lines = vec!["商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额".to_owned()];
    for (at, owner, amount) in [(1, "A2", "8000"), (2, "A3", "6000"), (3, "A3", "1500")] {
        lines.push(format!(
            "D{at},{owner},甲公司,标准版,赢单,2025-01-1{at},2025-02-1{at},{amount}"
        ));
    }
    lines.join("\n")
}

#[test]
fn a_salesperson_signs_in_and_sees_own_pay_only() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("the temporary folder is writable");
        path.display().to_string()
    };
    let (people, deals) = (file("people.csv", PEOPLE), file("deals.csv", &deals()));
    Scenario::new("accounts")
        .prepared_by(&["import", &people, "--yes"])
        .prepared_by(&["import", &deals, "--currency", "CNY", "--yes"])
        .prepared_by(&["goal", "set", "--year", "2025", "--amount", "20000"])
        .prepared_by(&["goal", "split", "--year", "2025", "--by", "equal"])
        .prepared_by(&[
            "bonus",
            "target",
            "--amount",
            "5000",
            "--from",
            "2025-01-01",
        ])
        .prepared_by(&["bonus", "run", "--period", "2025-Q1"])
        .run(async |window| {
            first_account(window).await?;
            sales_account(window).await?;
            window.screenshot("people-and-roles-zh").await?;
            window.accessible().await?;
            window.click_test_id("sign-out").await?;
            window.test_id("sign-in").await?;
            window.screenshot("sign-in-zh").await?;
            window.accessible().await?;
            sign_in(window, "wrong password").await?;
            window.wait_text("账号或密码不正确").await?;
            sign_in(window, PASSWORD).await?;
            own_pay(window).await
        });
}

async fn first_account(window: &Window) -> anyhow::Result<()> {
    window.click_test_id("nav-settings").await?;
    window.click_test_id("settings-nav-people").await?;
    window.click_test_id("account-add").await?;
    fill(window, "account-name", "赵敏").await?;
    fill(window, "account-password", PASSWORD).await?;
    window.screenshot("first-account-zh").await?;
    window.click_test_id("account-save").await?;
    let signed_in = "return document.querySelector(\"[data-testid='signed-in']\")?.textContent.includes('赵敏') ?? false;";
    window
        .until("signed in as the first account", signed_in, vec![])
        .await
}

async fn sales_account(window: &Window) -> anyhow::Result<()> {
    window.wait_gone("保存后即以它登录").await?;
    window.click_test_id("account-add").await?;
    fill(window, "account-name", "lina").await?;
    fill(window, "account-password", PASSWORD).await?;
    // The role is sales already; its person is found by number.
    window.click_css("#person").await?;
    let field = window.wait_for("#person").await?;
    field.send_keys("A3").await?;
    field
        .send_keys(&String::from(char::from(Key::Enter)))
        .await?;
    window.click_test_id("account-save").await?;
    window.wait_text("李娜 A3").await
}

async fn sign_in(window: &Window, password: &str) -> anyhow::Result<()> {
    fill(window, "sign-in-name", "lina").await?;
    fill(window, "sign-in-password", password).await?;
    window.click_test_id("sign-in-submit").await
}

async fn own_pay(window: &Window) -> anyhow::Result<()> {
    window.test_id("signed-in").await?;
    let hidden = "return document.querySelector(\"[data-testid='nav-bonus']\") !== null
        && document.querySelector(\"[data-testid='nav-data']\") === null;";
    window
        .until("no area that is empty for sales", hidden, vec![])
        .await?;
    window.screenshot("home-sales-zh").await?;
    window.click_test_id("nav-bonus").await?;
    window.wait_text("李娜").await?;
    window.screenshot("bonus-sales-zh").await?;
    let own = "return document.querySelector('#content').textContent.includes('李娜')
        && !document.querySelector('#content').textContent.includes('王伟')
        && document.querySelector(\"[data-testid='bonus-run']\") === null;";
    window
        .until("own pay only, and nothing to run", own, vec![])
        .await?;
    window.accessible().await?;
    window.click_test_id("nav-performance").await?;
    window.wait_text("王伟").await?;
    let ranks = "const text = document.querySelector(\"[data-testid='leaderboard']\").textContent;
        return text.includes('王伟') && text.includes('7,500.00') && !text.includes('8,000.00');";
    window
        .until("the place of others without their amount", ranks, vec![])
        .await?;
    window.screenshot("performance-sales-zh").await
}

async fn fill(window: &Window, id: &str, text: &str) -> anyhow::Result<()> {
    let field = window.test_id(id).await?;
    type_over(&field, text).await
}
