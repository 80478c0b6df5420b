//! The application: an open store with everything a use case needs around it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use serde_json::Value;
use yeji_core::Currency;
use yeji_core::ids::AccountId;
use yeji_report::chart::Lang;
use yeji_store::{Applied, Change, Key, Probe, Store, Topic};

pub(crate) use crate::access::App;
use crate::access::nobody_can_be_asked;
use crate::api::{Changed, Message};
use crate::data::Session;
use crate::error::{Error, Result};
use crate::host::{Clock, Host, Opening, Secrets};
use crate::keeping::Keeping;
use crate::keys::{AppLock, KeyError, Opened, open_store};

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

/// What all use cases of the process share, whoever calls them ([`App`]).
#[derive(Debug)]
pub(crate) struct Shared {
    /// Folder of the store; another one after a switch.
    dir: RwLock<PathBuf>,
    opened: RwLock<std::result::Result<Opened, Error>>,
    pub(crate) outside: Outside,
    pub(crate) lock: AppLock,
    pub(crate) keeping: Keeping,
    /// Language of names that the program makes up.
    pub(crate) language: Lang,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) sessions: Mutex<BTreeMap<String, Arc<Mutex<Session>>>>,
    /// Watched folders as they were at the last look.
    pub(crate) watching: tokio::sync::Mutex<crate::data::Watching>,
    /// Cancel flags of running tasks; a task that has ended drops its own.
    tasks: Mutex<Vec<Weak<AtomicBool>>>,
    /// What this session did, for taking it back.
    actions: Mutex<crate::history::Actions>,
    /// One writing use case at a time: what it read stays true until it has written.
    turn: tokio::sync::Mutex<()>,
    /// One attempt to open the store at a time.
    pub(crate) opening: tokio::sync::Mutex<()>,
    /// Notes beside the store are taken in one after the other.
    pub(crate) taking_in: tokio::sync::Mutex<()>,
    /// Who is signed in.
    signed_in: Mutex<Option<AccountId>>,
    /// Who was signed in when the window locked: what they prepared waits for them.
    away: Mutex<Option<AccountId>>,
    /// The file from a personal file that a dialog named.
    pub(crate) picked_return: Mutex<Option<PathBuf>>,
    /// What was found in the workbook of goals that a dialog named.
    pub(crate) picked_sheet: Mutex<Option<crate::goals::FoundInSheet>>,
    /// What is known of everybody's bonuses.
    pub(crate) known_bonuses: Mutex<crate::bonus::Known>,
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
    /// Passphrases and randomness.
    pub opening: Opening,
    /// `window` or `command_line`.
    pub source: &'static str,
    /// The system's language.
    pub language: Lang,
}

impl Shared {
    /// Opens (for writing: or makes) the store in `dir`.
    pub async fn open(dir: &Path, access: Access, outside: Outside) -> Result<Self> {
        let opened = open_store(dir, access, &outside).await?;
        let app = Self::with(dir, Ok(opened), outside);
        if access != Access::Read {
            // A note that cannot be taken in stops nobody's work; it stays where it is.
            if let Err(error) = app.take_in_pending().await {
                tracing::warn!("what waits for the audit log was not taken in: {error}");
            }
            app.back_up_daily().await;
        }
        Ok(app)
    }

    /// As [`Shared::open`] for writing, but a store that cannot be opened becomes a state that the
    /// window shows: every use case then answers with the reason, and nothing is written.
    pub async fn open_or_explain(dir: &Path, outside: Outside) -> Self {
        let opened = open_store(dir, Access::Write, &outside).await;
        let app = Self::with(dir, opened, outside);
        app.remember_store();
        app
    }

    fn with(dir: &Path, opened: Result<Opened>, outside: Outside) -> Self {
        Self {
            dir: RwLock::new(dir.to_owned()),
            lock: AppLock::default(),
            keeping: Keeping::default(),
            opened: RwLock::new(opened),
            language: outside.language,
            clock: Arc::clone(&outside.clock),
            host: Arc::clone(&outside.host),
            outside,
            sessions: Mutex::default(),
            watching: tokio::sync::Mutex::default(),
            tasks: Mutex::default(),
            actions: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            opening: tokio::sync::Mutex::default(),
            taking_in: tokio::sync::Mutex::default(),
            signed_in: Mutex::default(),
            away: Mutex::default(),
            picked_return: Mutex::default(),
            picked_sheet: Mutex::default(),
            known_bonuses: Mutex::default(),
        }
    }

    /// Who is signed in.
    pub(crate) fn signed_in(&self) -> Option<AccountId> {
        *self
            .signed_in
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on this account acts, or nobody.
    pub(crate) fn sign_in_as(&self, account: Option<AccountId>) {
        *self
            .signed_in
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = account;
    }

    /// The lock is over: its passphrase opens the store, not the account of whoever was here.
    pub(crate) fn sign_in_anew(&self) {
        let account = self.signed_in();
        self.sign_in_as(None);
        *self.away.lock().unwrap_or_else(PoisonError::into_inner) = account;
    }

    /// Somebody has signed in. What was being prepared before a lock is theirs only if they did.
    pub(crate) fn arrive(&self, account: AccountId) {
        let away = self
            .away
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if away.is_some_and(|other| other != account) {
            self.leave();
        }
        self.sign_in_as(Some(account));
    }

    /// Whoever worked here leaves: what was being prepared and what could be taken back in turn is
    /// forgotten, what runs is asked to stop, and nobody is signed in.
    pub(crate) fn leave(&self) {
        self.stop_tasks();
        self.close_sessions();
        *self.actions() = crate::history::Actions::default();
        self.sign_in_as(None);
    }

    /// Tries once more to open a store that could not be opened: the other program may have closed
    /// it, or the keyring may answer now.
    pub(crate) async fn try_again(&self) {
        let _one_at_a_time = self.opening.lock().await;
        let Err(error) = self.opened() else { return };
        let dir = self.dir();
        // A new store is made by a person's word only, never in the place of one that is gone.
        if matches!(Store::probe(&dir), Ok(Probe::Absent)) {
            // Where one was, what is said stays said.
            if error.code() != "store_missing" {
                drop(self.set_opened(Err(KeyError::ChoiceNeeded(dir).into())));
            }
            return;
        }
        let opened = open_store(&dir, Access::Change, &self.outside).await;
        // A passphrase that was typed has shown more than that one is needed.
        let knows_less = matches!(opened, Err(Error::Keys(KeyError::PassphraseNeeded(_))));
        if !(knows_less && nobody_can_be_asked(error.code())) {
            drop(self.set_opened(opened));
        }
    }

    /// Takes what an attempt to open brought; returns what was there before.
    pub(crate) fn set_opened(&self, opened: Result<Opened>) -> Result<Opened> {
        let mut held = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut held, opened)
    }

    /// The open store with its key, also while the window is locked.
    pub(crate) fn opened(&self) -> Result<Opened> {
        match &*self.opened.read().unwrap_or_else(PoisonError::into_inner) {
            Ok(opened) => Ok(opened.clone()),
            Err(error) => {
                let mut params = error.params();
                params
                    .entry("path".to_owned())
                    .or_insert_with(|| self.dir().display().to_string());
                Err(Error::Unavailable(error.to_string(), error.code(), params))
            }
        }
    }

    /// The folder of the store.
    pub fn dir(&self) -> PathBuf {
        let dir = self.dir.read().unwrap_or_else(PoisonError::into_inner);
        dir.clone()
    }

    pub(crate) fn set_dir(&self, dir: &Path) {
        let mut held = self.dir.write().unwrap_or_else(PoisonError::into_inner);
        dir.clone_into(&mut held);
    }

    /// The store, or why there is none. Every use case goes through here, so a locked window stands
    /// in the way of each.
    pub(crate) fn store(&self) -> Result<Arc<Store>> {
        self.lock.check()?;
        Ok(self.opened()?.store)
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.opened().is_ok_and(|opened| opened.key != Key::Plain)
    }

    /// What to know about the store that this opening has made; None if it was there, or all is well.
    pub fn made_with(&self) -> Option<Message> {
        self.opened().ok().filter(|opened| opened.made)?.warning()
    }

    pub(crate) fn warning(&self) -> Option<Message> {
        self.opened().ok()?.warning()
    }

    /// Applies a change and tells the window what to fetch again.
    pub(crate) async fn apply(&self, change: Change) -> Result<()> {
        let applied = self.store()?.apply(change).await?;
        self.announce(&applied);
        Ok(())
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

    /// Closes every import that is open: another store takes the place of this one.
    pub(crate) fn close_sessions(&self) {
        // A look that is under way meets another store, which it does not know.
        if let Ok(mut watching) = self.watching.try_lock() {
            *watching = crate::data::Watching::default();
        }
        let sessions = self.sessions.lock();
        sessions.unwrap_or_else(PoisonError::into_inner).clear();
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

/// All that the window calls a topic, see [`window_topic`]; `history` is told with every change.
pub(crate) const WINDOW_TOPICS: [&str; 10] = [
    "organisation",
    "facts",
    "goals",
    "bonus",
    "settings",
    "batches",
    "boards",
    "accounts",
    "audit",
    "history",
];

/// What the window calls a topic of the store (see [`Changed`]).
fn window_topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Organisation => "organisation",
        Topic::Customers | Topic::Products | Topic::Deals | Topic::Market | Topic::FollowUps => {
            "facts"
        }
        Topic::Goals => "goals",
        Topic::Bonus => "bonus",
        Topic::Imports => "batches",
        Topic::Settings => "settings",
        Topic::Boards => "boards",
        Topic::Accounts => "accounts",
        Topic::Audit => "audit",
    }
}

#[cfg(test)]
mod tests {
    use super::WINDOW_TOPICS;

    #[test]
    fn the_windows_topics_are_those_that_the_program_tells() {
        // After a restore everything is told to be old: a topic that is missing leaves a page with the
        // entries of the store that was replaced.
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../ui/src/backend/topics.ts"
        );
        let text = std::fs::read_to_string(file).unwrap();
        let line = text
            .lines()
            .find(|line| line.starts_with("export type Topic"));
        let mut of_window: Vec<&str> = line.unwrap().split('"').skip(1).step_by(2).collect();
        let mut ours = WINDOW_TOPICS;
        of_window.sort_unstable();
        ours.sort_unstable();
        assert_eq!(of_window, ours);
    }
}
