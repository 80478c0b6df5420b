//! The real dialogs of the desktop.

use std::path::PathBuf;

use async_trait::async_trait;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

use super::{Ask, Dialogs, Error};
use crate::desktop::MAIN_WINDOW;

#[derive(Debug)]
pub(super) struct System<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> System<R> {
    pub(super) fn new(app: AppHandle<R>) -> Self {
        Self { app }
    }

    fn builder(&self, ask: Ask) -> FileDialogBuilder<R> {
        let mut dialog = self.app.dialog().file().set_title(ask.title);
        if let Some(window) = self.app.get_webview_window(MAIN_WINDOW) {
            dialog = dialog.set_parent(&window);
        }
        for kind in &ask.kinds {
            let extensions: Vec<&str> = kind.extensions.iter().map(String::as_str).collect();
            dialog = dialog.add_filter(&kind.name, &extensions);
        }
        if let Some(name) = ask.file_name {
            dialog = dialog.set_file_name(name);
        }
        if let Some(directory) = ask.directory {
            dialog = dialog.set_directory(directory);
        }
        dialog
    }
}

#[async_trait]
impl<R: Runtime> Dialogs for System<R> {
    async fn pick_files(&self, ask: Ask) -> Result<Option<Vec<PathBuf>>, Error> {
        let (sender, answer) = oneshot::channel();
        self.builder(ask)
            .pick_files(|files| drop(sender.send(files)));
        let files = answer.await.map_err(|_| Error::Closed)?;
        files
            .map(|files| files.into_iter().map(local).collect())
            .transpose()
    }

    async fn pick_folder(&self, ask: Ask) -> Result<Option<PathBuf>, Error> {
        let (sender, answer) = oneshot::channel();
        self.builder(ask)
            .pick_folder(|folder| drop(sender.send(folder)));
        answer
            .await
            .map_err(|_| Error::Closed)?
            .map(local)
            .transpose()
    }

    async fn save_file(&self, ask: Ask) -> Result<Option<PathBuf>, Error> {
        let (sender, answer) = oneshot::channel();
        self.builder(ask).save_file(|file| drop(sender.send(file)));
        answer
            .await
            .map_err(|_| Error::Closed)?
            .map(local)
            .transpose()
    }
}

fn local(chosen: FilePath) -> Result<PathBuf, Error> {
    let shown = chosen.to_string();
    chosen.into_path().map_err(|_| Error::NotLocal(shown))
}
