//! The look into watched folders while the window is open: a task beside it, which never blocks a page.

use std::time::Duration;

use tauri::{AppHandle, Manager, Runtime};
use yeji_app::api::NoArgs;
use yeji_app::data::LOOK_EVERY_SECONDS;

use crate::commands::Shared;

/// Starts looking. It ends with the program.
pub(super) fn start<R: Runtime>(app: &AppHandle<R>) {
    let desk = app.state::<Shared>().inner().clone();
    tauri::async_runtime::spawn(async move {
        let mut told = None;
        loop {
            let failed = desk.look_into_watched(NoArgs {}).await.err();
            let code = failed.as_ref().map(yeji_app::Error::code);
            // A locked window, nobody signed in, a full disk: the next look tries again, the log says
            // it once.
            if let Some(error) = failed.filter(|_| code != told) {
                tracing::info!("watched folders were not looked into: {error}");
            }
            told = code;
            tokio::time::sleep(Duration::from_secs(LOOK_EVERY_SECONDS)).await;
        }
    });
}
