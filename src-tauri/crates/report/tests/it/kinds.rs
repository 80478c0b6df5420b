//! Each kind of chart by its own rules: what it says everywhere, what it refuses, what it survives.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, DataType, Reader, Xlsx};
use yeji_core::Ratio;
use yeji_report::{
    Chart, ChartKind, Error, Lang, MAX_HEAT_ROWS, Role, Series, Size, Value, ValueUnit,
    chart_svg_text, dashboard_pdf, dashboard_xlsx, natural_size,
};

use crate::boards;
use crate::samples::{self, yuan};

const LANGS: [Lang; 2] = [Lang::ZhCn, Lang::En];

/// The window's tests read what is drawn here, so that neither side can change alone: the file holds
/// the chart as it travels and the words that its picture has, and this test looks for them in it.
#[test]
fn pictures_say_what_the_window_is_tested_with() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/charts/options/samples");
    let by_kind = LANGS.map(boards::every_kind);
    for (zh, en) in by_kind[0].iter().zip(&by_kind[1]) {
        let mut said = serde_json::Map::new();
        for (lang, chart) in LANGS.into_iter().zip([zh, en]) {
            let svg = chart_svg_text(chart, lang, natural_size(chart, lang)).unwrap();
            let labels = boards::labels(chart, lang);
            for label in &labels {
                assert!(
                    svg.contains(label),
                    "{}: {label} is not in the picture",
                    chart.id
                );
            }
            let chart = serde_json::to_value(chart).unwrap();
            said.insert(
                lang.tag().to_owned(),
                serde_json::json!({ "chart": chart, "labels": labels }),
            );
        }
        let text = serde_json::to_string_pretty(&said).unwrap() + "\n";
        let kind = serde_json::to_value(zh.kind).unwrap();
        let file = folder.join(format!("{}.json", kind.as_str().unwrap()));
        #[allow(
            clippy::disallowed_methods,
            reason = "the switch of a developer's tool, not of the product"
        )]
        if std::env::var("YEJI_UPDATE").is_ok() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, &text).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(
            found.replace("\r\n", "\n"),
            text,
            "{}: run with YEJI_UPDATE=1",
            file.display()
        );
    }
}

/// A workbook of one chart; its data sheet as rows of cells.
fn sheet(chart: &Chart, lang: Lang) -> (Vec<u8>, calamine::Range<Data>) {
    let mut report = samples::dashboard(lang);
    report.charts = vec![chart.clone()];
    report.tables.clear();
    let bytes = dashboard_xlsx(&report).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let sheet = book.worksheet_range_at(1).unwrap().unwrap();
    (bytes, sheet)
}

fn cell(sheet: &calamine::Range<Data>, row: usize, column: usize) -> Option<Ratio> {
    let at = (u32::try_from(row).unwrap(), u32::try_from(column).unwrap());
    match sheet.get_value(at) {
        None | Some(Data::Empty) => None,
        Some(Data::String(text)) => Some(text.parse().unwrap()),
        Some(number) => Some(number.get_float().unwrap().to_string().parse().unwrap()),
    }
}

/// The whole table behind each chart is in the workbook: every value of every series, ratios by
/// their exact text.
#[test]
fn the_workbook_has_every_value_of_every_series() {
    for lang in LANGS {
        for chart in boards::every_kind(lang) {
            let (_, sheet) = sheet(&chart, lang);
            let exact = |value: &Option<Value>| value.as_ref().map(Value::exact);
            let (rows, columns) = (chart.categories.len(), chart.series.len());
            for (index, series) in chart.series.iter().enumerate() {
                let ratio = chart.unit_of(series) == ValueUnit::Percent;
                for (place, value) in series.values.iter().enumerate() {
                    let found = match (chart.is_grid(), ratio) {
                        (true, false) => cell(&sheet, index + 1, place + 1),
                        (true, true) => cell(&sheet, index + 1, rows + 2 + place),
                        (false, false) => cell(&sheet, place + 1, index + 1),
                        // Attainment and Pareto have one series of ratios, at the right of all.
                        (false, true) => cell(&sheet, place + 1, sheet.width() - 1),
                    };
                    assert_eq!(
                        found,
                        exact(value),
                        "{} {index} {place} of {columns}",
                        chart.id
                    );
                }
            }
        }
    }
}

/// The floating bars of Excel's waterfall end where the description's do, also through zero.
#[test]
fn stacked_columns_add_up_to_the_waterfall() {
    for chart in [boards::waterfall(Lang::En), boards::through_zero(Lang::En)] {
        let (_, sheet) = sheet(&chart, Lang::En);
        for (place, (from, to)) in chart.spans().unwrap().into_iter().enumerate() {
            if chart.series[0].values[place].is_some() {
                continue;
            }
            let (mut above, mut below) = (Ratio::ZERO, Ratio::ZERO);
            for column in 3..sheet.width() {
                let part = cell(&sheet, place + 1, column).unwrap_or(Ratio::ZERO);
                if part > Ratio::ZERO {
                    above = above.checked_add(part).unwrap();
                } else {
                    below = below.checked_add(part).unwrap();
                }
            }
            let expected = (from.max(to).max(Ratio::ZERO), from.min(to).min(Ratio::ZERO));
            assert_eq!((above, below), expected, "{} at {place}", chart.id);
        }
    }
}

fn has_member(bytes: &[u8], name: &str) -> bool {
    bytes
        .windows(name.len())
        .any(|window| window == name.as_bytes())
}

#[test]
fn excel_gets_a_chart_of_its_own_or_the_picture_of_a_grid() {
    for chart in boards::every_kind(Lang::ZhCn) {
        let (bytes, _) = sheet(&chart, Lang::ZhCn);
        let member = if chart.is_grid() {
            "xl/media/image1.png"
        } else {
            "xl/charts/chart1.xml"
        };
        assert!(has_member(&bytes, member), "{}", chart.id);
        assert_eq!(
            bytes,
            sheet(&chart, Lang::ZhCn).0,
            "{}: the same bytes",
            chart.id
        );
    }
}

/// The picture and the workbook; what the page shows is the picture.
fn drawn(chart: &Chart, lang: Lang) -> String {
    let svg = chart_svg_text(chart, lang, natural_size(chart, lang)).unwrap();
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", chart.id);
    for (width, height) in [(160, 160), (160, 2_000), (3_000, 160), (420, 280)] {
        chart_svg_text(chart, lang, Size::new(width, height)).unwrap();
    }
    sheet(chart, lang);
    svg
}

fn fill(chart: &mut Chart, value: Option<&Value>) {
    for series in &mut chart.series {
        series.values.fill(value.cloned());
    }
}

#[test]
fn all_kinds_stand_on_one_page() {
    let mut report = samples::dashboard(Lang::ZhCn);
    report.charts = boards::each_kind(Lang::ZhCn).to_vec();
    assert!(dashboard_pdf(&report).unwrap().starts_with(b"%PDF"));
}

#[test]
fn nothing_known_says_so() {
    for (lang, words) in [(Lang::ZhCn, "暂无数据"), (Lang::En, "No data")] {
        for mut chart in boards::each_kind(lang) {
            let empty = samples::empty(lang, chart.kind);
            assert!(drawn(&empty, lang).contains(words), "{:?}", chart.kind);
            fill(&mut chart, None);
            assert!(drawn(&chart, lang).contains(words), "{:?}", chart.kind);
            chart.categories.clear();
            chart
                .series
                .iter_mut()
                .for_each(|series| series.values.clear());
            assert!(drawn(&chart, lang).contains(words), "{:?}", chart.kind);
        }
    }
}

#[test]
fn one_place_and_nothing_but_zeros_are_drawn() {
    for mut chart in boards::each_kind(Lang::En) {
        let zero = match chart.unit {
            ValueUnit::Money { .. } => yuan(0),
            _ => Value::count(0),
        };
        let mut zeros = chart.clone();
        match chart.kind {
            ChartKind::Waterfall => {
                let zeroed =
                    |value: &mut Option<Value>| *value = value.as_ref().map(|_| zero.clone());
                zeros
                    .series
                    .iter_mut()
                    .flat_map(|s| &mut s.values)
                    .for_each(zeroed);
            }
            ChartKind::Pareto => {
                zeros.series.truncate(1);
                fill(&mut zeros, Some(&zero));
                zeros = zeros.pareto("Cumulative").unwrap();
                assert!(
                    zeros.series[1].values.iter().all(Option::is_none),
                    "no whole, no share"
                );
            }
            _ => fill(&mut zeros, Some(&zero)),
        }
        drawn(&zeros, Lang::En);
        chart.categories.truncate(1);
        chart
            .series
            .iter_mut()
            .for_each(|series| series.values.truncate(1));
        if chart.kind == ChartKind::Pareto {
            chart.series.truncate(1);
            chart = chart.pareto("Cumulative").unwrap();
            assert_eq!(chart.series[1].values, [Some(Value::ratio(Ratio::ONE))]);
        }
        drawn(&chart, Lang::En);
    }
}

#[test]
fn a_negative_part_is_refused_or_becomes_a_ranking() {
    for mut chart in [boards::funnel(Lang::En), boards::distribution(Lang::En)] {
        chart.series[0].values[2] = Some(Value::count(-1));
        let error = chart.check().unwrap_err();
        assert!(matches!(&error, Error::Negative { .. }), "{error}");
        assert!(
            error.to_string().contains("use bars"),
            "it says what to do: {error}"
        );
    }
    let mut products = boards::pareto(Lang::En);
    products.series.truncate(1);
    products.series[0].values[1] = Some(yuan(-5));
    let ranking = products.pareto("Cumulative").unwrap();
    assert_eq!(ranking.kind, ChartKind::HBar);
    assert_eq!(
        ranking.series[0].values.last().unwrap(),
        &Some(yuan(-5)),
        "from the largest down"
    );
    drawn(&ranking, Lang::En);
    drawn(&boards::through_zero(Lang::ZhCn), Lang::ZhCn);
}

#[test]
fn a_pareto_line_that_is_not_the_sum_of_its_bars_is_refused() {
    let good = boards::pareto(Lang::En);
    good.check().unwrap();
    let mut line = good.clone();
    line.series[1].values[3] = Some(Value::ratio(Ratio::new(1, 2).unwrap()));
    let mut order = good.clone();
    order.series[0].values.swap(1, 2);
    let mut short = good.clone();
    short.series[1].values[6] = Some(Value::ratio(Ratio::new(99, 100).unwrap()));
    for bad in [line, order, short] {
        assert!(matches!(bad.check(), Err(Error::Pareto { .. })));
    }
    // The first ten of a hundred customers: one whole that is more than what is shown.
    let mut some = good.clone();
    for value in some.series[1].values.iter_mut().flatten() {
        let half = value.exact().checked_div(Ratio::from_int(2)).unwrap();
        *value = Value::ratio(half);
    }
    some.check().unwrap();
}

#[test]
fn a_waterfall_that_does_not_close_is_refused() {
    let good = boards::waterfall(Lang::En);
    let error = |change: &dyn Fn(&mut [Series])| {
        let mut bad = good.clone();
        change(&mut bad.series);
        bad.check().unwrap_err()
    };
    let off = error(&|series| series[1].values[2] = Some(yuan(95_000_001)));
    let Error::Waterfall {
        label,
        expected: Some(sum),
        ..
    } = off
    else {
        panic!("{off}");
    };
    assert_eq!((label.as_str(), sum.as_str()), ("2017", "1000639951/100"));
    for broken in [
        error(&|series| series[1].values[3] = None),
        error(&|series| series[0].values[0] = None),
        error(&|series| series[0].values[6] = None),
        error(&|series| series[1].values[0] = Some(yuan(1))),
    ] {
        assert!(
            matches!(broken, Error::Waterfall { expected: None, .. }),
            "{broken}"
        );
    }
    let roles = error(&|series| series[1].role = Role::Actual);
    assert!(matches!(roles, Error::SeriesCount { .. }), "{roles}");
}

/// The window's tests have the same numbers (`ui/src/charts/options/options.test.ts`).
#[test]
fn the_axis_of_a_waterfall_starts_near_totals_that_are_alike_and_says_so() {
    let start = |first: i64, steps: &[i64]| {
        let mut chart = boards::waterfall(Lang::En);
        let last = first + steps.iter().sum::<i64>();
        let count = steps.len();
        let none = || std::iter::repeat_n(None, count);
        let major = |value: i64| Some(yuan(value * 100));
        chart.categories.truncate(count + 2);
        chart.series[0].values = [major(first)].into_iter().chain(none()).collect();
        chart.series[0].values.push(major(last));
        chart.series[1].values = vec![None];
        chart.series[1]
            .values
            .extend(steps.iter().map(|step| major(*step)));
        chart.series[1].values.push(None);
        chart.check().unwrap();
        chart.axis_start().unwrap().map(|start| start.to_string())
    };
    assert_eq!(start(1_000, &[30, -20]).as_deref(), Some("980"));
    assert_eq!(start(1_000, &[600, -200]), None, "steps that are seen");
    assert_eq!(start(1_000, &[0]), None, "no steps");
    assert_eq!(start(-10, &[-1_000, 1_000]), None, "through zero");
    let alike = drawn(&boards::alike(Lang::En), Lang::En);
    assert!(alike.contains("Axis from 8.7M: the bars of totals are cut"));
    let plain = drawn(&boards::waterfall(Lang::En), Lang::En);
    assert!(!plain.contains("Axis from"));
}

#[test]
fn both_axes_of_a_pareto_chart_end_at_one_share_of_the_whole() {
    let whole = boards::pareto(Lang::En);
    let (top, share) = whole.pareto_end().unwrap().unwrap();
    assert_eq!(
        (top, share),
        (Ratio::new(1_030_971_200, 100).unwrap(), Ratio::ONE)
    );
    // The first of many: three tenths of the whole, so the axes end at two fifths of it.
    let mut some = whole;
    for value in some.series[1].values.iter_mut().flatten() {
        let part = value.exact().checked_mul(Ratio::new(3, 10).unwrap());
        *value = Value::ratio(part.unwrap());
    }
    some.check().unwrap();
    let (_, share) = some.pareto_end().unwrap().unwrap();
    assert_eq!(share, Ratio::new(2, 5).unwrap());
    drawn(&some, Lang::ZhCn);
}

#[test]
fn two_thousand_rows_are_refused_or_cut_and_said() {
    let all = boards::heat_map(Lang::En, 2_000, 8);
    let error = all.check().unwrap_err();
    assert!(
        matches!(error, Error::TooLarge { found: 2_000, .. }),
        "{error}"
    );
    assert!(
        error.to_string().contains("smaller unit"),
        "it says what to do: {error}"
    );
    let wide = boards::heat_map(Lang::En, 3, 157);
    assert!(matches!(
        wide.check(),
        Err(Error::TooLarge {
            what: "columns",
            ..
        })
    ));
    for (lang, said) in [
        (Lang::En, "1900 more are not"),
        (Lang::ZhCn, "另有 1900 行"),
    ] {
        let cut = boards::heat_map(lang, 2_000, 53).cut_rows(lang);
        assert_eq!(cut.series.len(), MAX_HEAT_ROWS);
        assert!(cut.note.as_ref().unwrap().contains(said), "{:?}", cut.note);
        drawn(&cut, lang);
    }
    let few = boards::heat_map(Lang::En, 3, 8);
    assert_eq!(few.clone().cut_rows(Lang::En), few);
}

/// A picture that is too low for all rows says how many are missing.
#[test]
fn rows_without_room_are_counted() {
    let chart = boards::heat_map(Lang::En, 40, 8);
    let svg = chart_svg_text(&chart, Lang::En, Size::new(420, 280)).unwrap();
    assert!(svg.contains("more not shown"));
    let svg = chart_svg_text(&chart, Lang::En, natural_size(&chart, Lang::En)).unwrap();
    assert!(!svg.contains("more not shown"));
}

/// An age that is still to come is no unknown value.
#[test]
fn only_what_could_be_known_is_said_to_be_missing() {
    let missing = |chart: &Chart| {
        let svg = chart_svg_text(chart, Lang::En, natural_size(chart, Lang::En)).unwrap();
        svg.matches(yeji_report::format::MISSING).count()
    };
    let mut cohorts = boards::cohort(Lang::En);
    assert_eq!(missing(&cohorts), 0);
    cohorts.series[0].values[2] = None;
    assert_eq!(missing(&cohorts), 1, "a hole in the middle is unknown");
    assert_eq!(missing(&boards::heat_map(Lang::En, 7, 8)), 2);
}

#[test]
fn long_names_do_not_push_the_figures_out() {
    for lang in LANGS {
        for mut chart in boards::each_kind(lang) {
            let long = samples::pick(
                lang,
                "华南及港澳台大客户第一团队",
                "Featherstonehaugh & Partners ",
            )
            .repeat(12);
            chart
                .categories
                .iter_mut()
                .for_each(|one| one.label.clone_from(&long));
            chart
                .series
                .iter_mut()
                .for_each(|one| one.label.clone_from(&long));
            chart.title.clone_from(&long);
            let svg = drawn(&chart, lang);
            if chart.kind == ChartKind::HeatMap {
                assert!(
                    svg.contains(&boards::labels(&chart, lang)[0]),
                    "figures stay"
                );
            }
        }
    }
}
