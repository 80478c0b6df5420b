//! Words on the goal of a unit or person: append-only, seen by whoever sees the row.

use serde_json::json;
use yeji_core::goal_round::GoalComment;
use yeji_core::ids::GoalCommentId;
use yeji_core::metric::GoalMetric;
use yeji_store::ChangeKind;

use crate::api::goal_round::{AddGoalComment, GoalCommentRow, ListGoalComments};
use crate::context::App;
use crate::error::Result;
use crate::follow_up::{entered, said};
use crate::goals::book::leaf_id;
use crate::goals::check_year;

/// Comments of an answer, the newest of a goal.
const MAX_COMMENTS: usize = 200;

impl App {
    /// Words on goals of a year, the newest first.
    pub async fn list_goal_comments(&self, args: ListGoalComments) -> Result<Vec<GoalCommentRow>> {
        check_year(args.year)?;
        self.comments_on(args.metric, args.year, args.unit.as_deref())
            .await
    }

    /// Says something on the goal of a unit or person that is seen.
    pub async fn add_goal_comment(&self, args: AddGoalComment) -> Result<Vec<GoalCommentRow>> {
        let _turn = self.turn().await;
        let plan = self.goal_in_force(args.plan).await?;
        let book = self.book(plan).await?;
        let at = book.place(&args.unit)?;
        let (unit, person) = book.owner(at)?;
        let id = self.clock.new_id();
        let comment = GoalComment {
            id: GoalCommentId(id),
            origin: entered(id),
            metric: book.plan.metric,
            year: book.plan.year,
            version: book.plan.version,
            unit,
            person,
            by_person: self.actor().person(),
            author: self.author(),
            words: said("words", &args.words)?,
            written_at: self.clock.now(),
        };
        let summary = json!({
            "metric": comment.metric, "year": comment.year, "name": book.units[at].name,
        });
        let mut change = self.change(ChangeKind::GoalComment, summary);
        let (metric, year) = (comment.metric, comment.year);
        change.put.push(comment.into());
        self.apply(change).await?;
        self.comments_on(metric, year, Some(&args.unit)).await
    }

    async fn comments_on(
        &self,
        metric: GoalMetric,
        year: i32,
        unit: Option<&str>,
    ) -> Result<Vec<GoalCommentRow>> {
        let index = self.goal_index(metric).await?;
        let Some(plan) = index.plan(year) else {
            return Ok(Vec::new());
        };
        let book = self.book(plan.clone()).await?;
        if let Some(unit) = unit {
            book.place(unit)?;
        }
        let comments = self.store()?.goal_comments(metric, year).await?;
        let rows = comments.into_iter().filter_map(|one| {
            let about = leaf_id((one.unit, one.person));
            let at = book.place(&about).ok()?;
            unit.is_none_or(|unit| unit == about)
                .then(|| GoalCommentRow {
                    id: one.id.to_string(),
                    unit: about,
                    name: book.units[at].name.clone(),
                    version: one.version,
                    author: one.author,
                    at: one.written_at,
                    words: one.words,
                })
        });
        Ok(rows.take(MAX_COMMENTS).collect())
    }
}
