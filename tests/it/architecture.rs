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

/// The texts of a source file: what stands between quotes, not in comments.
fn texts(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '/', '\'', 'r']) {
        let here = &rest[at..];
        let (text, length) = if here.starts_with("//") {
            (None, here.find('\n').unwrap_or(here.len()))
        } else if let Some(raw) = raw_text(here) {
            (
                Some(raw.to_owned()),
                raw.len() + (here.find('"').unwrap_or(0) + 1) * 2 - 1,
            )
        } else if here.starts_with("'\"'") {
            (None, 3)
        } else if let Some(text) = here.strip_prefix('"') {
            let end = end_of_text(text);
            (Some(text[..end].to_owned()), end + 2)
        } else {
            (None, 1)
        };
        found.extend(text);
        rest = here.get(length..).unwrap_or_default();
    }
    found
}

/// What stands in `r"..."` or `r#"..."#` at the start of a piece of source.
fn raw_text(here: &str) -> Option<&str> {
    let (hashes, text) = here.strip_prefix('r')?.split_once('"')?;
    if !hashes.bytes().all(|b| b == b'#') {
        return None;
    }
    text.split_once(&format!("\"{hashes}"))
        .map(|(text, _)| text)
}

/// Where a text ends whose first quote was just before.
fn end_of_text(text: &str) -> usize {
    let mut escaped = false;
    let end = text.find(|letter| {
        let ends = letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        ends
    });
    end.unwrap_or(text.len().saturating_sub(1))
}

/// Whether a text is a statement of SQL: one of its verbs as the first word, or in capitals anywhere,
/// and later the word that goes with it.
fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().any(|(at, word)| {
        let partner: &[&str] = match word.to_ascii_uppercase().as_str() {
            "SELECT" | "DELETE" => &["FROM"],
            "UPDATE" => &["SET"],
            "INSERT" | "REPLACE" => &["INTO"],
            "CREATE" | "DROP" | "ALTER" => &["TABLE", "INDEX", "VIEW", "TRIGGER"],
            "PRAGMA" => return *word == "PRAGMA",
            _ => return false,
        };
        let capitals = word.bytes().all(|letter| letter.is_ascii_uppercase());
        let rest = &words[at + 1..];
        if capitals {
            return rest.iter().any(|word| partner.contains(word));
        }
        // In small letters only what cannot be a sentence: `select name from person`.
        let fits = |word: &&str| partner.contains(&word.to_ascii_uppercase().as_str());
        let plain = word.bytes().all(|letter| letter.is_ascii_lowercase());
        at == 0 && plain && rest.iter().take(4).any(fits)
    })
}

#[test]
fn no_sql_outside_the_store() {
    let mut all = Vec::new();
    files(&root().join("src-tauri"), &["rs"], &mut all);
    let store = root().join("src-tauri/crates/store");
    let mut seen = 0;
    for path in all.iter().filter(|path| !path.starts_with(&store)) {
        for text in texts(&std::fs::read_to_string(path).unwrap()) {
            seen += 1;
            assert!(!is_sql(&text), "{} holds SQL: {text}", path.display());
        }
    }
    assert!(seen > 2_000, "the texts are found: {seen}");
}

/// The head of each public item of a source file, and the public fields of its public structs.
fn public_heads(source: &str) -> Vec<String> {
    let mut heads = Vec::new();
    let mut in_public_struct = false;
    let mut lines = source.lines().peekable();
    while let Some(line) = lines.next() {
        let text = line.trim();
        if line == "}" {
            in_public_struct = false;
        }
        let item = [
            "fn ",
            "async fn ",
            "struct ",
            "type ",
            "use ",
            "static ",
            "const ",
            "trait ",
        ]
        .iter()
        .any(|kind| {
            text.strip_prefix("pub ")
                .is_some_and(|rest| rest.starts_with(kind))
        });
        let field = in_public_struct && text.starts_with("pub ");
        if !item && !field {
            continue;
        }
        in_public_struct |= line.starts_with("pub struct ");
        let mut head = text.to_owned();
        while !head.contains(['{', ';']) && !field {
            let Some(next) = lines.next() else { break };
            head.push(' ');
            head.push_str(next.trim());
        }
        heads.push(head);
    }
    heads
}

/// Types by which a connection could be had.
const CONNECTIONS: [&str; 6] = [
    "SqliteConnection",
    "SqlitePool",
    "PoolConnection",
    "Transaction<",
    "Writer",
    "sqlx::",
];

#[test]
fn the_store_hands_out_no_connection() {
    let mut all = Vec::new();
    files(
        &root().join("src-tauri/crates/store/src"),
        &["rs"],
        &mut all,
    );
    let mut seen = 0;
    for path in all {
        for head in public_heads(&std::fs::read_to_string(&path).unwrap()) {
            seen += 1;
            // The record of one row that is internal has public fields inside of the crate only.
            let inside = path.ends_with("store.rs") && head.starts_with("pub conn:");
            let found = CONNECTIONS.iter().find(|name| head.contains(**name));
            assert!(
                found.is_none()
                    || inside
                    || head.starts_with("pub async fn flush")
                    || is_internal(&path),
                "{}: `{head}` would let others write past `apply`",
                path.display()
            );
        }
    }
    assert!(seen > 100, "the items are found: {seen}");
    let own = public_heads(
        "pub struct A {\n    pub conn: SqliteConnection,\n}\npub fn b(\n    x: i64,\n) -> SqlitePool {\n}\npub(crate) fn c() {}",
    );
    assert_eq!(own.len(), 3, "a struct, its field, a function: {own:?}");
}

/// Modules whose public items are methods of types that the crate keeps to itself.
fn is_internal(path: &Path) -> bool {
    ["changelog.rs", "rollup.rs", "recount.rs"]
        .iter()
        .any(|name| path.ends_with(name))
}

#[test]
fn what_reads_the_store_holds_no_writing_statement() {
    let mut all = Vec::new();
    let queries = root().join("src-tauri/crates/store/src/queries");
    files(&queries, &["rs"], &mut all);
    for path in all {
        for text in texts(&std::fs::read_to_string(&path).unwrap()) {
            let writes = [
                "INSERT ",
                "UPDATE ",
                "DELETE ",
                "REPLACE INTO",
                "CREATE ",
                "DROP ",
                "ALTER ",
            ];
            let found = writes.iter().find(|verb| text.contains(**verb));
            assert!(found.is_none(), "{} writes: {text}", path.display());
        }
    }
}

#[test]
fn sql_is_known_when_it_is_seen() {
    let mut of_store = Vec::new();
    let store = root().join("src-tauri/crates/store/src");
    files(&store, &["rs"], &mut of_store);
    let statements = of_store.iter().map(|path| {
        let texts = texts(&std::fs::read_to_string(path).unwrap());
        texts.iter().filter(|text| is_sql(text)).count()
    });
    let found: usize = statements.sum();
    assert!(found > 50, "the store's own statements: {found}");
    for (source, sql) in [
        ("let q = \"SELECT id\\n FROM person\";", true),
        ("query(r#\"UPDATE \"org_unit\" SET name = ?\"#)", true),
        ("let q = \"delete from person\";", true),
        ("let q = \"PRAGMA user_version\";", true),
        (
            "let q = \"WITH t AS (SELECT 1 FROM x) INSERT INTO y\";",
            true,
        ),
        ("let said = \"Select a file from the folder\";", false),
        ("// \"SELECT * FROM person\"", false),
        (
            "let quote = '\"'; let said = \"as is\"; // SELECT x FROM y",
            false,
        ),
    ] {
        assert_eq!(
            texts(source).iter().any(|text| is_sql(text)),
            sql,
            "{source}"
        );
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

/// Actions of audit entries (`bonus.run`) in a source file: the texts just after an `action:` or `audit(`.
fn audit_actions(source: &str) -> Vec<String> {
    let is_action = |text: &String| {
        text.split_once('.').is_some_and(|(area, deed)| {
            let word = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            word(area) && word(deed)
        })
    };
    ["action: ", ".audit("]
        .iter()
        .flat_map(|call| source.match_indices(call))
        .flat_map(|(at, _)| {
            let near: String = source[at..].chars().take(120).collect();
            literals(&near)
                .into_iter()
                .filter(is_action)
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn every_audited_action_has_words_in_both_languages() {
    let mut all = Vec::new();
    files(&root().join("src-tauri/crates/app/src"), &["rs"], &mut all);
    let mut seen = BTreeSet::new();
    for path in all.iter().filter(|path| !path.ends_with("tests.rs")) {
        seen.extend(audit_actions(&std::fs::read_to_string(path).unwrap()));
    }
    assert!(seen.len() >= 11, "the actions are found: {seen:?}");
    for language in ["zh-CN", "en"] {
        let path = root().join(format!("ui/src/i18n/{language}/terms.json"));
        let terms: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for action in &seen {
            assert!(
                terms["audit_action"].get(action).is_some(),
                "{language}: `{action}` has no words"
            );
        }
    }
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
