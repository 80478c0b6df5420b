//! The house rules as tests: who may depend on whom, and where SQL may stand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Workspace crates and the crates they depend on (not for tests).
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let normal = package["dependencies"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|d| d["kind"] != "dev");
            let names = normal
                .map(|d| d["name"].as_str().unwrap().to_owned())
                .collect();
            (package["name"].as_str().unwrap().to_owned(), names)
        })
        .collect()
}

#[test]
fn arrows_point_downward() {
    let all = dependencies();
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("yeji-core", &[][..]),
        ("yeji-goals", &["yeji-core"]),
        ("yeji-bonus", &["yeji-core"]),
        ("yeji-insight", &["yeji-core"]),
        ("yeji-store", &["yeji-core"]),
        ("yeji-intake", &["yeji-core"]),
        ("yeji-report", &["yeji-core"]),
        ("yeji-demo", &["yeji-core"]),
        ("yeji-testkit", &["yeji-core"]),
        (
            "yeji-app",
            &[
                "yeji-core",
                "yeji-goals",
                "yeji-bonus",
                "yeji-insight",
                "yeji-store",
                "yeji-intake",
                "yeji-report",
                "yeji-demo",
            ],
        ),
        (
            "yeji",
            &["yeji-app", "yeji-core", "yeji-bonus", "yeji-report"],
        ),
        ("xtask", &[]),
    ]);
    for (name, own) in &all {
        let allowed = allowed
            .get(name.as_str())
            .unwrap_or_else(|| panic!("{name} has no place in the house"));
        for used in own.iter().filter(|used| used.starts_with("yeji")) {
            assert!(
                allowed.contains(&used.as_str()),
                "{name} must not use {used}"
            );
        }
    }
}

#[test]
fn only_the_shell_knows_tauri_and_only_the_store_knows_sqlite() {
    for (name, used) in dependencies() {
        let tauri = used.iter().any(|used| used.starts_with("tauri"));
        assert!(!tauri || name == "yeji", "{name} must not depend on tauri");
        assert!(
            !used.contains("sqlx") || name == "yeji-store",
            "{name} must not depend on sqlx"
        );
    }
}

fn files(folder: &Path, ending: &[&str], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path
            .extension()
            .is_some_and(|own| ending.iter().any(|e| own == *e))
        {
            found.push(path);
        }
    }
}

#[test]
fn no_sql_outside_the_store() {
    let mut all = Vec::new();
    files(&root().join("src-tauri"), &["rs"], &mut all);
    for path in all
        .iter()
        .filter(|path| !path.components().any(|part| part.as_os_str() == "store"))
    {
        let text = std::fs::read_to_string(path).unwrap();
        for word in [
            "INSERT INTO ",
            "SELECT * FROM",
            "DELETE FROM ",
            "UPDATE SET ",
        ] {
            assert!(!text.contains(word), "{} holds SQL", path.display());
        }
    }
}

#[test]
fn areas_of_the_window_do_not_import_each_other_and_one_file_knows_tauri() {
    let areas = root().join("ui/src/areas");
    let mut all = Vec::new();
    files(&root().join("ui/src"), &["ts", "tsx"], &mut all);
    for path in &all {
        let text = std::fs::read_to_string(path).unwrap();
        let allowed =
            path.ends_with("backend/tauri.ts") || path.to_string_lossy().contains(".test.");
        assert!(
            allowed || !text.contains("@tauri-apps"),
            "{} imports @tauri-apps",
            path.display()
        );
        let Ok(inside) = path.strip_prefix(&areas) else {
            continue;
        };
        let own = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .into_owned();
        for other in std::fs::read_dir(&areas).unwrap() {
            let other = other.unwrap().file_name().to_string_lossy().into_owned();
            let imported =
                text.contains(&format!("areas/{other}/")) || text.contains(&format!("../{other}/"));
            assert!(
                other == own || !imported,
                "{} imports the area {other}",
                path.display()
            );
        }
    }
}

#[test]
fn no_room_is_named_after_nothing() {
    let mut all = Vec::new();
    files(&root().join("src-tauri"), &["rs"], &mut all);
    files(&root().join("ui/src"), &["ts", "tsx"], &mut all);
    for path in all {
        for part in path.strip_prefix(root()).unwrap().components() {
            let name = part.as_os_str().to_string_lossy();
            let stem = name.split('.').next().unwrap_or_default().to_owned();
            for empty in [
                "utils", "util", "common", "helper", "helpers", "manager", "service",
            ] {
                let words_file = path.to_string_lossy().contains("i18n");
                assert!(
                    stem != empty || words_file,
                    "{}: say what it holds",
                    path.display()
                );
            }
        }
    }
}

/// String literals in a piece of source, without escapes (none of ours has one).
fn literals(source: &str) -> Vec<String> {
    source
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Where the bracket closes that was opened just before.
fn closing(source: &str) -> usize {
    let mut depth = 1;
    let end = source.find(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        depth == 0
    });
    end.unwrap_or(source.len())
}

/// Field and expectation of every `Error::input(field, value, expected)` of a source file; an
/// expectation that is a name is looked up above the call, a field that is a name is left out.
fn expectations(source: &str) -> Vec<(Option<String>, String)> {
    let mut found = Vec::new();
    for (at, call) in source.match_indices("Error::input(") {
        let rest = &source[at + call.len()..];
        let end = closing(rest);
        let own = literals(&rest[..end]);
        let Some(last) = own.last() else {
            continue;
        };
        let field = rest.trim_start().starts_with('"').then(|| own[0].clone());
        let named = rest[..end]
            .trim_end()
            .trim_end_matches(',')
            .ends_with("expected");
        let expected = if named {
            source[..at]
                .rfind("let expected")
                .and_then(|start| literals(&source[start..at]).into_iter().next())
        } else {
            Some(last.clone())
        };
        found.push((field, expected.unwrap_or_default()));
    }
    found
}

#[test]
fn what_is_expected_has_words_in_both_languages() {
    let mut all = Vec::new();
    files(&root().join("src-tauri"), &["rs"], &mut all);
    let terms = ["zh-CN", "en"].map(|language| {
        let path = root().join(format!("ui/src/i18n/{language}/terms.json"));
        serde_json::from_str::<Value>(&std::fs::read_to_string(path).unwrap()).unwrap()
    });
    let mut seen = 0;
    for path in all {
        for (field, expected) in expectations(&std::fs::read_to_string(&path).unwrap()) {
            seen += 1;
            for terms in &terms {
                let place = path.display();
                if let Some(field) = &field {
                    assert!(
                        terms["setting"].get(field).is_some(),
                        "{place}: the field `{field}` has no words"
                    );
                }
                assert!(
                    terms["expected"].get(&expected).is_some(),
                    "{place}: `{expected}` has no words"
                );
            }
        }
    }
    assert!(seen > 20, "the calls are found: {seen}");
}
