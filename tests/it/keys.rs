//! Keys on the command line: what opens a store, and what is said when nothing does.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::cli::Yeji;

const PHRASE: &str = "planted phrase one";
const DEMO: [&str; 7] = ["demo", "--people", "8", "--deals", "60", "--years", "1"];

/// Runs with a passphrase in the environment.
fn with(yeji: &Yeji, passphrase: &str, arguments: &[&str]) -> Output {
    yeji.bare_command(arguments)
        .env("YEJI_PASSPHRASE", passphrase)
        .output()
        .expect("the program starts")
}

/// What was said; the exit status has to be this one.
#[track_caller]
fn said(output: &Output, status: i32) -> String {
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{err}");
    err
}

#[track_caller]
fn out(output: &Output) -> String {
    said(output, 0);
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn encrypted() -> Yeji {
    let yeji = Yeji::new();
    said(&with(&yeji, PHRASE, &DEMO), 0);
    yeji
}

/// Every file below a folder, with its content.
fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_store_is_never_made_plain_unasked() {
    let yeji = Yeji::new();
    let output = yeji.bare_command(&DEMO).output().unwrap();
    let err = said(&output, 2);
    for part in ["--passphrase-file", "YEJI_PASSPHRASE", "--plain", "业绩："] {
        assert!(err.contains(part), "`{part}` in {err}");
    }
    let left = content(&yeji.store());
    assert!(
        left.iter().all(|(name, _)| name.contains("yeji.lock")),
        "{left:?}"
    );
    let people = yeji.file("people.csv", "姓名,工号\n王伟,A1\n");
    let import = ["import", people.to_str().unwrap(), "--yes"];
    said(&yeji.bare_command(&import).output().unwrap(), 2);
}

#[test]
fn a_passphrase_opens_from_file_and_environment_and_a_wrong_one_is_told() {
    let yeji = encrypted();
    let before = content(&yeji.store());
    for arguments in [
        &["verify"][..],
        &["goal", "set", "--year", "2026", "--amount", "1"],
    ] {
        let err = said(&with(&yeji, "not the phrase", arguments), 2);
        assert!(
            err.contains("口令不对") && err.contains("neither the passphrase"),
            "{err}"
        );
        let none = yeji.bare_command(arguments).output().unwrap();
        assert!(said(&none, 2).contains("YEJI_PASSPHRASE"));
        assert_eq!(
            content(&yeji.store()),
            before,
            "nothing changed, nothing was made"
        );
    }
    let err = said(&with(&yeji, "not the phrase", &DEMO), 2);
    assert!(err.contains("口令不对"), "not made anew: {err}");
    let file = yeji.file("phrase.txt", format!("\u{feff}{PHRASE}\r\nmore\n"));
    let file = format!("--passphrase-file={}", file.display());
    said(&yeji.bare_command(&["verify", &file]).output().unwrap(), 0);
    said(&with(&yeji, PHRASE, &["verify"]), 0);
    let missing = yeji
        .bare_command(&["verify", "--passphrase-file=/nowhere/x"])
        .output()
        .unwrap();
    said(&missing, 2);
}

#[test]
fn a_recovery_code_opens_and_its_slips_are_told() {
    let yeji = encrypted();
    let code = out(&with(&yeji, PHRASE, &["key", "recovery"]));
    said(&with(&yeji, &code.to_lowercase(), &["verify"]), 0);
    let mut typo = code.clone();
    let last = typo.pop().unwrap();
    typo.push(if last == 'A' { 'B' } else { 'A' });
    assert!(said(&with(&yeji, &typo, &["verify"]), 2).contains("校验字符"));
    let newer = out(&with(&yeji, &code, &["key", "recovery"]));
    assert!(
        said(&with(&yeji, &code, &["verify"]), 2).contains("取代"),
        "the old one ended"
    );
    // The passphrase is forgotten: the code sets another.
    let mut set = yeji.bare_command(&["key", "passphrase", "--json"]);
    set.env("YEJI_PASSPHRASE", &newer)
        .env("YEJI_NEW_PASSPHRASE", "another phrase");
    let state: Value = serde_json::from_str(&out(&set.output().unwrap())).unwrap();
    assert_eq!(state["keyring"], "absent");
    said(&with(&yeji, PHRASE, &["verify"]), 2);
    said(&with(&yeji, "another phrase", &["verify"]), 0);
}

#[test]
fn a_hand_over_ends_what_was_known_and_keeps_the_data() {
    let yeji = encrypted();
    let kpi = [
        "kpi",
        "--metric",
        "won_count",
        "--by",
        "year",
        "--from",
        "2020-01-01",
        "--to",
        "2030-01-01",
    ];
    let kpi = kpi.map(|one| if one == "year" { "quarter" } else { one });
    let before = out(&with(&yeji, PHRASE, &kpi));
    let mut hand = yeji.bare_command(&["key", "hand-over"]);
    hand.env("YEJI_PASSPHRASE", PHRASE)
        .env("YEJI_NEW_PASSPHRASE", "the next phrase");
    let code = out(&hand.output().unwrap());
    said(&with(&yeji, PHRASE, &["verify"]), 2);
    said(&with(&yeji, &code, &["verify"]), 0);
    assert_eq!(out(&with(&yeji, "the next phrase", &kpi)), before);
}

#[test]
fn a_plain_store_is_encrypted_on_the_command_line() {
    let yeji = Yeji::new();
    yeji.ok(&DEMO);
    assert!(yeji.ok(&["key", "status"]).contains("Not encrypted"));
    let mut set = yeji.bare_command(&["key", "passphrase"]);
    out(&set.env("YEJI_NEW_PASSPHRASE", PHRASE).output().unwrap());
    said(&with(&yeji, PHRASE, &["verify"]), 0);
    let readable = b"SQLite format 3";
    for (name, bytes) in content(&yeji.store()) {
        assert!(
            !bytes.starts_with(readable),
            "{name} can be read by anybody"
        );
    }
}

#[test]
fn the_log_at_its_most_talkative_shows_no_secret() {
    let yeji = Yeji::new();
    for arguments in [&DEMO[..], &["key", "recovery"], &["verify"]] {
        let mut command = yeji.bare_command(arguments);
        command
            .env("YEJI_PASSPHRASE", PHRASE)
            .env("YEJI_LOG", "trace");
        let output = command.output().unwrap();
        let err = said(&output, 0);
        assert!(!err.contains("planted"), "{err}");
        let secret = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if arguments[0] == "key" {
            assert!(
                !err.contains(&secret),
                "the code is printed once, and not logged"
            );
        }
        assert!(
            !err.to_lowercase().contains("x'"),
            "no raw key as SQLite takes it: {err}"
        );
    }
}
