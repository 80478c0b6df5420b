//! A test's answers: a file with one JSON value a line, taken from the top.
//!
//! `null` cancels, `["a.csv", "b.csv"]` chooses. The file is read at each dialog, so a test can
//! add answers while the window is open; answers that were given stay in it and are counted here.

use std::path::PathBuf;
use std::sync::Mutex;

use async_trait::async_trait;

use super::{Ask, Dialogs, Error};

#[derive(Debug)]
pub(super) struct Scripted {
    file: PathBuf,
    /// How many lines were answered.
    given: Mutex<usize>,
}

impl Scripted {
    pub(super) fn new(file: PathBuf) -> Self {
        Self {
            file,
            given: Mutex::new(0),
        }
    }

    fn next(&self, ask: &Ask) -> Result<Option<Vec<PathBuf>>, Error> {
        let mut given = self
            .given
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let text = std::fs::read_to_string(&self.file)
            .map_err(|error| Error::Script(format!("{}: {error}", self.file.display())))?;
        let line = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .nth(*given)
            .ok_or_else(|| {
                Error::Script(format!(
                    "none is left for “{}” after {given} answers",
                    ask.title
                ))
            })?;
        let answer = serde_json::from_str(line)
            .map_err(|error| Error::Script(format!("answer {}: {error}", *given + 1)))?;
        *given += 1;
        Ok(answer)
    }

    fn next_single(&self, ask: &Ask) -> Result<Option<PathBuf>, Error> {
        let Some(paths) = self.next(ask)? else {
            return Ok(None);
        };
        match <[PathBuf; 1]>::try_from(paths) {
            Ok([path]) => Ok(Some(path)),
            Err(paths) => Err(Error::Script(format!(
                "“{}” takes one path, not {}",
                ask.title,
                paths.len()
            ))),
        }
    }
}

#[async_trait]
impl Dialogs for Scripted {
    async fn pick_files(&self, ask: Ask) -> Result<Option<Vec<PathBuf>>, Error> {
        self.next(&ask)
    }

    async fn pick_folder(&self, ask: Ask) -> Result<Option<PathBuf>, Error> {
        self.next_single(&ask)
    }

    async fn save_file(&self, ask: Ask) -> Result<Option<PathBuf>, Error> {
        self.next_single(&ask)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn answers_come_in_order_and_end_with_an_error() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("answers");
        std::fs::write(&file, "[\"a\",\"b\"]\n\nnull\n[\"c\"]\n").expect("a writable folder");
        let dialogs = Scripted::new(file);
        let ask = || Ask {
            title: "Open".into(),
            ..Ask::default()
        };

        let files = dialogs.pick_files(ask()).await.expect("the first answer");
        assert_eq!(files, Some(vec!["a".into(), "b".into()]));
        assert_eq!(
            dialogs.pick_folder(ask()).await.expect("the second answer"),
            None
        );
        assert_eq!(
            dialogs.save_file(ask()).await.expect("the third answer"),
            Some("c".into())
        );
        let error = dialogs
            .save_file(ask())
            .await
            .expect_err("an empty script must not hang or guess");
        assert!(
            error.to_string().contains("Open"),
            "it has to name the dialog: {error}"
        );
    }
}
