//! The few words that Rust itself puts into charts and reports, in both languages.

use yeji_core::calendar::{Months, Period, PeriodKind};
use yeji_core::ids::UnitId;
use yeji_core::org::Organisation;
use yeji_report::chart::Lang;

use chrono::{Datelike, NaiveDate};

/// One of two texts.
pub(crate) fn pick(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::ZhCn => zh,
        Lang::En => en,
    }
}

/// A label of what is not over yet.
pub(crate) fn so_far(label: &str, lang: Lang) -> String {
    match lang {
        Lang::ZhCn => format!("{label}（至今）"),
        Lang::En => format!("{label} (so far)"),
    }
}

/// A period for people: `2017年第2季度` / `Q2 2017`, `2026年第48周` / `W48 2026`; of a fiscal calendar
/// `2026财年第1期` / `P1 FY2026`.
pub(crate) fn period(period: Period, lang: Lang) -> String {
    if !period.calendar().is_calendar_year() {
        return fiscal_period(period, lang);
    }
    let (year, month) = (period.start().year(), period.start().month());
    let quarter = (month - 1) / 3 + 1;
    let week = period.start().iso_week();
    match (period.kind(), lang) {
        (PeriodKind::Year, Lang::ZhCn) => format!("{year}年"),
        (PeriodKind::Year, Lang::En) => year.to_string(),
        (PeriodKind::Half, Lang::ZhCn) if month == 1 => format!("{year}年上半年"),
        (PeriodKind::Half, Lang::ZhCn) => format!("{year}年下半年"),
        (PeriodKind::Half, Lang::En) => format!("H{} {year}", period.number()),
        (PeriodKind::Quarter, Lang::ZhCn) => format!("{year}年第{quarter}季度"),
        (PeriodKind::Quarter, Lang::En) => format!("Q{quarter} {year}"),
        (PeriodKind::Month, _) => calendar_month(period.start(), lang),
        (PeriodKind::IsoWeek, Lang::ZhCn) => format!("{}年第{}周", week.year(), week.week()),
        (PeriodKind::IsoWeek, Lang::En) => format!("W{} {}", week.week(), week.year()),
        (PeriodKind::CutWeek, Lang::ZhCn) => format!("{year}年{month}月 第{}周", week.week()),
        (PeriodKind::CutWeek, Lang::En) => {
            format!("W{} in {}", week.week(), period.start().format("%b %Y"))
        }
    }
}

fn calendar_month(first: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::ZhCn => format!("{}年{}月", first.year(), first.month()),
        Lang::En => first.format("%b %Y").to_string(),
    }
}

fn fiscal_period(period: Period, lang: Lang) -> String {
    let (year, number) = (period.year_number(), period.number());
    let month = period
        .around(PeriodKind::Month)
        .map_or(number, Period::number);
    match (period.kind(), lang) {
        (PeriodKind::Year, Lang::ZhCn) => format!("{year}财年"),
        (PeriodKind::Year, Lang::En) => format!("FY{year}"),
        (PeriodKind::Half, Lang::ZhCn) if number == 1 => format!("{year}财年上半年"),
        (PeriodKind::Half, Lang::ZhCn) => format!("{year}财年下半年"),
        (PeriodKind::Half, Lang::En) => format!("H{number} FY{year}"),
        (PeriodKind::Quarter, Lang::ZhCn) => format!("{year}财年第{number}季度"),
        (PeriodKind::Quarter, Lang::En) => format!("Q{number} FY{year}"),
        // Months of the calendar are called as everybody does, whatever year they belong to.
        (PeriodKind::Month, _) if period.calendar().rule().months == Months::Calendar => {
            calendar_month(period.start(), lang)
        }
        (PeriodKind::Month, Lang::ZhCn) => format!("{year}财年第{number}期"),
        (PeriodKind::Month, Lang::En) => format!("P{number} FY{year}"),
        (PeriodKind::CutWeek | PeriodKind::IsoWeek, Lang::ZhCn) => {
            format!("{year}财年第{month}期 第{number}周")
        }
        (PeriodKind::CutWeek | PeriodKind::IsoWeek, Lang::En) => {
            format!("W{number} in P{month} FY{year}")
        }
    }
}

/// An ISO week on the axis of a period: `第9周` / `W9`; with its year where ISO counts it to another year
/// than the period's, so that no two weeks of a chart have one name.
pub(crate) fn week_label(week: Period, of: Period, lang: Lang) -> String {
    let iso = week.start().iso_week();
    if iso.year() != of.start().year() {
        return period(week, lang);
    }
    match lang {
        Lang::ZhCn => format!("第{}周", iso.week()),
        Lang::En => format!("W{}", iso.week()),
    }
}

/// What a unit made itself: its name, said so where others are below it; None is no unit.
pub(crate) fn own_of(organisation: &Organisation, unit: Option<UnitId>, lang: Lang) -> String {
    let Some(id) = unit else {
        return pick(lang, "无所属团队", "Without a team").to_owned();
    };
    let name = organisation
        .unit(id)
        .map_or_else(|| id.to_string(), |unit| unit.name.clone());
    if organisation.children(id).is_empty() {
        return name;
    }
    match lang {
        Lang::ZhCn => format!("{name}（直属）"),
        Lang::En => format!("{name} (directly)"),
    }
}

/// Deals whose customer has no type.
pub(crate) fn no_customer_type(lang: Lang) -> &'static str {
    pick(lang, "未分类", "Without type")
}

/// The label of a key figure.
pub(crate) fn figure(code: &str, lang: Lang) -> &'static str {
    let (zh, en) = match code {
        "won_amount" => ("赢单金额", "Won amount"),
        "attainment" => ("达成率", "Attainment"),
        "won_count" => ("赢单数", "Deals won"),
        "win_rate" => ("赢单率", "Win rate"),
        "average_deal" => ("平均单额", "Average deal"),
        _ => ("", ""),
    };
    pick(lang, zh, en)
}

/// Names listed in a note before the rest is only counted.
const MAX_NAMES: usize = 12;

/// Names for a note, sorted: `甲, 乙`, beyond twelve `甲, 乙 … (+3)`.
pub(crate) fn names<T: AsRef<str> + Ord>(mut names: Vec<T>) -> String {
    names.sort();
    let listed: Vec<&str> = names.iter().take(MAX_NAMES).map(T::as_ref).collect();
    let joined = listed.join(", ");
    match names.len().saturating_sub(MAX_NAMES) {
        0 => joined,
        more => format!("{joined} … (+{more})"),
    }
}
