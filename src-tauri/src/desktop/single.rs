//! One running window: a second start brings the first to the front.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

use super::MAIN_WINDOW;
use crate::data_dir;
use crate::start::{self, Start};

/// Must be the first plugin. `data` is the store that this process shows.
pub(super) fn plugin(data: PathBuf) -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::init(move |app, arguments, folder| {
        focus(app);
        let wanted = wanted_store(&arguments, Path::new(&folder));
        if wanted.as_ref().is_some_and(|wanted| *wanted != data) {
            refuse(app, &data);
        }
    })
}

fn focus(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN_WINDOW) {
        // Best effort: a desktop may refuse to raise a window, and then there is nothing to do.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// The store the second start asked for. A relative one means the second start's folder.
fn wanted_store(arguments: &[String], folder: &Path) -> Option<PathBuf> {
    let arguments: Vec<OsString> = arguments.iter().skip(1).map(OsString::from).collect();
    match start::choose(&arguments, true) {
        Start::Window { data } => data_dir::resolve(data.map(|data| folder.join(data)))
            .ok()
            .flatten(),
        Start::CommandLine | Start::NoDisplay => None,
    }
}

/// Without this, a person would take the first store for the second.
fn refuse(app: &AppHandle, data: &Path) {
    app.dialog()
        .message(format!(
            "业绩已打开另一个数据目录:{0}\n请先关闭此窗口,再打开所需的目录。\n\n\
             Yeji is already open with another store: {0}\nClose this window first to open the other one.",
            data.display()
        ))
        .title("业绩 Yeji")
        .kind(MessageDialogKind::Info)
        .show(|_| {});
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_store_means_the_folder_of_the_second_start() {
        let here = std::env::temp_dir();
        let arguments = ["yeji", "--data", "shop"].map(String::from);
        assert_eq!(wanted_store(&arguments, &here), Some(here.join("shop")));
    }
}
