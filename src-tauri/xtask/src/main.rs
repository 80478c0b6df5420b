//! `cargo xtask VERB`: everything a checkout needs, with nothing installed but Rust and Node.js.

use std::process::ExitCode;

#[cfg(feature = "icons")]
mod icons;
mod leftovers;
mod packages;
mod process;
mod run;
mod summary;
mod test;
mod ui;
mod watched;

const HELP: &str = "\
cargo xtask run [--release] [-- ARGUMENTS]   install what is missing, build, open the window
cargo xtask test [--fast]                    install what is missing, run every test (--fast: not the window)
cargo run -p xtask --features icons -- icons draw icons/ from icons/icon.svg";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["run", "--release", "--", program @ ..] => run::run(true, program),
        ["run", "--", program @ ..] => run::run(false, program),
        ["run", "--release"] => run::run(true, &[]),
        ["run"] => run::run(false, &[]),
        ["test"] => Ok(test::test(false)),
        ["test", "--fast"] => Ok(test::test(true)),
        #[cfg(feature = "icons")]
        ["icons"] => icons::draw().map(|()| true),
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(true)
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
