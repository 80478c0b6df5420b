//! `cargo xtask run`: from a fresh checkout to the open window.

use crate::process::{cargo, must};
use crate::{packages, ui};

/// Installs, builds and opens. `program` are arguments for Yeji itself, such as `--data DIR`.
pub fn run(release: bool, program: &[&str]) -> anyhow::Result<bool> {
    packages::ensure(false)?;
    ui::install()?;
    ui::build()?;
    // Without `--package`, which would compile dependencies again with fewer features.
    let mut arguments = vec!["run"];
    if release {
        arguments.push("--release");
    }
    arguments.push("--");
    arguments.extend(program);
    must(cargo(&arguments))?;
    Ok(true)
}
