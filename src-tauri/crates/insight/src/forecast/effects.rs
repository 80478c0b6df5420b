//! What the calendar says of the periods of a series: working days, and days around the Spring Festival.

use chrono::{Datelike, NaiveDate};
use yeji_core::calendar::{Period, WorkingDays, days};
use yeji_core::feast::spring_festival;

use super::Series;
use super::number::real;

/// Days around the first day of the Chinese year in which business is unlike the rest: a week before,
/// two from it on (windows of this size are usual: Lin and Liu 2003, section 3).
const AROUND: std::ops::Range<i64> = -7..14;

impl Series {
    /// The series with what the calendar says of its periods and those of the forecast.
    ///
    /// No effect is given where the calendar is not known: the feast's dates before 2015 and after 2036.
    #[must_use]
    pub fn with_calendar(mut self, periods: &[Period], working: &WorkingDays) -> Self {
        let worked = |period: &Period| {
            days(period.start(), period.end()).filter(|day| working.is_working(*day))
        };
        self.calendar = periods
            .iter()
            .map(|period| real(worked(period).count()))
            .collect();
        let feast = |period: &Period| -> Option<f64> {
            let mut around = 0;
            for day in days(period.start(), period.end()) {
                around += usize::from(is_around(day)?);
            }
            Some(real(around))
        };
        let festival: Option<Vec<f64>> = periods.iter().map(feast).collect();
        self.festival = festival.unwrap_or_default();
        self
    }
}

/// Is a day near the feast of its year? None where its date is not known.
fn is_around(day: NaiveDate) -> Option<bool> {
    let first = spring_festival(day.year())?;
    Some(AROUND.contains(&day.signed_duration_since(first).num_days()))
}
