//! Taking changes back: any one by its id, and the last own ones of the session in turn.

use serde_json::{Value, json};
use yeji_core::ids::ChangeId;
use yeji_store::{Applied, AuditDraft, ChangeEntry, ChangeFilter, ChangeKind, LaterWork, RowFate};

use super::summary::is_merge;
use crate::access::Right;
use crate::api::NoArgs;
use crate::api::data::{LaterImports, UndoBatch};
use crate::api::history::{ChangeInfo, ChangeUndone, LastAction, UndoChange};
use crate::context::App;
use crate::error::{Error, Result};

/// What the session did and took back: memory only, a new start of the program begins anew.
#[derive(Debug, Default)]
pub(crate) struct Actions {
    /// Changes that may be taken back in turn, the last at the end.
    done: Vec<Action>,
    /// Undos that may be done again, with what they took back.
    undone: Vec<(ChangeId, Action)>,
}

/// A change of the session.
#[derive(Debug, Clone)]
struct Action {
    change: ChangeId,
    author: String,
    /// False: it took an import back, which stands in the list to be said only.
    can_go: bool,
}

impl Actions {
    /// Remembers a change that was applied; a new one ends what could be done again.
    pub(crate) fn note(&mut self, applied: &Applied) {
        if matches!(
            applied.kind,
            ChangeKind::Undo
                | ChangeKind::Redo
                | ChangeKind::Account
                | ChangeKind::SignIn
                | ChangeKind::Watch
                | ChangeKind::PersonalFile
        ) {
            return;
        }
        let can_go = applied.kind != ChangeKind::UndoBatch;
        self.done.push(Action {
            change: applied.change,
            author: applied.author.clone(),
            can_go,
        });
        if can_go {
            self.undone.clear();
        }
    }

    /// A change was taken back by `by`; None: it cannot be done again.
    fn taken_back(&mut self, change: ChangeId, by: Option<ChangeId>) {
        let Some(at) = self.done.iter().rposition(|one| one.change == change) else {
            return;
        };
        let action = self.done.remove(at);
        let own = |one: &Action| one.author == action.author;
        // In its turn: whoever was asked about it need not hear again what lay above.
        if !self.done[at..].iter().any(|one| own(one) && one.can_go) {
            let above = self.done.split_off(at);
            self.done.extend(above.into_iter().filter(|one| !own(one)));
        }
        if let Some(by) = by {
            self.undone.push((by, action));
        }
    }

    /// The change that the undo `undo` took back was done again.
    fn done_again(&mut self, undo: ChangeId) {
        if let Some(at) = self.undone.iter().rposition(|(by, _)| *by == undo) {
            let (_, action) = self.undone.remove(at);
            self.done.push(action);
        }
    }

    /// The last one that may go, and what took an import back after it.
    fn last_done(&self, author: &str) -> (Option<ChangeId>, Option<ChangeId>) {
        let own = || self.done.iter().rev().filter(|one| one.author == author);
        let last = own().find(|one| one.can_go);
        let after = own().next().filter(|one| !one.can_go);
        (last.map(|one| one.change), after.map(|one| one.change))
    }

    fn last_undone(&self, author: &str) -> Option<ChangeId> {
        let own = self.undone.iter().rev();
        own.clone()
            .find(|(_, action)| action.author == author)
            .map(|(by, _)| *by)
    }

    pub(crate) fn forget(&mut self, change: ChangeId) {
        self.done.retain(|one| one.change != change);
    }
}

/// Runs and what stands for one are never taken back: a run is evidence, a later one replaces it; nor are
/// approvals (a goal published or confirmed, steps of a bonus cycle), which say what was approved then. A
/// redo is taken back by taking its change back.
pub(super) fn may_be_taken_back(entry: &ChangeEntry) -> bool {
    match entry.kind {
        ChangeKind::Import | ChangeKind::Demo => entry.batch.is_some(),
        ChangeKind::RunBonus
        | ChangeKind::PublishGoal
        | ChangeKind::ConfirmGoal
        | ChangeKind::BonusCycle
        | ChangeKind::AdjustBonus
        | ChangeKind::ConfirmStatement => false,
        kind => kind.can_be_taken_back(),
    }
}

/// The column of boards and views that says with whom they are shared.
const ROLES: &str = "roles";

/// Whether the roles of a board, as the log keeps them, are any.
fn is_shared(roles: &Value) -> bool {
    match roles {
        Value::Array(roles) => !roles.is_empty(),
        Value::String(text) => text != "[]",
        _ => false,
    }
}

/// The rows of these only make sense together.
fn later_work(entry: &ChangeEntry) -> LaterWork {
    match entry.kind {
        // Half of it would stay with the other customer, and nothing could tell the two apart any more.
        _ if is_merge(entry) => LaterWork::Refuse,
        ChangeKind::SetGoal
        | ChangeKind::SplitGoal
        | ChangeKind::EditGoal
        | ChangeKind::SetTargetBonus
        | ChangeKind::SavePlan
        // Weights only total 100 % together.
        | ChangeKind::BonusObjective => LaterWork::Refuse,
        _ => LaterWork::Keep,
    }
}

impl LastAction {
    /// The change that is taken back without a question. Where the newest action took an import back, what lies
    /// before it goes by its name only: nobody means it who says "undo" then.
    ///
    /// # Errors
    ///
    /// There is none, or an import was taken back after it.
    pub fn unasked(self) -> Result<ChangeInfo> {
        let Some(after) = self.after else {
            return self.change.ok_or(Error::NothingToUndo);
        };
        let files = after.what.params.get("files").cloned().unwrap_or_default();
        Err(match self.change {
            None => Error::ImportUndoneLast { files },
            Some(before) => Error::ImportUndoneAfter {
                files,
                command: match before.batch {
                    Some(batch) => format!("yeji batch undo {batch}"),
                    None => format!("yeji undo --change {}", before.id),
                },
                before: Box::new(before.what),
            },
        })
    }
}

impl App {
    /// The last change of this session and person that is not taken back.
    pub async fn get_last_action(&self, _: NoArgs) -> Result<LastAction> {
        let author = self.author();
        loop {
            let (last, after) = self.actions().last_done(&author);
            let after = match after {
                Some(id) => Some(self.change_info(self.known_change(id).await?).await?),
                None => None,
            };
            let Some(id) = last else {
                return Ok(LastAction {
                    change: None,
                    after,
                });
            };
            match self.store()?.change(id).await? {
                // What this person may not take back stands in the way of nothing before it.
                Some(entry)
                    if !entry.taken_back && self.require_take_back(&entry).await.is_ok() =>
                {
                    let change = Some(self.change_info(entry).await?);
                    return Ok(LastAction { change, after });
                }
                // Or it is taken back by somebody else.
                _ => self.actions().forget(id),
            }
        }
    }

    /// The newest change of this person in the whole store that is not taken back and that they may take back
    /// (of a run it is said then that it cannot be): for the command line, which has no session.
    pub async fn last_own_change(&self) -> Result<LastAction> {
        let store = self.store()?;
        let author = self.author();
        let filter = ChangeFilter {
            kinds: Vec::new(),
            author: Some(author.clone()),
        };
        let mut last = LastAction::default();
        let mut page_after = None;
        loop {
            let page = store
                .changes_of(&filter, page_after, super::PAGE_ROWS)
                .await?;
            for entry in page.rows {
                let entry = match entry.kind {
                    ChangeKind::UndoBatch => {
                        if last.after.is_none() {
                            last.after = Some(self.change_info(entry).await?);
                        }
                        continue;
                    }
                    // What was done again is the action, wherever it stood at first.
                    ChangeKind::Redo => match entry.takes_back {
                        Some(seq) => self
                            .base_of(seq)
                            .await?
                            .filter(|base| base.author == author),
                        None => None,
                    },
                    ChangeKind::Undo
                    | ChangeKind::Account
                    | ChangeKind::SignIn
                    | ChangeKind::PersonalFile => None,
                    _ => Some(entry),
                };
                let Some(entry) = entry else { continue };
                if !entry.taken_back && self.require_take_back(&entry).await.is_ok() {
                    last.change = Some(self.change_info(entry).await?);
                    return Ok(last);
                }
            }
            match page.next {
                Some(next) => page_after = Some(next),
                None => return Ok(last),
            }
        }
    }

    /// Takes a change back as a new change; of an undo, does its change again.
    pub async fn undo_change(&self, args: UndoChange) -> Result<ChangeUndone> {
        let id = match args.change {
            Some(id) => id,
            None => self.get_last_action(NoArgs {}).await?.unasked()?.id,
        };
        let entry = self.known_change(id).await?;
        self.require_take_back(&entry).await?;
        if !may_be_taken_back(&entry) {
            return Err(yeji_store::Error::CannotTakeBack {
                change: id,
                kind: entry.kind,
            }
            .into());
        }
        match entry.batch {
            Some(batch) if entry.kind != ChangeKind::UndoBatch => {
                let later = args.later;
                self.undo_import(entry, UndoBatch { batch, later }).await
            }
            _ => self.undo_logged(entry).await,
        }
    }

    /// Does the last change again that this session took back.
    pub async fn redo_change(&self, _: NoArgs) -> Result<ChangeUndone> {
        let undo = self.actions().last_undone(&self.author());
        self.undo_change(UndoChange {
            change: Some(undo.ok_or(Error::NothingToUndo)?),
            later: LaterImports::Ask,
        })
        .await
    }

    /// Whoever may not take back everything takes back what they did to boards and views of their own, and own
    /// comments: only who made one may change it, so nobody else's work goes with it.
    async fn require_take_back(&self, entry: &ChangeEntry) -> Result<()> {
        let Err(refused) = self.actor().require(Right::UndoChanges, self.policies()) else {
            return Ok(());
        };
        let base = match entry.takes_back {
            Some(seq) => self.base_of(seq).await?,
            None => None,
        };
        let author = self.author();
        let own_board = base
            .iter()
            .chain([entry])
            .all(|change| change.author == author)
            && matches!(
                base.as_ref().unwrap_or(entry).kind,
                ChangeKind::Board | ChangeKind::GoalComment
            );
        if !own_board {
            return Err(refused);
        }
        // As saving it would: who may not share any more does not share by taking back either.
        if self.changes_sharing(entry).await? {
            self.actor().require(Right::ShareBoards, self.policies())?;
        }
        Ok(())
    }

    /// Whether taking a change of a board back changes with whom it is shared.
    async fn changes_sharing(&self, entry: &ChangeEntry) -> Result<bool> {
        let rows = self
            .store()?
            .change_rows(entry.id, super::MAX_RECORDS)
            .await?;
        Ok(rows.iter().any(|row| match row.fate {
            // It goes: removing an own board asks for nothing more.
            RowFate::Created => false,
            RowFate::Changed => row
                .fields
                .iter()
                .any(|field| field.field == ROLES && field.from != field.to),
            RowFate::Deleted => row.before.get(ROLES).is_some_and(is_shared),
        }))
    }

    async fn undo_import(&self, entry: ChangeEntry, batch: UndoBatch) -> Result<ChangeUndone> {
        let (result, by) = self.take_batch_back(batch).await?;
        self.actions().taken_back(entry.id, None);
        Ok(ChangeUndone {
            undone: self.change_info(entry).await?,
            by,
            later: result.later,
            redo: false,
            can_redo: false,
            removed: result.removed,
            restored: result.restored,
            kept: result.kept,
            kept_count: result.kept_count,
        })
    }

    async fn undo_logged(&self, entry: ChangeEntry) -> Result<ChangeUndone> {
        let _turn = self.turn().await;
        self.require_unpublished(&entry).await?;
        self.require_bonus_untouched(&entry).await?;
        let redo = entry.kind == ChangeKind::Undo;
        let base = match entry.takes_back {
            Some(seq) => self.base_of(seq).await?,
            None => None,
        };
        let base = base.as_ref().unwrap_or(&entry);
        let detail = json!({ "change": base.seq, "kind": base.kind.code() });
        let mut header = self.header(ChangeKind::Undo, detail.clone());
        header.audit = Some(AuditDraft {
            action: if redo { "change.redo" } else { "change.undo" }.to_owned(),
            subject: base.id.to_string(),
            detail,
        });
        let by = header.id;
        // What ends a merge gives back what was named since as well.
        let apart = match self.standing_merge(&base.summary).await? {
            Some(merge) => Some(self.coming_apart(&merge).await?),
            None => None,
        };
        let outcome = self
            .store()?
            .take_back_apart(entry.id, later_work(base), apart.as_ref(), header)
            .await?;
        self.announce(&outcome.applied);
        if redo {
            self.actions().done_again(entry.id);
        } else {
            self.actions().taken_back(entry.id, Some(by));
        }
        let base = base.clone();
        Ok(ChangeUndone {
            undone: self.change_info(base).await?,
            by,
            later: Vec::new(),
            redo,
            can_redo: !redo,
            removed: outcome.removed,
            restored: outcome.restored,
            kept: self.kept_messages(&outcome.kept).await?,
            kept_count: outcome.kept_count,
        })
    }
}
