//! Control totals of the files: rows and amounts by kind and month, refused rows included, so that what
//! is missing in the store shows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::Money;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::facts::ControlSum;
use yeji_core::ids::BatchId;
use yeji_intake::{Counted, FactRow, Field, Kind};

use crate::error::Result;

/// The totals of a run.
#[derive(Debug, Default)]
pub(super) struct Controls {
    sums: BTreeMap<(Kind, Option<Period>, Option<BatchId>), Totals>,
    /// Of the table that is being read: the import whose refused rows it has, mended.
    mends: Option<BatchId>,
}

#[derive(Debug, Default)]
struct Totals {
    all: Sum,
    refused: Sum,
}

/// Rows and, for kinds that have one, their amount.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    pub rows: i64,
    pub amount: Option<Money>,
}

impl Sum {
    pub(crate) fn add(&mut self, rows: i64, amount: Option<Money>) -> Result<()> {
        self.rows += rows;
        self.amount = match (self.amount, amount) {
            (Some(sum), Some(amount)) => Some(sum.checked_add(amount)?),
            (sum, amount) => sum.or(amount),
        };
        Ok(())
    }

    /// Takes a part away again.
    pub(crate) fn take(&mut self, rows: i64, amount: Option<Money>) -> Result<()> {
        self.rows -= rows;
        if let (Some(sum), Some(amount)) = (&mut self.amount, amount) {
            *sum = sum.checked_sub(amount)?;
        }
        Ok(())
    }
}

impl Controls {
    pub(super) fn begin_table(&mut self, mends: Option<BatchId>) {
        self.mends = mends;
    }

    pub(super) fn add_fact(&mut self, row: &FactRow) -> Result<()> {
        match day_of(row) {
            Some(day) => self.add(row.kind, day, row.amount(Field::AMOUNT)),
            None => Ok(()),
        }
    }

    /// A fact that was counted and is not taken.
    pub(super) fn refuse_fact(&mut self, row: &FactRow) -> Result<()> {
        match day_of(row) {
            Some(day) => self.refuse(row.kind, day, row.amount(Field::AMOUNT)),
            None => Ok(()),
        }
    }

    pub(super) fn add(&mut self, kind: Kind, day: NaiveDate, amount: Option<Money>) -> Result<()> {
        self.totals(kind, Some(day))?.all.add(1, amount)
    }

    /// A row that was counted and is not taken.
    pub(super) fn refuse(
        &mut self,
        kind: Kind,
        day: NaiveDate,
        amount: Option<Money>,
    ) -> Result<()> {
        self.totals(kind, Some(day))?.refused.add(1, amount)
    }

    /// Rows of one day, and their sum.
    pub(super) fn add_many(
        &mut self,
        kind: Kind,
        day: NaiveDate,
        count: i64,
        sum: Money,
    ) -> Result<()> {
        self.totals(kind, Some(day))?.all.add(count, Some(sum))
    }

    /// A row that could not be read. One whose day cannot be read either is in no month.
    pub(super) fn add_rejected(&mut self, kind: Kind, counted: Counted) -> Result<()> {
        let totals = self.totals(kind, counted.day)?;
        totals.all.add(1, counted.amount)?;
        totals.refused.add(1, counted.amount)
    }

    fn totals(&mut self, kind: Kind, day: Option<NaiveDate>) -> Result<&mut Totals> {
        let month = day
            .map(|day| Period::containing(PeriodKind::Month, day))
            .transpose()?;
        Ok(self.sums.entry((kind, month, self.mends)).or_default())
    }

    pub(super) fn sums(self) -> Vec<ControlSum> {
        let sums = self.sums.into_iter();
        sums.map(|((kind, period, mends), totals)| ControlSum {
            kind: kind.code().to_owned(),
            period: period.map_or_else(String::new, |month| month.to_string()),
            rows: totals.all.rows,
            amount: totals.all.amount,
            refused_rows: totals.refused.rows,
            refused_amount: totals.refused.amount,
            mends,
        })
        .collect()
    }
}

/// The day by which a fact is counted.
pub(super) fn day_of(row: &FactRow) -> Option<NaiveDate> {
    row.kind.def().counted_on.and_then(|field| row.day(field))
}
