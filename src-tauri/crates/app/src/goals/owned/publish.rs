//! A version of a goal is made public: from then on its owners are asked to confirm.

use std::collections::{HashMap, HashSet};

use serde_json::json;
use yeji_core::goal::GoalPlan;
use yeji_core::goal_round::GoalPublication;
use yeji_core::ids::{BatchId, GoalPlanId, GoalPublicationId, PersonId};
use yeji_store::{AuditDraft, ChangeEntry, ChangeKind, Entity, FieldChange, RowChange, RowFate};

use super::confirm::people;
use super::figures::{Figures, hash_of, plan_hash};
use crate::access::Actor;
use crate::api::goal_grid::GoalVersionPublished;
use crate::api::goal_letter::{GoalPublicationInfo, PublishGoal};
use crate::context::App;
use crate::error::{Error, Result};
use crate::goals::book::Book;
use crate::goals::{GoalError, RoundError};

impl App {
    /// Makes the version in force public. Again only after its numbers were changed. Like an approval it is
    /// not taken back.
    pub async fn publish_goal(&self, args: PublishGoal) -> Result<GoalPublicationInfo> {
        let _turn = self.turn().await;
        let plan = self.goal_in_force(args.plan).await?;
        let book = self.book(plan).await?;
        let plan = &book.plan;
        if !book.is_split() {
            let (metric, year) = (plan.metric, plan.year);
            return Err(GoalError::NotSplit { metric, year }.into());
        }
        let publication = GoalPublication {
            id: GoalPublicationId(self.clock.new_id()),
            plan: plan.id,
            figures_hash: plan_hash(&book),
            author: self.author(),
            at: self.clock.now(),
        };
        let last = self.last_publication(plan).await?;
        if last.is_some_and(|last| last.figures_hash == publication.figures_hash) {
            let (version, year) = (plan.version, plan.year);
            return Err(RoundError::PublishedAlready { version, year }.into());
        }
        let summary = json!({
            "metric": plan.metric, "year": plan.year, "version": plan.version,
            "amount": plan.amount.to_major(), "currency": plan.amount.currency.code(),
        });
        let mut change = self.change(ChangeKind::PublishGoal, summary.clone());
        let mut detail = summary;
        detail["document"] = json!(publication.figures_hash);
        change.audit = Some(AuditDraft {
            action: "goal.publish".to_owned(),
            subject: plan.year.to_string(),
            detail,
        });
        let info = info(&book, publication.clone());
        change.put.push(publication.into());
        self.apply(change).await?;
        Ok(info)
    }

    /// When a version was made public last; none: never.
    pub(super) async fn last_publication(
        &self,
        plan: &GoalPlan,
    ) -> Result<Option<GoalPublication>> {
        let all = self
            .store()?
            .goal_publications(plan.metric, plan.year)
            .await?;
        Ok(all.into_iter().rfind(|one| one.plan == plan.id))
    }

    /// The same for the border.
    pub(super) async fn publication_of(&self, book: &Book) -> Result<Option<GoalPublicationInfo>> {
        let last = self.last_publication(&book.plan).await?;
        let in_file = matches!(self.actor(), Actor::Owner(_));
        Ok(last.map(|one| {
            // A personal file has a part of the numbers; what it says of all is from the day of its making.
            let unchanged = in_file && !one.figures_hash.is_empty();
            let info = info(book, one);
            GoalPublicationInfo {
                unchanged: unchanged || info.unchanged,
                ..info
            }
        }))
    }

    /// Of versions of one goal those that were made public, with how many confirmed their numbers.
    pub(in crate::goals) async fn published_versions(
        &self,
        versions: &[GoalPlan],
    ) -> Result<HashMap<GoalPlanId, GoalVersionPublished>> {
        let Some(first) = versions.first() else {
            return Ok(HashMap::new());
        };
        let (store, metric, year) = (self.store()?, first.metric, first.year);
        // The last of a version counts.
        let last: HashMap<GoalPlanId, GoalPublication> = store
            .goal_publications(metric, year)
            .await?
            .into_iter()
            .map(|one| (one.plan, one))
            .collect();
        let confirmed: HashSet<(PersonId, String)> = store
            .goal_confirmations(metric, year)
            .await?
            .into_iter()
            .map(|one| (one.person, one.hash))
            .collect();
        let mut found = HashMap::new();
        for plan in versions {
            let Some(publication) = last.get(&plan.id) else {
                continue;
            };
            let book = self.book(plan.clone()).await?;
            let (mut have, mut all) = (0, 0);
            for (at, person) in people(&book) {
                let hash = hash_of(&Figures::of(&book, at, person)?.text()?);
                all += 1;
                have += u32::from(confirmed.contains(&(person, hash)));
            }
            let published = GoalVersionPublished {
                author: publication.author.clone(),
                at: publication.at,
                unchanged: plan_hash(&book) == publication.figures_hash,
                confirmed: have,
                people: all,
            };
            found.insert(plan.id, published);
        }
        Ok(found)
    }

    /// The publications of a goal for a personal file: the hash is that of numbers which are not in it, and
    /// tells there only whether they were still the same.
    pub(crate) async fn publications_for_file(
        &self,
        plan: &GoalPlan,
    ) -> Result<Vec<GoalPublication>> {
        let whole = self.seeing_everything().book(plan.clone()).await?;
        let hash = plan_hash(&whole);
        let all = self
            .store()?
            .goal_publications(plan.metric, plan.year)
            .await?;
        let own = all.into_iter().filter(|one| one.plan == plan.id);
        Ok(own
            .map(|one| GoalPublication {
                figures_hash: if one.figures_hash == hash {
                    one.figures_hash
                } else {
                    String::new()
                },
                ..one
            })
            .collect())
    }

    /// Refuses to take back what made a version that was published since: its numbers would be gone, and with
    /// them what people confirmed.
    pub(crate) async fn require_unpublished(&self, entry: &ChangeEntry) -> Result<()> {
        if !matches!(
            entry.kind,
            ChangeKind::SetGoal | ChangeKind::SplitGoal | ChangeKind::EditGoal
        ) {
            return Ok(());
        }
        let store = self.store()?;
        let rows = store
            .change_rows(entry.id, crate::history::MAX_RECORDS)
            .await?;
        let made = rows
            .into_iter()
            .filter(|row| row.entity == Entity::GoalPlan && puts_in_force(row));
        for row in made {
            let Some(plan) = store.goal_plan(row.id.into()).await? else {
                continue;
            };
            if self.last_publication(&plan).await?.is_some() {
                return Err(stays(&plan));
            }
        }
        Ok(())
    }

    /// The same of an import of goals.
    pub(crate) async fn require_import_unpublished(&self, batch: BatchId) -> Result<()> {
        let published = self.store()?.published_goals_of(batch).await?;
        published.first().map_or(Ok(()), |plan| Err(stays(plan)))
    }
}

fn stays(plan: &GoalPlan) -> Error {
    let (version, year) = (plan.version, plan.year);
    RoundError::PublishedStays { version, year }.into()
}

/// Whether a change made the version or gave it its numbers: not one that only changed or replaced it.
fn puts_in_force(row: &RowChange) -> bool {
    let drafted = |field: &FieldChange| field.field == "state" && field.from == json!("draft");
    match row.fate {
        RowFate::Created => true,
        RowFate::Changed => row.fields.iter().any(drafted),
        RowFate::Deleted => false,
    }
}

fn info(book: &Book, publication: GoalPublication) -> GoalPublicationInfo {
    GoalPublicationInfo {
        plan: publication.plan,
        version: book.plan.version,
        unchanged: plan_hash(book) == publication.figures_hash,
        author: publication.author,
        at: publication.at,
    }
}
