//! Charts of the kinds that boards have besides those of the dashboard, with believable content.
#![allow(dead_code, reason = "each user takes what it needs")]

use yeji_core::Ratio;
use yeji_report::{Category, Chart, ChartKind, Lang, Role, Series, Value, ValueUnit};

use crate::samples::{self, CNY, categories, percent, pick, series, yuan};

fn chart(id: &str, kind: ChartKind, title: &str, unit: ValueUnit, all: Vec<Series>) -> Chart {
    Chart {
        id: id.into(),
        kind,
        title: title.into(),
        subtitle: None,
        unit,
        categories: Vec::new(),
        series: all,
        under_way: None,
        note: None,
    }
}

/// Stages of a quarter's deals; the last one is not known yet.
pub fn funnel(lang: Lang) -> Chart {
    let stages = [
        ("lead", "线索", "Lead", Some(12_846)),
        ("contact", "已联系", "Contacted", Some(5_214)),
        ("offer", "已报价", "Offer made", Some(1_808)),
        ("talks", "商务谈判", "Negotiation", Some(904)),
        ("won", "赢单", "Won", Some(311)),
        ("renewed", "续约", "Renewed", None),
    ];
    let counts = stages
        .map(|(_, _, _, count)| count.map(Value::count))
        .to_vec();
    let name = pick(lang, "商机数", "Deals");
    let title = pick(
        lang,
        "销售漏斗，华东区域，2017年第二季度",
        "Funnel, East region, Q2 2017",
    );
    Chart {
        categories: categories(&stages.map(|(key, zh, en, _)| (key, pick(lang, zh, en)))),
        ..chart(
            "funnel",
            ChartKind::Funnel,
            title,
            ValueUnit::Count,
            vec![series(name, Role::Actual, counts)],
        )
    }
}

fn rows(names: &[&str], values: impl Fn(usize) -> Vec<Option<Value>>) -> Vec<Series> {
    let rows = names.iter().enumerate();
    rows.map(|(row, name)| Series {
        key: format!("row{row}"),
        label: (*name).into(),
        role: Role::Actual,
        values: values(row),
    })
    .collect()
}

fn weeks(lang: Lang, count: i32) -> Vec<Category> {
    (14..14 + count)
        .map(|week| Category {
            key: format!("2017-W{week}"),
            label: match lang {
                Lang::ZhCn => format!("第{week}周"),
                Lang::En => format!("W{week}"),
            },
        })
        .collect()
}

/// People by weeks, with refunds, a zero and two weeks that nobody knows.
pub fn heat_map(lang: Lang, people: usize, columns: i32) -> Chart {
    let zh = [
        "王伟",
        "欧阳娜娜",
        "李静",
        "华南及港澳台大客户第一团队负责人",
        "刘堃",
        "赵犇",
        "周翀",
    ];
    let en = [
        "Darcel Schlecht",
        "Vicki Laflamme",
        "Kary Hendrixson",
        "Maximiliana Featherstonehaugh-Cholmondeley",
        "Donn Cantrell",
        "Cara Losch",
        "Zane Levy",
    ];
    let names: Vec<&str> = (0..people)
        .map(|row| pick(lang, zh[row % zh.len()], en[row % en.len()]))
        .collect();
    let value = |row: i64, column: i64| match (row, column) {
        (1, 2 | 3) => None,
        (2, 1) => Some(yuan(-1_250_000)),
        (4, 0) => Some(yuan(0)),
        _ => Some(yuan(
            (row * 7_919 + column * 104_729) % 997 * 61_000 + 250_000,
        )),
    };
    let values = |row: usize| {
        (0..i64::from(columns))
            .map(|column| value(i64::try_from(row).expect("small"), column))
            .collect()
    };
    let title = pick(
        lang,
        "每人每周成交额，2017年第二季度",
        "Won amount by person and week, Q2 2017",
    );
    Chart {
        categories: weeks(lang, columns),
        ..chart(
            "people-weeks",
            ChartKind::HeatMap,
            title,
            CNY,
            rows(&names, values),
        )
    }
}

/// Six months of opening; the younger, the fewer ages.
pub fn cohort(lang: Lang) -> Chart {
    let months = [
        "2017-01", "2017-02", "2017-03", "2017-04", "2017-05", "2017-06",
    ];
    let values = |row: usize| {
        (0..6_usize)
            .map(|age| {
                let known = age + row < 6;
                let won =
                    [31, 88, 142, 177, 198, 205][age] - i128::try_from(row).expect("small") * 5;
                known.then(|| percent(won, 400))
            })
            .collect()
    };
    let title = pick(
        lang,
        "按开立月份的累计赢单率",
        "Win rate to date by month of opening",
    );
    let ages = ["0", "1", "2", "3", "4", "5"].map(|age| (age, age));
    Chart {
        subtitle: Some(pick(lang, "列为开立后的月数", "Columns are months since opening").into()),
        categories: categories(&ages),
        ..chart(
            "cohorts",
            ChartKind::Cohort,
            title,
            ValueUnit::Percent,
            rows(&months, values),
        )
    }
}

/// Products, from the largest down, with what they come to.
pub fn pareto(lang: Lang) -> Chart {
    let products = [
        ("p5", "MG Special", 4_320_000),
        ("p1", "GTX Pro", 351_000_000),
        ("p2", "GTX Plus Basic", 262_900_000),
        ("p3", "MG Advanced", 221_600_000),
        ("p4", "GTX Plus Pro", 101_200_000),
        ("p6", "GTX Basic", 49_900_000),
        ("p7", "GTK 500", 40_051_200),
    ];
    let amounts = products.map(|(_, _, minor)| Some(yuan(minor))).to_vec();
    let won = series(pick(lang, "成交额", "Won amount"), Role::Actual, amounts);
    let title = pick(
        lang,
        "各产品的成交额，2017年",
        "Won amount by product, 2017",
    );
    let chart = Chart {
        categories: categories(&products.map(|(key, name, _)| (key, name))),
        ..chart("products", ChartKind::Pareto, title, CNY, vec![won])
    };
    chart
        .pareto(pick(lang, "累计占比", "Cumulative share"))
        .expect("the samples have no refund")
}

/// Deals by their length in days.
pub fn distribution(lang: Lang) -> Chart {
    let bins = [
        ("0", "0–14", 12),
        ("15", "15–29", 87),
        ("30", "30–44", 214),
        ("45", "45–59", 301),
        ("60", "60–74", 188),
        ("75", "75–89", 96),
        ("90", "90–104", 0),
        ("105", "105–119", 31),
    ];
    let counts = bins.map(|(_, _, count)| Some(Value::count(count))).to_vec();
    let deals = series(pick(lang, "赢单数", "Won deals"), Role::Actual, counts);
    let title = pick(
        lang,
        "赢单周期的分布（天），2017年",
        "Cycle length of won deals in days, 2017",
    );
    Chart {
        categories: categories(&bins.map(|(key, label, _)| (key, label))),
        ..chart(
            "cycle",
            ChartKind::Distribution,
            title,
            ValueUnit::Count,
            vec![deals],
        )
    }
}

/// From last year to this one.
pub fn waterfall(lang: Lang) -> Chart {
    let places = [
        ("2016", "2016年", "2016", Some(890_000_000), None),
        ("new", "新客户", "New customers", None, Some(212_340_000)),
        ("more", "老客户增购", "Bought more", None, Some(95_000_000)),
        ("less", "老客户减购", "Bought less", None, Some(-61_700_050)),
        (
            "lost",
            "流失客户",
            "Lost customers",
            None,
            Some(-135_000_000),
        ),
        ("price", "价格", "Price", None, Some(0)),
        ("2017", "2017年", "2017", Some(1_000_639_950), None),
    ];
    let totals = places.map(|(_, _, _, total, _)| total.map(yuan)).to_vec();
    let steps = places.map(|(_, _, _, _, change)| change.map(yuan)).to_vec();
    let title = pick(
        lang,
        "成交额的变化，2016年到2017年",
        "Won amount from 2016 to 2017",
    );
    let all = vec![
        series(pick(lang, "合计", "Total"), Role::Actual, totals),
        series(pick(lang, "变化", "Change"), Role::Change, steps),
    ];
    Chart {
        categories: categories(&places.map(|(key, zh, en, _, _)| (key, pick(lang, zh, en)))),
        ..chart("bridge", ChartKind::Waterfall, title, CNY, all)
    }
}

/// A waterfall whose steps are small beside its totals: its axis starts near them.
pub fn alike(lang: Lang) -> Chart {
    let mut chart = waterfall(lang);
    chart.id = "alike".into();
    let steps = [21_234_000, 9_500_000, -6_170_050, -13_500_000, 0];
    let mut level = 890_000_000;
    chart.series[0].values[0] = Some(yuan(level));
    for (step, value) in steps.into_iter().zip(&mut chart.series[1].values[1..]) {
        level += step;
        *value = Some(yuan(step));
    }
    chart.series[0].values[6] = Some(yuan(level));
    chart
}

/// A waterfall through zero.
pub fn through_zero(lang: Lang) -> Chart {
    let mut chart = waterfall(lang);
    chart.id = "through-zero".into();
    let minor = |value: i64| Some(yuan(value));
    chart.series[0].values = vec![
        minor(40_000_000),
        None,
        None,
        None,
        None,
        None,
        minor(-30_000_000),
    ];
    chart.series[1].values = [-60_000_000, 35_000_000, -80_000_000, 25_000_000, 10_000_000]
        .into_iter()
        .map(minor)
        .collect();
    chart.series[1].values.insert(0, None);
    chart.series[1].values.push(None);
    chart
}

/// One chart of each of these kinds.
pub fn each_kind(lang: Lang) -> [Chart; 6] {
    [
        funnel(lang),
        heat_map(lang, 7, 8),
        cohort(lang),
        pareto(lang),
        distribution(lang),
        waterfall(lang),
    ]
}

/// One chart of every kind there is.
pub fn every_kind(lang: Lang) -> Vec<Chart> {
    let mut all = Vec::from(samples::each_kind(lang));
    all.push(samples::trend(lang));
    all.extend(each_kind(lang));
    all
}

/// What a picture of the chart says of its values; the window says the same.
pub fn labels(chart: &Chart, lang: Lang) -> Vec<String> {
    let compact =
        |value: &Value| yeji_report::format::compact(value, chart.unit, lang).expect("small");
    let known = |index: usize| chart.series[index].values.iter().flatten();
    match chart.kind {
        ChartKind::Trend => Vec::new(),
        ChartKind::Pie => {
            let mut whole = Ratio::ZERO;
            for value in known(0) {
                whole = whole.checked_add(value.exact()).expect("small");
            }
            let share = |value: &Value| value.exact().checked_div(whole).expect("not zero");
            known(0)
                .map(|value| yeji_report::format::percent(share(value)).expect("small"))
                .collect()
        }
        ChartKind::Funnel => {
            let steps = chart.steps().expect("checked");
            let steps = steps.into_iter().flatten();
            let steps = steps.map(|step| yeji_report::format::step(step, lang).expect("small"));
            known(0).map(compact).chain(steps).collect()
        }
        ChartKind::Pareto => {
            let shares =
                known(1).map(|value| yeji_report::format::percent(value.exact()).expect("small"));
            known(0).map(compact).chain(shares).collect()
        }
        ChartKind::Waterfall => {
            let changes = known(1).map(|value| {
                yeji_report::format::compact_change(value, chart.unit, lang).expect("small")
            });
            known(0).map(compact).chain(changes).collect()
        }
        ChartKind::HeatMap | ChartKind::Cohort => (0..chart.series.len())
            .flat_map(known)
            .map(compact)
            .collect(),
        _ => known(0).map(compact).collect(),
    }
}
