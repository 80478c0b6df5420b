//! The one way to the system's file dialogs.
//!
//! Rust opens them, never the page, so that a command only ever sees a path the user chose. Behind
//! a trait, so that the tests of the window can answer where no person sits.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use tauri::{AppHandle, Runtime};

use super::automation;

mod scripted;
mod system;

/// The dialogs in Tauri's state: `tauri::State<'_, desktop::dialogs::Shared>`.
pub type Shared = Arc<dyn Dialogs>;

/// Names the file of prepared answers for a window under test.
pub const SCRIPT_VARIABLE: &str = "YEJI_TEST_DIALOGS";

/// What a dialog shows.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// The dialog's title, in the user's language.
    pub title: String,
    /// The kinds of files to choose from; none shows every file.
    pub kinds: Vec<FileKind>,
    /// The proposed name of a file to be written.
    pub file_name: Option<String>,
    /// The folder to begin in.
    pub directory: Option<PathBuf>,
}

/// One line in the dialog's list of file kinds.
#[derive(Debug, Clone)]
pub struct FileKind {
    /// As the user reads it, such as `CSV`.
    pub name: String,
    /// Extensions without dot.
    pub extensions: Vec<String>,
}

/// Why a dialog brought no answer. A user who cancels is no error.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system closed the dialog without a word, as when the program ends.
    #[error("the dialog was closed by the system before it answered")]
    Closed,
    /// The chosen thing is no file on this machine.
    #[error("the chosen place {0} is not a file or folder on this computer")]
    NotLocal(String),
    /// Only under test: the script has no (more) answers, or one that cannot be read.
    #[error("the test's answers to dialogs: {0}")]
    Script(String),
}

/// Asks the user for files and folders; `None` means cancelled.
#[async_trait]
pub trait Dialogs: Send + Sync + std::fmt::Debug {
    /// One or more existing files.
    async fn pick_files(&self, ask: Ask) -> Result<Option<Vec<PathBuf>>, Error>;
    /// One existing folder.
    async fn pick_folder(&self, ask: Ask) -> Result<Option<PathBuf>, Error>;
    /// A file to write. The dialog asks before it names an existing one.
    async fn save_file(&self, ask: Ask) -> Result<Option<PathBuf>, Error>;
}

/// The system's dialogs, or a test's answers where a test drives the window.
pub fn for_app<R: Runtime>(app: &AppHandle<R>) -> Shared {
    match std::env::var_os(SCRIPT_VARIABLE) {
        Some(file) if automation::is_on() => Arc::new(scripted::Scripted::new(file.into())),
        _ => Arc::new(system::System::new(app.clone())),
    }
}
