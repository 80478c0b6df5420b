//! One file of a watched folder: taken, nothing new, or why it waits for a person.

use yeji_core::ids::BatchId;

use crate::api::Message;
use crate::api::data::{ImportDecisions, ImportDraft, ImportFile, ImportRequest};
use crate::context::App;
use crate::data::sessions::OpenImport;
use crate::error::{Error, Result};
use crate::host::no_progress;

/// What became of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Verdict {
    /// Imported.
    Taken(BatchId),
    /// All that it says is known.
    Nothing,
    /// A person has to decide something.
    Waiting(Message),
    /// It cannot be imported.
    Failed(Message),
}

impl App {
    /// Imports a file, if nothing about it is left to decide.
    pub(super) async fn weigh(&self, open: OpenImport) -> Result<Verdict> {
        let draft = match self.open_import(open).await {
            Ok(draft) => draft,
            Err(error) => return refused(error),
        };
        let verdict = self.weigh_draft(&draft).await;
        self.close_session(&draft.session);
        match verdict {
            Err(error) => refused(error),
            verdict => verdict,
        }
    }

    async fn weigh_draft(&self, draft: &ImportDraft) -> Result<Verdict> {
        if let Some(reason) = undecided(draft) {
            return Ok(Verdict::Waiting(reason));
        }
        let request = ImportRequest {
            session: draft.session.clone(),
            decisions: ImportDecisions::default(),
        };
        let preview = self.preview_import(request.clone(), &no_progress).await?;
        crate::data::refuse_undecided(&preview.aliases)?;
        if preview.nothing_to_do {
            return Ok(Verdict::Nothing);
        }
        let done = self.commit_unasked(request).await?;
        Ok(done.batch.map_or(Verdict::Nothing, Verdict::Taken))
    }
}

/// What a failure means for the file. What has nothing to do with the file (the store is locked, the
/// disk is full) is no verdict: the next look tries again.
fn refused(error: Error) -> Result<Verdict> {
    let reason = Message {
        code: error.code().to_owned(),
        params: error.params(),
    };
    match error {
        Error::UndecidedAliases { .. } | Error::Input { .. } | Error::OtherCurrency { .. } => {
            Ok(Verdict::Waiting(reason))
        }
        error if error.is_bad_input() => Ok(Verdict::Failed(reason)),
        error => Err(error),
    }
}

/// The first thing about a file's columns and values that nobody has decided.
fn undecided(draft: &ImportDraft) -> Option<Message> {
    if let Some(file) = draft.unreadable.first() {
        return Some(file.reason.clone());
    }
    draft.files.iter().find_map(open_question)
}

fn open_question(file: &ImportFile) -> Option<Message> {
    let named = |code: &str, values: Vec<String>| {
        let params = [("file", file.file.clone()), ("values", values.join(", "))];
        Some(Message::new(code, &params))
    };
    if file.kind.is_none() {
        return named("watch_kind_open", Vec::new());
    }
    let unmapped = file.headers.iter().filter(|header| {
        let mut columns = file.fields.iter().filter_map(|field| field.column.as_ref());
        !columns.any(|column| column == *header)
    });
    if file.mapped_by == "proposal" {
        return named("watch_columns_open", unmapped.cloned().collect());
    }
    let missing = file
        .fields
        .iter()
        .filter(|field| field.required && field.column.is_none());
    let missing: Vec<String> = missing.map(|field| field.field.clone()).collect();
    if !missing.is_empty() {
        let params = [("file", file.file.clone()), ("fields", missing.join(", "))];
        return Some(Message::new("watch_fields_missing", &params));
    }
    let stages = file.stages.iter().filter(|stage| stage.stage.is_none());
    let stages: Vec<String> = stages.map(|stage| stage.value.clone()).collect();
    if !stages.is_empty() {
        return named("watch_stages_open", stages);
    }
    let undecided = |message: &&Message| {
        message
            .params
            .get("order")
            .is_some_and(|order| order == "undecided")
    };
    let dates = file.evidence.iter().filter(undecided);
    let dates: Vec<String> = dates
        .filter_map(|message| message.params.get("header").cloned())
        .collect();
    if !dates.is_empty() {
        return named("watch_dates_open", dates);
    }
    None
}
