//! What was understood of the files and what an import would do, on standard error.

use yeji_app::api::data::{
    AliasProposal, ImportDraft, ImportPreview, UndecidedStages, UnreadableFile,
};
use yeji_app::api::sources::DisagreementsFound;

use super::ask::Decisions;
use super::{output, samples};
use crate::words;

/// How the files are understood.
pub(super) fn draft(draft: &ImportDraft) {
    for file in &draft.files {
        let kind = file.kind.clone();
        let known = kind.is_some();
        let params = [
            ("file", file.file.clone()),
            ("format", file.format.clone()),
            ("kind", kind.unwrap_or_default()),
        ];
        let said = if known {
            words::line("file_kind", &params)
        } else {
            words::line("file_unknown", &params)
        };
        output::say!("{said}");
        for field in &file.fields {
            if let Some(column) = &field.column {
                let params = [("field", field.field.clone()), ("column", column.clone())];
                output::say!("{}", words::line("file_field", &params));
            }
        }
        for stage in &file.stages {
            let code = stage.stage.clone().unwrap_or_else(|| "?".to_owned());
            let params = [("stage", code), ("value", stage.value.clone())];
            output::say!("{}", words::line("file_stage", &params));
        }
        for role in &file.roles {
            let params = [("role", role.role.clone()), ("value", role.value.clone())];
            output::say!("{}", words::line("file_role", &params));
        }
        for message in &file.evidence {
            output::say!("  {}", words::say(message));
        }
    }
    for file in &draft.unreadable {
        output::say!("{}", unreadable(file));
    }
}

/// A file that is left out, with the reason.
pub(super) fn unreadable(file: &UnreadableFile) -> String {
    let params = [
        ("file", file.file.clone()),
        ("text", words::say(&file.reason)),
    ];
    words::line("unreadable", &params)
}

/// Aliases taken, rows that were not imported, control totals.
pub(super) fn result(preview: &ImportPreview, decisions: &Decisions) {
    aliases(preview, decisions);
    for file in &preview.files {
        samples::of_file(file);
        for row in &file.rejected {
            output::say!("{}", output::rejected(row));
        }
        let listed = file.rejected.len() as u64;
        if file.rejected_rows > listed {
            let more = (file.rejected_rows - listed).to_string();
            let params = [("file", file.file.clone()), ("count", more)];
            output::say!("{}", words::line("rejected_more", &params));
        }
    }
    for total in &preview.controls {
        let in_store = total.in_store.map(|money| money.to_string());
        let params = [
            ("metric", total.metric.clone()),
            ("period", total.period.clone()),
            ("in_file", total.in_file.to_string()),
            ("in_store", in_store.unwrap_or_default()),
        ];
        // What other sources say of the same deals stands in the store as well.
        let line = if total.shared {
            "control_shared"
        } else {
            "control"
        };
        output::say!("{}", words::line(line, &params));
    }
    undecided(&preview.undecided);
    disagreements(&preview.disagreements);
    samples::emptied(&preview.emptied);
    output::notes(&preview.notes);
}

/// Deals of which nobody knows whether they were won.
fn undecided(found: &UndecidedStages) {
    if found.rows == 0 {
        return;
    }
    let amount = found.amount.map(|amount| amount.to_string());
    let params = [
        ("rows", found.rows.to_string()),
        ("amount", amount.unwrap_or_default()),
    ];
    output::say!("{}", words::line("control_undecided", &params));
}

/// Fields on which sources disagree, and what stands.
fn disagreements(found: &DisagreementsFound) {
    if found.count == 0 {
        return;
    }
    let count = found.count.to_string();
    output::say!("{}", words::line("disagreements", &[("count", count)]));
    for one in &found.samples {
        let said = one.values.iter();
        let said: Vec<String> = said
            .map(|said| format!("{} {}", said.source, words::say(&said.value)))
            .collect();
        let params = [
            ("name", words::say(&one.name)),
            ("field", one.field.clone()),
            ("value", words::say(&one.value)),
            ("said", said.join("; ")),
        ];
        output::say!("{}", words::line("disagreement", &params));
    }
}

/// What was decided on each name.
pub(super) fn aliases(preview: &ImportPreview, decisions: &Decisions) {
    for alias in &preview.aliases {
        let said = match (alias.decided, decisions.get(&alias.key)) {
            (false, _) if !alias.near.is_empty() => {
                let mut params = values(alias).to_vec();
                params.push(("names", alias.near.join(", ")));
                params.push(("key", alias.key.clone()));
                words::line("alias_near", &params)
            }
            (false, _) => words::line("alias_undecided", &values(alias)),
            // Remembered: it may be another name than the near one.
            (true, None) => {
                let proposal = alias.target.clone().or_else(|| alias.proposal.clone());
                let alias = AliasProposal {
                    proposal,
                    ..alias.clone()
                };
                words::line("alias_taken", &values(&alias))
            }
            (true, Some(None)) => words::line("alias_refused", &values(alias)),
            // What was chosen may be another name than the proposed one.
            (true, Some(chosen)) => {
                let proposal = chosen.clone();
                let alias = AliasProposal {
                    proposal,
                    ..alias.clone()
                };
                words::line("alias_taken", &values(&alias))
            }
        };
        output::say!("{said}");
    }
}

/// What hangs on a name, for a sentence.
pub(super) fn values(alias: &AliasProposal) -> [(&'static str, String); 5] {
    [
        ("kind", alias.kind.clone()),
        ("text", alias.text.clone()),
        (
            "proposal",
            alias.proposal.clone().unwrap_or_else(|| "?".to_owned()),
        ),
        ("rows", alias.rows.to_string()),
        ("amount", alias.won_amount.to_string()),
    ]
}
