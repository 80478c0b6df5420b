//! Days that lie far ahead: mostly a year that somebody typed wrongly. Their rows are taken as they stand,
//! and it is told how many there are and where the first is.

use chrono::{Months, NaiveDate};
use yeji_core::facts::Opportunity;
use yeji_intake::{Kind, Row};

use super::controls::day_of;
use super::{Plan, Run};
use crate::api::Message;

/// A due day or a planned closing may lie a year or two ahead; what happened does not.
const FAR_YEARS: u32 = 2;

/// The rows of a run with such days.
#[derive(Debug)]
pub(super) struct FarDays {
    count: u64,
    /// Where the first one stands.
    file: String,
    line: u32,
    day: NaiveDate,
}

impl Plan {
    /// Whether a day lies far beyond today.
    pub(super) fn is_far(&self, day: NaiveDate) -> bool {
        let last = self.today.checked_add_months(Months::new(12 * FAR_YEARS));
        last.is_some_and(|last| day > last)
    }

    /// Whether a deal was opened or closed on such a day.
    pub(super) fn has_far_days(&self, deal: &Opportunity) -> bool {
        let mut days = deal.opened_on.into_iter().chain(deal.closed_on);
        days.any(|day| self.is_far(day))
    }
}

impl Run<'_> {
    /// The first far day of a row, of those that put it into a period.
    pub(super) fn far_day_of(&self, row: &Row) -> Option<NaiveDate> {
        let days = match row {
            Row::Opportunity(row) => [row.opened_on, row.closed_on],
            // Goals are set for years to come.
            Row::Fact(row) if row.kind != Kind::Goals => [day_of(row), None],
            _ => return None,
        };
        let mut days = days.into_iter().flatten();
        days.find(|day| self.plan.is_far(*day))
    }

    /// Counts a row that was taken.
    pub(super) fn count_far_day(&mut self, line: u32, day: NaiveDate) {
        let file = self.sink.tables.last().map(|table| table.file.clone());
        let first = self.far.get_or_insert_with(|| FarDays {
            count: 0,
            file: file.unwrap_or_default(),
            line,
            day,
        });
        first.count += 1;
    }

    pub(super) fn note_on_far_days(&self) -> Option<Message> {
        let far = self.far.as_ref()?;
        let params = [
            ("count", far.count.to_string()),
            ("years", FAR_YEARS.to_string()),
            ("file", far.file.clone()),
            ("line", far.line.to_string()),
            ("day", far.day.to_string()),
        ];
        Some(Message::new("far_days", &params))
    }
}
