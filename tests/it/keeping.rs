//! Backups and stores that cannot be opened: a clear message, and everything stays as it was.

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use yeji_store::{ChangeKind, Key, OpenMode, Store};

use crate::cli::{WON_BY_QUARTER, Yeji};

const PHRASE: &str = "correct horse battery";

fn run(yeji: &Yeji, arguments: &[&str]) -> Output {
    let mut command = yeji.bare_command(arguments);
    command.env("YEJI_PASSPHRASE", PHRASE);
    command.output().expect("the program starts")
}

#[track_caller]
fn ok(yeji: &Yeji, arguments: &[&str]) -> String {
    let output = run(yeji, arguments);
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {err}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[track_caller]
fn fails(yeji: &Yeji, arguments: &[&str], part: &str) -> String {
    let output = run(yeji, arguments);
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{arguments:?}");
    assert!(
        err.contains(part) && err.contains("业绩："),
        "`{part}` is not in: {err}"
    );
    err
}

fn demo(seed: &str) -> Yeji {
    let yeji = Yeji::new();
    ok(
        &yeji,
        &[
            "demo",
            "--people",
            "8",
            "--deals",
            "60",
            "--years",
            "1",
            "--seed",
            seed,
            "--until",
            "2026-10-31",
        ],
    );
    yeji
}

fn backup(yeji: &Yeji) -> PathBuf {
    let file = yeji.path("copy.yejibackup");
    ok(yeji, &["backup", file.to_str().unwrap()]);
    file
}

fn database(yeji: &Yeji) -> Vec<u8> {
    std::fs::read(yeji.store().join("yeji.db")).unwrap()
}

fn folders(store: &Path, start: &str) -> Vec<PathBuf> {
    std::fs::read_dir(store)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with(start)
        })
        .collect()
}

#[test]
fn a_backup_is_one_file_that_opens_on_another_machine() {
    let here = demo("3");
    let file = backup(&here);
    let there = Yeji::new();
    let restored: Value =
        serde_json::from_str(&ok(&there, &["restore", file.to_str().unwrap(), "--json"])).unwrap();
    assert_eq!(
        (&restored["deals"], &restored["kept"]),
        (&60.into(), &Value::Null)
    );
    assert_eq!(ok(&there, &WON_BY_QUARTER), ok(&here, &WON_BY_QUARTER));
    ok(&there, &["verify"]);
}

#[test]
fn a_restore_keeps_what_it_replaces() {
    let old = demo("3");
    let other = demo("4");
    let file = backup(&other);
    let (before, database_before) = (ok(&old, &WON_BY_QUARTER), database(&old));
    let restored: Value =
        serde_json::from_str(&ok(&old, &["restore", file.to_str().unwrap(), "--json"])).unwrap();
    assert_ne!(ok(&old, &WON_BY_QUARTER), before, "the backup's figures");
    let kept = PathBuf::from(restored["kept"].as_str().expect("where the old one is"));
    assert_eq!(
        std::fs::read(kept.join("yeji.db")).unwrap(),
        database_before
    );
    assert!(
        kept.join("yeji.keys").exists(),
        "with the keys that open it"
    );
    assert_eq!(folders(&old.store(), "incoming-"), Vec::<PathBuf>::new());
    let mut kept_opens = old.elsewhere(&WON_BY_QUARTER, &kept);
    let output = kept_opens.env("YEJI_PASSPHRASE", PHRASE).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), before);
}

#[test]
fn what_is_no_whole_backup_replaces_nothing() {
    let yeji = demo("3");
    let file = backup(&yeji);
    let bytes = std::fs::read(&file).unwrap();
    let before = database(&yeji);
    let check = |name: &str, content: &[u8], part: &str| {
        let path = yeji.file(name, content);
        fails(&yeji, &["restore", path.to_str().unwrap()], part);
        assert_eq!(database(&yeji), before, "{name}");
        assert_eq!(
            folders(&yeji.store(), "incoming-").len() + folders(&yeji.store(), "replaced-").len(),
            0
        );
    };
    check(
        "cut.yejibackup",
        &bytes[..bytes.len() / 2],
        "its end is missing",
    );
    check("empty.yejibackup", b"", "its end is missing");
    check(
        "text.yejibackup",
        b"not a backup at all, and longer than its end would be ......",
        "its end is missing",
    );
    for at in [10, bytes.len() / 2, bytes.len() - 60] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        check("changed.yejibackup", &changed, "changed or damaged");
    }
    fails(
        &yeji,
        &["restore", "/nowhere/x.yejibackup"],
        "/nowhere/x.yejibackup",
    );
    let wrong = yeji
        .bare_command(&["restore", file.to_str().unwrap()])
        .env("YEJI_PASSPHRASE", "not the phrase")
        .output()
        .unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("neither the passphrase"));
    assert_eq!(database(&yeji), before);
}

#[test]
fn a_backup_whose_history_was_rewritten_is_not_restored() {
    // A plain store can be changed by any tool, its hash in the backup as well: by making the backup anew.
    let forged = Yeji::new();
    forged.ok(&["demo", "--people", "8", "--deals", "60", "--years", "1"]);
    rewrite(&forged.store().join("yeji.db"));
    let file = forged.path("forged.yejibackup");
    forged.ok(&["backup", file.to_str().unwrap()]);
    let yeji = demo("3");
    let before = database(&yeji);
    fails(
        &yeji,
        &["restore", file.to_str().unwrap(), "--plain"],
        "does not agree with itself",
    );
    assert_eq!(database(&yeji), before);
}

/// Changes the author of the first entry of the log, on the pages of the file.
fn rewrite(database: &Path) {
    let mut bytes = std::fs::read(database).unwrap();
    let author = b"local";
    let at = bytes
        .windows(author.len() + 4)
        .position(|part| part == b"localdemo")
        .expect("author and kind stand side by side in the row of the log");
    bytes[at..at + author.len()].copy_from_slice(b"other");
    std::fs::write(database, bytes).unwrap();
}

#[test]
fn the_days_first_change_makes_a_backup_and_a_failing_one_stops_nobody() {
    let yeji = demo("3");
    let folder = yeji.store().join("backups");
    assert!(!folder.exists(), "a store that was just made needs none");
    ok(&yeji, &["goal", "set", "--year", "2026", "--amount", "1"]);
    let copies = folders(&folder, "yeji-");
    assert_eq!(copies.len(), 1, "{copies:?}");
    ok(&yeji, &["goal", "set", "--year", "2026", "--amount", "2"]);
    assert_eq!(folders(&folder, "yeji-").len(), 1, "one a day");
    let there = Yeji::new();
    ok(&there, &["restore", copies[0].to_str().unwrap()]);

    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "a file where the folder should be").unwrap();
    let output = run(&yeji, &["goal", "set", "--year", "2026", "--amount", "3"]);
    assert!(output.status.success(), "work goes on");
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains("automatic backup failed"), "{err}");
}

#[test]
fn a_damaged_store_is_told_apart_from_a_wrong_passphrase() {
    let yeji = demo("3");
    let whole = database(&yeji);
    let file = yeji.store().join("yeji.db");
    let check = |content: &[u8], part: &str| {
        std::fs::write(&file, content).unwrap();
        for arguments in [
            &["verify"][..],
            &["goal", "set", "--year", "2026", "--amount", "1"],
        ] {
            let err = fails(&yeji, arguments, part);
            assert!(!err.contains("口令不对"), "the passphrase is right: {err}");
            assert_eq!(std::fs::read(&file).unwrap(), content);
        }
    };
    let mut first_page = whole.clone();
    first_page[100..200].fill(0xAA);
    check(&first_page, "is damaged, or not a data file");
    check(
        &whole[..whole.len() - 1_000],
        "is damaged, or not a data file",
    );
    check(
        &whole[..whole.len() / 2 / 4_096 * 4_096],
        "is damaged, or not a data file",
    );
    check(b"", "is damaged, or not a data file");
    // A page in the middle: found by the check, named, and nothing else is touched.
    let mut middle = whole.clone();
    let at = whole.len() / 2 / 4_096 * 4_096;
    middle[at..at + 4_096].fill(0xAA);
    std::fs::write(&file, &middle).unwrap();
    let output = run(&yeji, &["verify", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read(&file).unwrap(), middle);
    // And what to do: the backup.
    std::fs::write(&file, &whole).unwrap();
    let copy = backup(&yeji);
    std::fs::write(&file, &first_page).unwrap();
    ok(&yeji, &["restore", copy.to_str().unwrap()]);
    ok(&yeji, &["verify"]);
    let kept = folders(&yeji.store(), "replaced-");
    assert_eq!(
        std::fs::read(kept[0].join("yeji.db")).unwrap(),
        first_page,
        "the broken one is kept as well"
    );
}

#[test]
fn the_file_of_keys_is_never_made_anew() {
    let yeji = demo("3");
    let keys = yeji.store().join("yeji.keys");
    let whole = std::fs::read(&keys).unwrap();
    std::fs::write(&keys, &whole[..whole.len() / 2]).unwrap();
    fails(&yeji, &["verify"], "file of keys is damaged");
    std::fs::write(&keys, br#"{"version":99}"#).unwrap();
    fails(&yeji, &["verify"], "newer version");
    std::fs::remove_file(&keys).unwrap();
    fails(&yeji, &["verify"], "is damaged, or not a data file");
    assert!(!keys.exists(), "and nothing is made in its place");
    // The database is gone, its backups or keys are not: nothing is made in its place.
    std::fs::write(&keys, &whole).unwrap();
    let copy = backup(&yeji);
    std::fs::remove_file(yeji.store().join("yeji.db")).unwrap();
    let demo = ["demo", "--people", "8", "--deals", "60", "--years", "1"];
    let gone = "is gone, but its backups or its keys (yeji.keys) are still there";
    fails(&yeji, &demo, gone);
    let backups = yeji.store().join("backups");
    std::fs::rename(&backups, yeji.store().join("put-away")).unwrap();
    fails(&yeji, &demo, gone);
    assert_eq!(std::fs::read(&keys).unwrap(), whole);
    assert!(!yeji.store().join("yeji.db").exists());
    ok(&yeji, &["restore", copy.to_str().unwrap()]);
}

#[test]
fn a_newer_store_and_a_newer_backup_are_refused() {
    let yeji = Yeji::new();
    yeji.ok(&["demo", "--people", "8", "--deals", "60", "--years", "1"]);
    let file = yeji.store().join("yeji.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let whole = bytes.clone();
    // `user_version` in the header (SQLite's file format, 1.3.15).
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&file, &bytes).unwrap();
    for arguments in [
        &["verify"][..],
        &["goal", "set", "--year", "2026", "--amount", "1"],
    ] {
        fails(&yeji, arguments, "99");
        assert_eq!(std::fs::read(&file).unwrap(), bytes);
    }
    std::fs::write(&file, &whole).unwrap();
}

#[test]
fn a_clock_set_back_and_a_synchronised_folder_are_warned_of_and_work_goes_on() {
    let yeji = Yeji::new();
    yeji.ok(&["demo", "--people", "8", "--deals", "60", "--years", "1"]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(&yeji.store(), &Key::Plain, OpenMode::ReadWrite)
            .await
            .unwrap();
        let at = "2120-01-01T00:00:00Z".parse().unwrap();
        let id = yeji_core::ids::ChangeId(uuid::Uuid::from_u128(7));
        store
            .apply(yeji_store::Change::new(
                id,
                at,
                "local",
                ChangeKind::Setting,
            ))
            .await
            .unwrap();
        store.close().await.unwrap();
    });
    let output = yeji.run(&["goal", "set", "--year", "2026", "--amount", "1"]);
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && err.contains("2120-01-01"),
        "{err}"
    );
    yeji.ok(&["verify"]);

    let synced = yeji.path("OneDrive - 公司").join("store");
    let mut command = yeji.elsewhere(
        &[
            "demo", "--people", "8", "--deals", "60", "--years", "1", "--plain",
        ],
        &synced,
    );
    let output = command.output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && err.contains("synchronised by OneDrive"),
        "{err}"
    );
}

#[test]
fn a_restore_beside_an_open_window_is_refused() {
    let yeji = Yeji::new();
    yeji.ok(&["demo", "--people", "8", "--deals", "60", "--years", "1"]);
    let copy = yeji.path("copy.yejibackup");
    yeji.ok(&["backup", copy.to_str().unwrap()]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = runtime
        .block_on(Store::open(&yeji.store(), &Key::Plain, OpenMode::ReadWrite))
        .unwrap();
    let before = database(&yeji);
    let said = yeji.fails(&["restore", copy.to_str().unwrap()], 1);
    assert!(
        said.contains(&std::process::id().to_string()),
        "who holds it: {said}"
    );
    assert_eq!(database(&yeji), before);
    runtime.block_on(store.close()).unwrap();
    yeji.ok(&["restore", copy.to_str().unwrap()]);
}

#[test]
fn a_place_that_takes_no_writes_is_told() {
    let yeji = Yeji::new();
    // The kernel's own file systems take no folders from anybody.
    let place = Path::new("/sys/yeji-store");
    let mut command = yeji.elsewhere(
        &[
            "demo", "--people", "8", "--deals", "60", "--years", "1", "--plain",
        ],
        place,
    );
    let output = command.output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(
        err.contains("nothing can be written") && err.contains("只读"),
        "{err}"
    );
}

#[test]
fn a_plain_backup_makes_an_encrypted_store_plain_only_when_that_is_said() {
    let yeji = demo("3");
    let plain = Yeji::new();
    plain.ok(&["demo", "--people", "8", "--deals", "60", "--years", "1"]);
    let file = plain.path("plain.yejibackup");
    let file = file.to_str().unwrap();
    plain.ok(&["backup", file]);
    let before = database(&yeji);
    fails(&yeji, &["restore", file], "--plain");
    assert_eq!(database(&yeji), before);
    ok(&yeji, &["restore", file, "--plain"]);
    yeji.ok(&["verify"]);
}

/// A command with passphrases of its own.
fn with(yeji: &Yeji, arguments: &[&str], passphrases: &[(&str, &str)]) -> Output {
    let mut command = yeji.bare_command(arguments);
    command.envs(passphrases.iter().copied());
    command.output().unwrap()
}

#[track_caller]
fn said(output: &Output) -> String {
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{err}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A passphrase is changed because it was forgotten, or because somebody else knows it: a backup of before
/// must neither shut out who knows today's nor let in who knows that of then.
#[test]
fn a_restore_brings_no_passphrase_or_code_of_before_back() {
    let yeji = demo("3");
    let old_code = ok(&yeji, &["key", "recovery"]);
    let file = backup(&yeji);
    let file = file.to_str().unwrap();
    let (old, new) = (
        ("YEJI_PASSPHRASE", PHRASE),
        ("YEJI_PASSPHRASE", "another phrase"),
    );
    let change = [old, ("YEJI_NEW_PASSPHRASE", new.1)];
    said(&with(&yeji, &["key", "passphrase"], &change));
    let code = said(&with(&yeji, &["key", "recovery"], &[new]));
    let told = said(&with(&yeji, &["restore", file], &[new]));
    assert!(
        told.contains("opened the data before the restore"),
        "{told}"
    );
    for opens in [new.1, code.trim()] {
        said(&with(&yeji, &["verify"], &[("YEJI_PASSPHRASE", opens)]));
    }
    for shut in [old.1, old_code.trim()] {
        let refused = with(&yeji, &["verify"], &[("YEJI_PASSPHRASE", shut)]);
        assert_eq!(refused.status.code(), Some(2), "{shut}");
    }
    // Elsewhere the file has nothing but its own.
    let there = Yeji::new();
    assert_eq!(
        with(&there, &["restore", file], &[new]).status.code(),
        Some(2)
    );
    let told = said(&with(&there, &["restore", file], &[old]));
    assert!(told.contains("what opens the backup"), "{told}");
}

/// The store is damaged, its keys are whole: who knows today's passphrase needs not remember an older one.
#[test]
fn over_a_damaged_store_the_passphrase_of_today_opens_a_backup_and_stays() {
    let yeji = demo("3");
    let file = backup(&yeji);
    let file = file.to_str().unwrap();
    let (old, new) = (
        ("YEJI_PASSPHRASE", PHRASE),
        ("YEJI_PASSPHRASE", "another phrase"),
    );
    let change = [old, ("YEJI_NEW_PASSPHRASE", new.1)];
    said(&with(&yeji, &["key", "passphrase"], &change));
    std::fs::write(
        yeji.store().join("yeji.db"),
        "not a store, but longer than the mark of one",
    )
    .unwrap();
    said(&with(&yeji, &["restore", file], &[new]));
    said(&with(&yeji, &["verify"], &[new]));
    assert_eq!(with(&yeji, &["verify"], &[old]).status.code(), Some(2));
}

/// After a hand-over the backup has another key: only its own passphrase opens it, which a script has to be
/// able to give beside that of the store, and which opens the store from then on.
#[test]
fn a_backup_of_before_a_hand_over_wants_its_own_passphrase_and_keeps_it() {
    let yeji = demo("3");
    let file = backup(&yeji);
    let file = file.to_str().unwrap();
    let (old, new) = (
        ("YEJI_PASSPHRASE", PHRASE),
        ("YEJI_PASSPHRASE", "another phrase"),
    );
    let change = [old, ("YEJI_NEW_PASSPHRASE", new.1)];
    said(&with(&yeji, &["key", "hand-over"], &change));
    let before = database(&yeji);
    let alone = with(&yeji, &["restore", file], &[new]);
    assert_eq!(alone.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&alone.stderr).contains("--file-passphrase-file"));
    assert_eq!(database(&yeji), before);
    let of_file = yeji.file("of-file.txt", format!("{PHRASE}\n"));
    let both = [
        "restore",
        file,
        "--file-passphrase-file",
        of_file.to_str().unwrap(),
    ];
    let told = said(&with(&yeji, &both, &[new]));
    assert!(
        told.contains("From now on it opens by what opens the backup: the passphrase"),
        "{told}"
    );
    said(&with(&yeji, &["verify"], &[old]));
    assert_eq!(with(&yeji, &["verify"], &[new]).status.code(), Some(2));
    // By the environment as well.
    said(&with(&yeji, &["key", "hand-over"], &change));
    said(&with(
        &yeji,
        &["restore", file],
        &[new, ("YEJI_FILE_PASSPHRASE", PHRASE)],
    ));
}

#[test]
fn a_damaged_store_says_so_when_it_is_checked() {
    let yeji = demo("3");
    let file = yeji.store().join("yeji.db");
    let mut bytes = std::fs::read(&file).unwrap();
    for page in [5, 9, 12] {
        bytes[page * 4096 + 100] ^= 0xff;
    }
    std::fs::write(&file, bytes).unwrap();
    let err = fails(&yeji, &["verify"], "restore a backup");
    assert!(!err.contains("was not saved"), "{err}");
}
