//! Forecasts and landings on the command line, with the real program.

use crate::cli::Yeji;

fn demo() -> Yeji {
    let yeji = Yeji::new();
    yeji.ok(&[
        "demo",
        "--people",
        "24",
        "--deals",
        "2000",
        "--years",
        "3",
        "--seed",
        "5",
        "--until",
        "2026-05-20",
    ]);
    yeji
}

fn fen(value: &serde_json::Value) -> i64 {
    let text = value.as_str().unwrap();
    text.replace('.', "").parse().unwrap()
}

/// A script that adds the rows up gets the total, of forecasts and of landings.
#[test]
fn rows_sum_to_the_total() {
    let yeji = demo();
    for by in ["team", "person"] {
        let view = yeji.json(&[
            "forecast",
            "--metric",
            "won_amount",
            "--by",
            by,
            "--horizon",
            "3",
        ]);
        let total = view["total"]["ahead"].as_array().unwrap();
        assert_eq!(total.len(), 3);
        let rows = view["rows"].as_array().unwrap();
        for (at, step) in total.iter().enumerate() {
            let top = rows
                .iter()
                .filter(|row| row["depth"] == 1 && row["refused"].is_null());
            let sum: i64 = top.map(|row| fen(&row["ahead"][at]["mean"])).sum();
            assert_eq!(sum, fen(&step["mean"]), "{by} {}", step["period"]);
        }
        let view = yeji.json(&["landing", "--by", by]);
        let top = view["rows"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["depth"] == 1);
        let sum: i64 = top.map(|row| fen(&row["landing"])).sum();
        assert_eq!(sum, fen(&view["total"]["landing"]), "{by}");
    }
}

/// The terminal shows the parts, the past, the deals and the warnings; and keeps what is said once a day.
#[test]
fn a_landing_is_shown_with_its_reasons_and_kept() {
    let yeji = demo();
    let said = yeji.ok(&["landing", "--deals"]);
    for part in ["2026", "not opened", "won by owner", "landing"] {
        assert!(said.contains(part), "`{part}` is not in: {said}");
    }
    let warnings = yeji.ok(&["landing", "--warnings", "--period", "month"]);
    assert_eq!(warnings.lines().count(), 3, "{warnings}");
    assert!(yeji.ok(&["forecast", "--keep"]).contains("2026-05"));
    yeji.ok(&["forecast", "--keep"]);
    assert_eq!(
        yeji.json(&["forecast", "--keep"])["rows"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    yeji.fails(&["forecast", "--metric", "win_rate"], 2);
    yeji.fails(&["forecast", "--horizon", "0"], 2);
    yeji.fails(&["landing", "--as-of", "2999-01-01"], 2);
}
