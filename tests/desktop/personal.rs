//! The personal file in the window: HR makes it, it opens, and what was entered in it is sent back.

use fantoccini::key::Key;

use crate::harness::Scenario;
use crate::page::{Window, type_over};

const PEOPLE: &str = "姓名,工号,团队,部门,职位\n赵敏,A1,一组,华东,主管\n\
    王伟,A2,一组,华东,销售代表\n李娜,A3,一组,华东,销售代表\n";
const DEALS: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n\
    D1,A2,乙公司,标准版,赢单,2025-01-11,2025-02-11,8000\n\
    D2,A3,甲公司,标准版,赢单,2025-01-12,2025-02-12,6000\n";
const PHRASE: &str = "handed over by phone";

#[test]
fn a_personal_file_is_made_opened_and_sent_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("the temporary folder is writable");
        path.display().to_string()
    };
    let (people, deals) = (file("people.csv", PEOPLE), file("deals.csv", DEALS));
    let personal = folder.path().join("li.yejipersonal");
    let sent = folder.path().join("li.yejireturn");
    Scenario::new("personal")
        .prepared_by(&["import", &people, "--yes"])
        .prepared_by(&["import", &deals, "--currency", "CNY", "--yes"])
        .run(async |window| {
            window.click_test_id("nav-settings").await?;
            window.click_test_id("settings-nav-personal").await?;
            window.click_test_id("personal-make").await?;
            window.click_css("#personal-person").await?;
            let field = window.wait_for("#personal-person").await?;
            field.send_keys("A3").await?;
            field
                .send_keys(&String::from(char::from(Key::Enter)))
                .await?;
            fill(window, "passphrase-new", PHRASE).await?;
            fill(window, "passphrase-again", PHRASE).await?;
            window.screenshot("personal-make-zh").await?;
            window.accessible().await?;
            window.answer_dialog(Some(&[&personal]))?;
            window.click_test_id("passphrase-set").await?;
            window.test_id("personal-table").await?;
            window.wait_text("李娜 A3").await?;
            window.screenshot("personal-files-zh").await?;

            // As on the laptop: the file opens in the place of what is there.
            window.click_test_id("settings-nav-backup").await?;
            window.answer_dialog(Some(&[&personal]))?;
            window.click_test_id("restore-pick").await?;
            fill(window, "restore-secret", PHRASE).await?;
            window.click_test_id("restore-confirm").await?;
            // It takes the company's place here: whose file it is is said before.
            window.wait_text("李娜的个人文件，它将取代").await?;
            window.screenshot("personal-restore-asks-zh").await?;
            window.click_test_id("restore-replace").await?;
            window.click_test_id("restore-confirm").await?;
            window.test_id("personal-strip").await?;
            window.wait_text("这是李娜（销售）的个人文件").await?;
            window.click_test_id("nav-performance").await?;
            let own = "const text = document.querySelector('#content').textContent;
                return text.includes('6,000.00') && !text.includes('8,000.00');";
            window.until("own figures only", own, vec![]).await?;
            window.click_test_id("feedback-open").await?;
            fill(window, "feedback-words", "价目表旧了").await?;
            window.click_test_id("feedback-save").await?;
            window.wait_text("已保存，交回时一并带上").await?;
            window.screenshot("personal-file-zh").await?;
            window.accessible().await?;
            window.answer_dialog(Some(&[&sent]))?;
            window.click_test_id("send-back").await?;
            window.wait_text("已写入 1 条").await?;
            anyhow::ensure!(sent.exists(), "the file for HR was written");
            Ok(())
        });
}

async fn fill(window: &Window, id: &str, text: &str) -> anyhow::Result<()> {
    let field = window.test_id(id).await?;
    type_over(&field, text).await
}
