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

/// Key of the deals whose stage has no meaning yet, among the months.
pub(crate) const STAGE_UNDECIDED: &str = "stage_undecided";

/// Where a row is counted, as it is kept with a row that was not taken.
pub(crate) fn counted_as(kind: &str, period: &str) -> String {
    format!("{kind} {period}")
}

/// Under what a row is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Under {
    /// It has no day that can be read.
    NoDay,
    /// A deal of which nobody knows whether it was won.
    StageUndecided,
    Month(Period),
}

impl Under {
    pub(super) fn day(day: Option<NaiveDate>) -> Result<Self> {
        Ok(match day {
            Some(day) => Self::Month(Period::containing(PeriodKind::Month, day)?),
            None => Self::NoDay,
        })
    }

    pub(super) fn counted(counted: Counted) -> Result<Self> {
        if counted.stage_undecided {
            return Ok(Self::StageUndecided);
        }
        Self::day(counted.day)
    }

    /// As it is kept: the key of the month, empty without a day.
    pub(super) fn key(self) -> String {
        match self {
            Self::NoDay => String::new(),
            Self::StageUndecided => STAGE_UNDECIDED.to_owned(),
            Self::Month(month) => month.to_string(),
        }
    }
}

/// The totals of a run.
#[derive(Debug, Default)]
pub(super) struct Controls {
    sums: BTreeMap<(Kind, Under, Option<BatchId>), Totals>,
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

    /// A fact that was counted and is not taken: where it is counted.
    pub(super) fn refuse_fact(&mut self, row: &FactRow) -> Result<Option<Under>> {
        let Some(day) = day_of(row) else {
            return Ok(None);
        };
        self.refuse(row.kind, day, row.amount(Field::AMOUNT))?;
        Ok(Some(Under::day(Some(day))?))
    }

    pub(super) fn add(&mut self, kind: Kind, day: NaiveDate, amount: Option<Money>) -> Result<()> {
        self.totals(kind, Under::day(Some(day))?).all.add(1, amount)
    }

    /// A row that was counted and is not taken.
    pub(super) fn refuse(
        &mut self,
        kind: Kind,
        day: NaiveDate,
        amount: Option<Money>,
    ) -> Result<()> {
        self.totals(kind, Under::day(Some(day))?)
            .refused
            .add(1, amount)
    }

    /// Rows of one day, and their sum.
    pub(super) fn add_many(
        &mut self,
        kind: Kind,
        day: NaiveDate,
        count: i64,
        sum: Money,
    ) -> Result<()> {
        self.totals(kind, Under::day(Some(day))?)
            .all
            .add(count, Some(sum))
    }

    /// A row that could not be read. One whose day cannot be read either, or of which
    /// nobody knows whether it was won, is in no month.
    pub(super) fn add_rejected(&mut self, kind: Kind, counted: Counted) -> Result<()> {
        let totals = self.totals(kind, Under::counted(counted)?);
        totals.all.add(1, counted.amount)?;
        totals.refused.add(1, counted.amount)
    }

    fn totals(&mut self, kind: Kind, under: Under) -> &mut Totals {
        self.sums.entry((kind, under, self.mends)).or_default()
    }

    pub(super) fn sums(self) -> Vec<ControlSum> {
        let sums = self.sums.into_iter();
        sums.map(|((kind, under, mends), totals)| ControlSum {
            kind: kind.code().to_owned(),
            period: under.key(),
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
