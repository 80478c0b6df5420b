//! `yeji engine`: pure calculations without a store, so that an auditor can recompute any number.

use std::io::Read;

use yeji_app::engine::{ENGINES, engine};
use yeji_report::Lang;

use super::output;
use crate::outside::system_language;
use crate::words;

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
            let about = match system_language() {
                Lang::ZhCn => words::term("engine", engine.name),
                Lang::En => engine.about.to_owned(),
            };
            output::print(&format!("{:18} {about}", engine.name))?;
        }
        return Ok(());
    };
    let engine = engine(name)?;
    if args.schema {
        return output::json(&engine.schema());
    }
    let mut input = Vec::new();
    std::io::stdin()
        .lock()
        .take(MAX_INPUT_BYTES)
        .read_to_end(&mut input)?;
    output::json(&engine.run(&input)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_engine_has_chinese_words() {
        let known = words::chinese_terms("engine");
        let mut names: Vec<&str> = ENGINES.iter().map(|engine| engine.name).collect();
        names.sort_unstable();
        assert_eq!(known, names);
    }
}
