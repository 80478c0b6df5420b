//! Boards on the command line, with the real program.

use crate::cli::Yeji;

const PEOPLE: &str = "姓名,工号,团队,部门\n王伟,A1,一组,华东\n李娜,A3,一组,华东\n";
const DEALS: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n\
    D1,A1,甲公司,泵,赢单,2025-01-05,2025-02-06,1000.50\n\
    D2,A1,乙公司,泵,赢单,2025-01-07,2025-08-20,2000\n\
    D3,A3,乙公司,阀,赢单,2025-02-01,2025-02-20,3000\n\
    D4,A3,乙公司,泵,跟进中,2025-03-01,,\n";

fn small() -> Yeji {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let deals = yeji.file("deals.csv", DEALS);
    let files = [&people, &deals].map(|file| file.to_str().unwrap());
    yeji.json(&["import", files[0], files[1], "--yes"]);
    yeji
}

/// A board is shown as tables, carried to another company by a file, exported, removed and taken back.
#[test]
fn a_board_is_shown_carried_exported_and_removed() {
    let yeji = small();
    let list = yeji.ok(&["board", "--list"]);
    for id in ["home_sales", "home_manager", "home_hr"] {
        assert!(list.contains(id), "{list}");
    }
    let shown = yeji.ok(&["board", "--show", "home_manager", "--period", "2025-Q1"]);
    assert!(shown.contains("4,000.50"), "the quarter's total: {shown}");
    assert!(shown.contains("王伟") && shown.contains("李娜"), "{shown}");
    let customer = shown.lines().find(|line| line.contains("乙公司"));
    let bought = customer.unwrap_or_default().replace(',', "");
    assert!(
        bought.contains("3000.00"),
        "up to the quarter's end: {shown}"
    );
    assert!(!shown.contains("NaN") && !shown.contains('{'), "{shown}");
    let json = yeji.json(&["board", "--show", "home_hr", "--period", "2025-Q1"]);
    let widgets = json["widgets"].as_array().unwrap();
    for widget in widgets {
        let drawn = &widget["drawn"];
        let something = drawn["chart"].is_object()
            || drawn["lack"].is_object()
            || !drawn["tiles"].as_array().unwrap().is_empty()
            || !drawn["leaderboard"].as_array().unwrap().is_empty()
            || !drawn["customers"].as_array().unwrap().is_empty();
        assert!(something, "{widget}");
    }

    let file = yeji.path("board.toml");
    let path = file.to_str().unwrap();
    yeji.ok(&["board", "--show", "home_hr", "--write", path]);
    let twice = yeji.fails(&["board", "--show", "home_hr", "--write", path], 2);
    assert!(twice.contains("board.toml"), "{twice}");
    let other = small();
    let kept = other.json(&["board", "--read", path]);
    assert_eq!(kept["widgets"].as_array().unwrap().len(), widgets.len());
    let id = kept["info"]["id"].as_str().unwrap();
    let out = other.path("reports");
    let folder = out.to_str().unwrap();
    other.ok(&[
        "report",
        "dashboard",
        "--board",
        id,
        "--period",
        "2025-Q1",
        "--format",
        "svg,xlsx",
        "--out",
        folder,
    ]);
    let files = std::fs::read_dir(&out).unwrap().count();
    assert!(files > 4, "pictures of the charts and a workbook: {files}");
    other.ok(&["board", "--remove", id]);
    let gone = other.fails(&["board", "--show", id, "--period", "2025"], 2);
    assert!(gone.contains(id), "{gone}");
    other.ok(&["undo"]);
    other.ok(&["board", "--show", id, "--period", "2025"]);

    let broken = yeji.file("broken.toml", "name = 3");
    let refused = yeji.fails(&["board", "--read", broken.to_str().unwrap()], 2);
    assert!(!refused.is_empty());
    let built_in = yeji.fails(&["board", "--remove", "home_hr"], 2);
    assert!(!built_in.is_empty());
}
