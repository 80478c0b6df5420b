//! Which folders are watched, and what became of their files.

use std::path::{Path, PathBuf};

use serde_json::json;
use uuid::Uuid;
use yeji_store::{ChangeKind, Entity, Record, WatchedFile, WatchedFolder, watched_folder_id};

use super::Watching;
use crate::api::data::ImportDraft;
use crate::api::watching::{
    WatchFolder, WatchedFileArgs, WatchedFileInfo, WatchedFolderArgs, WatchedFolderInfo,
    WatchedList,
};
use crate::api::{Message, NoArgs};
use crate::context::App;
use crate::data::batch_info;
use crate::data::sessions::OpenImport;
use crate::data::sources::source_name;
use crate::data::templates::parse_kind;
use crate::error::{Error, Result};

/// Files that are listed, newest first.
const LISTED_FILES: u32 = 200;

impl App {
    /// The watched folders, and the newest of their files.
    pub async fn list_watched(&self, _: NoArgs) -> Result<WatchedList> {
        let memory = self.watching.lock().await;
        self.watched(&memory).await
    }

    pub(super) async fn watched(&self, memory: &Watching) -> Result<WatchedList> {
        let store = self.store()?;
        let folders = store.watched_folders().await?;
        let batches = store.batches().await?;
        let mut files = Vec::new();
        for file in store.watched_files(LISTED_FILES).await? {
            let id = Record::from(file.clone()).id();
            let batch = batches.iter().find(|batch| Some(batch.id) == file.batch);
            let reason = file
                .reason
                .and_then(|value| serde_json::from_value(value).ok());
            let undone_at = batch.and_then(|batch| batch.undone_at);
            let undone = undone_at.map(|at| {
                let day = self.clock.local(at).date().to_string();
                Message::new("watch_taken_back", &[("at", day)])
            });
            files.push(WatchedFileInfo {
                id,
                folder: file.folder,
                name: file.name,
                state: file.state,
                reason: undone.or(reason),
                at: file.at,
                batch: batch.cloned().map(batch_info),
            });
        }
        Ok(WatchedList {
            looked_at: memory.looked_at,
            every_seconds: super::LOOK_EVERY_SECONDS,
            folders: folders
                .into_iter()
                .map(|folder| {
                    let id = watched_folder_id(&folder.path);
                    WatchedFolderInfo {
                        id,
                        path: folder.path,
                        profile: folder.profile,
                        source: folder.source,
                        kind: folder.kind,
                        since: folder.since,
                        problem: memory.problems.get(&id).cloned(),
                        settling: memory.settling.get(&id).copied().unwrap_or_default(),
                    }
                })
                .collect(),
            files,
        })
    }

    /// Watches a folder that a dialog asks for; None: the dialog was closed.
    pub async fn watch_folder(&self, args: WatchFolder) -> Result<Option<WatchedList>> {
        match self.host.pick_folder().await {
            Some(folder) => self.watch_path(&folder, args).await.map(Some),
            None => Ok(None),
        }
    }

    /// Watches a folder; one that is watched already from now on in this way. One that was let go takes up
    /// where it was: what was taken and taken back is not taken again.
    pub async fn watch_path(&self, folder: &Path, args: WatchFolder) -> Result<WatchedList> {
        let path = std::fs::canonicalize(folder).map_err(Error::io(folder))?;
        if !path.is_dir() {
            let shown = path.to_string_lossy();
            return Err(Error::input("folder", &shown, "a folder"));
        }
        let Some(text) = path.to_str() else {
            let shown = path.to_string_lossy();
            return Err(Error::input(
                "folder",
                &shown,
                "a folder whose name is Unicode",
            ));
        };
        if let Some(kind) = &args.kind {
            parse_kind("kind", kind)?;
        }
        if let Some(name) = &args.profile {
            self.mapping_toml(name).await?;
        }
        let source = match &args.source {
            Some(name) => source_name(name)?,
            None => crate::data::DEFAULT_SOURCE.to_owned(),
        };
        let turn = self.turn().await;
        let store = self.store()?;
        let mut change = self.change(ChangeKind::Watch, json!({ "folder": text }));
        let known = store.watched_folders().await?;
        if !known.iter().any(|folder| folder.path == text) {
            let met = store.watched_files_let_go(watched_folder_id(text)).await?;
            // What failed is looked at anew: the folder may be read in another way now.
            let met = met.into_iter().filter(|file| file.state != "failed");
            change.put.extend(met.map(Record::from));
        }
        let folder = WatchedFolder {
            path: text.to_owned(),
            profile: args.profile,
            source,
            kind: args.kind,
            since: self.clock.now(),
        };
        change.put.push(folder.into());
        self.apply(change).await?;
        drop(turn);
        self.list_watched(NoArgs {}).await
    }

    /// No longer watches a folder nor lists its files. What was imported stays.
    pub async fn unwatch_folder(&self, args: WatchedFolderArgs) -> Result<WatchedList> {
        let store = self.store()?;
        let turn = self.turn().await;
        let folder = self.watched_folder(args.folder).await?;
        let mut change = self.change(
            ChangeKind::Watch,
            json!({ "folder": folder.path, "ended": true }),
        );
        for file in store.watched_files_of(args.folder).await? {
            change
                .delete
                .push((Entity::WatchedFile, Record::from(file).id()));
        }
        change.delete.push((Entity::WatchedFolder, args.folder));
        self.apply(change).await?;
        drop(turn);
        self.list_watched(NoArgs {}).await
    }

    /// Opens an import of a file that waits.
    pub async fn open_watched_file(&self, args: WatchedFileArgs) -> Result<ImportDraft> {
        let file = self.watched_file(args.file).await?;
        let folder = self.watched_folder(file.folder).await?;
        let open = OpenImport {
            keep_closed: folder.profile.is_none(),
            ..import_of(&folder, PathBuf::from(&folder.path).join(&file.name))
        };
        match self.open_import(open.clone()).await {
            // The folder's mapping does not fit: the person maps it.
            Err(Error::Input { .. }) => {
                let without = OpenImport {
                    profile: None,
                    ..open
                };
                self.open_import(without).await
            }
            opened => opened,
        }
    }

    /// Forgets what became of a file: the next look takes it as new.
    pub async fn retry_watched_file(&self, args: WatchedFileArgs) -> Result<WatchedList> {
        let turn = self.turn().await;
        let file = self.watched_file(args.file).await?;
        let mut change = self.change(ChangeKind::Watch, json!({ "file": file.name }));
        change.delete.push((Entity::WatchedFile, args.file));
        self.apply(change).await?;
        drop(turn);
        self.list_watched(NoArgs {}).await
    }

    async fn watched_file(&self, id: Uuid) -> Result<WatchedFile> {
        match self.store()?.record(Entity::WatchedFile, id).await? {
            Some(Record::WatchedFile(file)) => Ok(file),
            _ => Err(Error::NotFound {
                what: "file",
                value: id.to_string(),
            }),
        }
    }

    async fn watched_folder(&self, id: Uuid) -> Result<WatchedFolder> {
        match self.store()?.record(Entity::WatchedFolder, id).await? {
            Some(Record::WatchedFolder(folder)) => Ok(folder),
            _ => Err(Error::NotFound {
                what: "folder",
                value: id.to_string(),
            }),
        }
    }
}

/// How a file of a folder is imported.
pub(super) fn import_of(folder: &WatchedFolder, path: PathBuf) -> OpenImport {
    OpenImport {
        paths: vec![path],
        kind: folder.kind.clone(),
        profile: folder.profile.clone(),
        source: Some(folder.source.clone()),
        ..OpenImport::default()
    }
}

/// A failure of the file system as a sentence.
pub(super) fn sentence(error: &Error) -> Message {
    Message {
        code: error.code().to_owned(),
        params: error.params(),
    }
}
