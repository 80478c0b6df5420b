//! What the tests of this crate share: an app on a store of its own, at a given day.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use uuid::Uuid;
use yeji_report::chart::Lang;
use yeji_testkit::FixedClock;

use crate::host::{Clock, NoKeyring, NoWindow};
use crate::{Access, App, Outside};

/// The app on a store in `dir` at midnight of `today` (ISO text), in English, without keyring or window.
pub(crate) async fn app(dir: &Path, today: &str) -> App {
    let outside = Outside {
        clock: Arc::new(Standing(FixedClock::at(today))),
        host: Arc::new(NoWindow),
        secrets: Arc::new(NoKeyring),
        source: "command_line",
        language: Lang::En,
    };
    App::open(dir, Access::Write, outside).await.unwrap()
}

/// A clock that stands; ids go on.
#[derive(Debug)]
struct Standing(FixedClock);

impl Clock for Standing {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }
    fn today(&self) -> NaiveDate {
        self.0.now().date_naive()
    }
    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.naive_utc()
    }
    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}
