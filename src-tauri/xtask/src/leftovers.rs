//! Ending what a suite started and left behind: programs of a suite that hangs, and what outlives
//! one that has ended.
//!
//! The window tests start a display and a message bus, and these start services that put
//! themselves into sessions of their own; now and then one outlives them all. Such a process holds
//! the terminal or the pipe that it was started on, and whoever waits for that waits for ever.

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// Set for a suite, inherited by everything that it starts, however far away it detaches.
const MARK: &str = "YEJI_XTASK_SUITE";

/// Marks the command and all that will come of it, of no other one; the mark is for [`end`]. A
/// command that is marked keeps its mark.
pub fn mark(command: &mut Command) -> String {
    static COMMANDS: AtomicU32 = AtomicU32::new(0);
    let present = command.get_envs().find(|(name, _)| *name == MARK);
    if let Some((_, Some(value))) = present {
        return value.to_string_lossy().into_owned();
    }
    let number = COMMANDS.fetch_add(1, Ordering::Relaxed);
    let value = format!("{}-{number}", std::process::id());
    command.env(MARK, &value);
    value
}

/// As [`end`], and says what was ended.
pub fn end_and_tell(mark: &str) {
    let ended = end(mark);
    if !ended.is_empty() {
        println!("(left behind, and ended: {})", ended.join(", "));
    }
}

/// Kills every process that carries the mark, and names them. Without `/proc` there is nothing to
/// look in, and nothing is done.
pub fn end(mark: &str) -> Vec<String> {
    let wanted = format!("{MARK}={mark}");
    let carries = |pid: &str| {
        let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        environment
            .split(|byte| *byte == 0)
            .any(|variable| variable == wanted.as_bytes())
    };
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|pid| pid.bytes().all(|byte| byte.is_ascii_digit()) && carries(pid))
        .filter_map(|pid| {
            let name = fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
            let killed = Command::new("kill").args(["-KILL", &pid]).status().ok()?;
            killed
                .success()
                .then(|| format!("{} ({pid})", name.trim_end()))
        })
        .collect()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_detached_itself_is_found_and_ended_and_nothing_else() {
        let mut stranger = Command::new("sleep").arg("60").spawn().expect("sleep");
        let mut suite = Command::new("sh");
        // Two generations away, in a session of its own, its parent gone.
        suite.args(["-c", "setsid sleep 61 >/dev/null 2>&1 &"]);
        let mark = mark(&mut suite);
        assert!(suite.status().expect("sh").success());
        // `setsid` has become `sleep` a moment later.
        std::thread::sleep(std::time::Duration::from_millis(300));
        let ended = end(&mark);
        assert_eq!(ended.len(), 1, "{ended:?}");
        assert!(ended[0].starts_with("sleep "), "{ended:?}");
        assert!(stranger.try_wait().expect("its state").is_none());
        stranger.kill().expect("ours");
        stranger.wait().expect("ours");
    }
}
