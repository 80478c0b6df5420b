//! Files that an import left out: they stand at the end of the result, and a script must not see success.

use std::collections::BTreeSet;

use yeji_app::api::Message;
use yeji_app::api::data::{ImportDraft, UnreadableFile};

use crate::cli::refusal;

/// What may lie in a folder or a workbook beside the tables without anybody missing it.
const BESIDE: [&str; 2] = ["file_skipped", "sheet_hidden"];

/// Every file and sheet that is left out, with the reason.
pub(super) fn listed(draft: &ImportDraft) -> Vec<UnreadableFile> {
    let unknown = draft.files.iter().filter(|file| file.kind.is_none());
    let unknown = unknown.map(|file| UnreadableFile {
        file: file.file.clone(),
        reason: Message::new("not_recognised", &[]),
        index: None,
        encoding: None,
    });
    unknown.chain(draft.unreadable.iter().cloned()).collect()
}

/// Refuses files that cannot be read or of which no sheet is recognised.
pub(super) fn require_none(draft: &ImportDraft) -> anyhow::Result<()> {
    // Not by name: exports of several branches have the same one.
    let recognised = draft.files.iter().filter(|table| table.kind.is_some());
    let recognised: BTreeSet<u32> = recognised.map(|table| table.of_file).collect();
    let tables = draft.files.iter();
    let unknown = tables.filter(|table| !recognised.contains(&table.of_file));
    let unreadable = draft.unreadable.iter();
    let unreadable = unreadable.filter(|file| !BESIDE.contains(&file.reason.code.as_str()));
    let names: Vec<&str> = unknown
        .map(|table| table.file.as_str())
        .chain(unreadable.map(|file| file.file.as_str()))
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    Err(refusal("files_left_out", &[("files", names.join(", "))]))
}
