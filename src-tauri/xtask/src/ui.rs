//! The user interface: installed and built only when its files are newer than the result.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::process::{must, npm, root};

/// `npm ci`, when the lock file is newer than what npm wrote down about its last install.
pub fn install() -> anyhow::Result<()> {
    let ui = root().join("ui");
    let installed = modified(&ui.join("node_modules/.package-lock.json"));
    if installed < modified(&ui.join("package-lock.json")) || installed.is_none() {
        must(npm(&["ci", "--no-audit", "--no-fund"]))?;
    }
    Ok(())
}

/// `npm run build`, when any source is newer than the page that Vite wrote last.
pub fn build() -> anyhow::Result<()> {
    let ui = root().join("ui");
    let built = modified(&ui.join("dist/index.html"));
    let newest = newest_source(&ui)?;
    if built.is_none() || built < newest {
        must(npm(&["run", "build"]))?;
    }
    Ok(())
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// The newest time below a folder, without what npm and Vite write.
fn newest_source(folder: &Path) -> anyhow::Result<Option<SystemTime>> {
    let mut newest = None;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if ["node_modules", "dist", "coverage"]
            .iter()
            .any(|name| entry.file_name() == *name)
        {
            continue;
        }
        let path = entry.path();
        let time = if path.is_dir() {
            newest_source(&path)?
        } else {
            modified(&path)
        };
        newest = newest.max(time);
    }
    Ok(newest)
}
