//! Reading dates as people write them.
//!
//! Two-digit years are of this century up to 69 (`16` is 2016, `70` is 1970). A time of day after
//! the date is checked and dropped: facts have days.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yeji_core::calendar::{MAX_YEAR, MIN_YEAR};

use crate::RejectCode;
use crate::fold::narrow;
use crate::raw::CellKind;

/// Which part comes first in dates such as `01-03-17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `01-03-17` is 1 March 2017.
    DayFirst,
    /// `01-03-17` is 3 January 2017.
    MonthFirst,
    /// `01-03-17` is 17 March 2001.
    YearFirst,
}

impl DateOrder {
    /// All orders.
    pub const ALL: [Self; 3] = [Self::DayFirst, Self::MonthFirst, Self::YearFirst];
}

/// What a text says before an order is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// One day, whatever the order.
    One(NaiveDate),
    /// Three numbers.
    Ordered(Triple),
    /// No date.
    Not,
}

/// Three numbers whose order is open; the last has two or four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Triple {
    numbers: [u32; 3],
    digits: [u8; 3],
}

/// Cells of date columns that mean "none": what exports write for an empty date.
const NO_DATE: [&str; 2] = ["0000-00-00", "0000/00/00"];
/// Excel serial numbers that are taken as dates in a date column: 1954 to 2119.
const SERIALS: std::ops::RangeInclusive<u32> = 20_000..=80_000;

/// Reads a cell of a date column.
///
/// # Errors
/// [`RejectCode::DateUnreadable`], [`RejectCode::DayMissing`] (a month alone),
/// [`RejectCode::DateAmbiguous`] (no order, and two days are possible) or
/// [`RejectCode::DateOutOfRange`].
pub(crate) fn parse(
    text: &str,
    kind: CellKind,
    order: Option<DateOrder>,
    epoch_1904: bool,
) -> Result<NaiveDate, RejectCode> {
    let day = match (read(text, kind, epoch_1904), order) {
        (Reading::One(day), _) => day,
        (Reading::Ordered(triple), Some(order)) => {
            triple.under(order).ok_or(RejectCode::DateUnreadable)?
        }
        (Reading::Ordered(triple), None) => triple.only_day()?,
        (Reading::Not, _) => {
            // Taken for the month's first day, a deal would count in a week that nobody named.
            return Err(match month_alone(text.trim(), kind) {
                Ok(Some((year, _))) if (MIN_YEAR..=MAX_YEAR).contains(&year) => {
                    RejectCode::DayMissing
                }
                _ => RejectCode::DateUnreadable,
            });
        }
    };
    if (MIN_YEAR..=MAX_YEAR).contains(&day.year()) {
        Ok(day)
    } else {
        Err(RejectCode::DateOutOfRange)
    }
}

/// Whether a cell of a date column says that there is no date.
pub(crate) fn is_none(text: &str) -> bool {
    NO_DATE.iter().any(|none| text.starts_with(none))
}

/// What a cell says, whatever the order of its column.
pub(crate) fn read(text: &str, kind: CellKind, epoch_1904: bool) -> Reading {
    if kind == CellKind::Number {
        return read_number(text, epoch_1904);
    }
    let text = text.trim();
    if let Some(reading) = read_iso(text.as_bytes()) {
        return reading;
    }
    if text.is_ascii() {
        return read_ascii(text);
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().map(narrow) {
        match c {
            '年' | '月' => plain.push('-'),
            '日' | '号' | '號' => plain.push(' '),
            c if c.is_whitespace() => plain.push(' '),
            c => plain.push(c),
        }
    }
    for word in ["上午", "下午"] {
        plain = plain.replace(word, " ");
    }
    read_ascii(plain.trim())
}

/// `Q4 2016`, `2016Q4`, `2016-Q4`, `2016年第四季度` as year and quarter.
pub(crate) fn read_quarter(text: &str) -> Option<(i32, u32)> {
    let text: String = text.chars().map(narrow).collect();
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let (first, second) = (numbers.next()?, numbers.next());
    if numbers.next().is_some() {
        return None;
    }
    let chinese = ["一", "二", "三", "四"]
        .iter()
        .position(|word| text.contains(&format!("{word}季")));
    let (year, quarter) = match (second, chinese) {
        (Some(second), None) if first.len() == 4 => (first, second.parse().ok()?),
        (Some(second), None) => (second, first.parse().ok()?),
        (None, Some(index)) => (first, u32::try_from(index + 1).ok()?),
        _ => return None,
    };
    let named = text.contains(['Q', 'q', '季']);
    (named && year.len() == 4 && (1..=4).contains(&quarter))
        .then_some((year.parse().ok()?, quarter))
}

/// The first day of the month that a cell of a month column names: a month (`2026-03`, `2026年3月`,
/// `202603`, `Mar 2026`, `3/2026`), or a day in it.
pub(crate) fn read_month(
    text: &str,
    kind: CellKind,
    order: Option<DateOrder>,
    epoch_1904: bool,
) -> Result<NaiveDate, RejectCode> {
    let (year, month) = if let Some(found) = month_alone(text, kind)? {
        found
    } else {
        let day = parse(text, kind, order, epoch_1904)?;
        (day.year(), day.month())
    };
    if !(MIN_YEAR..=MAX_YEAR).contains(&year) {
        return Err(RejectCode::DateOutOfRange);
    }
    NaiveDate::from_ymd_opt(year, month, 1).ok_or(RejectCode::DateUnreadable)
}

/// A month without a day. A number with a decimal point is none: Excel keeps 2026.10 as 2026.1.
fn month_alone(text: &str, kind: CellKind) -> Result<Option<(i32, u32)>, RejectCode> {
    let text: String = text.chars().map(narrow).collect();
    let text = text.trim().trim_end_matches(['月', '份']);
    if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
        let (year, month) = text.split_at(4);
        return Ok(month_of(year, month));
    }
    if let Some((year, month)) = text.split_once('.')
        && year.len() == 4
        && (kind == CellKind::Number || month == "1")
        && month_of(year, month).is_some()
    {
        return Err(RejectCode::MonthAmbiguous);
    }
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    Ok(match parts[..] {
        [year, month] if year.len() == 4 => month_of(year, month),
        [month, year] if year.len() == 4 => month_of(year, month),
        // As Excel shows `mmm-yy`.
        [month, short] if short.len() == 2 && month_named(month).is_some() => {
            let full = short.parse().ok().and_then(|number| self::year(number, 2));
            full.zip(month_named(month))
        }
        _ => None,
    })
}

fn month_of(year: &str, month: &str) -> Option<(i32, u32)> {
    let year: i32 = year.parse().ok()?;
    let number = month.parse::<u32>().ok().or_else(|| month_named(month))?;
    (1..=12).contains(&number).then_some((year, number))
}

/// Year and quarter of a day.
pub(crate) fn quarter_of(day: NaiveDate) -> (i32, u32) {
    (day.year(), day.month0() / 3 + 1)
}

impl Triple {
    /// The day in an order, if there is one.
    pub(crate) fn under(&self, order: DateOrder) -> Option<NaiveDate> {
        let [first, second, third] = self.numbers;
        match order {
            DateOrder::DayFirst => {
                NaiveDate::from_ymd_opt(year(third, self.digits[2])?, second, first)
            }
            DateOrder::MonthFirst => {
                NaiveDate::from_ymd_opt(year(third, self.digits[2])?, first, second)
            }
            DateOrder::YearFirst if self.digits[2] <= 2 => {
                NaiveDate::from_ymd_opt(year(first, self.digits[0])?, second, third)
            }
            DateOrder::YearFirst => None,
        }
    }

    /// First and last number, where both could be a two-digit year.
    pub(crate) fn ends(&self) -> Option<(u32, u32)> {
        (self.digits[2] <= 2).then_some((self.numbers[0], self.numbers[2]))
    }

    /// The day, if all orders that give one give the same.
    fn only_day(&self) -> Result<NaiveDate, RejectCode> {
        let mut days = DateOrder::ALL.iter().filter_map(|order| self.under(*order));
        let first = days.next().ok_or(RejectCode::DateUnreadable)?;
        if days.all(|day| day == first) {
            Ok(first)
        } else {
            Err(RejectCode::DateAmbiguous)
        }
    }
}

fn year(number: u32, digits: u8) -> Option<i32> {
    let full = match (digits, number) {
        (4, _) => number,
        (2, 0..=69) => 2000 + number,
        (2, _) => 1900 + number,
        _ => return None,
    };
    i32::try_from(full).ok()
}

/// A number cell of Excel, or digits alone: a serial day or `20170301`.
fn read_number(text: &str, epoch_1904: bool) -> Reading {
    let whole = text.split('.').next().unwrap_or(text);
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return Reading::Not;
    }
    let Ok(number) = whole.parse::<u32>() else {
        return Reading::Not;
    };
    if whole.len() == 8 && whole.len() == text.len() {
        let day = i32::try_from(number / 10_000)
            .ok()
            .and_then(|year| NaiveDate::from_ymd_opt(year, number / 100 % 100, number % 100));
        return day.map_or(Reading::Not, Reading::One);
    }
    if !SERIALS.contains(&number) {
        return Reading::Not;
    }
    // Day 1 is 1 January 1900 and day 60 does not exist (Excel's leap year bug), so that after it
    // day 0 is 30 December 1899; the other system's day 0 is 1 January 1904.
    let epoch = if epoch_1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)
    } else {
        NaiveDate::from_ymd_opt(1899, 12, 30)
    };
    epoch
        .and_then(|epoch| epoch.checked_add_days(Days::new(number.into())))
        .map_or(Reading::Not, Reading::One)
}

/// What `2017-03-01` says; none for any other form. Most exports have millions of these.
fn read_iso(text: &[u8]) -> Option<Reading> {
    let [y3, y2, y1, y0, b'-', m1, m0, b'-', d1, d0] = text else {
        return None;
    };
    let number = |digits: &[&u8]| {
        digits.iter().try_fold(0_u32, |number, digit| {
            let digit = digit.is_ascii_digit().then(|| u32::from(**digit - b'0'))?;
            Some(number * 10 + digit)
        })
    };
    let (month, day) = (number(&[m1, m0])?, number(&[d1, d0])?);
    let year = i32::try_from(number(&[y3, y2, y1, y0])?).ok()?;
    Some(NaiveDate::from_ymd_opt(year, month, day).map_or(Reading::Not, Reading::One))
}

fn read_ascii(text: &str) -> Reading {
    let Some(text) = without_time(text) else {
        return Reading::Not;
    };
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return read_number(text, false);
    }
    if text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return read_month_name(text).map_or(Reading::Not, Reading::One);
    }
    read_three_numbers(text).unwrap_or(Reading::Not)
}

/// The text without a time of day after it; none where what follows is no time.
fn without_time(text: &str) -> Option<&str> {
    let Some(colon) = text.find(':') else {
        return Some(text.trim_end());
    };
    let (before, after) = (&text[..colon], &text[colon + 1..]);
    let hour_at = before.rfind([' ', 'T'])?;
    let hour = &before[hour_at + 1..];
    let hour_ok = matches!(hour.len(), 1 | 2) && hour.parse::<u32>().is_ok_and(|hour| hour <= 24);
    let rest_ok = after.len() >= 2
        && after.as_bytes()[..2].iter().all(u8::is_ascii_digit)
        && after
            .bytes()
            .all(|b| b.is_ascii_digit() || b":.+-ZAPMapm ".contains(&b));
    (hour_ok && rest_ok).then(|| before[..hour_at].trim_end())
}

fn read_three_numbers(text: &str) -> Option<Reading> {
    let separator = text
        .find(|c: char| !c.is_ascii_digit())
        .map(|at| char::from(text.as_bytes()[at]))?;
    if !['-', '/', '.', ' '].contains(&separator) {
        return None;
    }
    let mut numbers = [0; 3];
    let mut digits = [0_u8; 3];
    let mut parts = text.split(separator);
    for (number, digits) in numbers.iter_mut().zip(&mut digits) {
        // `2017. 3. 1` has spaces after its points.
        let part = parts.next()?.trim();
        if !matches!(part.len(), 1 | 2 | 4) || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
        *digits = u8::try_from(part.len()).ok()?;
    }
    if parts.any(|rest| !rest.trim().is_empty()) {
        return None;
    }
    match digits {
        [4, 1 | 2, 1 | 2] => {
            let year = i32::try_from(numbers[0]).ok()?;
            NaiveDate::from_ymd_opt(year, numbers[1], numbers[2]).map(Reading::One)
        }
        [1 | 2, 1 | 2, 1 | 2 | 4] => {
            let triple = Triple { numbers, digits };
            DateOrder::ALL
                .iter()
                .any(|order| triple.under(*order).is_some())
                .then_some(Reading::Ordered(triple))
        }
        _ => None,
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_named(part: &str) -> Option<u32> {
    let part = part.to_ascii_lowercase();
    let index = MONTHS
        .iter()
        .position(|name| part.len() >= 3 && name.starts_with(&part))?;
    u32::try_from(index + 1).ok()
}

/// `1 Mar 2017`, `Mar 1, 2017`, `01-Mar-17`, `2017-Mar-01`.
fn read_month_name(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let [a, b, c] = parts[..] else { return None };
    let month = month_named;
    let number = |part: &str| part.parse::<u32>().ok();
    let full_year = |part: &str| year(number(part)?, u8::try_from(part.len()).ok()?);
    match (month(a), month(b)) {
        (Some(month), None) => NaiveDate::from_ymd_opt(full_year(c)?, month, number(b)?),
        (None, Some(month)) if a.len() == 4 => {
            NaiveDate::from_ymd_opt(full_year(a)?, month, number(c)?)
        }
        (None, Some(month)) => NaiveDate::from_ymd_opt(full_year(c)?, month, number(a)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn forms_with_one_reading() {
        let check = |text: &str, expected: &str| {
            assert_eq!(
                parse(text, CellKind::Text, None, false),
                Ok(day(expected)),
                "{text}"
            );
        };
        check("2017-03-01", "2017-03-01");
        check("2017/3/1", "2017-03-01");
        check("2017.3.1", "2017-03-01");
        check("2017. 3. 1", "2017-03-01");
        check("2017年3月1日", "2017-03-01");
        check("２０１７年０３月０１日", "2017-03-01");
        check("2017年3月1日 上午9:30", "2017-03-01");
        check("20170301", "2017-03-01");
        check("42795", "2017-03-01");
        check("2017-03-01 00:00:00", "2017-03-01");
        check("2017-03-01T23:59:59.000Z", "2017-03-01");
        check("2017-03-01T08:00:00+08:00", "2017-03-01");
        check("2017/3/1 0:00", "2017-03-01");
        check("1 Mar 2017", "2017-03-01");
        check("March 1, 2017", "2017-03-01");
        check("01-Mar-17", "2017-03-01");
        check("Sept 30, 2017", "2017-09-30");
        check("25-10-2016", "2016-10-25");
        check("10/25/2016", "2016-10-25");
        check("05.05.2017", "2017-05-05");
        check(" 2000-02-29 ", "2000-02-29");
    }

    #[test]
    fn forms_that_need_an_order() {
        let check = |text: &str, orders: [Option<&str>; 3]| {
            for (order, expected) in DateOrder::ALL.into_iter().zip(orders) {
                let got = parse(text, CellKind::Text, Some(order), false).ok();
                assert_eq!(got, expected.map(day), "{text} {order:?}");
            }
        };
        check(
            "01-03-17",
            [Some("2017-03-01"), Some("2017-01-03"), Some("2001-03-17")],
        );
        check("1.3.2017", [Some("2017-03-01"), Some("2017-01-03"), None]);
        check("20-10-16", [Some("2016-10-20"), None, Some("2020-10-16")]);
        check("1/2/69", [Some("2069-02-01"), Some("2069-01-02"), None]);
        check("01/02/70", [Some("1970-02-01"), Some("1970-01-02"), None]);
        check("29-02-17", [None, None, Some("2029-02-17")]);
        check("31-02-00", [None, None, None]);
        assert_eq!(
            parse("01-03-17", CellKind::Text, None, false),
            Err(RejectCode::DateAmbiguous)
        );
        assert_eq!(
            parse("1.3.2017", CellKind::Text, None, false),
            Err(RejectCode::DateAmbiguous)
        );
    }

    #[test]
    fn what_is_no_date_says_what_is_missing() {
        let check = |text: &str, code: RejectCode| {
            assert_eq!(
                parse(text, CellKind::Text, None, false),
                Err(code),
                "{text}"
            );
        };
        for text in [
            "",
            "soon",
            "2017-13-01",
            "2017-02-29",
            "30-02-2017",
            "1-2-3-4",
            "12345678",
            "123",
            "99999",
            "1/2",
            "2017-03-01x",
            "2017-03-01 25:00",
            "2017-03-01 noon",
            "Mar 32, 2017",
            "-1-2-17",
            "20170230",
            "170301",
            "1/2/017",
            "٢٠١٧-٠٣-٠١",
        ] {
            check(text, RejectCode::DateUnreadable);
        }
        for text in [
            "2017-03",
            "2017年3月",
            "2017年3月份",
            "202603",
            "Mar 2026",
            "3/2026",
        ] {
            check(text, RejectCode::DayMissing);
        }
        check("1899-12-31", RejectCode::DateOutOfRange);
        check("9999-12-31", RejectCode::DateOutOfRange);
    }

    #[test]
    fn excel_serials() {
        let number = |text: &str, mac: bool| parse(text, CellKind::Number, None, mac);
        assert_eq!(number("42795", false), Ok(day("2017-03-01")));
        assert_eq!(
            number("42795.75", false),
            Ok(day("2017-03-01")),
            "the time of day is dropped"
        );
        assert_eq!(
            number("41333", true),
            Ok(day("2017-03-01")),
            "1,462 days between the epochs"
        );
        assert_eq!(number("20170301", false), Ok(day("2017-03-01")));
        assert_eq!(number("12", false), Err(RejectCode::DateUnreadable));
        assert_eq!(number("-42795", false), Err(RejectCode::DateUnreadable));
    }

    #[test]
    fn quarters() {
        let check = |text: &str, expected: Option<(i32, u32)>| {
            assert_eq!(read_quarter(text), expected, "{text}");
        };
        check("Q4 2016", Some((2016, 4)));
        check("2016Q4", Some((2016, 4)));
        check("2016-Q1", Some((2016, 1)));
        check("2016年第四季度", Some((2016, 4)));
        check("2016年3季度", Some((2016, 3)));
        check("Q5 2016", None);
        check("2016-04", None);
        check("", None);
    }

    proptest! {
        #[test]
        fn formatted_dates_read_back(days in 0_u64..36_524, form in 0_usize..8) {
            let date = day("1970-01-01").checked_add_days(Days::new(days)).unwrap();
            let (text, order) = match form {
                0 => (date.format("%Y-%m-%d").to_string(), None),
                1 => (date.format("%Y年%-m月%-d日").to_string(), None),
                2 => (date.format("%Y%m%d").to_string(), None),
                3 => (date.format("%d-%m-%y").to_string(), Some(DateOrder::DayFirst)),
                4 => (date.format("%m/%d/%y").to_string(), Some(DateOrder::MonthFirst)),
                5 => (date.format("%y.%m.%d").to_string(), Some(DateOrder::YearFirst)),
                6 => (date.format("%-d.%-m.%Y").to_string(), Some(DateOrder::DayFirst)),
                _ => (date.format("%d-%b-%Y").to_string(), None),
            };
            prop_assert_eq!(parse(&text, CellKind::Text, order, false), Ok(date), "{}", text);
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,24}", date_like in "[0-9年月日 :T./QZ-]{0,16}") {
            for text in [&text, &date_like] {
                let _ = read(text, CellKind::Text, false);
                let _ = read(text, CellKind::Number, true);
                let _ = read_quarter(text);
            }
        }
    }
}
