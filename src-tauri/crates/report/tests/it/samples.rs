//! Charts and a report with believable content, in both languages; used by tests, benchmark and
//! gallery.
#![allow(dead_code, reason = "each user takes what it needs")]

use chrono::NaiveDate;
use yeji_core::{Currency, Money, Ratio};
use yeji_report::{
    Align, Category, Cell, Chart, ChartKind, Column, Lang, Report, Role, Series, Table, Tile,
    Trend, Value, ValueUnit, format,
};

pub const CNY: ValueUnit = ValueUnit::money(Currency::CNY);

pub fn yuan(minor: i64) -> Value {
    Value::money(Money::new(minor, Currency::CNY))
}

pub fn percent(num: i128, den: i128) -> Value {
    Value::ratio(Ratio::new(num, den).expect("samples have no zero goal"))
}

fn whole(index: usize) -> i64 {
    i64::try_from(index).expect("a small index")
}

pub fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    if lang == Lang::ZhCn { zh } else { en }
}

pub fn categories(rows: &[(&str, &str)]) -> Vec<Category> {
    rows.iter()
        .map(|(key, label)| Category {
            key: (*key).into(),
            label: (*label).into(),
        })
        .collect()
}

pub fn series(label: &str, role: Role, values: Vec<Option<Value>>) -> Series {
    Series {
        key: format!("{role:?}").to_lowercase(),
        label: label.into(),
        role,
        values,
    }
}

/// Nine weeks, one unknown and one with more refunds than sales.
pub fn weekly(lang: Lang) -> Chart {
    let amounts = [
        31_250_000, 28_400_050, 0, -4_512_500, 45_000_000, 52_300_000, 61_775_000, 38_912_345,
    ];
    let mut values: Vec<_> = amounts.iter().map(|minor| Some(yuan(*minor))).collect();
    values.insert(3, None);
    Chart {
        id: "weekly-sales".into(),
        kind: ChartKind::Bar,
        title: pick(
            lang,
            "每周成交额，华东区域，2017年第二季度",
            "Weekly sales, East region, Q2 2017",
        )
        .into(),
        subtitle: Some(pick(lang, "按成交日期，自然周", "By closing date, ISO weeks").into()),
        unit: CNY,
        categories: (14..23)
            .map(|week| Category {
                key: format!("2017-W{week}"),
                label: match lang {
                    Lang::ZhCn => format!("第{week}周"),
                    Lang::En => format!("W{week}"),
                },
            })
            .collect(),
        series: vec![series(
            pick(lang, "成交额", "Won amount"),
            Role::Actual,
            values,
        )],
        under_way: None,
        note: Some(pick(lang, "第17周没有数据", "No data for W17").into()),
    }
}

/// 53 weeks with goal and previous year.
pub fn year_of_weeks(lang: Lang) -> Chart {
    let wave = |week: i64, base: i64| {
        base + (week * 7_919 % 101) * 310_000 + if week % 13 == 0 { 12_000_000 } else { 0 }
    };
    let values = |base: i64| (1..=53).map(|week| Some(yuan(wave(week, base)))).collect();
    Chart {
        id: "year".into(),
        kind: ChartKind::Bar,
        title: pick(
            lang,
            "每周成交额，全公司，2017年",
            "Weekly sales, whole company, 2017",
        )
        .into(),
        subtitle: None,
        unit: CNY,
        categories: (1..=53)
            .map(|week| Category {
                key: format!("2017-W{week:02}"),
                label: match lang {
                    Lang::ZhCn => format!("2017年第{week:02}周"),
                    Lang::En => format!("W{week:02} 2017"),
                },
            })
            .collect(),
        series: vec![
            series("2016", Role::Previous, values(9_000_000)),
            series("2017", Role::Actual, values(12_000_000)),
            series(
                pick(lang, "目标", "Goal"),
                Role::Goal,
                vec![Some(yuan(27_500_000)); 53],
            ),
        ],
        under_way: None,
        note: None,
    }
}

/// Nine types: six slices and the rest.
pub fn shares(lang: Lang) -> Chart {
    let types = [
        ("retail", "零售", "Retail", 301_220_000),
        ("software", "软件", "Software", 221_450_000),
        ("medical", "医疗", "Medical", 150_900_000),
        ("finance", "金融服务", "Financial services", 120_350_000),
        ("technolgy", "科技", "Technology", 96_000_000),
        ("marketing", "市场营销", "Marketing", 43_100_000),
        ("entertainment", "文化娱乐", "Entertainment", 22_050_000),
        ("telecom", "电信", "Telecommunications", 19_900_000),
        ("services", "服务", "Services", 12_345_678),
    ];
    let chart = Chart {
        id: "customer-types".into(),
        kind: ChartKind::Pie,
        title: pick(
            lang,
            "各类客户的成交额占比，2017年",
            "Won amount by customer type, 2017",
        )
        .into(),
        subtitle: None,
        unit: CNY,
        categories: types
            .iter()
            .map(|(key, zh, en, _)| Category {
                key: (*key).into(),
                label: pick(lang, zh, en).into(),
            })
            .collect(),
        series: vec![series(
            pick(lang, "成交额", "Won amount"),
            Role::Actual,
            types
                .iter()
                .map(|(_, _, _, minor)| Some(yuan(*minor)))
                .collect(),
        )],
        under_way: None,
        note: None,
    };
    chart
        .shares(lang)
        .expect("the samples have no negative slice")
}

/// Six teams, two over 100 %, one without a goal.
pub fn attainment(lang: Lang) -> Chart {
    let rows = [
        ("t1", "华东一队", "Melvin Marxen", Some((14_290, 10_000))),
        ("t2", "华东二队", "Summer Sewald", Some((1_029, 1_000))),
        ("t3", "华北一队", "Dustin Brinkmann", Some((985, 1_000))),
        (
            "t4",
            "华南及港澳台大客户第一团队",
            "Rocco Neubert and the key accounts team",
            Some((2, 3)),
        ),
        ("t5", "西南队", "Celia Rouche", Some((0, 1))),
        ("t6", "新组建团队", "Cara Losch", None),
    ];
    Chart {
        id: "team-attainment".into(),
        kind: ChartKind::Attainment,
        title: pick(
            lang,
            "各团队目标达成率，2017年",
            "Goal attainment by team, 2017",
        )
        .into(),
        subtitle: None,
        unit: ValueUnit::Percent,
        categories: rows
            .iter()
            .map(|(key, zh, en, _)| Category {
                key: (*key).into(),
                label: pick(lang, zh, en).into(),
            })
            .collect(),
        series: vec![series(
            pick(lang, "达成率", "Attainment"),
            Role::Actual,
            rows.iter()
                .map(|(_, _, _, ratio)| ratio.map(|(n, d)| percent(n, d)))
                .collect(),
        )],
        under_way: None,
        note: Some(pick(lang, "新组建团队没有目标", "Cara Losch has no goal").into()),
    }
}

/// A leaderboard, with rare characters and two 王伟.
pub fn leaderboard(lang: Lang, people: usize) -> Chart {
    let zh = [
        "王伟",
        "李䶮",
        "王伟",
        "张㛃",
        "欧阳𠮷",
        "陈喆",
        "刘堃",
        "赵犇",
        "周翀",
        "吴敏",
    ];
    let en = [
        "Darcel Schlecht",
        "Vicki Laflamme",
        "Kary Hendrixson",
        "Cassey Cress",
        "Donn Cantrell",
    ];
    let names: &[&str] = if lang == Lang::ZhCn { &zh } else { &en };
    Chart {
        id: "leaderboard".into(),
        kind: ChartKind::HBar,
        title: pick(
            lang,
            "成交额排行榜，2017年",
            "Leaderboard by won amount, 2017",
        )
        .into(),
        subtitle: None,
        unit: CNY,
        categories: (0..people)
            .map(|i| Category {
                key: format!("p{i}"),
                label: names[i % names.len()].into(),
            })
            .collect(),
        series: vec![series(
            pick(lang, "成交额", "Won amount"),
            Role::Actual,
            (0..people)
                .map(|i| Some(yuan(115_321_400 / (whole(i) + 2) * 2)))
                .collect(),
        )],
        under_way: None,
        note: None,
    }
}

/// Six months, one unknown, and three ahead with their interval.
pub fn trend(lang: Lang) -> Chart {
    let known = [31, 28, 0, 41, 45, 52].map(|k| (k > 0).then(|| yuan(k * 1_000_000)));
    let ahead = |of: [i64; 3]| {
        let ahead = of.into_iter().map(|k| Some(yuan(k * 1_000_000)));
        std::iter::repeat_n(None, 6)
            .chain(ahead)
            .collect::<Vec<_>>()
    };
    let months = [
        ("2017-01", "1"),
        ("2017-02", "2"),
        ("2017-03", "3"),
        ("2017-04", "4"),
        ("2017-05", "5"),
        ("2017-06", "6"),
        ("2017-07", "7"),
        ("2017-08", "8"),
        ("2017-09", "9"),
    ];
    Chart {
        id: "forecast".into(),
        kind: ChartKind::Trend,
        title: pick(lang, "赢单金额预测，华东区域", "Forecast: won amount, East").into(),
        subtitle: None,
        unit: CNY,
        categories: categories(&months),
        series: vec![
            series(
                pick(lang, "实际", "Actual"),
                Role::Actual,
                known.into_iter().chain([None, None, None]).collect(),
            ),
            series(
                pick(lang, "预测", "Forecast"),
                Role::Forecast,
                ahead([50, 55, 58]),
            ),
            series(
                pick(lang, "下限", "Lower"),
                Role::Lower,
                ahead([40, 41, 42]),
            ),
            series(
                pick(lang, "上限", "Upper"),
                Role::Upper,
                ahead([60, 69, 74]),
            ),
        ],
        under_way: None,
        note: None,
    }
}

/// No category at all.
pub fn empty(lang: Lang, kind: ChartKind) -> Chart {
    Chart {
        id: "empty".into(),
        kind,
        title: pick(lang, "每周成交额，2016年", "Weekly sales, 2016").into(),
        subtitle: None,
        unit: CNY,
        categories: vec![],
        series: vec![],
        under_way: None,
        note: None,
    }
}

/// One chart of each kind.
pub fn each_kind(lang: Lang) -> [Chart; 4] {
    [
        weekly(lang),
        shares(lang),
        attainment(lang),
        leaderboard(lang, 8),
    ]
}

/// A dashboard as the app makes it.
pub fn dashboard(lang: Lang) -> Report {
    let won = yuan(1_000_553_400);
    let tile = |label: &str, value: String, delta: &str, trend| Tile {
        label: label.into(),
        value,
        delta: Some(delta.into()),
        trend: Some(trend),
        ..Tile::default()
    };
    let text = |value: &Value, unit| format::tile(Some(value), unit, lang).expect("a small number");
    Report {
        title: pick(lang, "业绩仪表盘", "Performance dashboard").into(),
        subtitle: pick(
            lang,
            "全公司 · 2017年 · 人民币",
            "Whole company · 2017 · CNY",
        )
        .into(),
        generated_on: NaiveDate::from_ymd_opt(2018, 1, 3).expect("a date"),
        data_state: pick(
            lang,
            "数据截至 2017-12-31，批次 sales_pipeline.csv（2018-01-02 导入）",
            "Data up to 2017-12-31, batch sales_pipeline.csv (imported 2018-01-02)",
        )
        .into(),
        tiles: vec![
            Tile {
                exact: Some((won.clone(), CNY)),
                ..tile(
                    pick(lang, "成交额", "Won amount"),
                    text(&won, CNY),
                    pick(lang, "较上年 +12.4%", "+12.4% on 2016"),
                    Trend::Up,
                )
            },
            Tile {
                label: pick(lang, "目标达成率", "Goal attainment").into(),
                value: text(&percent(1_029, 1_000), ValueUnit::Percent),
                attainment: Some(percent(1_029, 1_000)),
                ..Tile::default()
            },
            tile(
                pick(lang, "成交单数", "Deals won"),
                text(&Value::count(4_238), ValueUnit::Count),
                pick(lang, "较上年 −3.1%", "−3.1% on 2016"),
                Trend::Down,
            ),
            tile(
                pick(lang, "赢单率", "Win rate"),
                text(&percent(4_238, 6_711), ValueUnit::Percent),
                pick(lang, "较上年 0.0%", "0.0% on 2016"),
                Trend::Flat,
            ),
            Tile {
                label: pick(lang, "平均单价", "Average deal").into(),
                value: text(&yuan(236_091), CNY),
                delta: Some(pick(lang, "上年没有数据", "no data for 2016").into()),
                ..Tile::default()
            },
        ],
        charts: vec![
            weekly(lang),
            shares(lang),
            attainment(lang),
            leaderboard(lang, 8),
        ],
        tables: vec![people_table(lang, 35)],
        lang,
    }
}

pub fn people_table(lang: Lang, rows: usize) -> Table {
    let board = leaderboard(lang, rows);
    let column = |label: &str, align, unit| Column {
        label: label.into(),
        align,
        unit,
    };
    Table {
        title: pick(lang, "人员业绩，2017年", "Results by person, 2017").into(),
        columns: vec![
            column(pick(lang, "姓名", "Name"), Align::Left, None),
            column(pick(lang, "成交额", "Won amount"), Align::Right, Some(CNY)),
            column(
                pick(lang, "成交单数", "Deals won"),
                Align::Right,
                Some(ValueUnit::Count),
            ),
            column(
                pick(lang, "达成率", "Attainment"),
                Align::Right,
                Some(ValueUnit::Percent),
            ),
        ],
        rows: board
            .categories
            .iter()
            .zip(&board.series[0].values)
            .enumerate()
            .map(|(i, (category, value))| {
                vec![
                    Cell::Text(category.label.clone()),
                    value.clone().map_or(Cell::Missing, Cell::Number),
                    Cell::Number(Value::count(400 - whole(i) * 7)),
                    if i % 9 == 8 {
                        Cell::Missing
                    } else {
                        Cell::Number(percent(1_500 - i128::from(whole(i)) * 33, 1_000))
                    },
                ]
            })
            .collect(),
    }
}
