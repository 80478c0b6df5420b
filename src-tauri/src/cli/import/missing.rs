//! Files that an import left out: they stand at the end of the result, and a script must not see success.

use std::collections::BTreeMap;

use yeji_app::api::Message;
use yeji_app::api::data::{ImportDraft, ImportFile, UnreadableFile};

use crate::cli::refusal;

/// What may lie in a folder or a workbook beside the tables without anybody missing it.
const BESIDE: [&str; 2] = ["file_skipped", "sheet_hidden"];

/// Every file and sheet that is left out, with the reason.
pub(super) fn listed(draft: &ImportDraft) -> Vec<UnreadableFile> {
    let unknown = draft.files.iter().filter(|file| file.kind.is_none());
    let unknown = unknown.map(|file| UnreadableFile {
        file: file.file.clone(),
        reason: Message::new("not_recognised", &[]),
    });
    unknown.chain(draft.unreadable.iter().cloned()).collect()
}

/// Refuses files that cannot be read or of which no sheet is recognised.
pub(super) fn require_none(draft: &ImportDraft) -> anyhow::Result<()> {
    let mut recognised: BTreeMap<&str, bool> = BTreeMap::new();
    for table in &draft.files {
        *recognised.entry(file_of(table)).or_default() |= table.kind.is_some();
    }
    let unknown = recognised.iter().filter(|(_, known)| !**known);
    let unreadable = draft.unreadable.iter();
    let unreadable = unreadable.filter(|file| !BESIDE.contains(&file.reason.code.as_str()));
    let names: Vec<&str> = unknown
        .map(|(name, _)| *name)
        .chain(unreadable.map(|file| file.file.as_str()))
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    Err(refusal("files_left_out", &[("files", names.join(", "))]))
}

/// The file of a table; a sheet's label has its name behind the file's.
fn file_of(table: &ImportFile) -> &str {
    let sheet = table.file.rsplit_once(" [");
    match (&table.encoding, sheet) {
        (None, Some((file, _))) => file,
        _ => &table.file,
    }
}
