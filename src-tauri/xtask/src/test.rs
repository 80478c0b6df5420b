//! `cargo xtask test`: every check there is, all of them even when one fails.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::process::{cargo, command, npm, root, shown};
use crate::summary::{
    Counts, Stage, failures_from_libtest, failures_from_vitest, from_libtest, from_vitest, print,
};
use crate::watched::watched;
use crate::{leftovers, packages, ui};

/// All but xtask: Windows cannot replace a program that runs, and this one runs.
const WORKSPACE: &[&str] = &["--workspace", "--exclude", "xtask"];

/// A suite that takes longer, its build included, hangs; a cold one takes a quarter of that here.
const SUITE_LIMIT: Duration = Duration::from_mins(50);
/// The window tests, already built, take three minutes.
const WINDOW_LIMIT: Duration = Duration::from_mins(20);
/// How much of a failed check is said again at the end.
const LAST_LINES: usize = 25;

/// Runs all stages; with `fast` not those of the real window. True when everything held.
pub fn test(fast: bool) -> bool {
    let mut stages = Stages::default();
    stages.run("system", || packages::ensure(!fast).map(|()| None));
    // The font that Rust takes in and the page that Tauri takes in both come from here.
    stages.run("ui install", || ui::install().map(|()| None));
    stages.run("ui types", || done(npm(&["run", "typecheck"])));
    stages.run("ui lint", || done(npm(&["run", "lint"])));
    stages.run("ui tests", ui_tests);
    stages.run("ui build", || done(npm(&["run", "build"])));
    // The names of the files are enough: `cargo fmt --all` mends them.
    stages.run("rustfmt", || {
        done(cargo(&["fmt", "--all", "--", "--check", "-l"]))
    });
    stages.run("clippy", clippy);
    stages.run("xtask tests", || {
        libtest(cargo(&["test", "--package", "xtask"]), SUITE_LIMIT)
    });
    stages.run("rust tests", || {
        let options = ["--no-fail-fast", "--", "--show-output"];
        let mut tests = cargo(&[&["test"], WORKSPACE, &options].concat());
        // Without this the tests of crashes skip where they cannot kill; here it was installed.
        if !fast && cfg!(target_os = "linux") {
            tests.env("YEJI_REQUIRE_STRACE", "1");
        }
        libtest(tests, SUITE_LIMIT)
    });
    if !fast && cfg!(target_os = "linux") {
        stages.run("window tests", window_tests);
    }
    let ok = print(&stages.0);
    if fast {
        println!("(--fast: the real window was not tested, nor crashes where strace is missing)");
    } else if !cfg!(target_os = "linux") {
        println!("(the real window is tested on Linux only: the driver is WebKitGTK's)");
    }
    ok
}

#[derive(Default)]
struct Stages(Vec<Stage>);

impl Stages {
    /// Runs one stage under its heading; an error is shown and remembered, the next stage follows.
    fn run(&mut self, name: &'static str, work: impl FnOnce() -> anyhow::Result<Option<Ran>>) {
        println!("\n== {name} ==");
        let start = Instant::now();
        let result = work();
        let (ok, counts, failures) = match result {
            Ok(None) => (true, None, Vec::new()),
            // A suite that ran nothing has shown nothing.
            Ok(Some(ran)) => (
                ran.ok && ran.counts.failed == 0 && ran.counts != Counts::default(),
                Some(ran.counts),
                ran.failures,
            ),
            Err(error) => {
                eprintln!("{name}: {error:#}");
                (false, None, vec![format!("{error:#}")])
            }
        };
        let took = start.elapsed();
        println!(
            "== {name}: {} after {:.1} s",
            if ok { "ok" } else { "FAILED" },
            took.as_secs_f64()
        );
        self.0.push(Stage {
            name,
            ok,
            counts,
            failures,
            took,
        });
    }
}

/// A suite that ran to its end, well or not.
struct Ran {
    ok: bool,
    counts: Counts,
    failures: Vec<String>,
}

fn clippy() -> anyhow::Result<Option<Ran>> {
    let check = |targets: &[&str]| {
        let start = ["clippy", "--workspace", "--keep-going"];
        done(cargo(
            &[&start, targets, &["--", "-D", "warnings"]].concat(),
        ))
    };
    let most = check(&["--all-targets"]);
    // `--all-targets` leaves out what a plain `cargo test` leaves out.
    check(&["--test", "desktop"])?;
    most
}

/// A stage without counts: it ends well, and within the limit.
fn done(command: Command) -> anyhow::Result<Option<Ran>> {
    let name = shown(&command);
    let said = watched(command, SUITE_LIMIT)?;
    if !said.ok {
        let lines: Vec<&str> = said.output.lines().chain(said.errors.lines()).collect();
        let end = lines.len().saturating_sub(LAST_LINES);
        bail!(
            "`{name}` failed, at last with:\n{}",
            lines[end..].join("\n")
        );
    }
    Ok(None)
}

fn libtest(command: Command, limit: Duration) -> anyhow::Result<Option<Ran>> {
    let said = watched(command, limit)?;
    Ok(Some(Ran {
        ok: said.ok,
        counts: from_libtest(&said.output),
        failures: failures_from_libtest(&said.output),
    }))
}

fn ui_tests() -> anyhow::Result<Option<Ran>> {
    let report = root().join("target/vitest.json");
    if report.exists() {
        // Else an earlier run's counts would stand for one that did not start.
        std::fs::remove_file(&report)?;
    }
    let file = format!("--outputFile.json={}", report.display());
    let ended = done(npm(&[
        "test",
        "--",
        "--reporter=default",
        "--reporter=json",
        &file,
    ]));
    let text = match (std::fs::read_to_string(&report), &ended) {
        (Ok(text), _) => text,
        (Err(_), Err(_)) => return ended,
        (Err(error), Ok(_)) => return Err(error).context("vitest left no report"),
    };
    Ok(Some(Ran {
        ok: ended.is_ok(),
        counts: from_vitest(&text)?,
        failures: failures_from_vitest(&text),
    }))
}

/// Builds first, so that the display lives only as long as the tests; then a display and a
/// message bus of their own, which end with the command.
fn window_tests() -> anyhow::Result<Option<Ran>> {
    let build = [&["test"], WORKSPACE, &["--test", "desktop", "--no-run"]].concat();
    done(cargo(&build))?;
    let screen = "--server-args=-screen 0 1440x960x24";
    let program = cargo(&[]).get_program().to_string_lossy().into_owned();
    // The bus inside the display: what the bus starts (portals, accessibility) needs the display.
    let start = [
        "--auto-servernum",
        screen,
        "dbus-run-session",
        "--",
        program.as_str(),
        "test",
    ];
    let only = [
        "--test",
        "desktop",
        "--",
        "--test-threads=1",
        "--show-output",
    ];
    let mut run = command("xvfb-run", &[&start, WORKSPACE, &only].concat());
    // Without this a missing driver skips; here everything was installed, so it is a failure.
    run.env("YEJI_REQUIRE_WINDOW", "1");
    // What the display and the bus start outlives them now and then, also after a good end.
    let mark = leftovers::mark(&mut run);
    let result = libtest(run, WINDOW_LIMIT);
    leftovers::end_and_tell(&mark);
    result
}
