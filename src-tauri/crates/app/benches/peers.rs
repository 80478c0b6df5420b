//! Imports, reads and opening against peers and bounds: `cargo bench -p yeji-app --bench peers`.
//!
//! Every figure is taken in a process of its own, so that its memory is its own, and pairs of figures
//! alternate, so that what else runs on the machine weighs on both. pandas and openpyxl run in the same
//! run where `YEJI_PYTHON` (default `python3`) has them. `YEJI_BENCH_DEALS` makes it smaller,
//! `YEJI_BENCH_ROUNDS` repeats, `YEJI_BENCH_BYTES=1000000000` takes the memory of a large file as well.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark's size is the developer's choice"
)]

mod peers_support;

use std::io;
use std::path::Path;
use std::process::Command;

use peers_support::{bonus, child, company, files};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "child") {
        child::run(&arguments[1..]);
        return;
    }
    let deals = number("YEJI_BENCH_DEALS", 1_000_000);
    if arguments.iter().any(|one| one == "tiles") {
        tiles(deals);
        return;
    }
    if arguments.iter().any(|one| one == "bonus") {
        bonus_of_a_year(deals);
        return;
    }
    let rounds = number("YEJI_BENCH_ROUNDS", 2);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (full, refreshed, book) = (at("deals.csv"), at("refresh/deals.csv"), at("deals.xlsx"));
    std::fs::create_dir(folder.path().join("refresh")).expect("a folder");
    files::csv(Path::new(&full), deals, 0, 0);
    files::csv(Path::new(&refreshed), deals, 0, 100);
    files::xlsx(Path::new(&book), (deals / 10).max(1));
    println!("{deals} deals, {rounds} rounds, load {}", load());
    for round in 1..=rounds {
        let (encrypted, plain) = (at(&format!("e{round}")), at(&format!("p{round}")));
        say(
            "import, encrypted",
            &own(&["import", &encrypted, &full, "encrypted"]),
        );
        say("pandas", &peer(&["csv", &full, &at("peer.db")]));
        say("import, plain", &own(&["import", &plain, &full, "plain"]));
        // The first writing of a day makes the daily copy; what follows is without it.
        for (what, dir, how) in [
            ("first of a day, encrypted", &encrypted, "encrypted"),
            ("first of a day, plain", &plain, "plain"),
        ] {
            say(what, &own(&["open", dir, how]));
        }
        say(
            "refresh, 1 % changed",
            &own(&["import", &encrypted, &refreshed, "encrypted"]),
        );
        say(
            "refresh, nothing changed",
            &own(&["import", &encrypted, &refreshed, "encrypted"]),
        );
        say("XLSX of a tenth of the rows", &own(&["xlsx", &book]));
        say("openpyxl", &peer(&["xlsx", &book]));
        for _ in 0..2 {
            say("reads, plain", &own(&["reads", &plain, "plain"]));
            say(
                "reads, encrypted",
                &own(&["reads", &encrypted, "encrypted"]),
            );
        }
        for _ in 0..3 {
            say("opening, plain", &own(&["open", &plain, "plain"]));
            say(
                "opening, encrypted",
                &own(&["open", &encrypted, "encrypted"]),
            );
        }
        for dir in [encrypted, plain] {
            std::fs::remove_dir_all(dir).expect("a folder of this run");
        }
        println!("load {}", load());
    }
    let bytes = number("YEJI_BENCH_BYTES", 0);
    if bytes > 0 {
        let large = at("large.csv");
        let padding = u32::try_from(u64::from(bytes) / u64::from(deals)).unwrap_or(0);
        files::csv(Path::new(&large), deals, padding.saturating_sub(74), 0);
        let size = std::fs::metadata(&large).expect("the file").len();
        say(
            &format!("import of {size} bytes"),
            &own(&["import", &at("l"), &large, "encrypted"]),
        );
    }
}

/// What a dashboard's tiles ask for, from the encrypted store, beside `DuckDB` and polars in memory:
/// `cargo bench -p yeji-app --bench peers -- tiles`.
fn tiles(deals: u32) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = folder.path().join("store").to_string_lossy().into_owned();
    let files = company::write(folder.path(), deals);
    let paths: Vec<_> = files.iter().map(|path| path.to_string_lossy()).collect();
    let mut arguments = vec!["company", &store];
    arguments.extend(paths.iter().map(AsRef::as_ref));
    say(&format!("import of {deals} deals"), &own(&arguments));
    let files = folder.path().to_string_lossy().into_owned();
    for round in 1..=number("YEJI_BENCH_ROUNDS", 2) {
        println!("round {round}, load {}", load());
        say("ours, encrypted", &own(&["tiles", &store]));
        for library in ["duckdb", "polars"] {
            say(library, &peer(&["tiles", &files, library]));
        }
    }
}

/// Statements of 10,000 people for twelve months from the encrypted store, kept as runs:
/// `cargo bench -p yeji-app --bench peers -- bonus`.
fn bonus_of_a_year(deals: u32) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = folder.path().join("store").to_string_lossy().into_owned();
    let files = bonus::write(folder.path(), deals);
    let paths: Vec<_> = files.iter().map(|path| path.to_string_lossy()).collect();
    let mut arguments = vec!["company", &store];
    arguments.extend(paths.iter().map(AsRef::as_ref));
    say(&format!("import of {deals} won deals"), &own(&arguments));
    println!("load {}", load());
    say("a year of bonuses", &own(&["bonus", &store]));
    println!("load {}", load());
}

fn number(name: &str, usual: u32) -> u32 {
    let asked = std::env::var(name).ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn say(what: &str, figures: &str) {
    println!("{what:<30} {figures}");
}

/// This program again, for one figure.
fn own(arguments: &[&str]) -> String {
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new(program);
    answer(command.arg("child").args(arguments)).expect("a figure")
}

fn peer(arguments: &[&str]) -> String {
    let python = std::env::var("YEJI_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = if arguments.first() == Some(&"tiles") {
        "benches/tiles.py"
    } else {
        "benches/peers.py"
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
    let mut command = Command::new(python);
    answer(command.arg(script).args(arguments)).unwrap_or_else(|why| format!("not measured: {why}"))
}

fn answer(command: &mut Command) -> io::Result<String> {
    let done = command.output()?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(io::Error::other(said.trim()));
    }
    let text = String::from_utf8_lossy(&done.stdout);
    Ok(text.trim().replace('\n', ", "))
}

/// How busy the machine is (Linux).
fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').take(3).collect::<Vec<_>>().join(" ")
}
