//! The person's side: what was entered in a personal file, as a file for HR. All of it each time: HR's
//! store knows what it has already.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde_json::json;
use uuid::Uuid;
use yeji_core::facts::Origin;
use yeji_store::{AuditFilter, Entity, Record};

use super::seal::{self, Entries};
use super::{ENTERED, Owner, PersonalError};
use crate::access::Actor;
use crate::api::NoArgs;
use crate::api::personal::SentBack;
use crate::blocking::blocking;
use crate::context::App;
use crate::error::Result;

/// The audit log's word for sending back, written before the file is.
const SENDS: &str = "personal.return";
/// Its counterpart, written after: from here on HR can have the entries that it names.
const SENT: &str = "personal.returned";

impl App {
    /// Writes what was entered in this personal file to a place that a dialog names.
    pub async fn send_back(&self, _: NoArgs) -> Result<Option<SentBack>> {
        let owner = self.own_file()?;
        self.entered(owner).await?;
        let today = self.clock.today().to_string();
        let name = yeji_report::file_name(&[&owner.name, &today]);
        let name = format!("{name}.yejireturn");
        let Some(path) = self.host.save_file(&name).await else {
            return Ok(None);
        };
        self.send_back_to(&path).await.map(Some)
    }

    /// Writes what was entered in this personal file; never overwrites one.
    pub async fn send_back_to(&self, file: &Path) -> Result<SentBack> {
        let owner = self.own_file()?;
        let entries = self.entered(owner).await?;
        if file.exists() {
            return Err(yeji_store::Error::FileExists(file.to_owned()).into());
        }
        let detail = json!({ "file": file.display().to_string() });
        self.audit(SENDS, owner.name.clone(), detail).await?;
        let count = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        let sent: Vec<Uuid> = ids(&entries).collect();
        let random = Arc::clone(&self.outside.opening.random);
        let (path, key) = (file.to_owned(), owner.return_key.clone());
        blocking(move || seal::write(&path, &entries, &key, &*random)).await?;
        // The file is there. Without this the entries count as not sent, and are asked about once more.
        let detail = json!({ "entries": count, "ids": sent });
        if let Err(error) = self.audit(SENT, owner.name.clone(), detail).await {
            tracing::warn!("what was sent back was not recorded: {error}");
        }
        Ok(SentBack {
            file: file.display().to_string(),
            entries: count,
        })
    }

    fn own_file(&self) -> Result<&Owner> {
        match self.actor() {
            Actor::Owner(owner) => Ok(owner),
            _ => Err(PersonalError::NotPersonal.into()),
        }
    }

    /// Entries of this personal file that are in no file that was written for HR.
    pub(crate) async fn unsent(&self) -> Result<usize> {
        let Actor::Owner(owner) = self.actor() else {
            return Ok(0);
        };
        let entries = match self.entered(owner).await {
            Err(error) if error.code() == PersonalError::NothingEntered.code() => return Ok(0),
            entries => entries?,
        };
        let sent = self.sent().await?;
        Ok(ids(&entries).filter(|id| !sent.contains(id)).count())
    }

    /// Ids of the entries in the last file that was written: each has all of them.
    async fn sent(&self) -> Result<BTreeSet<Uuid>> {
        let filter = AuditFilter {
            action: Some(SENT.to_owned()),
            ..AuditFilter::default()
        };
        let page = self.store()?.audit_entries_of(&filter, None, 1).await?;
        let last = page.rows.into_iter().next();
        let ids = last.and_then(|mut entry| Some(entry.detail.get_mut("ids")?.take()));
        // What cannot be read counts as not sent.
        Ok(ids
            .and_then(|ids| serde_json::from_value(ids).ok())
            .unwrap_or_default())
    }

    /// What the owner has entered here since the file was made.
    async fn entered(&self, owner: &Owner) -> Result<Entries> {
        let store = self.store()?;
        let own = || [owner.person.0].into_iter();
        let here = |origin: &Origin| origin.source == ENTERED;
        let mut entries = Entries {
            file: owner.id,
            person: owner.person,
            written_at: self.clock.now(),
            interactions: Vec::new(),
            next_steps: Vec::new(),
            feedback: Vec::new(),
            proposals: Vec::new(),
            comments: Vec::new(),
            confirmations: Vec::new(),
            statements: Vec::new(),
        };
        for (entity, by) in [
            (Entity::Interaction, "person"),
            (Entity::NextStep, "person"),
            (Entity::FeedbackItem, "person"),
            (Entity::GoalProposal, "person"),
            (Entity::GoalComment, "by_person"),
            (Entity::GoalConfirmation, "person"),
            (Entity::StatementConfirmation, "person"),
        ] {
            for record in store.records_by(entity, by, own()).await? {
                match record {
                    Record::Interaction(one) if here(&one.origin) => entries.interactions.push(one),
                    Record::NextStep(one) if here(&one.origin) => entries.next_steps.push(one),
                    Record::FeedbackItem(one) if here(&one.origin) => entries.feedback.push(one),
                    Record::GoalProposal(one) if here(&one.origin) => entries.proposals.push(one),
                    Record::GoalComment(one) if here(&one.origin) => entries.comments.push(one),
                    Record::GoalConfirmation(one) if here(&one.origin) => {
                        entries.confirmations.push(one);
                    }
                    Record::StatementConfirmation(one) if here(&one.origin) => {
                        entries.statements.push(one);
                    }
                    _ => {}
                }
            }
        }
        if entries.len() == 0 {
            return Err(PersonalError::NothingEntered.into());
        }
        Ok(entries)
    }
}

fn ids(entries: &Entries) -> impl Iterator<Item = Uuid> {
    let interactions = entries.interactions.iter().map(|one| one.id.0);
    let next_steps = entries.next_steps.iter().map(|one| one.id.0);
    let feedback = entries.feedback.iter().map(|one| one.id.0);
    let proposals = entries.proposals.iter().map(|one| one.id.0);
    let comments = entries.comments.iter().map(|one| one.id.0);
    let confirmations = entries.confirmations.iter().map(|one| one.id.0);
    let statements = entries.statements.iter().map(|one| one.id.0);
    let written = interactions.chain(next_steps).chain(feedback);
    written
        .chain(proposals)
        .chain(comments)
        .chain(confirmations)
        .chain(statements)
}
