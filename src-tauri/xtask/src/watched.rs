//! Running a suite: its output is shown as it comes and kept for counting.
//!
//! A suite has ended when its program has ended, not when its output has: what it started may live
//! on and hold the output open (a message bus, a driver's web process). Waiting for the end of the
//! output then waits for ever. Both outputs are therefore pipes of ours: whatever lives on holds
//! none of the outputs that this run's own caller waits for.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::leftovers;
use crate::process::shown;

/// How often the program is asked whether it has ended.
const TICK: Duration = Duration::from_millis(50);
/// What a program wrote before it ended has come through its pipe long before that.
const REST: Duration = Duration::from_secs(3);

/// A line, and whether it came by the standard error.
type Line = (bool, Vec<u8>);

/// What a suite wrote, and how it ended.
#[derive(Debug, Default)]
pub struct Said {
    /// Whether it ended well.
    pub ok: bool,
    /// Its standard output.
    pub output: String,
    /// Its standard error.
    pub errors: String,
}

/// Runs, shows the output as it comes and hands it back.
///
/// # Errors
/// When the command cannot be started, or has not ended after `limit`: it is then killed with all
/// that it started (cargo does not take the test that hangs with it).
pub fn watched(mut command: Command, limit: Duration) -> anyhow::Result<Said> {
    let name = shown(&command);
    println!("$ {name}");
    let mark = leftovers::mark(&mut command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{name}` cannot be started"))?;
    let (lines, shown_lines) = channel();
    let errors = child.stderr.take().context("no standard error")?;
    show(errors, std::io::stderr(), lines.clone(), true);
    let output = child.stdout.take().context("no standard output")?;
    show(output, std::io::stdout(), lines, false);

    let end = Instant::now() + limit;
    let mut said = Said::default();
    said.ok = loop {
        match shown_lines.recv_timeout(TICK) {
            Ok(line) => keep(&mut said, line),
            // Both outputs have ended, and a program that has closed them is about to end.
            Err(RecvTimeoutError::Disconnected) => thread::sleep(TICK),
            Err(RecvTimeoutError::Timeout) => {}
        }
        if let Some(status) = child.try_wait()? {
            break status.success();
        }
        if Instant::now() > end {
            stop(&mut child)?;
            leftovers::end_and_tell(&mark);
            bail!(
                "`{name}` had not ended after {} s and was killed",
                limit.as_secs()
            );
        }
    };
    if !rest(&shown_lines, &mut said) {
        println!("(`{name}` has ended; something that it started still holds its output open)");
    }
    Ok(said)
}

/// Copies one output to ours, line by line, on a thread that nobody waits for.
fn show(
    from: impl Read + Send + 'static,
    mut to: impl Write + Send + 'static,
    lines: Sender<Line>,
    is_error: bool,
) {
    thread::spawn(move || {
        let mut from = BufReader::new(from);
        loop {
            let mut line = Vec::new();
            match from.read_until(b'\n', &mut line) {
                Ok(0) => return,
                Ok(_) => {}
                Err(error) => {
                    eprintln!("an output cannot be read to its end: {error}");
                    return;
                }
            }
            // Nobody reads what we print, or nobody waits for this suite any more.
            if to.write_all(&line).is_err() || lines.send((is_error, line)).is_err() {
                return;
            }
        }
    });
}

/// What was written before the end; false when somebody still holds an output after [`REST`].
fn rest(lines: &Receiver<Line>, said: &mut Said) -> bool {
    let end = Instant::now() + REST;
    loop {
        match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) => keep(said, line),
            Err(RecvTimeoutError::Disconnected) => return true,
            Err(RecvTimeoutError::Timeout) => return false,
        }
    }
}

fn keep(said: &mut Said, (is_error, line): Line) {
    let text = if is_error {
        &mut said.errors
    } else {
        &mut said.output
    };
    text.push_str(&String::from_utf8_lossy(&line));
}

/// Kills, and does not wait for what cannot be killed.
fn stop(child: &mut Child) -> anyhow::Result<()> {
    child.kill()?;
    let end = Instant::now() + REST;
    while child.try_wait()?.is_none() && Instant::now() < end {
        thread::sleep(TICK);
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_suite_ends_with_its_program_though_a_left_over_holds_its_output() {
        let start = Instant::now();
        let script = "sleep 60 & echo $!; echo two; echo three >&2";
        let said = watched(shell(script), Duration::from_mins(1)).expect("sh starts");
        let (left_over, text) = said.output.split_once('\n').expect("two lines");
        // Else each run of the tests would leave a process for a minute.
        let killed = Command::new("kill").arg(left_over).status();
        assert!(said.ok);
        assert_eq!(text, "two\n");
        assert_eq!(said.errors, "three\n");
        assert!(
            start.elapsed() < Duration::from_secs(50),
            "it was waited for"
        );
        assert!(
            killed.expect("kill starts").success(),
            "it had ended before"
        );
    }

    #[test]
    fn a_suite_that_does_not_end_is_killed_and_fails() {
        let error = watched(shell("echo one; exec sleep 60"), Duration::from_millis(300));
        let error = error.expect_err("it was waited for").to_string();
        assert!(error.contains("had not ended"), "{error}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_a_suite_that_hangs_has_started_is_ended_with_it() {
        let note = std::env::temp_dir().join(format!("yeji-xtask-{}", std::process::id()));
        let script = format!("sleep 62 & echo $! > '{}'; wait", note.display());
        watched(shell(&script), Duration::from_millis(600)).expect_err("it was waited for");
        let started = std::fs::read_to_string(&note).expect("the script ran");
        std::fs::remove_file(&note).expect("ours");
        thread::sleep(Duration::from_millis(300));
        let state = std::fs::read_to_string(format!("/proc/{}/stat", started.trim()));
        // Gone, or dead and not yet collected by whoever has inherited it.
        let lives = state.is_ok_and(|state| !state.contains(") Z "));
        assert!(!lives, "{started}");
    }

    #[test]
    fn a_failing_suite_is_told_from_a_good_one() {
        let said = watched(shell("echo one; exit 3"), Duration::from_mins(1)).expect("sh");
        assert!(!said.ok);
        assert_eq!(said.output, "one\n");
    }
}
