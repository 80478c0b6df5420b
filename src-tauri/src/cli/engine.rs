//! `yeji engine`: pure calculations without a store, so that an auditor can recompute any number.

use std::io::Read;

use yeji_app::engine::{ENGINES, engine};

use super::output;

/// Longest input, in bytes: a bonus run of a million deals takes about 200 MB.
const MAX_INPUT_BYTES: u64 = 1 << 30;

/// Which calculation.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Its name; without one all are listed
    name: Option<String>,
    /// Print the JSON Schema of input and output instead of running it
    #[arg(long, requires = "name")]
    schema: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let Some(name) = &args.name else {
        for engine in ENGINES {
            output::print(&format!("{:18} {}", engine.name, engine.about))?;
        }
        return Ok(());
    };
    let engine = engine(name)?;
    if args.schema {
        return output::json(&engine.schema());
    }
    let mut text = String::new();
    std::io::stdin()
        .lock()
        .take(MAX_INPUT_BYTES)
        .read_to_string(&mut text)?;
    output::json(&engine.run(&text)?)
}
