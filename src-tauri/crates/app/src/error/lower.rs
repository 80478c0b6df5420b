//! Codes and values of errors of the crates below that know no codes of ours.

use std::collections::BTreeMap;

/// Codes of the store's errors.
pub(crate) fn store_code(error: &yeji_store::Error) -> &'static str {
    use yeji_store::Error as Store;
    match error {
        error if error.is_damage() => "store_damaged",
        error if error.is_disk_full() => "disk_full",
        error if error.is_read_only_place() => "store_read_only_place",
        Store::Absent(_) => "store_absent",
        Store::Missing(_) => "store_missing",
        Store::AlreadyThere(_) => "store_already_there",
        Store::HeldByAnother { .. } => "store_held",
        Store::ReadOnly => "store_read_only",
        Store::NewerStore { .. } => "store_newer",
        Store::OlderStore { .. } => "store_older",
        Store::NotAStore { .. } => "store_broken",
        Store::WrongKey(_) => "store_wrong_key",
        Store::KeyNeeded(_) => "store_key_needed",
        Store::FileExists(_) => "file_exists",
        Store::NoBackupBeforeMigration(_) => "no_backup_before_migration",
        Store::NotABackup { .. } => "not_a_backup",
        Store::UnsoundBackup { .. } => "unsound_backup",
        Store::IncomingNotWhole(_) => "incoming_not_whole",
        Store::ReplacementUnfinished { .. } => "replacement_unfinished",
        Store::UndoneAlready(_) => "batch_undone_already",
        Store::NoSuchBatch(_) => "no_such_batch",
        Store::MixedCurrencies { .. } => "mixed_currencies",
        Store::Duplicate { .. } => "duplicate_identity",
        Store::NoSuchChange(_) => "no_such_change",
        Store::TakenBackAlready(_) => "taken_back_already",
        Store::CannotTakeBack { .. } => "cannot_take_back",
        Store::LaterWork { .. } => "later_work",
        Store::NothingToTakeBack { .. } => "nothing_left_to_take_back",
        Store::NotAHead(_) => "not_a_head",
        Store::Io { .. } => "store_io",
        Store::CommitUncertain(_) => "commit_uncertain",
        Store::Core(error) => error.code(),
        _ => "store_failed",
    }
}

/// Their values.
pub(super) fn store_params(error: &yeji_store::Error) -> BTreeMap<String, String> {
    use yeji_store::Error as Store;
    let mut params = BTreeMap::new();
    let mut put = |name: &str, value: String| {
        params.insert(name.to_owned(), value);
    };
    match error {
        Store::Absent(path)
        | Store::Missing(path)
        | Store::AlreadyThere(path)
        | Store::WrongKey(path)
        | Store::KeyNeeded(path)
        | Store::FileExists(path)
        | Store::IncomingNotWhole(path) => put("path", path.display().to_string()),
        Store::NotAStore { path, why } => {
            put("path", path.display().to_string());
            put("why", why.clone());
        }
        Store::NotABackup { path, why } => {
            put("path", path.display().to_string());
            put("why", why.code().to_owned());
        }
        Store::UnsoundBackup { check, place, what } => {
            put("check", (*check).to_owned());
            put("place", place.clone());
            put("what", what.clone());
        }
        Store::ReplacementUnfinished { path, why } => {
            put("path", path.display().to_string());
            put("reason", why.clone());
        }
        Store::NoBackupBeforeMigration(error) => put("reason", error.to_string()),
        Store::HeldByAnother { holder } => put("holder", holder.clone()),
        Store::NewerStore { found, known } | Store::OlderStore { found, known } => {
            put("found", found.to_string());
            put("known", known.to_string());
        }
        Store::Io { path, source } => {
            put("path", path.display().to_string());
            put("reason", yeji_intake::io_reason(source));
        }
        Store::Duplicate { entity, .. } => put("entity", entity.clone()),
        Store::NoSuchChange(change) | Store::TakenBackAlready(change) => {
            put("change", change.to_string());
        }
        Store::CannotTakeBack { kind, .. } => put("kind", kind.code().to_owned()),
        Store::LaterWork {
            entity, rows, by, ..
        } => {
            put("entity", entity.code().to_owned());
            put("rows", rows.to_string());
            put("by", by.map_or_else(String::new, |seq| seq.to_string()));
        }
        Store::NothingToTakeBack { kept, .. } => put("rows", kept.to_string()),
        Store::NotAHead(text) => put("value", text.clone()),
        _ => {}
    }
    params
}

/// Codes of the demo company's errors.
pub(super) fn demo_code(error: &yeji_demo::Error) -> &'static str {
    use yeji_demo::Error as Demo;
    match error {
        Demo::Limit { .. } => "demo_limits",
        Demo::Until { .. } => "demo_until",
        Demo::Cancelled => "cancelled",
        Demo::Core(error) => error.code(),
    }
}

/// Their values.
pub(super) fn demo_params(error: &yeji_demo::Error) -> BTreeMap<String, String> {
    use yeji_demo::Error as Demo;
    let pairs = match error {
        Demo::Limit {
            field,
            value,
            min,
            max,
        } => vec![
            ("field", (*field).to_owned()),
            ("value", value.to_string()),
            ("min", min.to_string()),
            ("max", max.to_string()),
        ],
        Demo::Until { until, years } => vec![
            ("until", until.to_string()),
            ("years", years.to_string()),
            ("first", yeji_demo::FIRST_DAY.to_string()),
            ("last", yeji_demo::LAST_DAY.to_string()),
        ],
        Demo::Cancelled => Vec::new(),
        Demo::Core(error) => return error.params(),
    };
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
