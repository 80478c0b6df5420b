//! One look into the watched folders.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;
use yeji_store::{ChangeKind, Record, Store, WatchedFile, WatchedFolder, watched_folder_id};

use super::files::{self, Found};
use super::folders::{import_of, sentence};
use super::verdict::{Looked, Verdict};
use super::{Seen, Trouble, Watching};
use crate::api::watching::WatchedList;
use crate::api::{Message, NoArgs};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::{Error, Result};

/// The state of a file that waits for a person.
const WAITING: &str = "waiting";
/// Looks between two tries at a file that cannot be read double up to this power of two.
const LONGEST_PAUSE: u32 = 6;

/// What a look made of a file.
enum Met {
    /// It is known what became of it.
    Done,
    /// It is being written, or was not there long enough.
    Settling,
    /// It cannot be read now.
    Trouble(Message),
    /// Another store is open, or somebody else acts: the look is over.
    Over,
}

impl App {
    /// Looks into every watched folder and takes the exports that lie still since the last look. One look
    /// at a time; a folder that is away is told and looked for again.
    pub async fn look_into_watched(&self, _: NoArgs) -> Result<WatchedList> {
        self.look(false).await
    }

    /// As [`App::look_into_watched`], for looks that follow each other quickly: what lies still is told by
    /// the content too, because a copy may have its full length and its time from the beginning.
    pub async fn look_closely_into_watched(&self) -> Result<WatchedList> {
        self.look(true).await
    }

    async fn look(&self, closely: bool) -> Result<WatchedList> {
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
                    present.extend(found.iter().map(|one| one.path.clone()));
                    self.take_new(&mut memory, &folder, found, closely).await?;
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
        memory.troubled.retain(|path, _| present.contains(path));
        memory.looked_at = Some(self.clock.now());
        if before != (memory.problems.clone(), memory.settling.clone()) {
            self.tell(vec!["batches".to_owned()]);
        }
        self.watched(&memory).await
    }

    /// Looks at the files that a folder was found to have.
    pub(super) async fn take_new(
        &self,
        memory: &mut Watching,
        folder: &WatchedFolder,
        found: Vec<Found>,
        closely: bool,
    ) -> Result<()> {
        let id = watched_folder_id(&folder.path);
        let store = self.store()?;
        let (mut settling, mut problem) = (0, None);
        for one in found {
            if !self.goes_on(&store).await {
                return Ok(());
            }
            match self
                .look_at_file(memory, folder, &store, &one, closely)
                .await?
            {
                Met::Done => {}
                Met::Settling => settling += 1,
                Met::Trouble(reason) => {
                    settling += 1;
                    problem.get_or_insert(reason);
                }
                Met::Over => return Ok(()),
            }
        }
        if settling > 0 {
            memory.settling.insert(id, settling);
        } else {
            memory.settling.remove(&id);
        }
        match problem {
            Some(problem) => memory.problems.insert(id, problem),
            None => memory.problems.remove(&id),
        };
        Ok(())
    }

    async fn look_at_file(
        &self,
        memory: &mut Watching,
        folder: &WatchedFolder,
        store: &Arc<Store>,
        found: &Found,
        closely: bool,
    ) -> Result<Met> {
        if let Some(pause) = memory.pause(found) {
            return Ok(pause);
        }
        let last = memory.seen.get(&found.path);
        let last = last.filter(|last| last.stat == found.stat).cloned();
        let seen = last.clone().unwrap_or_else(|| Seen::of(found));
        memory.seen.insert(found.path.clone(), seen);
        let Some(last) = last else {
            if closely {
                // Only to be compared: a file that cannot be read is told at the next look.
                let glimpsed = content(found).await.ok().flatten();
                memory.glimpsed(found, glimpsed);
            }
            return Ok(Met::Settling);
        };
        let read_now = last.hash.is_none();
        let hash = match last.hash {
            Some(hash) => hash,
            None => match content(found).await {
                Ok(Some(hash)) => hash,
                Ok(None) => return Ok(memory.begin_anew(found)),
                Err(error) => return Ok(memory.trouble(found, sentence(&error))),
            },
        };
        if closely && read_now && last.glimpsed.as_ref() != Some(&hash) {
            memory.glimpsed(found, Some(hash));
            return Ok(Met::Settling);
        }
        if let Some(seen) = memory.seen.get_mut(&found.path) {
            seen.hash = Some(hash.clone());
        }
        // Hashing takes long for a large file on a share.
        if !self.goes_on(store).await {
            return Ok(Met::Over);
        }
        self.take(memory, folder, store, found, hash, read_now)
            .await
    }

    /// Whether the look may go on: the same store is open, and who began it is still the one who acts.
    pub(super) async fn goes_on(&self, store: &Arc<Store>) -> bool {
        let same = self.store().is_ok_and(|now| Arc::ptr_eq(&now, store));
        same && self.acting().await.is_ok_and(|now| now == *self.actor())
    }

    async fn take(
        &self,
        memory: &mut Watching,
        folder: &WatchedFolder,
        store: &Arc<Store>,
        found: &Found,
        hash: String,
        read_now: bool,
    ) -> Result<Met> {
        let folder_id = watched_folder_id(&folder.path);
        let known = store.watched_file(folder_id, &hash).await?;
        let latest = store.last_change().await?;
        let id = yeji_store::watched_file_id(folder_id, &hash);
        if let Some(file) = &known
            && (file.state != WAITING || memory.weighed.get(&id) == Some(&latest))
        {
            memory.troubled.remove(&found.path);
            return Ok(Met::Done);
        }
        // A hash of an earlier look says what lay there then.
        if !read_now {
            match content(found).await {
                Ok(Some(now)) if now == hash => {}
                Ok(_) => return Ok(memory.begin_anew(found)),
                Err(error) => return Ok(memory.trouble(found, sentence(&error))),
            }
        }
        let looked = Looked {
            found,
            hash: &hash,
            folder: folder_id,
            store,
        };
        let open = import_of(folder, found.path.clone());
        let (state, reason, batch) = match self.weigh(open, &looked).await? {
            Verdict::Taken(batch, said) => ("taken", said, Some(batch)),
            Verdict::Nothing => ("nothing", None, None),
            Verdict::Waiting(reason) => (WAITING, Some(reason), None),
            Verdict::Failed(reason) => ("failed", Some(reason), None),
            Verdict::None(None) => return Ok(memory.begin_anew(found)),
            Verdict::None(Some(problem)) => return Ok(memory.trouble(found, problem)),
        };
        memory.troubled.remove(&found.path);
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
        let mut written = 0;
        if !known.as_ref().is_some_and(same) {
            let turn = self.turn().await;
            // What is written of A's file is not for B's store.
            if !self.goes_on(store).await {
                return Ok(Met::Over);
            }
            let summary = json!({ "file": file.name, "state": state });
            let mut change = self.change(ChangeKind::Watch, summary);
            change.put.push(Record::from(file));
            self.apply(change).await?;
            drop(turn);
            written = 1;
        }
        // A decision that somebody made while the file was weighed is not known to the verdict: then the
        // next look weighs it again.
        let now = store.last_change().await?;
        let own_only = now == latest + written;
        memory
            .weighed
            .insert(id, if own_only { now } else { latest });
        Ok(Met::Done)
    }
}

impl Seen {
    fn of(found: &Found) -> Self {
        Self {
            stat: found.stat.clone(),
            hash: None,
            glimpsed: None,
        }
    }
}

impl Watching {
    /// Whether a file that could not be read is left alone at this look.
    fn pause(&mut self, found: &Found) -> Option<Met> {
        let trouble = self.troubled.get_mut(&found.path)?;
        if trouble.stat != found.stat || trouble.pause == 0 {
            return None;
        }
        trouble.pause -= 1;
        Some(Met::Trouble(trouble.problem.clone()))
    }

    /// A file that cannot be read now may be readable in a second (Excel, a virus scanner, a share): that
    /// says nothing of its content. It is tried again, ever less often.
    fn trouble(&mut self, found: &Found, problem: Message) -> Met {
        let before = self.troubled.remove(&found.path);
        let met = before
            .filter(|one| one.stat == found.stat)
            .map_or(0, |one| one.met);
        let trouble = Trouble {
            stat: found.stat.clone(),
            problem: problem.clone(),
            met: met.saturating_add(1),
            pause: (1 << met.min(LONGEST_PAUSE)) - 1,
        };
        self.troubled.insert(found.path.clone(), trouble);
        if let Some(seen) = self.seen.get_mut(&found.path) {
            seen.hash = None;
        }
        Met::Trouble(problem)
    }

    /// The file is not what it was: it is looked at as a new one.
    fn begin_anew(&mut self, found: &Found) -> Met {
        self.seen.remove(&found.path);
        Met::Settling
    }

    fn glimpsed(&mut self, found: &Found, hash: Option<String>) {
        if let Some(seen) = self.seen.get_mut(&found.path) {
            seen.glimpsed = hash;
        }
    }
}

/// What names a file's content; none if it is being written, or went away.
pub(super) async fn content(found: &Found) -> Result<Option<String>> {
    let found = found.clone();
    match blocking(move || files::hash(&found)).await {
        Err(Error::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
        hashed => hashed,
    }
}

fn lies_in(path: &Path, folder: &WatchedFolder) -> bool {
    path.parent() == Some(Path::new(&folder.path))
}
