//! The reason for one chart description: window, picture and workbook say the same numbers.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use yeji_core::Ratio;
use yeji_report::{Chart, ChartKind, Lang, Size, Value, chart_svg_text, dashboard_xlsx, format};

use crate::samples;

#[test]
fn window_workbook_and_picture_agree() {
    for lang in [Lang::ZhCn, Lang::En] {
        for chart in samples::each_kind(lang) {
            let window = values_in_json(&chart);
            assert_eq!(
                window,
                values_in_workbook(&chart, lang),
                "{}: workbook",
                chart.id
            );
            let svg = chart_svg_text(&chart, lang, Size::new(960, 440)).unwrap();
            for value in window.iter().flatten() {
                let label = label(&chart, *value, lang);
                assert!(
                    svg.contains(&label),
                    "{}: {label} is not in the picture",
                    chart.id
                );
            }
            let missing = window.iter().filter(|value| value.is_none()).count();
            assert_eq!(
                svg.matches(format::MISSING).count(),
                missing,
                "{}: unknown is said",
                chart.id
            );
        }
    }
}

#[test]
fn json_round_trips_and_refuses_what_is_not_a_number() {
    for chart in samples::each_kind(Lang::ZhCn) {
        let json = serde_json::to_string(&chart).unwrap();
        assert_eq!(serde_json::from_str::<Chart>(&json).unwrap(), chart);
    }
    for bad in [
        r#"{"raw":"1e5"}"#,
        r#"{"raw":"NaN"}"#,
        r#"{"raw":"1/0"}"#,
        r#"{"raw":""}"#,
        r#"{"raw":1}"#,
    ] {
        assert!(serde_json::from_str::<Value>(bad).is_err(), "{bad}");
    }
}

/// As the window gets them.
fn values_in_json(chart: &Chart) -> Vec<Option<Ratio>> {
    let json: serde_json::Value =
        serde_json::from_str(&serde_json::to_string(chart).unwrap()).unwrap();
    json["series"][0]["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value["raw"].as_str().map(|raw| raw.parse().unwrap()))
        .collect()
}

/// As a reader of the workbook gets them: money and counts from the numbers, ratios from the exact
/// text beside them.
fn values_in_workbook(chart: &Chart, lang: Lang) -> Vec<Option<Ratio>> {
    let mut report = samples::dashboard(lang);
    report.charts = vec![chart.clone()];
    report.tables.clear();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(dashboard_xlsx(&report).unwrap())).unwrap();
    let sheet = book.worksheet_range_at(1).unwrap().unwrap();
    // Attainment: label, share, goal, exact text.
    let column = if chart.kind == ChartKind::Attainment {
        3
    } else {
        1
    };
    (1..=u32::try_from(chart.categories.len()).unwrap())
        .map(|row| match sheet.get_value((row, column)) {
            None | Some(Data::Empty) => None,
            Some(Data::Float(number)) => Some(number.to_string().parse().unwrap()),
            Some(Data::Int(number)) => Some(Ratio::from_int(*number)),
            Some(Data::String(text)) => Some(text.parse().unwrap()),
            Some(other) => panic!("row {row}: {other:?}"),
        })
        .collect()
}

/// As the picture labels it.
fn label(chart: &Chart, value: Ratio, lang: Lang) -> String {
    let value = Value::parse(&value.to_string()).unwrap();
    let text = match chart.kind {
        ChartKind::Pie => format::tile(Some(&value), chart.unit, lang).unwrap(),
        _ => format::compact(&value, chart.unit, lang).unwrap(),
    };
    let closing = "\n</text>";
    text + closing
}
