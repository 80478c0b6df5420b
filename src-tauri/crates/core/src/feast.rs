//! Feasts that move through the calendar.

use chrono::NaiveDate;

/// First days of the Chinese year 2015 to 2036 (month, day), as the Hong Kong Observatory's
/// conversion tables give them.
const SPRING_FESTIVALS: [(u32, u32); 22] = [
    (2, 19),
    (2, 8),
    (1, 28),
    (2, 16),
    (2, 5),
    (1, 25),
    (2, 12),
    (2, 1),
    (1, 22),
    (2, 10),
    (1, 29),
    (2, 17),
    (2, 6),
    (1, 26),
    (2, 13),
    (2, 3),
    (1, 23),
    (2, 11),
    (1, 31),
    (2, 19),
    (2, 8),
    (1, 28),
];
const FIRST_FESTIVAL_YEAR: i32 = 2015;

/// First day of the Chinese year in a calendar year, where the table knows it.
pub fn spring_festival(year: i32) -> Option<NaiveDate> {
    let index = usize::try_from(year - FIRST_FESTIVAL_YEAR).ok()?;
    let (month, day) = *SPRING_FESTIVALS.get(index)?;
    NaiveDate::from_ymd_opt(year, month, day)
}
