//! HR's side: what comes back from a personal file is looked at, and then taken in as one import that
//! can be taken back. Entries keep their ids, so a file that comes twice changes nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use serde_json::json;
use yeji_core::facts::{Batch, BatchDetail, RejectedRow, Repeated};
use yeji_core::ids::BatchId;
use yeji_store::{AuditDraft, ChangeKind};

use super::judging::Judged;
use super::seal;
use super::{ENTERED, PersonalError};
use crate::api::NoArgs;
use crate::api::personal::{ReturnPreview, ReturnState, TakenIn};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::{Error, Result};
use crate::organisation::told_apart_by;

/// A file that was looked at.
struct Looked {
    preview: ReturnPreview,
    judged: Judged,
    author: String,
}

impl App {
    /// Lets a person choose a file that was sent back, and says what taking it in would do.
    pub async fn pick_return(&self, _: NoArgs) -> Result<Option<ReturnPreview>> {
        let Some(path) = self.host.pick_return().await else {
            return Ok(None);
        };
        let preview = self.preview_return_of(&path).await?;
        let picked = self.picked_return.lock();
        *picked.unwrap_or_else(PoisonError::into_inner) = Some(path);
        Ok(Some(preview))
    }

    /// Takes the chosen file in.
    pub async fn import_return(&self, _: NoArgs) -> Result<TakenIn> {
        let picked = self.picked_return.lock();
        let picked: Option<PathBuf> = picked.unwrap_or_else(PoisonError::into_inner).clone();
        let path = picked.ok_or(PersonalError::NothingPicked)?;
        self.import_return_of(&path).await
    }

    /// What taking a file in would do.
    pub async fn preview_return_of(&self, file: &Path) -> Result<ReturnPreview> {
        Ok(self
            .look_at(file, BatchId(self.clock.new_id()))
            .await?
            .preview)
    }

    /// Takes a file in. What is there already stays as it is; without anything new nothing is written.
    pub async fn import_return_of(&self, file: &Path) -> Result<TakenIn> {
        let _turn = self.turn().await;
        let batch = BatchId(self.clock.new_id());
        let looked = self.look_at(file, batch).await?;
        let (preview, judged) = (looked.preview, looked.judged);
        if judged.new.is_empty() {
            return Ok(TakenIn {
                preview,
                batch: None,
            });
        }
        let name = file_name(file);
        let detail = json!({
            "file": name, "new": preview.new, "known": preview.known, "refused": preview.refused,
        });
        let summary =
            json!({ "files": [name], "person": preview.name, "imported_by": self.author() });
        let mut change = self.change(ChangeKind::Import, summary);
        // The words are the person's; who took them in is in the summary and in the audit log.
        change.author = looked.author;
        change.audited = Some(self.author());
        change.audit = Some(AuditDraft {
            action: "personal.import".to_owned(),
            subject: preview.name.clone(),
            detail,
        });
        change.batch = Some(Batch {
            id: batch,
            source: ENTERED.to_owned(),
            files: vec![name.clone()],
            at: change.at,
            new_rows: i64::from(preview.new),
            changed_rows: 0,
            unchanged_rows: i64::from(preview.known),
            rejected_rows: i64::from(preview.refused),
            undone_at: None,
            detail: BatchDetail {
                repeated: Some(Repeated {
                    by_import: judged.repeated,
                    by_kind: BTreeMap::new(),
                }),
                ..BatchDetail::default()
            },
        });
        change.put = judged.new;
        change.named = judged.named;
        change.rejected = judged
            .refused
            .into_iter()
            .map(|(at, code, words)| RejectedRow {
                batch,
                file: name.clone(),
                line: u32::try_from(at + 1).unwrap_or(u32::MAX),
                code,
                params: BTreeMap::new(),
                raw: vec![words],
            })
            .collect();
        self.apply(change).await?;
        Ok(TakenIn {
            preview,
            batch: Some(batch),
        })
    }

    async fn look_at(&self, file: &Path, batch: BatchId) -> Result<Looked> {
        let store = self.store()?;
        let path = file.to_owned();
        let sealed = blocking(move || seal::read(&path)).await?;
        let kept = store.personal_file(sealed.file()).await?;
        let kept = kept.ok_or_else(|| PersonalError::Unknown(file.to_owned()))?;
        let (path, key) = (file.to_owned(), kept.return_key.clone());
        let entries = blocking(move || sealed.open(&key, &path)).await?;
        if entries.file != kept.id || entries.person != kept.person {
            return Err(PersonalError::OtherPerson(file.to_owned()).into());
        }
        let organisation = store.organisation().await?;
        let person = organisation.person(kept.person).ok_or(Error::NotFound {
            what: "person",
            value: kept.person.to_string(),
        })?;
        let account = store.accounts().await?.into_iter();
        let author = account
            .filter(|one| one.person == Some(kept.person))
            .map(|one| one.name)
            .next();
        let written_at = entries.written_at;
        let mut judged = self.judge(entries, &kept, batch).await?;
        Ok(Looked {
            preview: ReturnPreview {
                file: file_name(file),
                name: person.name.clone(),
                staff_number: person.staff_number.clone(),
                number: told_apart_by(&organisation, kept.person),
                role: kept.role,
                written_at,
                new: judged.count(ReturnState::New),
                known: judged.count(ReturnState::Known),
                refused: judged.count(ReturnState::Refused),
                lines: std::mem::take(&mut judged.lines),
            },
            judged,
            author: author.unwrap_or_else(|| person.name.clone()),
        })
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
