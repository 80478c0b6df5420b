//! Days that come from outside: the window's fields, the command line.

use chrono::{Datelike, NaiveDate};
use yeji_core::calendar::{MAX_YEAR, MIN_YEAR};

use crate::error::{Error, Result};

/// Refuses a day that the calendar does not have: beyond its years a date is a typing error.
pub(crate) fn known_day(field: &'static str, day: NaiveDate) -> Result<()> {
    // The day after the last is how a half-open range ends.
    let end = NaiveDate::from_ymd_opt(MAX_YEAR + 1, 1, 1);
    if day.year() >= MIN_YEAR && end.is_some_and(|end| day <= end) {
        return Ok(());
    }
    Err(Error::input(
        field,
        &day.to_string(),
        "a day of the years 1900 to 2200",
    ))
}
