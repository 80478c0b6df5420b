//! Whether a test drives the window.

/// Set to `true` for a window under test; Tauri reads the same variable.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// True in a debug build that a driver started. A released program never is: nobody's environment
/// may answer its dialogs.
pub fn is_on() -> bool {
    cfg!(debug_assertions) && std::env::var_os(AUTOMATION).is_some_and(|value| value == "true")
}
