//! The application: an open store with everything a use case needs around it.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use serde_json::Value;
use yeji_core::Currency;
use yeji_core::ids::ChangeId;
use yeji_report::chart::Lang;
use yeji_store::{Applied, Change, ChangeHeader, ChangeKind, Key, OpenMode, Probe, Store, Topic};

use crate::api::{Changed, Message};
use crate::data::Session;
use crate::error::{Error, Result};
use crate::host::{Clock, Host, Secrets};

/// File beside the store that names the key in the keyring; it holds no secret.
const KEY_NAME_FILE: &str = "yeji.key-name";
/// Author of what is done without a signed-in person (roles come with their issue).
const AUTHOR: &str = "local";

/// How the store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading only; works beside a writer. The store must exist.
    Read,
    /// Reading and writing; the store must exist.
    Change,
    /// Reading and writing; the store is made if there is none.
    Write,
}

/// The use cases. One per process.
#[derive(Debug)]
pub struct App {
    dir: PathBuf,
    opened: RwLock<std::result::Result<Opened, Error>>,
    outside: Outside,
    /// Language of names that the program makes up.
    pub(crate) language: Lang,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) sessions: Mutex<BTreeMap<String, Arc<Mutex<Session>>>>,
    /// Cancel flags of running tasks; a task that has ended drops its own.
    tasks: Mutex<Vec<Weak<AtomicBool>>>,
    /// What this session did, for taking it back.
    actions: Mutex<crate::history::Actions>,
    /// One writing use case at a time: what it read stays true until it has written.
    turn: tokio::sync::Mutex<()>,
    /// One attempt to open the store at a time.
    opening: tokio::sync::Mutex<()>,
}

/// A store that is open.
#[derive(Debug, Clone)]
struct Opened {
    store: Arc<Store>,
    encrypted: bool,
    /// It did not exist before.
    made: bool,
    warning: Option<Message>,
}

/// What the shell gives.
#[derive(Debug, Clone)]
pub struct Outside {
    /// Time and ids.
    pub clock: Arc<dyn Clock>,
    /// Dialogs and listeners.
    pub host: Arc<dyn Host>,
    /// Keyring.
    pub secrets: Arc<dyn Secrets>,
    /// `window` or `command_line`.
    pub source: &'static str,
    /// The system's language.
    pub language: Lang,
}

impl App {
    /// Opens (for writing: or makes) the store in `dir`.
    pub async fn open(dir: &Path, access: Access, outside: Outside) -> Result<Self> {
        let opened = open_store(dir, access, &outside).await?;
        Ok(Self::with(dir, Ok(opened), outside))
    }

    /// As [`App::open`] for writing, but a store that cannot be opened becomes a state that the
    /// window shows: every use case then answers with the reason, and nothing is written.
    pub async fn open_or_explain(dir: &Path, outside: Outside) -> Self {
        let opened = open_store(dir, Access::Write, &outside).await;
        Self::with(dir, opened, outside)
    }

    fn with(dir: &Path, opened: Result<Opened>, outside: Outside) -> Self {
        Self {
            dir: dir.to_owned(),
            opened: RwLock::new(opened),
            language: outside.language,
            clock: Arc::clone(&outside.clock),
            host: Arc::clone(&outside.host),
            outside,
            sessions: Mutex::default(),
            tasks: Mutex::default(),
            actions: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            opening: tokio::sync::Mutex::default(),
        }
    }

    /// Tries once more to open a store that could not be opened: the other program may have closed
    /// it, or the keyring may answer now.
    pub(crate) async fn try_again(&self) {
        let _one_at_a_time = self.opening.lock().await;
        if self.opened().is_ok() {
            return;
        }
        let opened = open_store(&self.dir, Access::Write, &self.outside).await;
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = opened;
    }

    fn opened(&self) -> Result<Opened> {
        match &*self.opened.read().unwrap_or_else(PoisonError::into_inner) {
            Ok(opened) => Ok(opened.clone()),
            Err(error) => {
                let mut params = error.params();
                params
                    .entry("path".to_owned())
                    .or_insert_with(|| self.dir.display().to_string());
                Err(Error::Unavailable(error.to_string(), error.code(), params))
            }
        }
    }

    /// The folder of the store.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The store, or why there is none.
    pub(crate) fn store(&self) -> Result<Arc<Store>> {
        Ok(self.opened()?.store)
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.opened().is_ok_and(|opened| opened.encrypted)
    }

    /// What to know about the store that this opening has made; None if it was there, or all is well.
    pub fn made_with(&self) -> Option<Message> {
        self.opened().ok().filter(|opened| opened.made)?.warning
    }

    pub(crate) fn warning(&self) -> Option<Message> {
        self.opened().ok()?.warning
    }

    /// Copies the store; of an encrypted one also the name of its key, without which the copy could
    /// not be opened in another folder (`FILE.key-name` becomes `yeji.key-name` there).
    /// Neither file may exist.
    pub(crate) async fn back_up(&self, file: &Path) -> Result<()> {
        let opened = self.opened()?;
        let mut beside = file.as_os_str().to_owned();
        beside.push(".key-name");
        let beside = PathBuf::from(beside);
        if opened.encrypted && beside.exists() {
            return Err(yeji_store::Error::FileExists(beside).into());
        }
        opened.store.backup(file).await?;
        if opened.encrypted {
            let key_name = self.dir.join(KEY_NAME_FILE);
            let name = std::fs::read(&key_name).map_err(Error::io(&key_name))?;
            write_new(&beside, &name)?;
        }
        Ok(())
    }

    /// A change of this user, now.
    pub(crate) fn change(&self, kind: ChangeKind, summary: Value) -> Change {
        let id = ChangeId(self.clock.new_id());
        let mut change = Change::new(id, self.clock.now(), self.author(), kind);
        change.summary = summary;
        change
    }

    /// The head of a change of this user, now, whose rows come in chunks.
    pub(crate) fn header(&self, kind: ChangeKind, summary: Value) -> ChangeHeader {
        ChangeHeader {
            id: ChangeId(self.clock.new_id()),
            at: self.clock.now(),
            author: self.author(),
            kind,
            summary,
            batch: None,
            audit: None,
        }
    }

    /// Applies a change and tells the window what to fetch again.
    pub(crate) async fn apply(&self, change: Change) -> Result<()> {
        let applied = self.store()?.apply(change).await?;
        self.announce(&applied);
        Ok(())
    }

    /// Who acts, as the history shows it.
    #[allow(
        clippy::unused_self,
        reason = "who is signed in is known to the app, when people sign in"
    )]
    pub(crate) fn author(&self) -> String {
        AUTHOR.to_owned()
    }

    /// What this session did.
    pub(crate) fn actions(&self) -> std::sync::MutexGuard<'_, crate::history::Actions> {
        self.actions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the window what to fetch again, and remembers what can be taken back.
    pub(crate) fn announce(&self, applied: &Applied) {
        self.actions().note(applied);
        let topics: std::collections::BTreeSet<&str> = applied
            .topics
            .iter()
            .map(|topic| window_topic(*topic))
            .chain(["history"])
            .collect();
        self.tell(topics.into_iter().map(str::to_owned).collect());
    }

    /// Tells the window what to fetch again.
    pub(crate) fn tell(&self, topics: Vec<String>) {
        self.host.changed(Changed {
            topics,
            source: self.outside.source.to_owned(),
        });
    }

    /// The company's currency: what imports or the demo said, else yuan.
    pub(crate) async fn currency(&self) -> Result<Currency> {
        match self.store()?.setting(crate::settings::CURRENCY).await? {
            Some(Value::String(code)) => Ok(code.parse()?),
            _ => Ok(Currency::CNY),
        }
    }

    /// Starts long work; the flag tells it to stop.
    pub(crate) fn start_task(&self) -> Arc<AtomicBool> {
        let flag = Arc::new(AtomicBool::new(false));
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.retain(|task| task.strong_count() > 0);
        tasks.push(Arc::downgrade(&flag));
        flag
    }

    /// Asks all running long work to stop.
    pub(crate) fn stop_tasks(&self) {
        let tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        for task in tasks.iter().filter_map(Weak::upgrade) {
            task.store(true, Ordering::Relaxed);
        }
    }

    /// Waits for the turn of a use case that reads and then writes.
    pub(crate) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }
}

/// What the window calls a topic of the store (see [`Changed`]).
fn window_topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Organisation => "organisation",
        Topic::Customers | Topic::Products | Topic::Deals | Topic::Market => "facts",
        Topic::Goals => "goals",
        Topic::Bonus => "bonus",
        Topic::Imports => "batches",
        Topic::Settings => "settings",
        Topic::Audit => "audit",
    }
}

async fn open_store(dir: &Path, access: Access, outside: &Outside) -> Result<Opened> {
    let name_file = dir.join(KEY_NAME_FILE);
    match Store::probe(dir)? {
        Probe::Absent if access == Access::Write => create_store(dir, &name_file, outside).await,
        Probe::Absent => Err(yeji_store::Error::Absent(dir.to_owned()).into()),
        Probe::Plain => {
            let store = Store::open(dir, &Key::Plain, mode(access)).await?;
            Ok(plain(store))
        }
        Probe::Encrypted => {
            let key = stored_key(dir, &name_file, outside)?;
            Ok(encrypted(Store::open(dir, &key, mode(access)).await?))
        }
    }
}

fn encrypted(store: Store) -> Opened {
    Opened {
        store: Arc::new(store),
        encrypted: true,
        made: false,
        warning: None,
    }
}

fn plain(store: Store) -> Opened {
    Opened {
        store: Arc::new(store),
        encrypted: false,
        made: false,
        warning: Some(Message::new("not_encrypted", &[])),
    }
}

fn mode(access: Access) -> OpenMode {
    match access {
        Access::Read => OpenMode::ReadOnly,
        Access::Change | Access::Write => OpenMode::ReadWrite,
    }
}

/// Encrypted with a random key in the keyring; without a keyring not encrypted, and said so.
async fn create_store(dir: &Path, name_file: &Path, outside: &Outside) -> Result<Opened> {
    let mut is_plain = false;
    let store = Store::create_with(dir, || {
        let key = key_of_new_store(dir, name_file, outside)?;
        is_plain = key == Key::Plain;
        Ok::<_, Error>(key)
    })
    .await?;
    let opened = if is_plain {
        plain(store)
    } else {
        encrypted(store)
    };
    Ok(Opened {
        made: true,
        ..opened
    })
}

fn key_of_new_store(dir: &Path, name_file: &Path, outside: &Outside) -> Result<Key> {
    if name_file.exists() {
        // A key was made for a store that is gone (or its file is empty): its name must not be lost,
        // because a backup of that store still needs it.
        return stored_key(dir, name_file, outside);
    }
    let name = outside.clock.new_id().to_string();
    let mut secret = [0_u8; 32];
    getrandom::fill(&mut secret).map_err(|error| Error::Io {
        path: dir.to_owned(),
        source: std::io::Error::other(error.to_string()),
    })?;
    match outside.secrets.set(&name, &secret) {
        Ok(()) => {
            write_new(name_file, name.as_bytes())?;
            Ok(Key::Raw(secret))
        }
        Err(reason) => {
            tracing::info!("{reason}: the new store is not encrypted");
            Ok(Key::Plain)
        }
    }
}

/// Writes a file that must not exist, to the disk.
fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = std::fs::File::create_new(path).map_err(Error::io(path))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(Error::io(path))
}

fn stored_key(dir: &Path, name_file: &Path, outside: &Outside) -> Result<Key> {
    let name = match std::fs::read_to_string(name_file) {
        Ok(name) => name,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            // No key was ever made for this file: it is a damaged store or no store at all.
            return Err(yeji_store::Error::NotAStore {
                path: dir.to_owned(),
                why: "not an SQLite database, and no key belongs to it".to_owned(),
            }
            .into());
        }
        Err(error) => return Err(Error::io(name_file)(error)),
    };
    let secret = outside
        .secrets
        .get(name.trim())
        .map_err(|error| Error::NoKey(error.to_string(), dir.to_owned()))?;
    secret
        .map(Key::Raw)
        .ok_or_else(|| Error::KeyMissing(dir.to_owned()))
}
