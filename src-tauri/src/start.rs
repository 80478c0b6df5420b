//! What the arguments and the surroundings ask for: the window, or a command without one.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// The way the program starts.
#[derive(Debug, PartialEq, Eq)]
pub enum Start {
    /// Open the window on this store, or on the user's own when none is named.
    Window {
        /// The folder given by `--data`.
        data: Option<PathBuf>,
    },
    /// Run a command in the terminal.
    CommandLine,
    /// The window is wanted, but there is nothing to show it on.
    NoDisplay,
}

/// Decides from the arguments (without the program's name).
///
/// Nothing, or only `--data DIR`, asks for the window; all else is a command. A `--data` without
/// its folder is left to the command line, whose parser explains the mistake.
pub fn choose(arguments: &[OsString], has_display: bool) -> Start {
    let data = match arguments {
        [] => None,
        [one] => match inline_data(one) {
            Some(folder) => Some(folder),
            None => return Start::CommandLine,
        },
        [flag, folder] if flag == "--data" => Some(PathBuf::from(folder)),
        _ => return Start::CommandLine,
    };
    if has_display {
        Start::Window { data }
    } else {
        Start::NoDisplay
    }
}

/// The folder in `--data=DIR`. A path that is not Unicode has to be given as its own argument.
fn inline_data(argument: &OsStr) -> Option<PathBuf> {
    let folder = argument.to_str()?.strip_prefix("--data=")?;
    (!folder.is_empty()).then(|| PathBuf::from(folder))
}

/// Whether a window can be shown. Windows and macOS always have a desktop to ask.
pub fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// What to say, in both languages, when there is no display.
pub fn no_display_message(commands: &[String]) -> String {
    let commands = commands.join(", ");
    format!(
        "yeji: no display was found (neither DISPLAY nor WAYLAND_DISPLAY is set), so the window cannot open.\n\
         These commands work without one: {commands}. `yeji --help` explains them.\n\
         未找到显示器(DISPLAY 与 WAYLAND_DISPLAY 均未设置),无法打开窗口。\n\
         以下命令无需窗口即可使用:{commands}。说明见 `yeji --help`。"
    )
}

/// Leaves the console that Windows opens for a console program started from the desktop.
///
/// Returns true when a second process without a console took over and this one should end.
/// Only for release builds: in a debug build the log on the console is wanted.
pub fn detach() -> bool {
    #[cfg(all(windows, not(debug_assertions)))]
    {
        use std::os::windows::process::CommandExt;

        /// From the Windows API: the new process gets no console.
        const DETACHED_PROCESS: u32 = 0x0000_0008;
        /// Set for the second process, so that it does not start a third.
        const MARK: &str = "YEJI_DETACHED";

        // A driver (window tests) watches the process it started, so that one has to stay.
        let watched = crate::desktop::automation::is_on();
        if std::env::var_os(MARK).is_some() || watched {
            return false;
        }
        return std::env::current_exe().is_ok_and(|program| {
            std::process::Command::new(program)
                .args(std::env::args_os().skip(1))
                .env(MARK, "1")
                .creation_flags(DETACHED_PROCESS)
                .spawn()
                .is_ok()
        });
    }
    #[cfg(not(all(windows, not(debug_assertions))))]
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arguments: &[&str], expected: &Start) {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        assert_eq!(&choose(&arguments, true), expected, "{arguments:?}");
    }

    #[test]
    fn only_a_store_or_nothing_opens_the_window() {
        check(&[], &Start::Window { data: None });
        check(
            &["--data", "d"],
            &Start::Window {
                data: Some("d".into()),
            },
        );
        check(
            &["--data=d e"],
            &Start::Window {
                data: Some("d e".into()),
            },
        );
        check(&["--data"], &Start::CommandLine);
        check(&["--data="], &Start::CommandLine);
        check(&["verify"], &Start::CommandLine);
        check(&["--help"], &Start::CommandLine);
        check(&["--data", "d", "verify"], &Start::CommandLine);
        check(&["verify", "--data"], &Start::CommandLine);
    }

    #[test]
    fn without_a_display_commands_still_work() {
        assert_eq!(choose(&[], false), Start::NoDisplay);
        assert_eq!(choose(&["verify".into()], false), Start::CommandLine);
        let message = no_display_message(&["verify".into(), "kpi".into()]);
        assert!(
            message.contains("verify, kpi"),
            "the commands have to be named: {message}"
        );
    }
}
