//! Backups: on request, and by themselves once a day into the folder beside the store.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use chrono::NaiveDate;
use serde_json::{Value, json};
use yeji_store::{BACKUP_FOLDER, ChangeKind, Probe, Setting, Store};

use super::restoring::REPLACED;
use super::rotation::{Keep, outdated};
use crate::api::keeping::{BackupSettings, BackupState};
use crate::api::settings::BackupResult;
use crate::api::{Changed, Message, NoArgs};
use crate::context::{App, Shared};
use crate::error::{Error, Result};

/// Setting: whether copies are made by themselves, and how many stay.
const AUTOMATIC: &str = "automatic_backup";
const MAX_DAYS: u32 = 60;
const MAX_WEEKS: u32 = 104;
/// `yeji-2026-11-28.yejibackup`; only such names are ever removed.
const PREFIX: &str = "yeji-";
const SUFFIX: &str = ".yejibackup";

impl App {
    /// Copies the store to a file that a dialog names; the copy is verified.
    pub async fn backup_store(&self, _: NoArgs) -> Result<BackupResult> {
        self.store()?;
        let name = format!("{PREFIX}{}{SUFFIX}", self.clock.today());
        let Some(path) = self.host.save_file(&name).await else {
            return Ok(BackupResult { file: None });
        };
        self.backup_to(&path).await?;
        Ok(BackupResult {
            file: Some(path.display().to_string()),
        })
    }

    /// Copies the store to a file; never overwrites one.
    pub async fn backup_to(&self, path: &Path) -> Result<()> {
        if path.exists() {
            return Err(yeji_store::Error::FileExists(path.to_owned()).into());
        }
        let detail = json!({ "file": path.display().to_string() });
        self.audit("export.backup", "", detail).await?;
        Ok(self.store()?.backup(path).await?)
    }

    /// The automatic backups: setting, folder, newest copy.
    pub async fn get_backup_state(&self, _: NoArgs) -> Result<BackupState> {
        let store = self.store()?;
        let folder = self.dir().join(BACKUP_FOLDER);
        let copies = copies_in(&folder)?;
        Ok(BackupState {
            settings: settings(&store).await?,
            folder: folder.display().to_string(),
            newest: copies.last().copied(),
            count: copies.len(),
            failed: self.backup_failure(),
        })
    }

    /// Turns the daily backup on or off and says how many stay.
    pub async fn set_backup_settings(&self, args: BackupSettings) -> Result<BackupState> {
        if args.days == 0 || args.days > MAX_DAYS {
            return Err(Error::input("days", &args.days.to_string(), "1 to 60"));
        }
        if args.weeks > MAX_WEEKS {
            return Err(Error::input("weeks", &args.weeks.to_string(), "0 to 104"));
        }
        let mut change = self.change(ChangeKind::Setting, json!({ "key": AUTOMATIC }));
        let value = json!({ "daily": args.daily, "days": args.days, "weeks": args.weeks });
        change.put.push(
            Setting {
                key: AUTOMATIC.to_owned(),
                value,
            }
            .into(),
        );
        self.apply(change).await?;
        self.get_backup_state(NoArgs {}).await
    }
}

impl Shared {
    /// Why the last automatic copy failed, if it did.
    pub(crate) fn backup_failure(&self) -> Option<Message> {
        let failed = self.keeping.failed.lock();
        failed.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Today's automatic copy, once, before the first change of the day. A failure is remembered as a
    /// warning and stops nobody's work.
    pub(crate) async fn back_up_daily(&self) {
        if let Some(copy) = self.daily_copy() {
            copy.make().await;
        }
    }

    /// As [`App::back_up_daily`], beside the work of the window.
    pub(crate) fn start_daily_backup(&self) {
        if let Some(copy) = self.daily_copy() {
            let (host, source) = (Arc::clone(&self.host), self.outside.source.to_owned());
            tokio::spawn(async move {
                copy.make().await;
                let topics = vec!["settings".to_owned()];
                host.changed(Changed { topics, source });
            });
        }
    }

    /// What today's copy needs; None when it was tried, or nothing is there to copy.
    fn daily_copy(&self) -> Option<DailyCopy> {
        let opened = self.opened().ok()?;
        if opened.made || !opened.store.is_writable() {
            return None;
        }
        let today = self.clock.today();
        let tried = self.keeping.tried.lock();
        let mut tried = tried.unwrap_or_else(PoisonError::into_inner);
        if *tried == Some(today) {
            return None;
        }
        *tried = Some(today);
        Some(DailyCopy {
            store: opened.store,
            folder: self.dir().join(BACKUP_FOLDER),
            today,
            failed: Arc::clone(&self.keeping.failed),
        })
    }
}

/// One day's copy.
struct DailyCopy {
    store: Arc<Store>,
    folder: PathBuf,
    today: NaiveDate,
    failed: Arc<std::sync::Mutex<Option<Message>>>,
}

impl DailyCopy {
    async fn make(self) {
        let outcome = self.write().await.err().map(|error| {
            tracing::warn!("the automatic backup failed: {error}");
            let params = [
                ("folder", self.folder.display().to_string()),
                ("reason", error.to_string()),
            ];
            Message::new("automatic_backup_failed", &params)
        });
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = outcome;
    }

    async fn write(&self) -> Result<()> {
        let settings = settings(&self.store).await?;
        if !settings.daily || self.store.last_change_at().await?.is_none() {
            return Ok(());
        }
        let file = self.folder.join(format!("{PREFIX}{}{SUFFIX}", self.today));
        std::fs::create_dir_all(&self.folder).map_err(Error::io(&self.folder))?;
        remove_halves(&self.folder);
        if !file.exists() {
            self.store.backup(&file).await?;
        }
        let keep = Keep {
            days: settings.days as usize,
            weeks: settings.weeks as usize,
        };
        for day in outdated(&copies_in(&self.folder)?, self.today, keep) {
            let old = self.folder.join(format!("{PREFIX}{day}{SUFFIX}"));
            std::fs::remove_file(&old).map_err(Error::io(&old))?;
        }
        Ok(())
    }
}

/// What interrupted copies of any day left: their names, taken and empty, and parts. The writer's lock is
/// held: nobody else makes one.
fn remove_halves(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.filter_map(std::result::Result::ok) {
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let is_part = name.strip_suffix(".part").and_then(day_of).is_some();
        let is_empty = || entry.metadata().is_ok_and(|data| data.len() == 0);
        if is_part || (day_of(name).is_some() && is_empty()) {
            // What stays is no copy for `copies_in` either.
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

/// The day of an automatic copy, by its name.
fn day_of(name: &str) -> Option<NaiveDate> {
    let day = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    day.parse().ok()
}

async fn settings(store: &Store) -> Result<BackupSettings> {
    let value: Option<Value> = store.setting(AUTOMATIC).await?;
    Ok(value
        .and_then(|value| serde_json::from_value(value).ok())
        .unwrap_or_default())
}

/// The days of the automatic copies in a folder.
fn copies_in(folder: &Path) -> Result<BTreeSet<NaiveDate>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(Error::io(folder)(error)),
    };
    Ok(entries
        .filter_map(std::result::Result::ok)
        // An empty one is a name that was taken, and no copy yet.
        .filter(|entry| entry.metadata().is_ok_and(|data| data.len() > 0))
        .filter_map(|entry| day_of(entry.file_name().to_str()?))
        .collect())
}

/// Removes the copies that the program made of a store before it was encrypted: they can be read by
/// anybody. Copies that a person put elsewhere are theirs.
pub(crate) fn remove_plain_backups(dir: &Path) {
    let Ok(entries) = std::fs::read_dir(dir.join(BACKUP_FOLDER)) else {
        return;
    };
    for entry in entries.filter_map(std::result::Result::ok) {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_copy = name.trim_end_matches(".part").ends_with(SUFFIX);
        // By its first bytes: one that is damaged or half written can be read by anybody as well.
        let is_plain =
            is_copy && yeji_store::probe_file(&path).is_ok_and(|probe| probe == Probe::Plain);
        if is_plain && let Err(error) = std::fs::remove_file(&path) {
            tracing::warn!("{}: {error}", path.display());
        }
    }
}

/// Folders beside an encrypted store that hold one which anybody can read: what a restore kept before
/// the store was encrypted. It may be the only copy, so a person removes it.
pub(super) fn readable_stores(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten();
    entries
        .filter_map(std::result::Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(REPLACED))
        .map(|entry| entry.path())
        .filter(|path| {
            yeji_store::probe_file(&path.join("yeji.db")).is_ok_and(|probe| probe == Probe::Plain)
        })
        .collect()
}
