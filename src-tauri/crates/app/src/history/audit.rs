//! The audit log: shown, handed on as a file, and its head.

use serde_json::Value;
use yeji_core::Money;
use yeji_core::ids::BatchId;
use yeji_store::{AuditDraft, AuditEntry, AuditFilter, AuditHead, Store};

use super::PAGE_ROWS;
use super::pending::Pending;
use super::summary::said;
use crate::api::history::{AuditLine, AuditPage, CheckHead, ListAudit};
use crate::api::reports::ExportResult;
use crate::api::settings::VerifyResult;
use crate::api::{Message, NoArgs};
use crate::context::App;
use crate::data::{csv_cell, written};
use crate::error::{Error, Result};

/// Values of a detail that are for checking, not for reading.
const NOT_SHOWN: [&str; 4] = ["change_log", "inputs_hash", "change_id", "ids"];

impl App {
    /// Records in the audit log what changes no row: an export, a backup, a sign-in. It goes before the
    /// deed, so that nothing leaves the store unrecorded. While another program holds the writer it is
    /// noted beside the store for that one to take in. Gives the newest head.
    pub(crate) async fn audit(
        &self,
        action: &str,
        subject: impl Into<String>,
        detail: Value,
    ) -> Result<Option<AuditHead>> {
        let store = self.store()?;
        let draft = AuditDraft {
            action: action.to_owned(),
            subject: subject.into(),
            detail,
        };
        let (id, at, actor) = (self.clock.new_id(), self.clock.now(), self.author());
        if !store.is_writable() {
            self.leave_pending(&Pending {
                id,
                at,
                actor,
                draft,
            })?;
            return Ok(store.audit_head().await?);
        }
        if let Err(error) = self.take_in_pending().await {
            tracing::warn!("what waits for the audit log was not taken in: {error}");
        }
        let head = store.audit(id, at, &actor, &draft).await?;
        self.tell(vec!["audit".to_owned()]);
        Ok(Some(head))
    }

    /// Number and beginning of the newest entry's hash, as it is printed; None without entries.
    pub async fn audit_head(&self) -> Result<Option<String>> {
        Ok(self.store()?.audit_head().await?.map(|head| head.short()))
    }

    /// The audit log, newest first.
    pub async fn list_audit(&self, args: ListAudit) -> Result<AuditPage> {
        if let Err(error) = self.take_in_pending().await {
            tracing::warn!("what waits for the audit log was not taken in: {error}");
        }
        let store = self.store()?;
        let filter = AuditFilter {
            action: args.action,
            actor: args.actor,
        };
        let page = store
            .audit_entries_of(&filter, args.cursor, PAGE_ROWS)
            .await?;
        let mut rows = Vec::with_capacity(page.rows.len());
        for entry in page.rows {
            rows.push(line(&store, entry).await?);
        }
        let (actions, actors) = store.audit_names().await?;
        Ok(AuditPage {
            rows,
            next_cursor: page.next,
            total: page.total,
            head: self.audit_head().await?,
            actions,
            actors,
        })
    }

    /// Writes the whole audit log to a file that a dialog names.
    pub async fn export_audit(&self, _: NoArgs) -> Result<ExportResult> {
        let name = format!("audit-{}.csv", self.clock.today());
        let Some(path) = self.host.save_file(&name).await else {
            return Ok(ExportResult {
                folder: None,
                files: Vec::new(),
                failed: Vec::new(),
            });
        };
        let text = self.audit_csv().await?;
        std::fs::write(&path, text).map_err(Error::io(&path))?;
        Ok(written(&path))
    }

    /// The whole audit log as CSV, oldest first; this export is its last line, but where it
    /// waits beside an open window (see [`super::pending`]).
    pub async fn audit_csv(&self) -> Result<String> {
        self.audit("export.audit", "", Value::Object(serde_json::Map::new()))
            .await?;
        let store = self.store()?;
        let mut lines = Vec::new();
        let mut after = None;
        loop {
            let page = store.audit_entries(after, PAGE_ROWS).await?;
            for entry in page.rows {
                let cells = [
                    entry.seq.to_string(),
                    entry.at.to_rfc3339(),
                    entry.actor,
                    entry.action,
                    entry.subject,
                    entry.detail.to_string(),
                    entry.hash,
                ];
                let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
                lines.push(cells.join(","));
            }
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        lines.push("\u{feff}no,at,by,action,subject,detail,hash".to_owned());
        lines.reverse();
        Ok(lines.join("\r\n") + "\r\n")
    }

    /// Checks the store, and that its audit log still holds a head that was noted earlier.
    pub async fn check_head(&self, args: CheckHead) -> Result<VerifyResult> {
        let head = args.head.parse()?;
        self.verify_with(Some(&head)).await
    }
}

async fn line(store: &Store, entry: AuditEntry) -> Result<AuditLine> {
    let mark = AuditHead {
        seq: entry.seq,
        hash: entry.hash,
    }
    .short();
    let details = match &entry.detail {
        Value::Object(values) => values
            .iter()
            .filter(|(name, _)| !NOT_SHOWN.contains(&name.as_str()))
            .map(|(name, value)| (name, detail(value)))
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| {
                // Values that are codes have words.
                let code = match name.as_str() {
                    "kind" => "audit_kind",
                    "entity" => "audit_entity",
                    "field" => "audit_field",
                    _ => "audit_detail",
                };
                Message::new(code, &[("name", name.clone()), ("value", value)])
            })
            .collect(),
        _ => Vec::new(),
    };
    let subject = subject(store, &entry.action, entry.subject).await?;
    let params = [("action", entry.action.clone()), ("subject", subject)];
    Ok(AuditLine {
        seq: entry.seq,
        at: entry.at,
        what: Message::new("audit_entry", &params),
        actor: entry.actor,
        action: entry.action,
        details,
        mark,
    })
}

/// Ids say nothing to people: an import's files do; of others the details tell.
async fn subject(store: &Store, action: &str, subject: String) -> Result<String> {
    let Ok(id) = subject.parse::<uuid::Uuid>() else {
        return Ok(subject);
    };
    if action != "import.undo" {
        return Ok(String::new());
    }
    let batch = store.batch(BatchId(id)).await?;
    Ok(batch.map_or_else(String::new, |batch| batch.files.join(", ")))
}

/// A value of a detail as text; an amount with its currency.
fn detail(value: &Value) -> String {
    match serde_json::from_value::<Money>(value.clone()) {
        Ok(money) => format!("{} {}", money.to_major(), money.currency),
        Err(_) => said(Some(value)),
    }
}
