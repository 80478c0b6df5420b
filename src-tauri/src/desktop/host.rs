//! Dialogs and events for the use cases, on a real window.

use std::path::PathBuf;

use async_trait::async_trait;
use tauri::{AppHandle, Emitter, Runtime};
use yeji_app::api::{Changed, Message};
use yeji_app::host::Host;
use yeji_report::Lang;

use super::dialogs::{Ask, Error, FileKind, Shared};
use crate::words;

/// The event by which the window learns what to fetch again.
pub const CHANGED: &str = "changed";

/// A window with its dialogs.
#[derive(Debug)]
pub struct WindowHost<R: Runtime> {
    app: AppHandle<R>,
    dialogs: Shared,
}

impl<R: Runtime> WindowHost<R> {
    /// The host of an app's window.
    pub fn new(app: AppHandle<R>, dialogs: Shared) -> Self {
        Self { app, dialogs }
    }

    /// One existing file of a kind.
    async fn pick_one(&self, name: &str, extensions: &[&str]) -> Option<PathBuf> {
        let kind = FileKind {
            name: name.to_owned(),
            extensions: extensions.iter().map(|end| (*end).to_owned()).collect(),
        };
        let ask = Ask {
            kinds: vec![kind],
            ..Ask::default()
        };
        let picked = answered(self.dialogs.pick_files(ask).await)?;
        picked.into_iter().next()
    }
}

/// A dialog that failed is one that brought no answer; the log says why.
fn answered<T>(result: Result<Option<T>, Error>) -> Option<T> {
    result.unwrap_or_else(|error| {
        tracing::error!("{error}");
        None
    })
}

#[async_trait]
impl<R: Runtime> Host for WindowHost<R> {
    async fn pick_files(&self) -> Vec<PathBuf> {
        let kind = FileKind {
            name: "CSV, XLSX".to_owned(),
            extensions: ["csv", "tsv", "txt", "xlsx", "xlsm"]
                .map(str::to_owned)
                .to_vec(),
        };
        let ask = Ask {
            kinds: vec![kind],
            ..Ask::default()
        };
        answered(self.dialogs.pick_files(ask).await).unwrap_or_default()
    }

    async fn pick_folder(&self) -> Option<PathBuf> {
        answered(self.dialogs.pick_folder(Ask::default()).await)
    }

    async fn pick_backup(&self) -> Option<PathBuf> {
        self.pick_one("Yeji", &["yejibackup", "yejipersonal"]).await
    }

    async fn pick_return(&self) -> Option<PathBuf> {
        self.pick_one("Yeji", &["yejireturn"]).await
    }

    async fn pick_mapping(&self) -> Option<PathBuf> {
        self.pick_one("TOML", &["toml"]).await
    }

    async fn pick_sheet(&self) -> Option<PathBuf> {
        self.pick_one("Excel, CSV", &["xlsx", "xlsm", "csv"]).await
    }

    async fn save_file(&self, suggested_name: &str) -> Option<PathBuf> {
        let ask = Ask {
            file_name: Some(suggested_name.to_owned()),
            ..Ask::default()
        };
        answered(self.dialogs.save_file(ask).await)
    }

    fn say(&self, message: &Message) -> String {
        words::say(message)
    }

    fn say_in(&self, message: &Message, lang: Lang) -> String {
        words::say_in(message, lang)
    }

    fn changed(&self, changed: Changed) {
        if let Err(error) = self.app.emit(CHANGED, changed) {
            tracing::error!("the window was not told of a change: {error}");
        }
    }
}
