//! What the window may ask: one Tauri command for each line of the use cases' table.
//!
//! A command takes its arguments, calls the use case of the same name and maps the error. The table
//! ([`yeji_app::for_each_command`]) is the only list: handler, permission file and TypeScript follow.

use std::path::Path;
use std::sync::Arc;

use tauri::ipc::{Channel, Invoke};
use tauri::{AppHandle, Manager, Runtime, State};
use yeji_app::api::{ApiError, Progress};
use yeji_app::{Desk, Error, Outside};

use crate::desktop::host::WindowHost;
use crate::outside::{Keyring, SystemClock, opening, system_language};
use crate::passphrase::Surroundings;

/// The desk in Tauri's state.
pub type Shared = Arc<Desk>;

macro_rules! tauri_commands {
    (
        short { $($short:ident($short_args:ty) -> $short_out:ty, needs $short_right:ident;)* }
        long { $($long:ident($long_args:ty) -> $long_out:ty, needs $long_right:ident;)* }
    ) => {
        mod made {
            use super::*;
            $(
                #[tauri::command]
                pub async fn $short(app: State<'_, Shared>, args: $short_args) -> Result<$short_out, ApiError> {
                    app.$short(args).await.map_err(|error| fail(stringify!($short), &error))
                }
            )*
            $(
                #[tauri::command]
                pub async fn $long(
                    app: State<'_, Shared>,
                    args: $long_args,
                    progress: Channel<Progress>,
                ) -> Result<$long_out, ApiError> {
                    // A window that is gone needs no progress.
                    let report = |step| drop(progress.send(step));
                    app.$long(args, &report).await.map_err(|error| fail(stringify!($long), &error))
                }
            )*
        }

        /// Answers the window's calls. `permissions/app.toml` lists the same commands.
        pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$(made::$short,)* $(made::$long,)*]
        }
    };
}

yeji_app::for_each_command!(tauri_commands);

/// Logs a failure under an id that the window shows.
fn fail(command: &str, error: &Error) -> ApiError {
    let trace_id = uuid::Uuid::now_v7().simple().to_string();
    tracing::warn!(command, trace_id, code = error.code(), "{error}");
    error.to_api(trace_id)
}

/// Opens the store before the window. One that cannot be opened becomes a state that the window shows.
pub fn manage<R: Runtime>(app: &AppHandle<R>, data: &Path) -> anyhow::Result<()> {
    let host = WindowHost::new(
        app.clone(),
        app.state::<crate::desktop::dialogs::Shared>()
            .inner()
            .clone(),
    );
    let outside = Outside {
        clock: Arc::new(SystemClock),
        host: Arc::new(host),
        secrets: Arc::new(Keyring),
        opening: opening(Arc::new(Surroundings::of_window()), false),
        source: "window",
        language: system_language(),
    };
    let opened: Shared = Arc::new(tauri::async_runtime::block_on(Desk::open_or_explain(
        data, outside,
    )));
    app.manage(opened);
    Ok(())
}
