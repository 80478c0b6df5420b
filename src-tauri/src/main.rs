//! Window or command line: the arguments decide.
//!
//! On Windows this stays a console program on purpose. A `windows` subsystem program has no
//! standard output of its own and the command prompt does not wait for it, so an administrator's
//! script would see neither results nor exit status. `windows.manifest` and [`start::detach`]
//! keep the console away when the window is what was asked for.

use std::process::ExitCode;

use yeji_lib::start::{self, Start};
use yeji_lib::{cli, desktop};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    match start::choose(&arguments[1..], start::has_display()) {
        Start::CommandLine => cli::run(&arguments),
        Start::NoDisplay => {
            eprintln!("{}", start::no_display_message(&cli::command_names()));
            ExitCode::FAILURE
        }
        Start::Window { data } => {
            if start::detach() {
                return ExitCode::SUCCESS;
            }
            match desktop::open(data) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    eprintln!("yeji: {error:#}");
                    ExitCode::FAILURE
                }
            }
        }
    }
}
