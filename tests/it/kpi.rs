//! The KPI library on the command line, with the real program.

use crate::cli::Yeji;

const PEOPLE: &str = "姓名,工号,团队,部门\n王伟,A1,一组,华东\n李娜,A3,一组,华东\n";
const DEALS: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n\
    D1,A1,甲公司,泵,赢单,2025-01-05,2025-02-06,1000.50\n\
    D2,A1,乙公司,泵,赢单,2025-01-07,2025-08-20,2000\n\
    D3,A3,乙公司,泵,跟进中,2025-03-01,,\n";

fn small() -> Yeji {
    let yeji = Yeji::new();
    let people = yeji.file("people.csv", PEOPLE);
    let deals = yeji.file("deals.csv", DEALS);
    let files = [&people, &deals].map(|file| file.to_str().unwrap());
    yeji.json(&["import", files[0], files[1], "--yes"]);
    yeji
}

/// Its arguments over 2025.
fn of_2025<'a>(metric: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec![
        "kpi",
        "--metric",
        metric,
        "--from",
        "2025-01-01",
        "--to",
        "2026-01-01",
    ];
    all.extend(more);
    all
}

/// What the figures mean is answered before there is any store.
#[test]
fn figures_are_listed_and_explained_in_both_languages() {
    let yeji = Yeji::new();
    let list = yeji.ok(&["kpi", "--list"]);
    assert!(list.contains("win_rate") && list.contains("won_count / (won_count + lost_count)"));
    let said = yeji.ok(&["kpi", "--explain", "win_rate"]);
    for part in [
        "赢单率",
        "Win rate",
        "won_count / (won_count + lost_count)",
        "day of closing",
        "结束日",
        "来源",
        "Source",
    ] {
        assert!(said.contains(part), "`{part}` is not in: {said}");
    }
    let json = yeji.json(&["kpi", "--explain", "retention"]);
    assert_eq!(json["unit"], "ratio");
    let unknown = yeji.fails(&["kpi", "--explain", "win_rat"], 2);
    assert!(
        unknown.contains("win_rate") && unknown.contains("won_amount"),
        "{unknown}"
    );
}

#[test]
fn a_metric_is_split_by_parts_and_periods() {
    let yeji = small();
    let table = yeji.json(&of_2025(
        "average_deal",
        &["--by", "person", "--period", "quarter"],
    ));
    assert_eq!(table["currency"], "CNY");
    let rows = table["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["shown"].is_string()));
    let missing = rows.iter().find(|row| row["value"].is_null()).unwrap();
    assert!(
        missing["reason"]["code"].is_string(),
        "never a zero: {missing}"
    );
    let shown = yeji.ok(&of_2025(
        "average_deal",
        &["--by", "month", "--compare", "last_year"],
    ));
    assert!(shown.contains("2025-02"), "{shown}");
    let none = yeji.ok(&of_2025("receipts", &[]));
    assert!(none.contains("Not enough data, needs receipts"), "{none}");
    let far = [
        "kpi",
        "--metric",
        "win_rate",
        "--from",
        "2099-01-01",
        "--to",
        "2100-01-01",
    ];
    assert!(yeji.ok(&far).contains("Not enough data"));
    yeji.fails(
        &of_2025("won_amount", &["--by", "month", "--period", "week"]),
        2,
    );
    yeji.fails(&of_2025("won_amont", &["--by", "month"]), 2);
}

/// Whoever reads the JSON meets one shape, whichever KPI and split they ask for.
#[test]
fn every_answer_has_one_shape() {
    let yeji = small();
    let sums = yeji.json(&of_2025("won_amount", &["--by", "person"]));
    let weeks = yeji.json(&of_2025("won_amount", &["--by", "week"]));
    let rates = yeji.json(&of_2025("win_rate", &["--by", "team", "--period", "month"]));
    let whole = yeji.json(&of_2025("win_rate", &[]));
    let keys = |value: &serde_json::Value| {
        let fields = value.as_object().unwrap();
        fields.keys().cloned().collect::<Vec<_>>()
    };
    for other in [&weeks, &rates, &whole] {
        assert_eq!(keys(&sums), keys(other));
        assert_eq!(keys(&sums["whole"]), keys(&other["whole"]));
        for row in other["rows"].as_array().unwrap() {
            assert_eq!(keys(&sums["rows"][0]), keys(row));
        }
    }
    let months = yeji.json(&of_2025("win_rate", &["--period", "month"]));
    let labels: Vec<_> = months["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels.len(), 12);
    assert!(
        labels.iter().all(|label| label.contains("2025")),
        "a period is its own label: {labels:?}"
    );
    assert_eq!(sums["metric"], "won_amount");
    assert_eq!(
        sums["total"], weeks["total"],
        "the same money, otherwise split"
    );
    let library = yeji.json(&of_2025("won_amount", &["--compare", "last_year"]));
    assert_eq!(sums["total"], library["total"], "written in the same way");
}

/// A name that a spreadsheet would run is only shown by it; a file that is there stays.
#[test]
fn an_answer_is_written_to_files() {
    let yeji = small();
    let file = |name: &str| yeji.path(name);
    for (name, begins) in [
        ("rates.csv", &b"\xef\xbb\xbf"[..]),
        ("rates.xlsx", b"PK"),
        ("rates.pdf", b"%PDF"),
        ("rates.png", b"\x89PNG"),
        ("rates.svg", b"<svg"),
    ] {
        let path = file(name);
        yeji.ok(&of_2025(
            "won_amount",
            &["--by", "person", "--export", path.to_str().unwrap()],
        ));
        let written = std::fs::read(&path).unwrap();
        assert!(written.starts_with(begins), "{name}");
    }
    let text = std::fs::read_to_string(file("rates.csv")).unwrap();
    assert!(text.contains("(CNY)") && text.contains("Whole"), "{text}");
    let mut lines = text.lines();
    let head = lines.next().unwrap();
    assert!(head.ends_with(",Scope"), "{head}");
    let days = "2025-01-01 – 2025-12-31\"";
    assert!(
        lines.all(|line| line.ends_with(days)),
        "whose and when: {text}"
    );
    let again = file("rates.csv");
    let again = ["--by", "person", "--export", again.to_str().unwrap()];
    yeji.fails(&of_2025("won_amount", &again), 2);
    yeji.ok(&of_2025(
        "won_amount",
        &[&again[..], &["--overwrite"]].concat(),
    ));
    let odd = file("rates.doc");
    let odd = ["--by", "person", "--export", odd.to_str().unwrap()];
    let said = yeji.fails(&of_2025("won_amount", &odd), 2);
    assert!(said.contains("xlsx"), "{said}");
    assert!(!file("rates.doc").exists());
}

#[test]
fn own_figures_are_kept_calculated_and_removed() {
    let yeji = small();
    let define = |code: &str, formula: &str| {
        let text = format!(
            "code = '{code}'\nformula = '{formula}'\nunit = 'number'\ndirection = 'higher'\ndecimals = 1\n\
             name = {{ zh = '甲', en = 'A' }}\ndefinition = {{ zh = '乙', en = 'B' }}\nsource = {{ zh = '丙', en = 'C' }}\n"
        );
        yeji.file(&format!("{code}.toml"), text)
    };
    let good = define("half", "won_count / 2");
    yeji.ok(&["kpi", "--define", good.to_str().unwrap()]);
    let value = yeji.json(&of_2025("half", &[]));
    let won = yeji.json(&of_2025("won_count", &[]));
    assert_eq!(won["total"]["parts"], value["total"]["parts"]);
    assert!(
        yeji.ok(&["kpi", "--explain", "half"])
            .contains("won_count / 2")
    );
    for (formula, part) in [
        ("won_cont", "won_count"),
        ("bad * 2", "bad -> bad"),
        ("won_count +", "not finished"),
        ("won_count $ 2", "character 11"),
    ] {
        let said = yeji.fails(
            &["kpi", "--define", define("bad", formula).to_str().unwrap()],
            2,
        );
        assert!(said.contains(part), "`{part}` is not in: {said}");
    }
    let by_zero = define("by_zero", "won_count / (won_count - won_count)");
    yeji.ok(&["kpi", "--define", by_zero.to_str().unwrap()]);
    let said = yeji.ok(&of_2025("by_zero", &[]));
    assert!(said.contains("won_count - won_count is zero"), "{said}");
    yeji.ok(&["kpi", "--remove", "half"]);
    yeji.fails(&of_2025("half", &[]), 2);
    yeji.fails(&["kpi", "--remove", "win_rate"], 2);
}
