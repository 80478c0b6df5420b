//! The log: on standard error, warnings and above unless `YEJI_LOG` says otherwise.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts it; a second start in one process changes nothing.
pub fn start() {
    let filter = EnvFilter::try_from_env("YEJI_LOG")
        .unwrap_or_else(|_| EnvFilter::new("error,yeji_app=warn,yeji_lib=warn"));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .without_time();
    // Already started: the first one stays.
    drop(subscriber.try_init());
}
