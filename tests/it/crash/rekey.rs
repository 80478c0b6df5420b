//! Killed while a store gets another key: it is open to who had it or to who gets it, never to nobody.

use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Command;

use super::{Job, kill_points, plain, said, under_strace};
use crate::cli::Yeji;

#[test]
fn a_hand_over_that_dies_leaves_a_store_that_one_of_the_two_opens() {
    const OLD: &str = "the phrase before";
    const NEW: &str = "the phrase after";
    /// A passphrase costs time on purpose, so not every point is tried.
    const EVERY: usize = 3;
    if Command::new("strace").arg("-V").output().is_err() {
        println!("skipped: `strace` is not installed");
        return;
    }
    let yeji = Yeji::new();
    let by = |store: &Path, phrase: &str, arguments: &[&str]| {
        let arguments: Vec<String> = arguments.iter().copied().map(String::from).collect();
        let mut command = plain(store, &arguments);
        command.env("YEJI_PASSPHRASE", phrase);
        command
    };
    let demo = "demo --people 12 --deals 300 --years 2 --seed 7 --until 2026-06-30";
    let demo: Vec<&str> = demo.split(' ').collect();
    let mut made = yeji.elsewhere(&demo, &yeji.store());
    let made = made
        .env("YEJI_PASSPHRASE", OLD)
        .output()
        .expect("it starts");
    assert!(made.status.success(), "{}", said(&made));
    // The day's backup is not what is killed here.
    let first = ["goal", "set", "--year", "2027", "--amount", "1"];
    let first = by(&yeji.store(), OLD, &first).output().expect("it starts");
    assert!(first.status.success(), "{}", said(&first));
    let figures = "kpi --metric won_amount --by quarter --from 2024-01-01 --to 2027-01-01";
    let figures: Vec<&str> = figures.split(' ').collect();
    let told =
        |store: &Path, phrase: &str| by(store, phrase, &figures).output().expect("it starts");
    let before = told(&yeji.store(), OLD);

    let job = Job::on(yeji.store(), &["key", "hand-over"]);
    let log = yeji.path("calls.log");
    let hand_over = |store: &Path, fault: Option<&str>| {
        let mut command = by(store, OLD, &["key", "hand-over"]);
        command.env("YEJI_NEW_PASSPHRASE", NEW);
        under_strace(&command, &log, fault)
    };
    let whole = job.copy(&yeji, "whole");
    let done = hand_over(&whole, None);
    assert!(done.status.success(), "{}", said(&done));
    let (mut killed, mut old, mut new) = (0, 0, 0);
    for point in kill_points(&log).into_iter().step_by(EVERY) {
        let store = job.copy(&yeji, "killed");
        let output = hand_over(&store, Some(&format!("{point}:signal=KILL")));
        killed += usize::from(output.status.signal() == Some(9));
        let opens = [OLD, NEW].map(|phrase| told(&store, phrase));
        let [by_old, by_new] = opens.each_ref().map(|one| one.status.success());
        assert!(
            by_old != by_new,
            "{point}: exactly one opens it: {}\n{}",
            said(&opens[0]),
            said(&opens[1])
        );
        let (phrase, opened) = if by_old {
            (OLD, &opens[0])
        } else {
            (NEW, &opens[1])
        };
        assert_eq!(opened.stdout, before.stdout, "{point}: and all is there");
        let verified = by(&store, phrase, &["verify"]).output().expect("it starts");
        assert!(verified.status.success(), "{point}: {}", said(&verified));
        assert!(
            output.stdout.is_empty() || by_new,
            "{point}: a recovery code was printed that opens nothing"
        );
        (old, new) = (old + usize::from(by_old), new + usize::from(by_new));
    }
    println!("hand-over: {killed} killed, {old} as before, {new} handed over");
    assert!(killed > 4 && old > 0, "{killed} killed, {old} as before");
}
