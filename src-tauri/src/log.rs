//! The log on standard error; `YEJI_LOG` says what is in it.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Of the window: what goes wrong is read by whoever started it.
pub const WINDOW: &str = "error,yeji_app=warn,yeji_lib=warn";
/// Of a command, which says in the user's language what goes wrong in the use cases.
pub const COMMAND: &str = "error,yeji_app=off";

/// Starts it with what is in it by default; a second start in one process changes nothing.
pub fn start(default: &str) {
    let filter = EnvFilter::try_from_env("YEJI_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .without_time();
    // Already started: the first one stays.
    drop(subscriber.try_init());
}
