//! What is seen of a forecast: the periods that are known, and those ahead with their interval.

use yeji_report::chart::{Category, Chart, ChartKind, Lang, Role, Series, Value, ValueUnit};

use super::Asked;
use crate::api::forecast::{ForecastPoint, ForecastRow};
use crate::words::{self, pick};
use yeji_insight::kpi::Unit;

/// Known periods that are drawn: three years of months.
const MAX_DRAWN: usize = 60;

/// None where there is no forecast: a picture would say more than is known.
pub(super) fn of(
    asked: &Asked,
    unit_name: &str,
    history: &[ForecastPoint],
    under_way: Option<&ForecastPoint>,
    total: &ForecastRow,
) -> Option<Chart> {
    if total.ahead.is_empty() {
        return None;
    }
    let lang = asked.args.language;
    // Of a week of which no day is known yet nothing has come so far.
    let under_way = under_way.filter(|point| point.value.is_some());
    let drawn = &history[history.len().saturating_sub(MAX_DRAWN)..];
    let definition = &asked.question.metric.definition;
    let name = pick_name(lang, &definition.name.zh, &definition.name.en);
    let known = drawn.iter().map(|point| (&point.period, &point.label));
    let known = known.map(|(period, label)| (period, label.clone()));
    let ahead = total.ahead.iter().enumerate().map(|(at, step)| {
        let label = if at == 0 && under_way.is_some() {
            words::so_far(&step.label, lang)
        } else {
            step.label.clone()
        };
        (&step.period, label)
    });
    let categories = known.chain(ahead).map(|(key, label)| Category {
        key: key.clone(),
        label,
    });
    let value = |text: &str| Value::parse(text).ok();
    let mut actual: Vec<Option<Value>> = drawn
        .iter()
        .map(|point| point.value.as_deref().and_then(value))
        .collect();
    let so_far = under_way.and_then(|point| point.value.as_deref().and_then(value));
    actual.push(so_far.filter(|_| under_way.is_some()));
    actual.resize(drawn.len() + total.ahead.len(), None);
    let ahead = |of: fn(&crate::api::forecast::ForecastAhead) -> &String| {
        let before = std::iter::repeat_n(None, drawn.len());
        before
            .chain(total.ahead.iter().map(|step| value(of(step))))
            .collect::<Vec<_>>()
    };
    let series = |key: &str, label: &str, role: Role, values: Vec<Option<Value>>| Series {
        key: key.to_owned(),
        label: label.to_owned(),
        role,
        values,
    };
    Some(Chart {
        id: "forecast".to_owned(),
        kind: ChartKind::Trend,
        title: match lang {
            Lang::ZhCn => format!("{name}预测，{unit_name}"),
            Lang::En => format!("Forecast: {name}, {unit_name}"),
        },
        subtitle: None,
        unit: match definition.unit {
            Unit::Money => ValueUnit::money(asked.question.currency),
            _ => ValueUnit::Count,
        },
        categories: categories.collect(),
        series: vec![
            series("actual", pick(lang, "实际", "Actual"), Role::Actual, actual),
            series(
                "forecast",
                pick(lang, "预测", "Forecast"),
                Role::Forecast,
                ahead(|step| &step.mean),
            ),
            series(
                "lower",
                pick(lang, "95% 区间下限", "95% interval, lower"),
                Role::Lower,
                ahead(|step| &step.lower),
            ),
            series(
                "upper",
                pick(lang, "95% 区间上限", "95% interval, upper"),
                Role::Upper,
                ahead(|step| &step.upper),
            ),
        ],
        under_way: under_way.map(|point| point.period.clone()),
        note: under_way.map(|point| note(point, total, lang)),
    })
}

/// What is drawn of the period that is not over. That its end is its landing is said beside the chart.
fn note(point: &ForecastPoint, total: &ForecastRow, lang: Lang) -> String {
    let is_landing = total.notes.iter().any(|one| one.code == "forecast_landing");
    let label = &point.label;
    match (lang, is_landing) {
        (Lang::ZhCn, true) => format!("实际线在{label}只画到目前为止；{label}不参与学习"),
        (Lang::En, true) => {
            format!("In {label} the actual figure is what has come; {label} is not learned from")
        }
        (Lang::ZhCn, false) => format!(
            "{label}尚未结束：实际线只画到目前为止，预测及其区间是该周期结束时的数值；它不参与学习"
        ),
        (Lang::En, false) => format!(
            "{label} is not over: the actual figure is what has come, forecast and interval are where it will end; it is not learned from"
        ),
    }
}

fn pick_name<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::ZhCn => zh,
        Lang::En => en,
    }
}
