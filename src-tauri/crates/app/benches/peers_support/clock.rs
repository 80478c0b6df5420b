//! The day of the benchmarks.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use uuid::Uuid;
use yeji_app::host::Clock;

/// 1 July 2026, so that the demo company and its figures are the same on every day.
#[derive(Debug)]
pub struct BenchClock;

impl Clock for BenchClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_782_864_000, 0).expect("a valid instant")
    }
    fn today(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, 1).expect("a valid date")
    }
    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.naive_utc()
    }
    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}
