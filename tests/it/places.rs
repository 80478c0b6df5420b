//! Where a store may lie and who is there already: a read-only disk, a folder of somebody else, two
//! programs at once. What can be read is read; nothing is overwritten, and nothing made in its place.

use std::collections::BTreeMap;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::cli::{WON_BY_QUARTER, Yeji};

/// Somebody without any rights (`nobody`).
const NOBODY: u32 = 65_534;
const PHRASE: &str = "correct horse battery";

fn demo(passphrase: bool) -> Yeji {
    let yeji = Yeji::new();
    let demo = "demo --people 8 --deals 60 --years 1 --until 2026-10-31";
    let demo: Vec<&str> = demo.split(' ').collect();
    let mut command = if passphrase {
        yeji.bare_command(&demo)
    } else {
        yeji.command(&demo)
    };
    let output = command.env("YEJI_PASSPHRASE", PHRASE).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    yeji
}

/// The command as somebody whom modes of files stop: root they do not. None, with a printed line, where
/// that cannot be.
fn as_nobody(mut command: Command, folder: &Path) -> Option<Command> {
    let root = std::fs::metadata(folder).unwrap().uid() == 0;
    if !root {
        return Some(command);
    }
    let mut probe = Command::new(command.get_program());
    let may = probe
        .arg("--version")
        .uid(NOBODY)
        .gid(NOBODY)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if !may.status().is_ok_and(|status| status.success()) {
        println!("skipped: another user cannot run the program here");
        return None;
    }
    command.uid(NOBODY).gid(NOBODY);
    Some(command)
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Modes of the store's folder and of the files in it.
fn close(store: &Path, folder: u32, files: impl Fn(&str) -> u32) {
    let mode = std::fs::Permissions::from_mode;
    for entry in std::fs::read_dir(store).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        std::fs::set_permissions(&path, mode(files(&name))).unwrap();
    }
    std::fs::set_permissions(store, mode(folder)).unwrap();
    std::fs::set_permissions(store.parent().unwrap(), mode(0o755)).unwrap();
}

fn content(store: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(store).unwrap();
    entries
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect()
}

#[test]
fn a_store_on_a_read_only_disk_is_read_and_never_touched() {
    for encrypted in [false, true] {
        let yeji = demo(encrypted);
        let import = yeji.file("people.csv", "姓名,工号,团队\n王伟,A1,一组\n");
        let figures = {
            let mut command = yeji.bare_command(&WON_BY_QUARTER);
            command.env("YEJI_PASSPHRASE", PHRASE).output().unwrap()
        };
        let before = content(&yeji.store());
        close(&yeji.store(), 0o555, |_| 0o444);
        let run = |arguments: &[&str]| {
            let mut command = yeji.bare_command(arguments);
            command.env("YEJI_PASSPHRASE", PHRASE);
            Some(as_nobody(command, &yeji.store())?.output().unwrap())
        };
        let Some(read) = run(&WON_BY_QUARTER) else {
            return;
        };
        assert!(read.status.success(), "it can be read: {}", said(&read));
        assert_eq!(read.stdout, figures.stdout, "and says the same");
        let verified = run(&["verify"]).unwrap();
        assert!(verified.status.success(), "{}", said(&verified));
        for arguments in [
            &["goal", "set", "--year", "2026", "--amount", "1"][..],
            &["import", import.to_str().unwrap(), "--yes"],
            &["undo"],
        ] {
            let refused = run(arguments).unwrap();
            let words = said(&refused);
            assert_eq!(refused.status.code(), Some(1), "{arguments:?}: {words}");
            assert!(
                words.contains("read-only") && words.contains("只读"),
                "{arguments:?}: {words}"
            );
            assert!(refused.stdout.is_empty());
        }
        // What leaves the store has to be recorded, and nothing can be.
        let out = yeji.path("copy.yejibackup");
        let refused = run(&["backup", out.to_str().unwrap()]).unwrap();
        assert!(!refused.status.success(), "{}", said(&refused));
        assert!(said(&refused).contains("业绩："), "{}", said(&refused));
        assert!(!out.exists(), "nothing left unrecorded");
        // And nothing is made where no store is.
        let nothing = yeji.store().join("new");
        let demo = yeji.elsewhere(&["demo", "--plain"], &nothing);
        let refused = as_nobody(demo, &yeji.store()).unwrap().output().unwrap();
        assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
        assert!(said(&refused).contains("只读"), "{}", said(&refused));
        assert!(!nothing.exists());
        let after = content(&yeji.store());
        let (old, new): (Vec<_>, Vec<_>) = (before.keys().collect(), after.keys().collect());
        assert_eq!(old, new, "no file is made or removed");
        assert!(before == after, "not a byte is changed");
    }
}

#[test]
fn a_read_only_file_in_a_folder_of_ones_own_is_not_replaced() {
    let yeji = demo(false);
    close(&yeji.store(), 0o777, |name| {
        if name == "yeji.db" { 0o444 } else { 0o666 }
    });
    let before = std::fs::read(yeji.store().join("yeji.db")).unwrap();
    let arguments = ["goal", "set", "--year", "2026", "--amount", "1"];
    let Some(mut command) = as_nobody(yeji.bare_command(&arguments), &yeji.store()) else {
        return;
    };
    let refused = command.output().unwrap();
    let words = said(&refused);
    assert_eq!(refused.status.code(), Some(1), "{words}");
    assert!(
        words.contains("read-only") && words.contains("只读"),
        "{words}"
    );
    assert_eq!(
        std::fs::read(yeji.store().join("yeji.db")).unwrap(),
        before,
        "the folder would have allowed to replace the file"
    );
    yeji.ok(&["verify"]);
}

#[test]
fn a_log_left_by_a_crash_is_not_passed_over_on_a_read_only_disk() {
    let yeji = demo(false);
    std::fs::write(
        yeji.store().join("yeji.db-wal"),
        b"changes that are not in the file",
    )
    .unwrap();
    close(&yeji.store(), 0o555, |_| 0o444);
    let Some(mut command) = as_nobody(yeji.bare_command(&WON_BY_QUARTER), &yeji.store()) else {
        return;
    };
    let refused = command.output().unwrap();
    assert!(
        !refused.status.success() && said(&refused).contains("yeji.db-wal"),
        "older figures than the newest would be told as if they were the newest: {}",
        said(&refused)
    );
}

#[test]
fn programs_that_write_at_once_lose_nothing_and_say_who_was_first() {
    let yeji = demo(false);
    let years: Vec<String> = (2030..2038).map(|year| year.to_string()).collect();
    let running: Vec<_> = years
        .iter()
        .map(|year| {
            let arguments = ["goal", "set", "--year", year, "--amount", year];
            let mut command = yeji.command(&arguments);
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    // All have ended before one is tried again: the second time nobody holds the store.
    let outputs: Vec<_> = running
        .into_iter()
        .map(|child| child.wait_with_output().unwrap())
        .collect();
    let mut done = 0;
    for (year, output) in years.iter().zip(outputs) {
        let kept = yeji.run(&["goal", "show", "--year", year, "--json"]);
        if output.status.success() {
            done += 1;
            let shown: serde_json::Value = serde_json::from_slice(&kept.stdout).unwrap();
            assert_eq!(shown["nodes"][0]["amount"], format!("{year}.00"));
            continue;
        }
        let words = said(&output);
        assert_eq!(output.status.code(), Some(1), "{words}");
        assert!(
            words.contains("process ") && words.contains("业绩："),
            "who holds it is said: {words}"
        );
        yeji.ok(&["goal", "set", "--year", year, "--amount", year]);
    }
    assert!(done > 0, "one of them came first");
    yeji.ok(&["verify"]);
}
