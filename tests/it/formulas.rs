//! `=cmd()`-like text: whatever it came in as, it is kept as text, and no file that is written runs it.
//!
//! One store of nothing but such names, every command that writes a CSV or a workbook, and one look at
//! all of them. A rule over the sources keeps a new writer from going its own way.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::cli::{WON_BY_PERSON, Yeji};

const CMD: &str = "=cmd|' /C calc'!A0";
const PEOPLE: &str = "姓名,工号,团队,部门\n\
    \"=cmd|' /C calc'!A0\",A1,=1+1,@SUM(1)\n\
    +1+1,A2,-2+3,@SUM(1)\n";
const DEALS: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n\
    =D1,A1,@客户,\"=HYPERLINK(\"\"x\"\",\"\"y\"\")\",赢单,2025-01-05,2025-02-06,-1000.50\n\
    -D2,A2,＝客户,+产品,赢单,2025-01-07,2025-02-20,2000\n\
    =D3,=nobody(),@客户,+产品,=stage,2025-01-07,2025-02-31,=1+1\n\
    \" =D4\",\"\t=1+1\",@客户,+产品,赢单,2025-01-07,2025-02-20,5\n";

fn hostile() -> Yeji {
    let yeji = Yeji::new();
    let people = yeji.file("=people.csv", PEOPLE);
    let deals = yeji.file("=deals.csv", DEALS);
    let files = [&people, &deals].map(|file| file.to_str().unwrap());
    yeji.ok(&["import", files[0], files[1], "--currency", "CNY", "--yes"]);
    yeji
}

/// Every CSV and workbook that the program writes, with what a person could have named.
fn everything_written(yeji: &Yeji) -> Vec<PathBuf> {
    let out = yeji.path("out");
    std::fs::create_dir(&out).unwrap();
    let at = |name: &str| out.join(name).to_str().unwrap().to_owned();
    let batches = yeji.json(&["batch", "list"]);
    let batch = batches[0]["id"].as_str().unwrap().to_owned();
    yeji.ok(&["batch", "rejected", &batch, "--xlsx", &at("rejected.xlsx")]);
    let to = out.to_str().unwrap();
    for lang in ["zh-CN", "en"] {
        let report = ["report", "dashboard", "--period", "2025", "--out", to];
        yeji.ok(&[&report[..], &["--format", "xlsx", "--lang", lang]].concat());
        for kind in yeji.json(&["template"]).as_array().unwrap() {
            let kind = kind.as_str().unwrap();
            let file = at(&format!("{kind}-{lang}.xlsx"));
            yeji.ok(&["template", kind, &file, "--lang", lang]);
        }
    }
    // Last, so that the log holds the exports and the account's name.
    let password = yeji.file("password", "long enough\n");
    let password = password.to_str().unwrap();
    let account = ["account", "add", CMD, "--role", "hr"];
    yeji.ok(&[&account[..], &["--new-password-file", password]].concat());
    let audit = at("audit.csv");
    let sign_in = ["--user", CMD, "--password-file", password];
    yeji.ok(&[&["audit", "--csv", &audit][..], &sign_in].concat());
    let entries = std::fs::read_dir(&out).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn no_file_that_is_written_holds_a_formula_and_every_text_is_kept() {
    let yeji = hostile();
    let (mut tables, mut books, mut kept) = (0, 0, 0);
    for path in everything_written(&yeji) {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => {
                tables += 1;
                kept += usize::from(text_is_kept_in_csv(&path));
            }
            Some("xlsx") => {
                books += 1;
                kept += usize::from(text_is_kept_in_workbook(&path));
            }
            _ => panic!("what is {}?", path.display()),
        }
    }
    assert_eq!(tables, 1, "the audit log");
    assert!(
        books > 40,
        "rejected rows, two reports, two templates of each kind: {books}"
    );
    assert!(
        kept >= 4,
        "a planted text stands in the log, the rejected rows and both reports: {kept}"
    );
}

/// Checks each cell; says whether the planted name is there.
fn text_is_kept_in_csv(path: &Path) -> bool {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_path(path)
        .unwrap();
    let mut kept = false;
    for row in reader.records() {
        for cell in &row.unwrap() {
            let begins = cell
                .trim_start()
                .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
            let number = cell
                .trim_start_matches(['+', '-'])
                .chars()
                .all(|c| c.is_ascii_digit() || ",.".contains(c));
            assert!(
                !begins || number,
                "{}: a spreadsheet would run `{cell}`",
                path.display()
            );
            kept |= cell.contains("=cmd|' /C calc'!A0") || cell.contains("=nobody()");
        }
    }
    kept
}

/// Checks each part of the package; says whether the planted name is there.
fn text_is_kept_in_workbook(path: &Path) -> bool {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut kept = false;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        if part.read_to_string(&mut text).is_err() {
            continue; // no XML
        }
        let place = format!("{} {name}", path.display());
        assert!(!name.contains("externalLink"), "{place}");
        if name.starts_with("xl/worksheets/") {
            for formula in ["<f>", "<f ", "<hyperlink", "<oleObject", "<ddeLink"] {
                assert!(!text.contains(formula), "{place} holds {formula}");
            }
        }
        kept |= text.contains("=cmd|") || text.contains("=nobody()");
    }
    kept
}

#[test]
fn what_a_script_reads_has_the_text_as_it_was() {
    // JSON is no spreadsheet: an apostrophe there would be another name.
    let yeji = hostile();
    let table = yeji.json(&WON_BY_PERSON);
    let names: Vec<&str> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["label"].as_str().unwrap())
        .collect();
    assert!(names.contains(&CMD) && names.contains(&"+1+1"), "{names:?}");
}

#[test]
fn whoever_writes_a_table_goes_by_the_functions_that_escape() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri");
    let (mut csv_writers, mut workbook_writers) = (Vec::new(), Vec::new());
    for (path, text) in sources(&crates) {
        let shown = path.strip_prefix(&crates).unwrap().display().to_string();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for formula in [
            "write_formula",
            "write_dynamic",
            "write_array",
            "write_url",
            "Formula::new",
        ] {
            assert!(
                !code.contains(formula),
                "{shown} writes formulas by {formula}"
            );
        }
        assert!(
            !code.contains("csv::Writer") && !code.contains("WriterBuilder"),
            "{shown} writes CSV without `csv_cell`, which escapes"
        );
        if code.contains("rust_xlsxwriter::") {
            workbook_writers.push(shown.clone());
        }
        // A line of a table ends as RFC 4180 says; nothing else here does.
        if code.contains("\\r\\n\"") && code.contains(".csv") {
            assert!(
                code.contains("csv_cell("),
                "{shown} writes CSV without `csv_cell`"
            );
            csv_writers.push(shown);
        }
    }
    assert!(
        !csv_writers.is_empty(),
        "the rule sees them: {csv_writers:?}"
    );
    assert!(
        workbook_writers.len() >= 4,
        "the rule sees them: {workbook_writers:?}"
    );
}

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["tests", "benches", "examples", "target"].contains(&name.as_str()) {
                found.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") && name != "tests.rs" {
            found.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    found
}
