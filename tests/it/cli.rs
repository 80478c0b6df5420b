//! Runs the real program on a store of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A temporary store and the program to use it.
#[derive(Debug)]
pub struct Yeji {
    folder: tempfile::TempDir,
}

impl Yeji {
    /// A folder without a store.
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// The store's folder.
    pub fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// A file in the temporary folder.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("the temporary folder is writable");
        path
    }

    /// A path in the temporary folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with its arguments, on this store. A new store is made without encryption, unless the
    /// arguments or the environment say otherwise: most tests look at something else.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare_command(arguments);
        if !arguments
            .iter()
            .any(|one| one.starts_with("--passphrase-file"))
        {
            command.arg("--plain");
        }
        command
    }

    /// As [`Yeji::command`], with nothing said about encryption.
    pub fn bare_command(&self, arguments: &[&str]) -> Command {
        self.elsewhere(arguments, &self.store())
    }

    /// As [`Yeji::bare_command`], on another store.
    pub fn elsewhere(&self, arguments: &[&str], store: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yeji"));
        command
            .args(arguments)
            .arg("--data")
            .arg(store)
            // No keyring, no settings and no language of the machine: a test is the same everywhere.
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .env("HOME", self.folder.path())
            .env_remove("YEJI_PASSPHRASE")
            .env_remove("YEJI_NEW_PASSPHRASE")
            .env_remove("YEJI_FILE_PASSPHRASE")
            .env("LC_ALL", "C.UTF-8")
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null());
        command
    }

    /// Runs to the end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments)
            .output()
            .expect("the program starts")
    }

    /// Runs and expects success.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (out, err) = texts(&output);
        assert!(
            output.status.success(),
            "yeji {arguments:?}: {:?}\n{out}\n{err}",
            output.status.code()
        );
        out
    }

    /// Runs with `--json` and expects a JSON result.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let mut all = arguments.to_vec();
        all.push("--json");
        let out = self.ok(&all);
        serde_json::from_str(&out)
            .unwrap_or_else(|error| panic!("yeji {arguments:?}: {error}: {out}"))
    }

    /// Runs and expects a failure with this exit status; returns what was said.
    pub fn fails(&self, arguments: &[&str], status: i32) -> String {
        let output = self.run(arguments);
        let (out, err) = texts(&output);
        assert_eq!(
            output.status.code(),
            Some(status),
            "yeji {arguments:?}\n{out}\n{err}"
        );
        assert!(out.is_empty(), "a failure prints no result: {out}");
        err
    }
}

pub fn texts(output: &Output) -> (String, String) {
    (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// What each person won in 2025.
pub const WON_BY_PERSON: [&str; 9] = [
    "kpi",
    "--metric",
    "won_amount",
    "--by",
    "person",
    "--from",
    "2025-01-01",
    "--to",
    "2026-01-01",
];

/// What was won in each quarter of the demo company.
pub const WON_BY_QUARTER: [&str; 9] = [
    "kpi",
    "--metric",
    "won_amount",
    "--by",
    "quarter",
    "--from",
    "2020-01-01",
    "--to",
    "2030-01-01",
];

/// The shared CRM export; None, with a printed line, where it is not there.
pub fn crm() -> Option<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/crm-sales-opportunities");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: ../shared/data/crm-sales-opportunities is not here");
    None
}
