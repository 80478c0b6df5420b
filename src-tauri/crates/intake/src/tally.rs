//! Counting over a whole column how its dates, amounts and stages are written.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use yeji_core::Currency;

use crate::amount::{AmountUnit, Mark, Shape, shape};
use crate::date::{self, Reading, Triple};
use crate::fold::shown;
use crate::limits::MAX_MAPPED_VALUES;
use crate::raw::{RawRow, says_nothing};
use crate::{
    AmountEvidence, Control, DateEvidence, DateOrder, DateReadings, DecidedBy, DecimalStyle, Field,
};

/// One wrong value in twenty is a typing error; more is another order.
const CLEAR_MAJORITY: u32 = 20;

/// To read a column against the place where its years seem to stand, this many rows must be impossible
/// otherwise ...
const FEWEST_AGAINST_COLUMN: u32 = 3;
/// ... and at least one row in so many.
const ROWS_PER_ERROR: u32 = 50;

/// Counts of a date column under each order ([`DateOrder::ALL`]'s).
#[derive(Debug)]
pub(crate) struct DateTally {
    field: Field,
    header: String,
    column: usize,
    epoch_1904: bool,
    control: Option<(String, usize)>,
    /// Values that need an order, and those of them that are a date under each.
    ordered: u32,
    valid: [u32; 3],
    only: [u32; 3],
    both_day_and_month: u32,
    four_digit_years: u32,
    unambiguous: u32,
    not: u32,
    empty: u32,
    /// Numbers 0 to 99 seen in the first and in the last place.
    first: u128,
    last: u128,
    /// Rows that agree with the control under each order; rows with both.
    agree: [u32; 3],
    both: u32,
    one_sided: u32,
    example: Option<(String, Reading)>,
    readings: Option<DateReadings>,
}

impl DateTally {
    pub(crate) fn new(
        field: Field,
        header: String,
        column: usize,
        epoch_1904: bool,
        control: Option<(String, usize)>,
    ) -> Self {
        Self {
            field,
            header,
            column,
            epoch_1904,
            control,
            ordered: 0,
            valid: [0; 3],
            only: [0; 3],
            both_day_and_month: 0,
            four_digit_years: 0,
            unambiguous: 0,
            not: 0,
            empty: 0,
            first: 0,
            last: 0,
            agree: [0; 3],
            both: 0,
            one_sided: 0,
            example: None,
            readings: None,
        }
    }

    pub(crate) fn field(&self) -> Field {
        self.field
    }

    pub(crate) fn add(&mut self, row: &RawRow) {
        let (text, kind) = row.cell(self.column);
        let reading = (!says_nothing(text) && !date::is_none(text))
            .then(|| date::read(text, kind, self.epoch_1904));
        let days = match reading {
            None => {
                self.empty += 1;
                [None; 3]
            }
            Some(Reading::Not) => {
                self.not += 1;
                [None; 3]
            }
            Some(Reading::One(day)) => {
                self.unambiguous += 1;
                [Some(day); 3]
            }
            Some(Reading::Ordered(triple)) => {
                let days = self.add_triple(triple);
                self.keep_readings(text, days);
                days
            }
        };
        self.add_control(row, reading.is_some(), days);
        let better = matches!(reading, Some(Reading::Ordered(_)))
            && !matches!(self.example, Some((_, Reading::Ordered(_))));
        if let Some(reading) =
            reading.filter(|reading| better || (self.example.is_none() && *reading != Reading::Not))
        {
            self.example = Some((shown(text), reading));
        }
    }

    /// Keeps the value whose readings differ most: it shows best what an order changes.
    fn keep_readings(&mut self, text: &str, days: [Option<NaiveDate>; 3]) {
        let different = |days: &[Option<NaiveDate>; 3]| {
            let mut found: Vec<NaiveDate> = days.iter().flatten().copied().collect();
            found.sort_unstable();
            found.dedup();
            found.len()
        };
        let most = self.readings.as_ref().map_or(0, |one| different(&one.days));
        if most < days.len() && different(&days) > most {
            self.readings = Some(DateReadings {
                value: shown(text),
                days,
            });
        }
    }

    fn add_triple(&mut self, triple: Triple) -> [Option<NaiveDate>; 3] {
        self.ordered += 1;
        let days = DateOrder::ALL.map(|order| triple.under(order));
        let valid = days.map(|day| day.is_some());
        for (count, valid) in self.valid.iter_mut().zip(valid) {
            *count += u32::from(valid);
        }
        match valid {
            [true, true, _] => self.both_day_and_month += 1,
            [true, false, _] => self.only[0] += 1,
            [false, true, _] => self.only[1] += 1,
            [false, false, _] => self.only[2] += 1,
        }
        match triple.ends() {
            Some((first, last)) => {
                self.first |= 1 << first.min(127);
                self.last |= 1 << last.min(127);
            }
            None => self.four_digit_years += 1,
        }
        days
    }

    fn add_control(&mut self, row: &RawRow, has_date: bool, days: [Option<NaiveDate>; 3]) {
        let Some((_, column)) = &self.control else {
            return;
        };
        let (text, _) = row.cell(*column);
        match (has_date, date::read_quarter(text)) {
            (false, None) if text.is_empty() => {}
            (true, Some(quarter)) => {
                self.both += 1;
                for (agree, day) in self.agree.iter_mut().zip(days) {
                    *agree += u32::from(day.is_some_and(|day| date::quarter_of(day) == quarter));
                }
            }
            _ => self.one_sided += 1,
        }
    }

    fn wrong(&self, order: DateOrder) -> u32 {
        self.ordered - self.valid[order as usize]
    }

    /// Whether nearly all values are dates in an order.
    pub(crate) fn allows(&self, order: DateOrder) -> bool {
        u64::from(self.wrong(order)) * u64::from(CLEAR_MAJORITY) <= u64::from(self.ordered)
    }

    /// Values that need an order and are no date in the one chosen.
    pub(crate) fn contradictions(&self, order: Option<DateOrder>) -> u32 {
        order.map_or(0, |order| self.wrong(order))
    }

    /// The order of the column, and by what it is known.
    pub(crate) fn decide(&self) -> (Option<DateOrder>, DecidedBy) {
        if self.ordered == 0 {
            return (None, DecidedBy::NotNeeded);
        }
        let candidates = self.candidates();
        if let [order] = candidates[..] {
            return (Some(order), DecidedBy::Values);
        }
        let agreeing: Vec<DateOrder> = candidates
            .iter()
            .copied()
            .filter(|order| self.both > 0 && self.agree[*order as usize] == self.both)
            .collect();
        match agreeing[..] {
            [order] => (Some(order), DecidedBy::Control),
            _ => (None, DecidedBy::Undecided),
        }
    }

    /// The orders between which the values alone do not decide.
    fn candidates(&self) -> Vec<DateOrder> {
        let clearly = |less: u32, more: u32| {
            less < more && u64::from(less) * u64::from(CLEAR_MAJORITY) <= u64::from(more)
        };
        let [day, month, year] = DateOrder::ALL.map(|order| self.wrong(order));
        let year_last = day.min(month);
        let (first, last) = (self.first.count_ones(), self.last.count_ones());
        // `31-02-17` in a column of days first is a typing error, though it could be a day of 2031: a
        // few rows do not outweigh what the whole column says about the place of the year.
        let enough = |wrong: u32| {
            wrong >= FEWEST_AGAINST_COLUMN
                && u64::from(wrong) * u64::from(ROWS_PER_ERROR) >= u64::from(self.ordered)
        };
        let against_last = clearly(year, year_last) && (first <= last || enough(year_last));
        let against_first = clearly(year_last, year) && (last <= first || enough(year));
        let may_be_last =
            !against_last && (self.four_digit_years > 0 || against_first || last <= first);
        let may_be_first =
            !against_first && self.four_digit_years == 0 && (against_last || first <= last);
        let mut candidates = Vec::new();
        if may_be_last && !clearly(month, day) {
            candidates.push(DateOrder::DayFirst);
        }
        if may_be_last && !clearly(day, month) {
            candidates.push(DateOrder::MonthFirst);
        }
        if may_be_first {
            candidates.push(DateOrder::YearFirst);
        }
        candidates.retain(|order| self.allows(*order));
        candidates
    }

    pub(crate) fn evidence(&self, order: Option<DateOrder>, decided_by: DecidedBy) -> DateEvidence {
        let of_order = |counts: [u32; 3]| match order {
            Some(order) => counts[order as usize],
            // Without an order a row agrees only if it does in every order.
            None => counts.into_iter().min().unwrap_or(0),
        };
        let example = self.example.as_ref().and_then(|(text, reading)| {
            let day = match (reading, order) {
                (Reading::One(day), _) => Some(*day),
                (Reading::Ordered(triple), Some(order)) => triple.under(order),
                _ => None,
            };
            day.map(|day| (text.clone(), day.to_string()))
        });
        DateEvidence {
            field: self.field,
            header: self.header.clone(),
            day_first_only: self.only[0],
            month_first_only: self.only[1],
            year_first_only: self.only[2],
            ambiguous: self.both_day_and_month,
            unambiguous: self.unambiguous,
            unreadable: self.not + self.contradictions(order),
            empty: self.empty,
            distinct_first: self.first.count_ones(),
            distinct_last: self.last.count_ones(),
            order,
            decided_by,
            control: self.control.as_ref().map(|(header, _)| Control {
                header: header.clone(),
                agree: of_order(self.agree),
                of: self.both,
                one_sided: self.one_sided,
            }),
            example,
            readings: self.readings.clone(),
        }
    }
}

/// Counts of an amount column.
#[derive(Debug)]
pub(crate) struct AmountTally {
    column: usize,
    unit: AmountUnit,
    marks: Vec<Mark>,
    counts: AmountEvidence,
}

impl AmountTally {
    pub(crate) fn new(
        field: Field,
        header: String,
        column: usize,
        unit: AmountUnit,
        mark: Option<Mark>,
    ) -> Self {
        let counts = AmountEvidence {
            field,
            header,
            point_only: 0,
            comma_only: 0,
            ambiguous_comma: 0,
            ambiguous_point: 0,
            plain: 0,
            unreadable: 0,
            empty: 0,
            style: None,
        };
        Self {
            column,
            unit,
            marks: mark.into_iter().collect(),
            counts,
        }
    }

    pub(crate) fn add(&mut self, row: &RawRow) {
        let (text, kind) = row.cell(self.column);
        if says_nothing(text) {
            self.counts.empty += 1;
            return;
        }
        let (shape, mark) = shape(text, kind, self.unit);
        let counts = &mut self.counts;
        let count = match shape {
            Shape::PointOnly => &mut counts.point_only,
            Shape::CommaOnly => &mut counts.comma_only,
            Shape::AmbiguousComma => &mut counts.ambiguous_comma,
            Shape::AmbiguousPoint => &mut counts.ambiguous_point,
            Shape::Plain => &mut counts.plain,
            Shape::Unreadable => &mut counts.unreadable,
        };
        *count += 1;
        if let Some(mark) = mark.filter(|mark| !self.marks.contains(mark)) {
            self.marks.push(mark);
        }
    }

    /// The currencies that header and cells name for sure.
    pub(crate) fn currencies(&self) -> impl Iterator<Item = Currency> {
        self.marks.iter().filter_map(|mark| mark.likely())
    }

    /// The counts with the style that follows, and whether a style is needed but unknown.
    ///
    /// A column of `1,234` alone groups thousands: as decimals all would have three, which amounts
    /// do not. `1.234` alone may be either (unrounded results exist) and is left to a person.
    pub(crate) fn evidence(mut self) -> (AmountEvidence, bool) {
        let counts = &mut self.counts;
        counts.style = match (counts.point_only, counts.comma_only) {
            (1.., 0) => Some(DecimalStyle::Point),
            (0, 1..) => Some(DecimalStyle::Comma),
            (0, 0) if counts.ambiguous_comma > 0 && counts.ambiguous_point == 0 => {
                Some(DecimalStyle::Point)
            }
            _ => None,
        };
        let undecided =
            counts.style.is_none() && counts.ambiguous_comma + counts.ambiguous_point > 0;
        (self.counts, undecided)
    }
}

/// The values of a stage or role column with their rows.
#[derive(Debug)]
pub(crate) struct ValueTally {
    column: usize,
    rows: BTreeMap<String, u32>,
}

impl ValueTally {
    pub(crate) fn new(column: usize) -> Self {
        Self {
            column,
            rows: BTreeMap::new(),
        }
    }

    pub(crate) fn add(&mut self, row: &RawRow) {
        let (text, _) = row.cell(self.column);
        if text.is_empty() {
            return;
        }
        if let Some(count) = self.rows.get_mut(text) {
            *count += 1;
        } else if self.rows.len() < MAX_MAPPED_VALUES {
            self.rows.insert(text.to_owned(), 1);
        }
    }

    /// Each value with its rows.
    pub(crate) fn values(self) -> impl Iterator<Item = (String, u32)> {
        self.rows.into_iter()
    }
}
