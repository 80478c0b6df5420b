//! What the window may ask. A command parses, calls a use case and maps the error.

use std::path::Path;

use tauri::ipc::Invoke;
use tauri::{AppHandle, Runtime};

/// Answers the window's calls. `permissions/app.toml` lists the same commands.
pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![]
}

/// Puts into Tauri's state what the commands need, before the window opens.
pub fn manage<R: Runtime>(_app: &AppHandle<R>, data: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(data)?;
    Ok(())
}
