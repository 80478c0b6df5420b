//! Several companies: the stores that were open before, and going from one to another.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use yeji_store::{Probe, Store};

use super::error::KeepingError;
use super::swap::Meanwhile;
use crate::api::NoArgs;
use crate::api::keeping::{KnownStore, SwitchStore};
use crate::api::settings::Status;
use crate::context::{Access, App, Shared};
use crate::error::{Error, Result};
use crate::keys::{KeyError, open_store};

/// The list, in the program's own folder. It names folders only: the company's name is in the store.
const LIST_FILE: &str = "recent-stores.json";
const MAX_STORES: usize = 20;
const MAX_LIST_BYTES: u64 = 1 << 20;

/// A line of the list.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Entry {
    path: PathBuf,
    opened_at: DateTime<Utc>,
}

impl App {
    /// The stores that were open before on this computer, the present one first.
    #[expect(
        clippy::unused_async,
        reason = "every use case of the command table is awaited"
    )]
    pub async fn list_stores(&self, _: NoArgs) -> Result<Vec<KnownStore>> {
        self.lock.check()?;
        let present = self.dir();
        let mut entries = self.entries();
        entries.retain(|entry| entry.path != present);
        let mut known = vec![KnownStore {
            path: present.display().to_string(),
            name: folder_name(&present),
            present: true,
            exists: true,
            opened_at: None,
        }];
        known.extend(entries.iter().map(|entry| KnownStore {
            path: entry.path.display().to_string(),
            name: folder_name(&entry.path),
            present: false,
            exists: matches!(
                Store::probe(&entry.path),
                Ok(Probe::Plain | Probe::Encrypted)
            ),
            opened_at: Some(entry.opened_at),
        }));
        Ok(known)
    }

    /// Opens a store of the list instead of the present one. Its path has to be in the list: the
    /// window names no other.
    pub async fn switch_store(&self, args: SwitchStore) -> Result<Status> {
        self.lock.check()?;
        let entries = self.entries();
        let entry = entries
            .iter()
            .find(|entry| entry.path.display().to_string() == args.path);
        let gone = || KeepingError::StoreGone {
            path: args.path.clone(),
        };
        let path = entry.map(|entry| entry.path.clone()).ok_or_else(gone)?;
        if Store::probe(&path)? == Probe::Absent {
            return Err(gone().into());
        }
        self.switch_to(&path).await
    }

    /// Opens the store in a folder that a person chooses; where none is, the window offers to make one.
    pub async fn pick_store(&self, _: NoArgs) -> Result<Option<Status>> {
        self.lock.check()?;
        let Some(path) = self.host.pick_folder().await else {
            return Ok(None);
        };
        self.switch_to(&path).await.map(Some)
    }

    async fn switch_to(&self, dir: &Path) -> Result<Status> {
        let turn = self.turn().await;
        let one_at_a_time = self.opening.lock().await;
        if dir != self.dir() {
            let opened = match Store::probe(dir)? {
                // A new store is made by a person's word, never by opening a folder.
                Probe::Absent => Err(KeyError::ChoiceNeeded(dir.to_owned()).into()),
                _ => open_store(dir, Access::Change, &self.outside).await,
            };
            let opened = match opened {
                Err(
                    error @ Error::Keys(KeyError::ChoiceNeeded(_) | KeyError::PassphraseNeeded(_)),
                ) => Err(error),
                // With any other error the present store stays open.
                opened => Ok(opened?),
            };
            // An account of the one store is nobody in the other, also where that is a copy of the first.
            self.note_leaving().await;
            self.leave();
            let before = self.set_opened(opened);
            self.set_dir(dir);
            self.keeping.reset();
            // Closed, not only dropped: going straight back must not find its file half closed.
            if let Ok(before) = before
                && let Err((_, error)) = self.close_now(before, Meanwhile::Anything).await
            {
                tracing::warn!("the store of before was not closed: {error}");
            }
            self.remember_store();
        }
        drop(one_at_a_time);
        drop(turn);
        self.announce_all();
        self.get_status(NoArgs {}).await
    }
}

impl Shared {
    /// Puts the present store at the head of the list. A list that cannot be written is no reason not
    /// to work.
    pub(crate) fn remember_store(&self) {
        let Some(folder) = &self.outside.opening.own_folder else {
            return;
        };
        let present = self.dir();
        let mut entries = self.entries();
        entries.retain(|entry| entry.path != present);
        entries.insert(
            0,
            Entry {
                path: present,
                opened_at: self.clock.now(),
            },
        );
        entries.truncate(MAX_STORES);
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| Ok(serde_json::to_vec_pretty(&entries)?))
            .and_then(|text| std::fs::write(folder.join(LIST_FILE), text));
        if let Err(error) = written {
            tracing::warn!("the list of stores was not written: {error}");
        }
    }

    fn entries(&self) -> Vec<Entry> {
        let Some(folder) = &self.outside.opening.own_folder else {
            return Vec::new();
        };
        let file = folder.join(LIST_FILE);
        let small = std::fs::metadata(&file).is_ok_and(|data| data.len() <= MAX_LIST_BYTES);
        let text = if small {
            std::fs::read(&file).ok()
        } else {
            None
        };
        text.and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default()
    }
}

fn folder_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
