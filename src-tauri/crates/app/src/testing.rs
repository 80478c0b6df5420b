//! What the tests of this crate share: an app on a store of its own, at a given day.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use uuid::Uuid;
use yeji_report::chart::Lang;
use yeji_testkit::FixedClock;

use crate::access::Right;
use crate::api::data::{ImportDecisions, ImportRequest};
use crate::api::{Changed, Message};
use crate::context::App;
use crate::host::{
    Clock, Host, NoKeyring, NoWindow, NobodyToAsk, Opening, Random, Secrets, SecretsError,
};
use crate::keys::{Cost, KeyError};
use crate::{Access, Desk, Outside};

/// An import of everything as it is proposed, whose mapping is remembered.
pub(crate) fn remembering(session: String) -> ImportRequest {
    ImportRequest {
        session,
        decisions: ImportDecisions {
            remember_mapping: true,
            ..ImportDecisions::default()
        },
    }
}

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
    Desk::open(dir, Access::Write, outside_by(clock))
        .await
        .unwrap()
}

/// What [`desk`] gets: a new store is plain.
pub(crate) fn outside(today: &str) -> Outside {
    outside_by(Arc::new(Standing(FixedClock::at(today))))
}

fn outside_by(clock: Arc<dyn Clock>) -> Outside {
    Outside {
        clock,
        host: Arc::new(NoWindow),
        secrets: Arc::new(NoKeyring),
        opening: Opening {
            random: Arc::new(Counting::default()),
            ask: Arc::new(NobodyToAsk),
            cost: Cost::TEST,
            plain: true,
            own_folder: None,
        },
        source: "command_line",
        language: Lang::En,
    }
}

/// Bytes that count up: another key at every call, the same ones in every run.
#[derive(Debug, Default)]
pub(crate) struct Counting(AtomicU8);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), KeyError> {
        for byte in bytes {
            *byte = self.0.fetch_add(37, Ordering::Relaxed);
        }
        let odd_step = 11;
        self.0.fetch_add(odd_step, Ordering::Relaxed);
        Ok(())
    }
}

/// A keyring in memory.
#[derive(Default)]
pub(crate) struct InMemory(pub Mutex<BTreeMap<String, [u8; 32]>>);

impl std::fmt::Debug for InMemory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InMemory(..)")
    }
}

impl Secrets for InMemory {
    fn get(&self, name: &str) -> Result<Option<[u8; 32]>, SecretsError> {
        Ok(self.0.lock().unwrap().get(name).copied())
    }
    fn set(&self, name: &str, secret: &[u8; 32]) -> Result<(), SecretsError> {
        self.0.lock().unwrap().insert(name.to_owned(), *secret);
        Ok(())
    }
    fn remove(&self, name: &str) -> Result<(), SecretsError> {
        self.0.lock().unwrap().remove(name);
        Ok(())
    }
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

/// A clock that a test moves.
#[derive(Debug)]
pub(crate) struct Moving(Mutex<DateTime<Utc>>);

impl Moving {
    pub fn at(moment: &str) -> Arc<Self> {
        Arc::new(Self(Mutex::new(moment.parse().unwrap())))
    }

    /// Forward, or back as a clock that is corrected.
    pub fn by(&self, seconds: i64) {
        *self.0.lock().unwrap() += TimeDelta::seconds(seconds);
    }
}

impl Clock for Moving {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
    fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }
    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.naive_utc()
    }
    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// What was logged.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> tracing_subscriber::fmt::MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// A window whose dialogs are answered beforehand.
#[derive(Debug, Default)]
pub(crate) struct Scripted(Mutex<VecDeque<PathBuf>>);

impl Scripted {
    /// The answer of the next dialog.
    pub fn answer(&self, path: &Path) {
        self.0.lock().unwrap().push_back(path.to_owned());
    }

    fn next(&self) -> Option<PathBuf> {
        self.0.lock().unwrap().pop_front()
    }
}

#[async_trait]
impl Host for Scripted {
    async fn pick_files(&self) -> Vec<PathBuf> {
        self.next().into_iter().collect()
    }
    async fn pick_folder(&self) -> Option<PathBuf> {
        self.next()
    }
    async fn pick_backup(&self) -> Option<PathBuf> {
        self.next()
    }
    async fn pick_mapping(&self) -> Option<PathBuf> {
        self.next()
    }
    async fn pick_return(&self) -> Option<PathBuf> {
        self.next()
    }
    async fn pick_sheet(&self) -> Option<PathBuf> {
        self.next()
    }
    async fn save_file(&self, _: &str) -> Option<PathBuf> {
        self.next()
    }
    fn say(&self, message: &Message) -> String {
        message.code.clone()
    }
    fn say_in(&self, message: &Message, _: yeji_report::chart::Lang) -> String {
        message.code.clone()
    }
    fn changed(&self, _: Changed) {}
}
