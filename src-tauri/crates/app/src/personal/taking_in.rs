//! HR's side: what comes back from a personal file is looked at, and then taken in as one import that
//! can be taken back. Entries keep their ids, so a file that comes twice changes nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use chrono::{DateTime, Days, Utc};
use serde_json::json;
use yeji_core::facts::{Batch, BatchDetail, Interaction, Origin, RejectedRow};
use yeji_core::follow_up::{FeedbackItem, NextStep};
use yeji_core::ids::{BatchId, CustomerId, OpportunityId, PersonId};
use yeji_store::{AuditDraft, ChangeKind, Record};

use super::seal::{self, Entries};
use super::{ENTERED, PersonalError};
use crate::api::personal::{ReturnLine, ReturnPreview, ReturnState, TakenIn};
use crate::api::{Message, NoArgs};
use crate::context::App;
use crate::error::{Error, Result};
use crate::follow_up::{is_kind, is_plausible, is_said};

/// A file that was looked at.
struct Looked {
    preview: ReturnPreview,
    /// The rows to write.
    new: Vec<Record>,
    /// What is refused: position, code, words.
    refused: Vec<(usize, String, String)>,
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
        let preview = looked.preview;
        if looked.new.is_empty() {
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
            detail: BatchDetail::default(),
        });
        change.put = looked.new;
        change.rejected = looked
            .refused
            .into_iter()
            .map(|(at, code, words)| RejectedRow {
                batch,
                file: name.clone(),
                line: u32::try_from(at + 1).unwrap_or(u32::MAX),
                code,
                params: std::collections::BTreeMap::new(),
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
        let sealed = seal::read(file)?;
        let kept = store.personal_file(sealed.file()).await?;
        let kept = kept.ok_or_else(|| PersonalError::Unknown(file.to_owned()))?;
        let entries = sealed.open(&kept.return_key, file)?;
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
        let mut looked = Looked {
            preview: ReturnPreview {
                file: file_name(file),
                name: person.name.clone(),
                staff_number: person.staff_number.clone(),
                role: kept.role,
                written_at: entries.written_at,
                new: 0,
                known: 0,
                refused: 0,
                lines: Vec::with_capacity(entries.len()),
            },
            new: Vec::new(),
            refused: Vec::new(),
            author: author.unwrap_or_else(|| person.name.clone()),
        };
        self.sort(entries, batch, &mut looked).await?;
        Ok(looked)
    }

    /// Says of each entry whether it is new, there already, or refused and why.
    async fn sort(&self, entries: Entries, batch: BatchId, looked: &mut Looked) -> Result<()> {
        let own = entries.person;
        let mut met = BTreeSet::new();
        let records = entries.interactions.into_iter().map(Record::from);
        let records = records.chain(entries.next_steps.into_iter().map(Record::from));
        let records = records.chain(entries.feedback.into_iter().map(Record::from));
        for record in records {
            let Some(mut entry) = self.entry(record, batch).await? else {
                continue;
            };
            let there = self
                .store()?
                .record(entry.record.entity(), entry.record.id())
                .await?;
            let (state, code) = if !met.insert(entry.record.id()) {
                (ReturnState::Known, None)
            } else if entry.person != own {
                (ReturnState::Refused, Some("return_of_another"))
            } else if let Some(there) = there {
                // An id that something else has must not overwrite it.
                if there.fingerprint() == entry.record.fingerprint() {
                    (ReturnState::Known, None)
                } else {
                    (ReturnState::Refused, Some("return_id_taken"))
                }
            } else if let Some(code) = entry.fault.take() {
                (ReturnState::Refused, Some(code))
            } else {
                (ReturnState::New, None)
            };
            let at = looked.preview.lines.len();
            match state {
                ReturnState::New => {
                    looked.preview.new += 1;
                    looked.new.push(entry.record);
                }
                ReturnState::Known => looked.preview.known += 1,
                ReturnState::Refused => {
                    looked.preview.refused += 1;
                    let code = code.unwrap_or_default().to_owned();
                    looked.refused.push((at, code, entry.line.words.clone()));
                }
            }
            looked.preview.lines.push(ReturnLine {
                state,
                reason: code.map(|code| Message::new(code, &[])),
                ..entry.line
            });
        }
        Ok(())
    }

    /// An entry as it would be kept here; None for a record that is none.
    async fn entry(&self, record: Record, batch: BatchId) -> Result<Option<Entry>> {
        let id = record.id().to_string();
        // Where it comes from is known here; what the file says of it counts nothing.
        let origin = Origin {
            source: ENTERED.to_owned(),
            external_id: id,
            batch: Some(batch),
            line: None,
        };
        Ok(Some(match record {
            Record::Interaction(one) => self.interaction(Interaction { origin, ..one }).await?,
            Record::NextStep(one) => self.next_step(NextStep { origin, ..one }).await?,
            Record::FeedbackItem(one) => {
                let plausible = is_said(&one.words) && self.was_before_now(one.written_at);
                let fault = (!plausible).then_some("return_not_plausible");
                Entry {
                    person: one.person,
                    line: line("feedback", String::new(), None, one.words.clone()),
                    record: FeedbackItem { origin, ..one }.into(),
                    fault,
                }
            }
            _ => return Ok(None),
        }))
    }

    async fn interaction(&self, mut one: Interaction) -> Result<Entry> {
        let store = self.store()?;
        let redirects = store.customer_redirects().await?;
        // A customer that was merged since goes on as the other one.
        if let Some(redirect) = redirects
            .iter()
            .find(|one_of| one_of.customer == one.customer)
        {
            one.customer = redirect.target;
        }
        let customer = self.customer_name(one.customer).await?;
        let note = one.note.clone().unwrap_or_default();
        let plausible = is_kind(&one.kind) && is_said(&note) && is_plausible(one.on);
        let fault = match (&customer, plausible) {
            (None, _) => Some("return_customer_gone"),
            (_, false) => Some("return_not_plausible"),
            _ => None,
        };
        Ok(Entry {
            person: one.person,
            line: line(&one.kind, customer.unwrap_or_default(), Some(one.on), note),
            record: one.into(),
            fault,
        })
    }

    async fn next_step(&self, one: NextStep) -> Result<Entry> {
        let deal = self.deal_label(one.opportunity).await?;
        let plausible = is_said(&one.step)
            && one.due_on.is_none_or(is_plausible)
            && self.was_before_now(one.written_at);
        let fault = match (&deal, plausible) {
            (None, _) => Some("return_deal_gone"),
            (_, false) => Some("return_not_plausible"),
            _ => None,
        };
        let words = one.step.clone();
        Ok(Entry {
            person: one.person,
            line: line("next_step", deal.unwrap_or_default(), one.due_on, words),
            record: one.into(),
            fault,
        })
    }

    /// Whether something can have been written then: a moment that a store can keep, and not ahead of
    /// the clock by more than a day, which laptops are off by.
    fn was_before_now(&self, at: DateTime<Utc>) -> bool {
        is_plausible(at.date_naive()) && at <= self.clock.now() + Days::new(1)
    }

    async fn customer_name(&self, id: CustomerId) -> Result<Option<String>> {
        Ok(self.store()?.customer(id).await?.map(|one| one.name))
    }

    async fn deal_label(&self, id: OpportunityId) -> Result<Option<String>> {
        let deal = self.store()?.opportunity(id).await?;
        Ok(deal.map(|deal| deal.origin.external_id))
    }
}

/// An entry before it is known whether it is taken in.
struct Entry {
    record: Record,
    person: PersonId,
    line: ReturnLine,
    fault: Option<&'static str>,
}

fn line(what: &str, about: String, day: Option<chrono::NaiveDate>, words: String) -> ReturnLine {
    ReturnLine {
        what: what.to_owned(),
        about,
        day,
        words,
        state: ReturnState::New,
        reason: None,
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
