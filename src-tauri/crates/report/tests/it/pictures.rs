//! SVG and PNG: stable, legible, nothing cut or on top of each other.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Group, Node, Options, Rect, Tree, fontdb};
use std::sync::{Arc, LazyLock};
use yeji_report::{
    Chart, ChartKind, Error, Lang, Role, Series, Size, Value, chart_png, chart_svg, chart_svg_text,
    natural_size,
};

use crate::{boards, samples};

const LANGS: [Lang; 2] = [Lang::ZhCn, Lang::En];

#[test]
fn drawings_are_stable() {
    for lang in LANGS {
        for chart in samples::each_kind(lang) {
            let svg = chart_svg_text(&chart, lang, Size::new(420, 280)).unwrap();
            insta::assert_snapshot!(format!("{}-{}", chart.id, lang.tag()), svg);
        }
    }
}

/// The band is one surface behind the lines, a month that is not known breaks the line, and the page and
/// the workbook have the same figures.
#[test]
fn a_trend_draws_its_band_and_breaks_where_nothing_is_known() {
    for lang in LANGS {
        let chart = samples::trend(lang);
        let svg = chart_svg_text(&chart, lang, Size::new(640, 320)).unwrap();
        assert_eq!(svg.matches("<polygon").count(), 1, "one band");
        let broken = svg.matches("<polyline").count();
        assert!(!svg.contains("NaN"));
        let mut whole = chart.clone();
        whole.series[0].values[2] = Some(samples::yuan(30_000_000));
        let svg = chart_svg_text(&whole, lang, Size::new(640, 320)).unwrap();
        let whole = svg.matches("<polyline").count();
        assert_eq!(
            broken,
            whole + 1,
            "a month that is not known breaks the line"
        );
        assert!(chart_png(&chart, lang, natural_size(&chart, lang), 1).is_ok());
    }
}

#[test]
fn an_empty_chart_says_so() {
    for kind in [
        ChartKind::Trend,
        ChartKind::Bar,
        ChartKind::HBar,
        ChartKind::Pie,
        ChartKind::Attainment,
    ] {
        for (lang, words) in [(Lang::ZhCn, "暂无数据"), (Lang::En, "No data")] {
            let mut chart = samples::empty(lang, kind);
            let svg = |chart: &Chart| chart_svg_text(chart, lang, Size::new(400, 240)).unwrap();
            assert!(svg(&chart).contains(words), "{kind:?}: no categories");
            chart.categories = samples::weekly(lang).categories;
            chart.series = vec![Series {
                key: "won".into(),
                label: "won".into(),
                role: Role::Actual,
                values: vec![None; chart.categories.len()],
            }];
            assert!(svg(&chart).contains(words), "{kind:?}: nothing known");
        }
    }
}

#[test]
fn exported_svg_needs_no_font() {
    for lang in LANGS {
        for chart in samples::each_kind(lang) {
            let svg = chart_svg(&chart, lang, natural_size(&chart, lang)).unwrap();
            assert!(
                !svg.contains("<text") && !svg.contains("font-family"),
                "letters are outlines"
            );
            assert!(
                svg.contains(&format!("<title>{}</title>", chart.title)),
                "found by search"
            );
            assert!(
                !svg.contains("http://")
                    || svg.matches("http://").count() == svg.matches("http://www.w3.org/").count()
            );
        }
    }
}

#[test]
fn png_has_the_size_and_ink_where_it_belongs() {
    for lang in LANGS {
        for chart in samples::each_kind(lang) {
            let picture =
                Pixmap::decode_png(&chart_png(&chart, lang, Size::new(640, 360), 2).unwrap())
                    .unwrap();
            assert_eq!((picture.width(), picture.height()), (1_280, 720));
            let ink = |x: std::ops::Range<u32>, y: std::ops::Range<u32>| {
                let dark = |x, y| picture.pixel(x, y).is_some_and(|p| p.red() < 128);
                y.flat_map(|y| x.clone().map(move |x| (x, y)))
                    .filter(|(x, y)| dark(*x, *y))
                    .count()
            };
            assert!(
                ink(40..600, 30..66) > 300,
                "{}: the title is missing",
                chart.id
            );
            assert_eq!(
                ink(0..36, 0..720) + ink(1_244..1_280, 0..720),
                0,
                "{}: cut at a side",
                chart.id
            );
            let accent = picture
                .pixels()
                .iter()
                .filter(|p| (p.red(), p.green(), p.blue()) == (0x24, 0x56, 0xD6))
                .count();
            assert!(
                accent > 3_000,
                "{}: no bar or slice in the accent colour",
                chart.id
            );
        }
    }
}

#[test]
fn a_character_without_picture_is_a_box() {
    let png = |name: &str| {
        let mut chart = samples::leaderboard(Lang::ZhCn, 4);
        chart.categories[0].label = name.into();
        let bytes = chart_png(&chart, Lang::ZhCn, Size::new(400, 260), 1).unwrap();
        let picture = Pixmap::decode_png(&bytes).unwrap();
        picture
            .pixels()
            .iter()
            .filter(|p| p.red() < 128 && p.blue() < 128)
            .count()
    };
    assert!(
        png("王𠮷") > png("王") + 15,
        "𠮷 is not in the font and must still be seen"
    );
    assert!(png("王䶮") > png("王") + 15, "䶮 is in the font");
}

#[test]
fn hostile_labels_stay_labels() {
    let hostile = [
        "</text><script>alert(1)</script>",
        "a&b<c>\"'",
        "\u{0}\u{1b}[31m\u{ffff}",
        "\r\n\t",
        "",
        "👨‍👩‍👧 عربى",
    ];
    for kind in [ChartKind::Bar, ChartKind::HBar, ChartKind::Pie] {
        let mut chart = samples::leaderboard(Lang::En, hostile.len());
        chart.kind = kind;
        chart.title = hostile.concat();
        chart.note = Some(hostile.concat());
        for (category, label) in chart.categories.iter_mut().zip(hostile) {
            category.label = label.into();
        }
        let size = Size::new(700, 400);
        assert!(
            !chart_svg(&chart, Lang::En, size)
                .unwrap()
                .contains("<script")
        );
        assert!(
            !chart_svg_text(&chart, Lang::En, size)
                .unwrap()
                .contains("<script")
        );
        chart_png(&chart, Lang::En, size, 1).unwrap();
    }
}

#[test]
fn sizes_have_limits() {
    let chart = samples::weekly(Lang::En);
    for (width, height, scale) in [
        (0, 300, 1),
        (159, 300, 1),
        (300, 10_001, 1),
        (6_000, 300, 2),
        (300, 300, 0),
        (300, 300, u32::MAX),
    ] {
        let error = chart_png(&chart, Lang::En, Size::new(width, height), scale).unwrap_err();
        assert!(
            matches!(error, Error::Size { .. }),
            "{width} {height} {scale}: {error}"
        );
    }
    for side in [(160, 160), (160, 2_000), (3_000, 160)] {
        for chart in samples::each_kind(Lang::ZhCn) {
            chart_png(&chart, Lang::ZhCn, Size::new(side.0, side.1), 1).unwrap();
        }
    }
}

#[test]
fn a_contradiction_is_refused() {
    let mut chart = samples::weekly(Lang::En);
    chart.series[0].values.pop();
    assert!(matches!(
        chart.check(),
        Err(Error::Shape {
            values: 8,
            categories: 9,
            ..
        })
    ));
    let mut chart = samples::shares(Lang::En);
    chart.series.push(chart.series[0].clone());
    assert!(matches!(
        chart.check(),
        Err(Error::SeriesCount { series: 2, .. })
    ));
    let mut chart = samples::shares(Lang::En);
    chart.series[0].values[2] = Some(Value::count(-1));
    assert!(matches!(chart.check(), Err(Error::Negative { .. })));
}

#[test]
fn no_text_touches_another_or_the_edge() {
    let mut charts = Vec::new();
    for lang in LANGS {
        charts.extend(samples::each_kind(lang).map(|chart| (chart, lang)));
        charts.push((samples::year_of_weeks(lang), lang));
        charts.extend(boards::each_kind(lang).map(|chart| (chart, lang)));
        charts.push((boards::through_zero(lang), lang));
        charts.push((boards::heat_map(lang, 40, 53), lang));
        for people in [1, 13, 120] {
            charts.push((samples::leaderboard(lang, people), lang));
            let mut upright = samples::leaderboard(lang, people);
            upright.kind = ChartKind::Bar;
            charts.push((upright, lang));
        }
    }
    let sizes = [
        Size::new(360, 260),
        Size::new(500, 260),
        Size::new(960, 440),
        Size::new(1_600, 900),
    ];
    for (chart, lang) in &charts {
        for size in sizes.into_iter().chain([natural_size(chart, *lang)]) {
            let boxes = text_boxes(&chart_svg_text(chart, *lang, size).unwrap());
            #[expect(clippy::cast_precision_loss, reason = "pixels")]
            let (width, height) = (size.width as f32, size.height as f32);
            for (i, a) in boxes.iter().enumerate() {
                let place = format!("{} {size:?} {a:?}", chart.id);
                assert!(
                    a.left() >= 0.0 && a.right() <= width && a.top() >= 0.0 && a.bottom() <= height,
                    "{place}"
                );
                for b in &boxes[i + 1..] {
                    // Letters' own boxes; a hair of overlap comes from anti-aliasing room.
                    let x = a.right().min(b.right()) - a.left().max(b.left());
                    let y = a.bottom().min(b.bottom()) - a.top().max(b.top());
                    assert!(x <= 0.5 || y <= 0.5, "{place} touches {b:?}");
                }
            }
        }
    }
}

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(yeji_report::FONT)));
    Arc::new(fonts)
});

/// The boxes of all inked texts, in pixels.
fn text_boxes(svg: &str) -> Vec<Rect> {
    let options = Options {
        fontdb: FONTS.clone(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).unwrap();
    let mut boxes = Vec::new();
    collect(tree.root(), &mut boxes);
    boxes
}

fn collect(group: &Group, boxes: &mut Vec<Rect>) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, boxes),
            Node::Text(text) => {
                // The drawing's own units are tenths of a pixel.
                let tenths = text.flattened().abs_bounding_box();
                boxes.push(tenths.transform(Transform::from_scale(0.1, 0.1)).unwrap());
            }
            _ => {}
        }
    }
}
