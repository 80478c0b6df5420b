//! What the tests of this crate share: an app on a store of its own, at a given day.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use uuid::Uuid;
use yeji_report::chart::Lang;
use yeji_testkit::FixedClock;

use crate::access::Right;
use crate::context::App;
use crate::host::{Clock, NoKeyring, NoWindow};
use crate::{Access, Desk, Outside};

/// The use cases for whoever opens a store without accounts; see [`desk`].
pub(crate) async fn app(dir: &Path, today: &str) -> App {
    desk(dir, today).await.admit(Right::Nothing).await.unwrap()
}

/// The desk on a store in `dir` at midnight of `today` (ISO text), in English, without keyring or window.
pub(crate) async fn desk(dir: &Path, today: &str) -> Desk {
    desk_by(dir, Arc::new(Standing(FixedClock::at(today)))).await
}

/// As [`desk`], by a clock of the test's own.
pub(crate) async fn desk_by(dir: &Path, clock: Arc<dyn Clock>) -> Desk {
    let outside = Outside {
        clock,
        host: Arc::new(NoWindow),
        secrets: Arc::new(NoKeyring),
        source: "command_line",
        language: Lang::En,
    };
    Desk::open(dir, Access::Write, outside).await.unwrap()
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
