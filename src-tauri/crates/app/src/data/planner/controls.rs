//! Control totals of the files: rows and amounts by kind and month, refused rows included, so that what
//! is missing in the store shows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::Money;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::facts::ControlSum;
use yeji_intake::{Counted, FactRow, Field, Kind};

use crate::error::Result;

/// The totals of a run.
#[derive(Debug, Default)]
pub(super) struct Controls(BTreeMap<(Kind, Option<Period>), (i64, Option<Money>)>);

impl Controls {
    pub(super) fn add_fact(&mut self, row: &FactRow) -> Result<()> {
        let Some(day) = row.kind.def().counted_on.and_then(|field| row.day(field)) else {
            return Ok(());
        };
        self.add(row.kind, day, row.amount(Field::AMOUNT))
    }

    pub(super) fn add(&mut self, kind: Kind, day: NaiveDate, amount: Option<Money>) -> Result<()> {
        self.add_to(kind, Some(day), 1, amount)
    }

    /// Rows of one day, and their sum.
    pub(super) fn add_many(
        &mut self,
        kind: Kind,
        day: NaiveDate,
        count: i64,
        sum: Money,
    ) -> Result<()> {
        self.add_to(kind, Some(day), count, Some(sum))
    }

    /// A row that could not be read. One whose day cannot be read either is in no month.
    pub(super) fn add_rejected(&mut self, kind: Kind, counted: Counted) -> Result<()> {
        self.add_to(kind, counted.day, 1, counted.amount)
    }

    fn add_to(
        &mut self,
        kind: Kind,
        day: Option<NaiveDate>,
        count: i64,
        amount: Option<Money>,
    ) -> Result<()> {
        let month = day
            .map(|day| Period::containing(PeriodKind::Month, day))
            .transpose()?;
        let (rows, sum) = self.0.entry((kind, month)).or_default();
        *rows += count;
        if let Some(amount) = amount {
            *sum = Some(match *sum {
                Some(sum) => sum.checked_add(amount)?,
                None => amount,
            });
        }
        Ok(())
    }

    pub(super) fn sums(self) -> Vec<ControlSum> {
        let sums = self.0.into_iter();
        sums.map(|((kind, period), (rows, amount))| ControlSum {
            kind: kind.code().to_owned(),
            period: period.map_or_else(String::new, |month| month.to_string()),
            rows,
            amount,
        })
        .collect()
    }
}
