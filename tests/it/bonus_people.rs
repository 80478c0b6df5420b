//! Bonus plans by person and date, and objectives, on the command line with the real program.

use crate::cli::Yeji;

const PEOPLE: &str =
    "姓名,工号,团队,部门\n王伟,A1,一组,华东\n李娜,A3,一组,华东\n陈晨,A5,二组,华东\n";
const DEALS: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n\
    D1,A1,甲公司,泵,赢单,2025-01-05,2025-02-06,1000.50\n\
    D2,A3,乙公司,泵,赢单,2025-01-07,2025-02-20,2000\n\
    D3,A5,乙公司,泵,赢单,2025-01-07,2025-03-20,3000\n";

fn small() -> Yeji {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let deals = yeji.file("deals.csv", DEALS);
    let files = [&people, &deals].map(|file| file.to_str().unwrap());
    yeji.json(&["import", files[0], files[1], "--yes"]);
    yeji
}

/// Keeps the template of objectives as a plan for those who are assigned to it.
fn second_plan(yeji: &Yeji) {
    let objectives = yeji.ok(&["bonus", "templates", "quarterly-objectives"]);
    let file = yeji.file("objectives.toml", objectives);
    let file = file.to_str().unwrap();
    yeji.ok(&["bonus", "plan", "--set", file, "--assigned-only"]);
}

#[test]
fn people_are_put_under_plans_and_out_again() {
    let yeji = small();
    second_plan(&yeji);
    let plans = yeji.json(&["bonus", "plans"]);
    let codes: Vec<&str> = plans["plans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|plan| plan["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["attainment-bands", "quarterly-objectives"]);

    let assign = |whom: &[&str], from: &str| {
        let mut args = vec!["bonus", "assign", "--plan", "quarterly-objectives"];
        args.extend(whom);
        args.extend(["--from", from]);
        args.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let run = |args: Vec<String>, more: &[&str]| {
        let mut all: Vec<&str> = args.iter().map(String::as_str).collect();
        all.extend(more);
        yeji.json(&all)
    };
    let unit = || assign(&["--unit", "一组"], "2025-01-01");
    assert_eq!(run(unit(), &["--dry-run"])["people"], 2);
    assert_eq!(run(unit(), &[])["people"], 2);
    let own = assign(&["--person", "A1"], "2025-01-01");
    let effect = run(own, &["--target-bonus", "9000"]);
    assert_eq!(effect["people"], 1, "the target bonus is another one");
    let refused = assign(&["--unit", "一组"], "2025-06-01");
    let refused: Vec<&str> = refused.iter().map(String::as_str).collect();
    let said = yeji.fails(&refused, 2);
    assert!(said.contains("一组"), "{said}");
    yeji.fails(
        &[
            "bonus",
            "assign",
            "--plan",
            "none",
            "--everybody",
            "--from",
            "2025-01-01",
        ],
        2,
    );

    let of_plan = |code: &str| {
        let args = [
            "bonus",
            "run",
            "--period",
            "2025-Q1",
            "--code",
            code,
            "--dry-run",
        ];
        let made = yeji.json(&args);
        let names = made["statements"].as_array().unwrap().iter();
        let mut names: Vec<String> = names
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(of_plan("attainment-bands"), ["陈晨"]);
    assert_eq!(of_plan("quarterly-objectives"), ["李娜", "王伟"]);

    let listed = yeji.json(&["bonus", "assignments"]);
    let rows = listed["assignments"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    let first = rows[0]["id"].as_str().unwrap();
    assert_eq!(rows[0]["name"], "一组");
    yeji.ok(&["bonus", "unassign", first, "--to", "2025-04-01"]);
    let people = yeji.ok(&[
        "bonus",
        "assignments",
        "--people",
        "--from",
        "2025-01-01",
        "--to",
        "2026-01-01",
    ]);
    assert!(people.contains("2025-04-01"), "{people}");
    yeji.fails(&["bonus", "unassign", first], 2);
    yeji.ok(&["bonus", "unassign", first, "--remove"]);
    assert_eq!(of_plan("attainment-bands"), ["李娜", "陈晨"]);
    yeji.ok(&["undo"]);
    assert_eq!(of_plan("attainment-bands"), ["陈晨"], "it is there again");
}

#[test]
fn objectives_are_set_judged_and_copied() {
    let yeji = small();
    second_plan(&yeji);
    let whose = ["--person", "A1", "--period", "2025-Q1"];
    let call = |what: &str, more: &[&str]| {
        let mut args = vec!["bonus", "objectives", what];
        args.extend(whose);
        args.extend(more);
        args.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let json = |args: Vec<String>| {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        yeji.json(&args)
    };
    let wrong = call("set", &["--objective", "培训=40%"]);
    let wrong: Vec<&str> = wrong.iter().map(String::as_str).collect();
    let said = yeji.fails(&wrong, 2);
    assert!(said.contains("40%"), "{said}");
    json(call(
        "set",
        &["--objective", "培训=40%", "--objective", "回款=3/5"],
    ));
    json(call("judge", &["--objective", "培训", "--result", "100%"]));
    let judged = json(call("judge", &["--objective", "回款", "--result", "0.5"]));
    assert_eq!(judged["people"][0]["reached"], "70%");
    let forgotten = call("judge", &["--objective", "培训"]);
    let forgotten: Vec<&str> = forgotten.iter().map(String::as_str).collect();
    yeji.fails(&forgotten, 2);
    // A known name keeps its result.
    let set = json(call("set", &["--objective", "培训=100%"]));
    assert_eq!(set["people"][0]["objectives"][0]["result"], "100%");
    json(call(
        "copy",
        &["--to-period", "2025-Q2", "--to-person", "A3"],
    ));
    let copied = yeji.json(&["bonus", "objectives", "list", "--period", "2025-Q2"]);
    assert_eq!(copied["people"][0]["name"], "李娜");
    assert_eq!(copied["people"][0]["objectives"][0]["name"], "培训");
    let text = yeji.ok(&["bonus", "objectives", "list", "--period", "2025-Q1"]);
    assert!(text.contains("培训") && text.contains("100%"), "{text}");
}
