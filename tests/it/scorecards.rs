//! Scorecards and goals of KPIs on the command line, with the real program.

use serde_json::Value;

use crate::cli::Yeji;

const PEOPLE: &str =
    "姓名,工号,团队,部门\n王伟,A1,一组,华东\n李娜,A3,一组,华东\n陈晨,A5,二组,华东\n";
/// 王伟 won 3 of 4 in the first quarter of 2025; 2024: 一组 decided on 2, 二组 on 6.
const DEALS: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n\
    D1,A1,甲公司,泵,赢单,2025-01-05,2025-02-06,1000.50\n\
    D2,A1,乙公司,泵,赢单,2025-01-07,2025-02-20,2000\n\
    D3,A1,乙公司,泵,赢单,2025-01-07,2025-03-20,3000\n\
    D4,A1,乙公司,泵,输单,2025-01-07,2025-03-21,\n\
    D5,A3,甲公司,泵,赢单,2024-01-07,2024-03-21,10\n\
    D6,A3,甲公司,泵,输单,2024-01-07,2024-03-21,\n\
    D7,A5,甲公司,泵,赢单,2024-01-07,2024-03-21,10\n\
    D8,A5,甲公司,泵,赢单,2024-01-07,2024-03-21,10\n\
    D9,A5,甲公司,泵,赢单,2024-01-07,2024-03-21,10\n\
    D10,A5,甲公司,泵,输单,2024-01-07,2024-03-21,\n\
    D11,A5,甲公司,泵,输单,2024-01-07,2024-03-21,\n\
    D12,A5,甲公司,泵,输单,2024-01-07,2024-03-21,\n";
const SALES: &str = "role = \"sales\"\n\n[[kpi]]\nmetric = \"win_rate\"\nweight = \"60%\"\ncap = \"1.2\"\n\n\
    [[kpi]]\nmetric = \"won_count\"\nweight = \"2/5\"\n";

fn small() -> Yeji {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let deals = yeji.file("deals.csv", DEALS);
    let files = [&people, &deals].map(|file| file.to_str().unwrap());
    yeji.json(&["import", files[0], files[1], "--yes"]);
    yeji
}

fn weights(yeji: &Yeji, text: &str) -> Vec<String> {
    let file = yeji.file("sales.toml", text);
    [
        "kpi",
        "weights",
        "--set",
        file.to_str().unwrap(),
        "--from",
        "2025-01-01",
    ]
    .map(str::to_owned)
    .into()
}

fn goal(yeji: &Yeji, what: &str, metric: &str, who: &str, period: &str, value: &str) -> Value {
    let mut all = vec![
        "kpi", "goal", what, "--metric", metric, "--who", who, "--period", period,
    ];
    if !value.is_empty() {
        all.extend(["--value", value]);
    }
    yeji.json(&all)
}

#[test]
fn a_scorecard_is_set_and_says_how_far_people_are() {
    let yeji = small();
    let set = weights(&yeji, SALES);
    let set: Vec<&str> = set.iter().map(String::as_str).collect();
    let list = yeji.json(&set);
    assert_eq!(list["scorecards"][0]["kpis"][0]["weight"], "3/5");
    assert_eq!(list["scorecards"][0]["kpis"][0]["cap_shown"], "120%");
    goal(&yeji, "set", "win_rate", "华东", "2025", "50%");
    goal(&yeji, "set", "won_count", "A1", "2025-Q1", "4");
    let result = yeji.json(&["kpi", "scorecard", "--period", "2025-Q1", "--who", "A1"]);
    let row = &result["rows"][0];
    assert_eq!(row["kpis"][0]["actual"], "3/4");
    assert_eq!(row["kpis"][0]["goal"]["source"], "inherited");
    assert_eq!(row["kpis"][0]["attainment"], "6/5", "capped");
    assert_eq!(row["total"], "51/50", "0.6 x 1.2 + 0.4 x 3/4");
    // The same numbers through the engine, by anybody.
    let input = serde_json::json!({ "kpis": [
        { "kpi": "win_rate", "weight": "3/5", "cap": "6/5", "actual": "3/4", "goal": "1/2" },
        { "kpi": "won_count", "weight": "2/5", "actual": "3", "goal": "4" },
    ]});
    let file = yeji.file("input.json", input.to_string());
    let output = yeji
        .command(&["engine", "goal.scorecard"])
        .stdin(std::fs::File::open(file).unwrap())
        .output()
        .unwrap();
    let output: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output["total"], row["total"]);
    let shown = yeji.ok(&["kpi", "scorecard", "--period", "2025-Q1", "--team", "一组"]);
    for part in ["王伟 (A1)", "李娜 (A3)", "102.0%", "won_count", "No total"] {
        assert!(shown.contains(part), "`{part}` is not in: {shown}");
    }
    let shown = yeji.ok(&["kpi", "weights"]);
    assert!(
        shown.contains("salespeople") && shown.contains("60%"),
        "{shown}"
    );
    yeji.ok(&["undo"]);
    yeji.ok(&["verify"]);
}

#[test]
fn goals_are_shown_with_where_they_come_from() {
    let yeji = small();
    goal(&yeji, "set", "win_rate", "一组", "2025", "40%");
    goal(&yeji, "set", "win_rate", "二组", "2025", "0.36");
    let view = goal(&yeji, "show", "win_rate", "华东", "2025", "");
    // (2 x 40 % + 6 x 36 %) / 8
    assert_eq!(view["goal"]["value"], "37/100");
    assert_eq!(view["parts"]["weighed_in"], 2024);
    let arguments = [
        "kpi", "goal", "show", "--metric", "win_rate", "--who", "华东", "--period", "2025",
    ];
    let shown = yeji.ok(&arguments);
    for part in [
        "37.0%",
        "weighted mean",
        "won_count + lost_count of 2024",
        "二组",
    ] {
        assert!(shown.contains(part), "`{part}` is not in: {shown}");
    }
    let output = yeji
        .command(&arguments)
        .env("LC_ALL", "zh_CN.UTF-8")
        .output()
        .unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("下级加权平均"), "{shown}");
    let list = yeji.ok(&["kpi", "goal", "list", "--metric", "win_rate"]);
    assert!(
        list.contains("40.0%") && list.contains("2025-01-01"),
        "{list}"
    );
    goal(&yeji, "remove", "win_rate", "二组", "2025", "");
    let view = goal(&yeji, "show", "win_rate", "A5", "2025", "");
    assert_eq!(view["reason"]["code"], "kpi_goal_none");
}

#[test]
fn what_cannot_be_is_said_in_both_languages() {
    let yeji = small();
    let refused = |text: &str| {
        let all = weights(&yeji, text);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        yeji.fails(&all, 2)
    };
    let said = refused(&SALES.replace("2/5", "35%"));
    assert!(
        said.contains("95%") && said.contains("5% is missing") && said.contains("还差 5%"),
        "{said}"
    );
    let said = refused(&SALES.replace("won_count", "win_rate"));
    assert!(said.contains("twice"), "{said}");
    let said = refused(&SALES.replace("weight = \"60%\"", "share = 1"));
    assert!(
        said.contains("sales.toml") && said.contains("line 5"),
        "{said}"
    );
    let said = yeji.fails(
        &[
            "kpi",
            "goal",
            "set",
            "--metric",
            "won_amount",
            "--who",
            "A1",
            "--period",
            "2025",
            "--value",
            "5",
        ],
        2,
    );
    assert!(said.contains("split"), "{said}");
    yeji.fails(&["kpi", "weights", "--set", "sales.toml"], 2);
    yeji.fails(&["kpi", "scorecard", "--period", "2025-W05"], 2);
    yeji.fails(
        &["kpi", "scorecard", "--period", "2025", "--who", "nobody"],
        2,
    );
    // What the command did before, it still does.
    yeji.ok(&[
        "kpi",
        "--metric",
        "win_rate",
        "--from",
        "2025-01-01",
        "--to",
        "2026-01-01",
    ]);
    yeji.fails(&["kpi"], 2);
}
