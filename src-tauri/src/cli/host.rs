//! The host of the command line: it picks no file and tells nobody, but has the words for what is written
//! into files.

use std::path::PathBuf;

use async_trait::async_trait;
use yeji_app::api::{Changed, Message};
use yeji_app::host::{Host, NoWindow};
use yeji_report::Lang;

use crate::words;

/// See the module.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terminal;

#[async_trait]
impl Host for Terminal {
    async fn pick_files(&self) -> Vec<PathBuf> {
        NoWindow.pick_files().await
    }
    async fn pick_folder(&self) -> Option<PathBuf> {
        NoWindow.pick_folder().await
    }
    async fn save_file(&self, suggested_name: &str) -> Option<PathBuf> {
        NoWindow.save_file(suggested_name).await
    }
    fn changed(&self, changed: Changed) {
        NoWindow.changed(changed);
    }
    fn say(&self, message: &Message) -> String {
        words::say(message)
    }
    fn say_in(&self, message: &Message, lang: Lang) -> String {
        words::say_in(message, lang)
    }
}
