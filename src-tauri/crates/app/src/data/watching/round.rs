//! One look into the watched folders.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;
use yeji_store::{ChangeKind, Record, Store, WatchedFile, WatchedFolder, watched_folder_id};

use super::files::{self, Found};
use super::folders::{import_of, sentence};
use super::verdict::Verdict;
use super::{Seen, Watching};
use crate::api::watching::WatchedList;
use crate::api::{Message, NoArgs};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::Result;

/// The state of a file that waits for a person.
const WAITING: &str = "waiting";

impl App {
    /// Looks into every watched folder and takes the exports that lie still since the last look. One look
    /// at a time; a folder that is away is told and looked for again.
    pub async fn look_into_watched(&self, _: NoArgs) -> Result<WatchedList> {
        let mut memory = self.watching.lock().await;
        let store = self.store()?;
        let before = (memory.problems.clone(), memory.settling.clone());
        let mut present = HashSet::new();
        for folder in store.watched_folders().await? {
            let id = watched_folder_id(&folder.path);
            let path = PathBuf::from(&folder.path);
            let listed = blocking(move || files::tables(&path)).await;
            match listed {
                Ok(found) => {
                    memory.problems.remove(&id);
                    present.extend(found.iter().map(|one| one.path.clone()));
                    self.take_new(&mut memory, &folder, found).await?;
                }
                Err(error) => {
                    // A share that comes back has the same files: what was seen stays.
                    present.extend(
                        memory
                            .seen
                            .keys()
                            .filter(|one| lies_in(one, &folder))
                            .cloned(),
                    );
                    memory.settling.remove(&id);
                    memory.problems.insert(id, sentence(&error));
                }
            }
        }
        memory.seen.retain(|path, _| present.contains(path));
        memory.looked_at = Some(self.clock.now());
        if before != (memory.problems.clone(), memory.settling.clone()) {
            self.tell(vec!["batches".to_owned()]);
        }
        self.watched(&memory).await
    }

    async fn take_new(
        &self,
        memory: &mut Watching,
        folder: &WatchedFolder,
        found: Vec<Found>,
    ) -> Result<()> {
        let id = watched_folder_id(&folder.path);
        let store = self.store()?;
        let mut settling = 0;
        for one in found {
            if !self.goes_on(&store).await {
                return Ok(());
            }
            let last = memory.seen.get(&one.path);
            let still = last.is_some_and(|last| last.stat == one.stat);
            let known = last.filter(|_| still).and_then(|last| last.hash.clone());
            let stat = one.stat.clone();
            let seen = Seen {
                stat,
                hash: known.clone(),
            };
            memory.seen.insert(one.path.clone(), seen);
            if !still {
                settling += 1;
                continue;
            }
            let hash = match known {
                Some(hash) => Some(hash),
                None => self.content(one.clone()).await,
            };
            let Some(hash) = hash else {
                settling += 1;
                memory.seen.remove(&one.path);
                continue;
            };
            if let Some(seen) = memory.seen.get_mut(&one.path) {
                seen.hash = Some(hash.clone());
            }
            // Hashing takes long for a large file on a share.
            if !self.goes_on(&store).await {
                return Ok(());
            }
            self.take(memory, folder, &one, hash).await?;
        }
        if settling > 0 {
            memory.settling.insert(id, settling);
        } else {
            memory.settling.remove(&id);
        }
        Ok(())
    }

    /// Whether the look may go on: the same store is open, and who began it is still the one who acts.
    async fn goes_on(&self, store: &Arc<Store>) -> bool {
        let same = self.store().is_ok_and(|now| Arc::ptr_eq(&now, store));
        same && self.acting().await.is_ok_and(|now| now == *self.actor())
    }

    /// What names a file's content; none if it is being written. A file that cannot be read is named by
    /// name, size and time, so that it is told once.
    async fn content(&self, found: Found) -> Option<String> {
        let unread = format!(
            "unread {} {} {:?}",
            found.name, found.stat.bytes, found.stat.modified
        );
        blocking(move || files::hash(&found))
            .await
            .unwrap_or(Some(unread))
    }

    async fn take(
        &self,
        memory: &mut Watching,
        folder: &WatchedFolder,
        found: &Found,
        hash: String,
    ) -> Result<()> {
        let store = self.store()?;
        let folder_id = watched_folder_id(&folder.path);
        let known = store.watched_file(folder_id, &hash).await?;
        let latest = store.last_change().await?;
        let id = yeji_store::watched_file_id(folder_id, &hash);
        if let Some(file) = &known
            && (file.state != WAITING || memory.weighed.get(&id) == Some(&latest))
        {
            return Ok(());
        }
        let verdict = self.weigh(import_of(folder, found.path.clone())).await?;
        let (state, reason, batch) = match verdict {
            Verdict::Taken(batch) => ("taken", None, Some(batch)),
            Verdict::Nothing => ("nothing", None, None),
            Verdict::Waiting(reason) => (WAITING, Some(reason), None),
            Verdict::Failed(reason) => ("failed", Some(reason), None),
        };
        let said = |reason: &Option<Message>| reason.as_ref().map(|reason| json!(reason));
        let file = WatchedFile {
            folder: folder_id,
            hash,
            name: found.name.clone(),
            state: state.to_owned(),
            reason: said(&reason),
            batch,
            at: self.clock.now(),
        };
        let same = |old: &WatchedFile| {
            (&old.state, &old.reason, &old.name) == (&file.state, &file.reason, &file.name)
        };
        if !known.as_ref().is_some_and(same) {
            let turn = self.turn().await;
            let summary = json!({ "file": file.name, "state": state });
            let mut change = self.change(ChangeKind::Watch, summary);
            change.put.push(Record::from(file));
            self.apply(change).await?;
            drop(turn);
        }
        memory.weighed.insert(id, store.last_change().await?);
        Ok(())
    }
}

fn lies_in(path: &Path, folder: &WatchedFolder) -> bool {
    path.parent() == Some(Path::new(&folder.path))
}
