//! The same use cases for the terminal.

use std::ffi::OsString;
use std::process::ExitCode;

/// The commands, as `yeji --help` lists them.
pub fn command_names() -> Vec<String> {
    Vec::new()
}

/// Runs one command. `arguments` starts with the program's name.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    eprintln!(
        "yeji: no command is known yet ({} arguments)",
        arguments.len() - 1
    );
    ExitCode::from(2)
}
