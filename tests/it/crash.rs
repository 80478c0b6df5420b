//! The real program killed in the middle of its work, and the real program on a disk that fails.
//!
//! `strace` stops the program at a chosen system call that changes the disk: with SIGKILL, or by
//! letting the call fail as a full or broken disk would. Afterwards the store must be whole, and be
//! as it was before the command or as it is after it, nothing between.

mod rekey;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use yeji_store::{DealQuery, Key, OpenMode, Store};

use crate::cli::Yeji;

/// The calls by which SQLite changes the disk, and the one by which it reads in between.
const CALLS: &[&str] = &[
    "pread64",
    "pwrite64",
    "fsync",
    "fdatasync",
    "ftruncate",
    "unlink",
    "rename",
    "mkdir",
];
/// Kills of each call are spread over its occurrences; each command is killed more than fifty
/// times.
const KILLS_PER_CALL: usize = 12;

/// One use of the program that writes.
struct Job {
    /// A store to start from; only copies of it are touched.
    seed: PathBuf,
    arguments: Vec<String>,
}

/// What a person can tell the store's content by, without the ids and stamps of the moment.
#[derive(Debug, PartialEq, Eq)]
struct Content {
    changes: Vec<&'static str>,
    audit: Vec<String>,
    batches: Vec<(i64, bool)>,
    rows: [usize; 5],
    goal_minor: BTreeMap<String, i64>,
    statements: Vec<String>,
}

const OLD: &str = "the passphrase of before";
const NEW: &str = "the passphrase of today";

#[test]
fn an_import_that_dies_leaves_all_or_nothing() {
    let Some(yeji) = seeded() else { return };
    let file = deals(&yeji);
    check(&yeji, &import(&yeji, &file));
}

#[test]
fn a_split_that_dies_leaves_all_or_nothing() {
    let Some(yeji) = seeded() else { return };
    let arguments = ["goal", "split", "--year", "2026", "--by", "history"];
    check(&yeji, &Job::on(yeji.store(), &arguments));
}

#[test]
fn a_bonus_run_that_dies_leaves_all_or_nothing() {
    let Some(yeji) = seeded() else { return };
    let arguments = ["bonus", "run", "--period", "2026-Q1"];
    check(&yeji, &Job::on(yeji.store(), &arguments));
}

#[test]
fn an_undo_that_dies_leaves_all_or_nothing() {
    let Some(yeji) = seeded() else { return };
    let file = deals(&yeji);
    let job = import(&yeji, &file);
    let imported = job.copy(&yeji, "imported");
    let done = plain(&imported, &job.arguments)
        .output()
        .expect("it starts");
    assert!(done.status.success(), "{}", said(&done));
    let listed = plain(&imported, &["batch".into(), "list".into(), "--json".into()]);
    let listed = listed_ids(&listed_output(listed));
    check(&yeji, &Job::on(imported, &["batch", "undo", &listed[0]]));
}

#[test]
fn a_restore_that_dies_leaves_one_of_the_two() {
    let Some(yeji) = seeded() else { return };
    let copy = yeji.path("copy.yejibackup");
    let copy = copy.to_str().expect("a temporary path");
    yeji.ok(&["backup", copy]);
    yeji.ok(&["goal", "split", "--year", "2026", "--by", "history"]);
    let job = Job::on(yeji.store(), &["restore", copy]);
    check(&yeji, &job);
    check_errors(&yeji, &job);
}

/// Every single call by which files change places fails once, and from there on for ever.
fn check_errors(yeji: &Yeji, job: &Job) {
    let before = content(&job.seed);
    let whole = job.copy(yeji, "whole");
    let log = yeji.path("calls.log");
    traced(&whole, &job.arguments, &log, None);
    let after = content(&whole);
    let text = std::fs::read_to_string(&log).expect("strace wrote it");
    let mut ends = Ends::default();
    for call in ["rename", "mkdir", "fsync"] {
        let made = text
            .lines()
            .filter(|line| line.contains(&format!(" {call}(")))
            .count();
        assert!(made > 1, "{call} is not made: nothing is tested");
        // Of fsync the last ones: those before belong to the database.
        for n in (1..=made).rev().take(8) {
            for from in [format!("{n}"), format!("{n}+")] {
                let fault = format!("{call}:when={from}:error=EIO");
                let store = job.copy(yeji, "failing");
                let output = traced(&store, &job.arguments, &log, Some(&fault));
                let end = ends.count(&fault, &store, &before, &after, &output);
                let words = String::from_utf8_lossy(&output.stderr);
                let promised = words.contains("Nothing was replaced");
                assert!(!promised || end == End::Before, "{fault}: {words}");
            }
        }
    }
    println!("errors: {ends:?}");
    assert!(ends.before > 3, "{ends:?}");
}

#[test]
fn a_restore_that_dies_leaves_a_store_with_the_keys_that_open_it() {
    if Command::new("strace").arg("-V").output().is_err() {
        println!("skipped: `strace` is not installed");
        return;
    }
    let yeji = Yeji::new();
    let with = |mut command: Command, phrase: &str| {
        command.env_remove("YEJI_PASSPHRASE");
        command.env("YEJI_PASSPHRASE", phrase).output().unwrap()
    };
    let succeeds = |output: Output| assert!(output.status.success(), "{}", said(&output));
    let demo = "demo --people 8 --deals 60 --years 1 --seed 7 --until 2026-06-30";
    let demo: Vec<&str> = demo.split(' ').collect();
    succeeds(with(yeji.bare_command(&demo), OLD));
    let copy = yeji.path("copy.yejibackup");
    let copy = copy.to_str().expect("a temporary path");
    succeeds(with(yeji.bare_command(&["backup", copy]), OLD));
    // Another key from here on: a database beside keys that are not its own opens by nothing.
    let mut change = yeji.bare_command(&["key", "hand-over"]);
    change.env("YEJI_NEW_PASSPHRASE", NEW);
    succeeds(with(change, OLD));
    let job = Job::on(yeji.store(), &["restore", copy]);
    let (mut old, mut new) = (0, 0);
    for fault in ["signal=KILL", "error=ENOSPC"] {
        for call in ["rename", "mkdir"] {
            for n in 1..=6 {
                let store = job.copy(&yeji, "killed");
                let restore = yeji.elsewhere(&["restore", copy], &store);
                let mut traced = Command::new("strace");
                traced.args(["-f", "-qq", "-o", "/dev/null", "-e"]);
                traced.arg(format!("trace={call}"));
                traced.args(["-e", &format!("inject={call}:when={n}:{fault}")]);
                traced.arg(restore.get_program()).args(restore.get_args());
                for (name, value) in restore.get_envs() {
                    if let Some(value) = value {
                        traced.env(name, value);
                    }
                }
                traced.env("YEJI_FILE_PASSPHRASE", OLD);
                with(traced, NEW);
                let opens = |phrase: &str| {
                    let verify = yeji.elsewhere(&["verify"], &store);
                    with(verify, phrase).status.success()
                };
                // The backup was made before the hand-over.
                match (opens(OLD), opens(NEW)) {
                    (true, false) => new += 1,
                    (false, true) => old += 1,
                    both => panic!("{fault} {call} {n}: {both:?}"),
                }
            }
        }
    }
    assert!(old > 0 && new > 0, "{old} of before, {new} restored");
}

#[test]
fn a_daily_backup_that_dies_is_made_by_the_next_command() {
    let Some(yeji) = seeded() else { return };
    let folder = yeji.store().join("backups");
    let copies = || {
        let entries = std::fs::read_dir(&folder).expect("the folder of backups");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths.collect::<Vec<_>>()
    };
    for path in copies() {
        // As a kill leaves it: the name is taken, and nothing is in it yet.
        std::fs::write(&path, "").expect("ours");
        let mut part = path.into_os_string();
        part.push(".part");
        std::fs::write(part, "half").expect("ours");
    }
    yeji.ok(&["goal", "set", "--year", "2027", "--amount", "2"]);
    let copies = copies();
    assert_eq!(copies.len(), 1, "{copies:?}");
    yeji.ok(&["restore", copies[0].to_str().expect("a temporary path")]);
}

#[test]
fn a_split_taken_back_that_dies_leaves_all_or_nothing() {
    let Some(yeji) = seeded() else { return };
    let arguments = ["goal", "split", "--year", "2026", "--by", "equal"];
    let job = Job::on(yeji.store(), &arguments);
    let split = job.copy(&yeji, "split");
    let done = plain(&split, &job.arguments).output().expect("it starts");
    assert!(done.status.success(), "{}", said(&done));
    check(&yeji, &Job::on(split, &["undo"]));
}

impl Job {
    fn on(seed: PathBuf, arguments: &[&str]) -> Self {
        Self {
            seed,
            arguments: arguments.iter().copied().map(String::from).collect(),
        }
    }

    fn copy(&self, yeji: &Yeji, name: &str) -> PathBuf {
        let to = yeji.path(name);
        if to.exists() {
            std::fs::remove_dir_all(&to).expect("ours");
        }
        copy_folder(&self.seed, &to);
        to
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).expect("a temporary folder");
    for entry in std::fs::read_dir(from).expect("the seed") {
        let entry = entry.expect("its entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// A demo company with results, goals and target bonuses; None, with a printed line, where the
/// program cannot be stopped from outside. `cargo xtask test` sees to it that it can.
fn seeded() -> Option<Yeji> {
    if Command::new("strace").arg("-V").output().is_err() {
        let required = std::env::var_os("YEJI_REQUIRE_STRACE").is_some();
        assert!(!required, "`strace` is not installed");
        println!("skipped: `strace` is not installed");
        return None;
    }
    let yeji = Yeji::new();
    let demo = "demo --people 12 --deals 300 --years 2 --seed 7 --until 2026-06-30";
    yeji.ok(&demo.split(' ').collect::<Vec<_>>());
    // The day's first change makes the day's backup, which is not what is killed here.
    yeji.ok(&["goal", "set", "--year", "2027", "--amount", "1"]);
    Some(yeji)
}

/// A folder of a CRM export: seven people and a few hundred deals.
fn deals(yeji: &Yeji) -> PathBuf {
    let mut people = String::from("工号,姓名,团队,部门\n");
    for n in 0..7 {
        let _ = writeln!(people, "N{n},销售{n},新团队{},新部门", n % 2);
    }
    let mut text = String::from("商机编号,负责人,客户,产品,阶段,创建日期,成交日期,成交金额\n");
    for n in 0..400 {
        let month = n % 5 + 1;
        let _ = writeln!(
            text,
            "K{n:04},销售{},新客户{},新产品{},赢单,2026-{month:02}-03,2026-{month:02}-27,{}.50",
            n % 7,
            n % 40,
            n % 3,
            1_000 + n
        );
    }
    let folder = yeji.path("crm");
    std::fs::create_dir(&folder).expect("a temporary folder");
    std::fs::write(folder.join("人员.csv"), people).expect("a temporary folder");
    std::fs::write(folder.join("商机.csv"), text).expect("a temporary folder");
    folder
}

fn import(yeji: &Yeji, file: &Path) -> Job {
    let file = file.to_str().expect("a temporary path");
    Job::on(
        yeji.store(),
        &["import", file, "--currency", "CNY", "--yes"],
    )
}

/// Runs the job whole, then killed at many points, then on failing disks.
fn check(yeji: &Yeji, job: &Job) {
    let before = content(&job.seed);
    let whole = job.copy(yeji, "whole");
    let log = yeji.path("calls.log");
    let done = traced(&whole, &job.arguments, &log, None);
    assert!(done.status.success(), "{}", said(&done));
    let after = content(&whole);
    assert_ne!(before, after, "the job must change what the test looks at");

    let mut ends = Ends::default();
    for point in kill_points(&log) {
        let store = job.copy(yeji, "killed");
        let output = traced(
            &store,
            &job.arguments,
            &log,
            Some(&format!("{point}:signal=KILL")),
        );
        ends.killed += usize::from(output.status.signal() == Some(9));
        ends.count(&point.to_string(), &store, &before, &after, &output);
    }
    assert!(ends.before > 0, "no kill came before the end: {ends:?}");
    // Which thread makes a call differs a little from run to run, so some points are never reached.
    assert!(ends.killed > KILLS_PER_CALL, "too few kills: {ends:?}");
    for error in ["ENOSPC", "EIO"] {
        for from in [
            "pwrite64:when=1+",
            "pwrite64:when=40+",
            "fsync:when=1+",
            "fsync:when=2+",
        ] {
            let (call, when) = from.split_once(':').expect("both parts");
            let fault = format!("{call}:{when}:error={error}");
            let store = job.copy(yeji, "failing");
            let output = traced(&store, &job.arguments, &log, Some(&fault));
            let end = ends.count(&fault, &store, &before, &after, &output);
            if output.status.success() {
                continue;
            }
            assert_eq!(output.status.code(), Some(1), "{fault}: {}", said(&output));
            let words = String::from_utf8_lossy(&output.stderr);
            assert!(
                words.contains("disk") && words.contains("磁盘"),
                "{fault}: both languages have to name the disk: {words}"
            );
            let promised =
                words.contains("not saved") || words.contains("nothing of this was kept");
            assert!(
                !promised || end == End::Before,
                "{fault}: it said that nothing was saved, and it was: {words}"
            );
        }
    }
    println!("{:?}: {ends:?}", job.arguments);
}

#[derive(Debug, PartialEq, Eq)]
enum End {
    Before,
    After,
}

#[derive(Debug, Default)]
struct Ends {
    killed: usize,
    before: usize,
    after: usize,
}

impl Ends {
    /// Looks at a store whose job was disturbed.
    fn count(
        &mut self,
        point: &str,
        store: &Path,
        before: &Content,
        after: &Content,
        output: &Output,
    ) -> End {
        let verified = plain(store, &["verify".into()])
            .output()
            .expect("it starts");
        assert!(verified.status.success(), "{point}: {}", said(&verified));
        let found = content(store);
        if found == *after {
            self.after += 1;
            return End::After;
        }
        assert_eq!(found, *before, "{point}: half of the job was done");
        assert!(
            output.stdout.is_empty() && !output.status.success(),
            "{point}: it told of a result that is gone: {}",
            said(output)
        );
        self.before += 1;
        End::Before
    }
}

/// A system call and how often the thread has made it by then.
struct Point {
    call: &'static str,
    occurrence: usize,
}

impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:when={}", self.call, self.occurrence)
    }
}

/// Spread over the calls of an undisturbed run; strace counts each call by itself in each thread.
fn kill_points(log: &Path) -> Vec<Point> {
    let text = std::fs::read_to_string(log).expect("strace wrote it");
    let mut made: BTreeMap<(&'static str, &str), usize> = BTreeMap::new();
    for line in text.lines() {
        let Some((thread, rest)) = line.split_once(' ') else {
            continue;
        };
        let rest = rest.trim_start();
        if let Some(call) = CALLS
            .iter()
            .find(|call| rest.starts_with(&format!("{call}(")))
        {
            *made.entry((call, thread)).or_default() += 1;
        }
    }
    let mut most: BTreeMap<&'static str, usize> = BTreeMap::new();
    for ((call, _), count) in made {
        let most = most.entry(call).or_default();
        *most = (*most).max(count);
    }
    let spread = |(call, count): (&'static str, usize)| {
        let points = count.min(KILLS_PER_CALL);
        (0..points).map(move |n| Point {
            call,
            occurrence: 1 + n * count / points,
        })
    };
    most.into_iter().flat_map(spread).collect()
}

/// The program under strace; `fault` is `CALL:when=...:what happens`.
fn traced(store: &Path, arguments: &[String], log: &Path, fault: Option<&str>) -> Output {
    under_strace(&plain(store, arguments), log, fault)
}

fn under_strace(plain: &Command, log: &Path, fault: Option<&str>) -> Output {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o"]).arg(log);
    command.arg("-e").arg(format!("trace={}", CALLS.join(",")));
    if let Some(fault) = fault {
        command.arg("-e").arg(format!("inject={fault}"));
    }
    command.arg(plain.get_program()).args(plain.get_args());
    for (name, value) in plain.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command.output().expect("strace starts")
}

/// The program by itself.
fn plain(store: &Path, arguments: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yeji"));
    command
        .args(arguments)
        .arg("--data")
        .arg(store)
        .arg("--plain")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .env("HOME", store)
        .env("LC_ALL", "C.UTF-8");
    command
}

fn listed_output(mut command: Command) -> String {
    let output = command.output().expect("it starts");
    assert!(output.status.success(), "{}", said(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Ids of batches, newest first.
fn listed_ids(json: &str) -> Vec<String> {
    let listed: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let rows = listed.as_array().expect("a list");
    rows.iter()
        .map(|row| row["id"].as_str().expect("an id").to_owned())
        .collect()
}

fn said(output: &Output) -> String {
    format!(
        "{}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Reads the store as it is now.
fn content(folder: &Path) -> Content {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(folder, &Key::Plain, OpenMode::ReadOnly)
            .await
            .expect("the store opens");
        let read = read(&store).await.expect("the store can be read");
        store.close().await.expect("it closes");
        read
    })
}

async fn read(store: &Store) -> yeji_store::Result<Content> {
    let changes = store.changes(None, 1_000).await?.rows;
    let audit = store.audit_entries(None, 1_000).await?.rows;
    let batches = store.batches().await?;
    let all = DealQuery {
        limit: 1_000,
        ..DealQuery::all()
    };
    let organisation = store.organisation().await?;
    let mut goal_minor = BTreeMap::new();
    for plan in store.goal_plans().await? {
        let cells = store.goal_cells(plan.id).await?;
        let sum = cells.iter().map(|cell| cell.minor).sum();
        goal_minor.insert(format!("{} {}", plan.year, plan.version), sum);
    }
    let mut statements = Vec::new();
    for run in store.bonus_runs(None).await? {
        let rows = store.statements(run.id).await?;
        statements.push(format!("{} {}", run.period, rows.len()));
    }
    Ok(Content {
        changes: changes.iter().map(|change| change.kind.code()).collect(),
        audit: audit.into_iter().map(|entry| entry.action).collect(),
        batches: batches
            .iter()
            .map(|batch| (batch.new_rows, batch.undone_at.is_some()))
            .collect(),
        rows: [
            organisation.units().count(),
            organisation.people().count(),
            store.customers().await?.len(),
            store.products().await?.len(),
            store.deals(&all).await?.rows.len(),
        ],
        goal_minor,
        statements,
    })
}
