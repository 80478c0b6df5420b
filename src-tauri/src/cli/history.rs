//! `yeji history`, `yeji undo` and `yeji audit`: who did what, and taking it back.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use yeji_app::api::history::{
    AuditLine, ChangeInfo, FieldLine, GetChange, ListAudit, ListChanges, ListHistory, RecordLine,
    UndoChange,
};
use yeji_app::host::Clock as _;
use yeji_app::{Access, Desk, Error};
use yeji_core::ids::ChangeId;

use super::new_content::NewContent;
use super::output::Column::{Left, Right};
use super::{Context, batch, output};
use crate::outside::SystemClock;
use crate::words;

/// Changes that are listed without `--last`.
const USUAL_CHANGES: u32 = 20;
/// Kind of a change that a sign-in is.
const SIGN_IN: &str = "sign_in";

/// Of what.
#[derive(Debug, clap::Args)]
pub(super) struct HistoryArgs {
    /// Kind of record, as in person, customer, opportunity, `target_bonus`, setting
    #[arg(requires = "id")]
    entity: Option<String>,
    /// Id of the record
    id: Option<Uuid>,
    /// The newest changes of the whole store instead, so many
    #[arg(long, value_name = "N", conflicts_with = "entity")]
    last: Option<u32>,
    /// Also sign-ins, which the audit log has as well
    #[arg(long, conflicts_with = "entity")]
    all: bool,
}

/// Which change.
#[derive(Debug, clap::Args)]
pub(super) struct UndoArgs {
    /// Id of the change, as `history --last` shows it; without it your newest change
    #[arg(long, value_name = "CHANGE")]
    change: Option<ChangeId>,
    #[command(flatten)]
    later: batch::Later,
}

/// Where to.
#[derive(Debug, clap::Args)]
pub(super) struct AuditArgs {
    /// Write the whole log to this file, for a spreadsheet
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

pub(super) async fn history(args: HistoryArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Read).await?;
    if let (Some(entity), Some(id)) = (args.entity, args.id) {
        return of_record(&app, entity, id, context).await;
    }
    let count = args.last.unwrap_or(USUAL_CHANGES);
    newest(&app, count, args.all, context).await
}

async fn newest(app: &Desk, count: u32, all: bool, context: &Context) -> anyhow::Result<()> {
    let mut rows: Vec<ChangeInfo> = Vec::new();
    let mut cursor = None;
    loop {
        let page = app
            .list_changes(ListChanges {
                cursor,
                ..ListChanges::default()
            })
            .await?;
        // Every command of a store with accounts signs in: the work would not be seen for it.
        let shown = page
            .rows
            .into_iter()
            .filter(|one| all || one.kind != SIGN_IN);
        rows.extend(shown);
        cursor = page.next_cursor;
        if cursor.is_none() || rows.len() >= count as usize {
            break;
        }
    }
    rows.truncate(count as usize);
    if context.json {
        return output::json(&rows);
    }
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|change| {
            let state = change
                .taken_back
                .then(|| words::term("change_state", "taken_back"));
            vec![
                change.seq.to_string(),
                local(change.at),
                change.author.clone(),
                change.records.to_string(),
                state.unwrap_or_default(),
                change.id.to_string(),
                what(change),
            ]
        })
        .collect();
    let columns = [
        Right("no"),
        Left("at"),
        Left("author"),
        Right("records"),
        Left("state"),
        Left("change"),
        Left("what"),
    ];
    output::table(&columns, &rows)
}

async fn of_record(app: &Desk, entity: String, id: Uuid, context: &Context) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    let mut cursor = None;
    loop {
        let args = ListHistory {
            entity: entity.clone(),
            id,
            cursor,
        };
        let page = app.list_history(args).await?;
        rows.extend(page.rows);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    if context.json {
        return output::json(&rows);
    }
    for line in rows {
        let change = &line.change;
        let head = [
            ("seq", change.seq.to_string()),
            ("at", local(change.at)),
            ("author", change.author.clone()),
            ("text", what(change)),
            ("fate", line.record.fate.clone()),
        ];
        output::print(&words::line("history_change", &head))?;
        fields(&line.record)?;
    }
    Ok(())
}

fn fields(record: &RecordLine) -> anyhow::Result<()> {
    for FieldLine {
        field, from, to, ..
    } in &record.fields
    {
        let params = [
            ("field", field.clone()),
            ("from", words::say(from)),
            ("to", words::say(to)),
        ];
        output::print(&words::line("history_field", &params))?;
    }
    Ok(())
}

/// What a change did; of an undo what it took back.
fn what(change: &ChangeInfo) -> String {
    let text = words::say(&change.what);
    match &change.of {
        Some(of) => words::line("history_of", &[("text", text), ("of", words::say(of))]),
        None => text,
    }
}

fn local(at: DateTime<Utc>) -> String {
    SystemClock.local(at).format("%Y-%m-%d %H:%M").to_string()
}

pub(super) async fn undo(args: UndoArgs, context: &Context) -> anyhow::Result<()> {
    let app = context.app(Access::Change).await?;
    let change = if let Some(change) = args.change {
        change
    } else {
        let last = app.last_own_change().await?.unasked()?;
        if let Some(batch) = last.batch {
            let batch = batch.to_string();
            return Err(Error::UndoNamesImport { batch }.into());
        }
        last.id
    };
    let batch = if args.later.decides() {
        app.get_change(GetChange { change }).await?.change.batch
    } else {
        None
    };
    let later = args.later.answer(batch, &app).await?;
    let change = Some(change);
    let result = app.undo_change(UndoChange { change, later }).await?;
    batch::list_kept(&result.kept, result.kept_count);
    if context.json {
        return output::json(&result);
    }
    let code = if result.redo {
        "done_again"
    } else {
        "taken_back"
    };
    batch::list_later(&result.later)?;
    let text = [("text", what(&result.undone))];
    output::print(&words::line(code, &text))?;
    let params = [
        ("removed", result.removed.to_string()),
        ("restored", result.restored.to_string()),
        ("kept", result.kept_count.to_string()),
    ];
    output::print(&words::line("undone", &params))
}

pub(super) async fn audit(args: AuditArgs, context: &Context) -> anyhow::Result<()> {
    if let Some(path) = args.csv {
        let app = context.app_to_export().await?;
        let file = NewContent::open(&path)?;
        let text = app.audit_csv().await?;
        file.write(text.as_bytes())?;
        if context.json {
            return output::json(&serde_json::json!({ "file": path }));
        }
        return output::print(&path.display().to_string());
    }
    let app = context.app(Access::Read).await?;
    let mut rows: Vec<AuditLine> = Vec::new();
    let mut cursor = None;
    loop {
        let page = app
            .list_audit(ListAudit {
                cursor,
                ..ListAudit::default()
            })
            .await?;
        rows.extend(page.rows);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    let head = app.audit_head().await?;
    if context.json {
        return output::json(&serde_json::json!({ "head": head, "entries": rows }));
    }
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|line| {
            let details: Vec<String> = line.details.iter().map(words::say).collect();
            vec![
                line.mark.clone(),
                local(line.at),
                line.actor.clone(),
                words::say(&line.what),
                details.join("; "),
            ]
        })
        .collect();
    let columns = [
        Left("mark"),
        Left("at"),
        Left("author"),
        Left("what"),
        Left("details"),
    ];
    output::table(&columns, &lines)?;
    let head = [("head", head.unwrap_or_default())];
    output::print(&words::line("audit_head", &head))
}
