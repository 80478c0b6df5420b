//! One file of a watched folder: taken, nothing new, or why it waits for a person.

use std::io::ErrorKind;
use std::sync::Arc;

use uuid::Uuid;
use yeji_core::ids::BatchId;
use yeji_store::Store;

use super::files::Found;
use super::folders::sentence;
use super::round::content;
use crate::api::Message;
use crate::api::data::{ImportDecisions, ImportDraft, ImportFile, ImportPreview, ImportRequest};
use crate::context::App;
use crate::data::sessions::OpenImport;
use crate::error::{Error, Result};
use crate::host::no_progress;

/// What became of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Verdict {
    /// Imported, with what is to be said of it.
    Taken(BatchId, Option<Message>),
    /// All that it says is known.
    Nothing,
    /// A person has to decide something.
    Waiting(Message),
    /// It cannot be imported.
    Failed(Message),
    /// Nothing is said of its content: it could not be read, with the reason, or is another one meanwhile.
    None(Option<Message>),
}

/// What was found in a file, by whom it is taken and into which store.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looked<'a> {
    pub found: &'a Found,
    /// Of the content.
    pub hash: &'a str,
    /// The folder in which it was found.
    pub folder: Uuid,
    pub store: &'a Arc<Store>,
}

impl App {
    /// Imports a file, if nothing about it is left to decide.
    pub(super) async fn weigh(&self, open: OpenImport, looked: &Looked<'_>) -> Result<Verdict> {
        let weighed = match self.open_import(open).await {
            Ok(draft) => {
                let weighed = self.weigh_draft(&draft, looked).await;
                self.close_session(&draft.session);
                weighed
            }
            Err(error) => Err(error),
        };
        let verdict = weighed.or_else(refused)?;
        // What lasts is said of the content that was looked at, or not at all. A file that waits is
        // weighed again anyway.
        if matches!(verdict, Verdict::Failed(_) | Verdict::Nothing)
            && let Err(error) = self.require_still(looked).await
        {
            return refused(error);
        }
        Ok(verdict)
    }

    /// Refuses a file whose content is another than the one that was looked at, and a store or actor
    /// that is not the one that the look began with.
    pub(super) async fn require_still(&self, looked: &Looked<'_>) -> Result<()> {
        if !self.goes_on(looked.store).await {
            return Err(Error::NoSession);
        }
        if content(looked.found).await?.as_deref() == Some(looked.hash) {
            return Ok(());
        }
        let file = looked.found.path.clone();
        Err(yeji_intake::Error::Changed { file }.into())
    }

    async fn weigh_draft(&self, draft: &ImportDraft, looked: &Looked<'_>) -> Result<Verdict> {
        if let Some(reason) = undecided(draft) {
            return Ok(Verdict::Waiting(reason));
        }
        let request = ImportRequest {
            session: draft.session.clone(),
            decisions: ImportDecisions::default(),
        };
        let preview = self.preview_import(request.clone(), &no_progress).await?;
        crate::data::refuse_undecided(&preview.aliases)?;
        if let Some(reason) = colleagues(&preview, draft) {
            return Ok(Verdict::Waiting(reason));
        }
        if preview.nothing_to_do {
            return Ok(Verdict::Nothing);
        }
        let doubt = draft.files.iter().find_map(encoding_doubt).cloned();
        if let Some(doubt) = &doubt
            && !has_taken(looked).await?
        {
            return Ok(Verdict::Waiting(doubt.clone()));
        }
        let still = self.require_still(looked);
        let done = self.commit_unasked(request, still).await?;
        let taken = |batch| Verdict::Taken(batch, doubt);
        Ok(done.batch.map_or(Verdict::Nothing, taken))
    }
}

/// Whether the store has the content of an earlier file of the folder. The files of a folder are in one
/// encoding: a doubt that a person met with the first of them is no reason to wait every day.
async fn has_taken(looked: &Looked<'_>) -> Result<bool> {
    let earlier = looked.store.watched_files_of(looked.folder).await?;
    let here = |state: &str| matches!(state, "taken" | "nothing");
    Ok(earlier.iter().any(|file| here(&file.state)))
}

/// What a failure means for the file. What has nothing to do with the file (the store is locked, the
/// disk is full) is an error of the look, and what may pass (the file is held or away, somebody has signed
/// out) no verdict: both are tried again.
fn refused(error: Error) -> Result<Verdict> {
    use yeji_intake::Error as Intake;
    let reason = sentence(&error);
    match error {
        Error::NoSession | Error::Intake(Intake::Changed { .. }) => Ok(Verdict::None(None)),
        Error::Io { source, .. } | Error::Intake(Intake::Io { source, .. })
            if !is_of_content(&source) =>
        {
            let is_gone = source.kind() == ErrorKind::NotFound;
            Ok(Verdict::None((!is_gone).then_some(reason)))
        }
        Error::UndecidedAliases { .. } | Error::Input { .. } | Error::OtherCurrency { .. } => {
            Ok(Verdict::Waiting(reason))
        }
        error if error.is_bad_input() => Ok(Verdict::Failed(reason)),
        error => Err(error),
    }
}

/// Whether an error of reading is one of what a file holds, not of the way to it.
fn is_of_content(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof
    )
}

/// The first thing about a file's columns and values that nobody has decided.
fn undecided(draft: &ImportDraft) -> Option<Message> {
    if let Some(file) = draft.unreadable.first() {
        return Some(file.reason.clone());
    }
    draft.files.iter().find_map(open_question)
}

/// Names that become people as soon as somebody says that they are new: their deals would be missing.
fn colleagues(preview: &ImportPreview, draft: &ImportDraft) -> Option<Message> {
    let open = preview.aliases.iter();
    let open = open.filter(|alias| alias.becomes_person && !alias.decided);
    let open: Vec<&str> = open.map(|alias| alias.text.as_str()).collect();
    let first = open.first()?;
    let file = draft.files.first().map(|file| file.file.clone());
    let params = [
        ("file", file.unwrap_or_default()),
        ("first", (*first).to_owned()),
        ("values", open.join(", ")),
    ];
    Some(Message::new("watch_people_open", &params))
}

fn encoding_doubt(file: &ImportFile) -> Option<&Message> {
    let mut said = file.evidence.iter();
    said.find(|message| message.code == "encoding_doubted")
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
