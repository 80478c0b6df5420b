//! ICS: every event of whole days is a day off or a make-up day.
//!
//! Read are `DTSTART`, `DTEND`, `SUMMARY`, `STATUS`, `DESCRIPTION` and Apple's mark of special days;
//! what would change the days (a time, a rule of repetition, a length) is refused rather than guessed.
//! An event is worked if Apple's mark or its name says so (`班`, `working day`), else it is off.

use std::ops::Range;

use chrono::{Days as ChronoDays, NaiveDate};
use yeji_core::calendar::{DayKind, SpecialDay};

use super::line::{Line, lines, text};
use super::{Bad, Days, HolidayProblem, LeftOutEvent, NoHoliday};
use crate::limits::{MAX_EVENT_DAYS, MAX_ICS_DEPTH};

pub(super) const BEGIN_CALENDAR: &str = "BEGIN:VCALENDAR";
const EVENT: &str = "VEVENT";
const SPECIAL: &str = "X-APPLE-SPECIAL-DAY";
/// What the name of a make-up day holds.
const WORKED: [&str; 8] = [
    "（班）",
    "(班)",
    "[班]",
    "【班】",
    "补班",
    "上班",
    "补上班",
    "working day",
];
/// What says the contrary.
const NOT_WORKED: [&str; 6] = [
    "不上班",
    "不补班",
    "非工作",
    "non-working",
    "nonworking",
    "not a working",
];

/// An event, as far as it is read.
#[derive(Debug, Default)]
struct Event {
    line: u32,
    start: Option<(u32, String)>,
    end: Option<(u32, String)>,
    name: String,
    /// Apple's mark, if it has one.
    special: Option<String>,
    cancelled: bool,
    observance: bool,
}

pub(super) fn read(text: &str) -> Result<(Vec<SpecialDay>, Vec<LeftOutEvent>), Bad> {
    let events = events(text)?;
    let is_marked = events.iter().any(|event| event.special.is_some());
    let (mut days, mut left_out) = (Days::default(), Vec::new());
    for event in events {
        let reason = if event.cancelled {
            Some(NoHoliday::Cancelled)
        } else if is_marked && event.special.is_none() {
            Some(NoHoliday::Unmarked)
        } else if event.observance {
            Some(NoHoliday::Observance)
        } else {
            None
        };
        if let Some(reason) = reason {
            left_out.push(LeftOutEvent {
                line: event.line,
                name: event.name.chars().take(200).collect(),
                reason,
            });
            continue;
        }
        let kind = event.kind();
        let span = event.span()?;
        for date in span.start.iter_days().take_while(|day| *day < span.end) {
            days.add(event.line, date, kind, &event.name)?;
        }
    }
    Ok((days.into_list(), left_out))
}

/// The events of all calendars in the file. What lies in other parts (time zones, alarms) is passed over.
fn events(file: &str) -> Result<Vec<Event>, Bad> {
    let mut open: Vec<(u32, String)> = Vec::new();
    let (mut events, mut event) = (Vec::new(), Event::default());
    for line in lines(file) {
        let line = line?;
        let broken = |line: &Line| Bad {
            problem: HolidayProblem::Broken,
            line: line.number,
            value: format!("{}:{}", line.name, line.value),
        };
        match line.name.as_str() {
            "BEGIN" => {
                let part = line.value.trim().to_ascii_uppercase();
                if open.len() == MAX_ICS_DEPTH || (open.is_empty() && part != "VCALENDAR") {
                    return Err(broken(&line));
                }
                if part == EVENT {
                    event = Event {
                        line: line.number,
                        ..Event::default()
                    };
                }
                open.push((line.number, part));
            }
            "END" => {
                let part = line.value.trim().to_ascii_uppercase();
                if open.pop().is_none_or(|(_, begun)| begun != part) {
                    return Err(broken(&line));
                }
                if part == EVENT {
                    events.push(std::mem::take(&mut event));
                }
            }
            _ if open.is_empty() => return Err(broken(&line)),
            _ if open.last().is_some_and(|(_, part)| part == EVENT) => event.take(line)?,
            _ => {}
        }
    }
    match open.pop() {
        Some((line, part)) => Err(Bad {
            problem: HolidayProblem::Unfinished,
            line,
            value: part,
        }),
        None => Ok(events),
    }
}

impl Event {
    fn take(&mut self, line: Line) -> Result<(), Bad> {
        let refuse = |problem| Bad {
            problem,
            line: line.number,
            value: format!("{}:{}", line.name, line.value),
        };
        match line.name.as_str() {
            "DTSTART" => self.start = Some((line.number, line.value)),
            "DTEND" => self.end = Some((line.number, line.value)),
            "SUMMARY" => self.name = text(&line.value),
            "STATUS" => self.cancelled = line.value.trim().eq_ignore_ascii_case("CANCELLED"),
            "DESCRIPTION" => {
                self.observance = line.value.to_ascii_lowercase().starts_with("observance");
            }
            SPECIAL => self.special = Some(line.value.trim().to_ascii_uppercase()),
            "RRULE" | "RDATE" | "EXDATE" => return Err(refuse(HolidayProblem::Repeats)),
            "DURATION" => return Err(refuse(HolidayProblem::Length)),
            _ => {}
        }
        Ok(())
    }

    fn kind(&self) -> DayKind {
        let name = self.name.to_lowercase();
        let is_worked = if let Some(mark) = &self.special {
            mark == "ALTERNATE-WORKDAY"
        } else {
            let holds = |words: &[&str]| words.iter().any(|word| name.contains(word));
            holds(&WORKED) && !holds(&NOT_WORKED)
        };
        if is_worked {
            DayKind::WorkingDay
        } else {
            DayKind::Holiday
        }
    }

    /// Its days; an event without an end is one day long.
    fn span(&self) -> Result<Range<NaiveDate>, Bad> {
        let (line, start) = self.start.clone().unwrap_or((self.line, String::new()));
        let first = date(line, &start)?;
        let (line, end) = match &self.end {
            Some((line, value)) => (*line, date(*line, value)?),
            None => (line, first + ChronoDays::new(1)),
        };
        if first < end && (end - first).num_days() <= MAX_EVENT_DAYS {
            return Ok(first..end);
        }
        Err(Bad {
            problem: HolidayProblem::Length,
            line,
            value: format!("{first} – {end}"),
        })
    }
}

/// A value of type DATE: eight digits.
fn date(line: u32, value: &str) -> Result<NaiveDate, Bad> {
    let value = value.trim();
    let bad = |problem| Bad {
        problem,
        line,
        value: value.to_owned(),
    };
    let digits = |text: &str| text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    if value.split_once('T').is_some_and(|(day, _)| digits(day)) {
        return Err(bad(HolidayProblem::Time));
    }
    let read = |part: Range<usize>| value.get(part).and_then(|part| part.parse::<u32>().ok());
    let found = || {
        let year = i32::try_from(read(0..4)?).ok()?;
        NaiveDate::from_ymd_opt(year, read(4..6)?, read(6..8)?)
    };
    digits(value)
        .then(found)
        .flatten()
        .ok_or_else(|| bad(HolidayProblem::Date))
}
