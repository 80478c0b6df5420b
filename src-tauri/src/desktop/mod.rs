//! The window and what belongs to a desktop: dialogs, one running copy, remembered size.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tauri::{App, Manager, WebviewWindowBuilder};

use crate::{commands, data_dir};

pub mod assets;
pub mod automation;
pub mod dialogs;
pub mod host;
mod single;
mod watching;

/// The label of the one window, in `tauri.conf.json` and in the capabilities.
pub const MAIN_WINDOW: &str = "main";

/// Opens the window on a store and returns when it is closed.
///
/// # Errors
/// When no folder for the store can be found, or the window cannot be made.
pub fn open(data: Option<PathBuf>) -> anyhow::Result<()> {
    crate::log::start(crate::log::WINDOW);
    let data = data_dir::resolve(data)?.context(
        "the system names no folder for application data; name the store with `--data DIR`",
    )?;
    let mut builder = tauri::Builder::default();
    // A window under test is nobody's second copy: the one before may still be closing.
    if !automation::is_on() {
        // First, as its documentation asks: a second copy has to end before it opens a store.
        builder = builder.plugin(single::plugin(data.clone()));
    }
    builder
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init())
        .register_uri_scheme_protocol(assets::SCHEME, |_context, request| {
            assets::answer(request.uri().path())
        })
        .invoke_handler(commands::handler())
        .setup(move |app| Ok(set_up(app, &data)?))
        .run(crate::context())
        .context("the window could not be opened")
}

fn set_up(app: &App, data: &Path) -> anyhow::Result<()> {
    app.manage(dialogs::for_app(app.handle()));
    commands::manage(app.handle(), data)?;
    watching::start(app.handle());
    open_window(app, data)
}

/// Opens the configured window, with the web view's own files beside the store: two stores then
/// share no page state, and a test leaves nothing in the user's home.
fn open_window(app: &App, data: &Path) -> anyhow::Result<()> {
    let configuration = app
        .config()
        .app
        .windows
        .iter()
        .find(|window| window.label == MAIN_WINDOW)
        .context("tauri.conf.json configures no window with the label `main`")?;
    WebviewWindowBuilder::from_config(app.handle(), configuration)?
        .data_directory(data.join("webview"))
        .on_navigation(stays_inside)
        .build()?;
    Ok(())
}

/// The page never leaves the program: no remote address, also not by a link in a customer's name.
fn stays_inside(address: &tauri::Url) -> bool {
    let development =
        cfg!(not(feature = "custom-protocol")) && address.host_str() == Some("localhost");
    address.scheme() == "tauri" || address.host_str() == Some("tauri.localhost") || development
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_stays_inside() {
        let check = |address: &str, expected: bool| {
            assert_eq!(
                stays_inside(&address.parse().expect("an address")),
                expected,
                "{address}"
            );
        };
        check("tauri://localhost/index.html#/goals", true);
        check("http://tauri.localhost/", true);
        check("https://example.org/", false);
        check(
            "http://localhost:5173/",
            cfg!(not(feature = "custom-protocol")),
        );
        check("file:///etc/passwd", false);
    }
}
