//! Imports of goals that were published since: what people confirmed stays.

use yeji_core::ids::BatchId;
use yeji_core::metric::GoalMetric;
use yeji_intake::Kind;

use super::facts::{World, alone, shown};
use super::*;
use crate::api::NoArgs;
use crate::api::data::{LaterImports, UndoBatch};
use crate::api::goal_letter::PublishGoal;
use crate::api::goals::GetGoal;
use crate::api::history::UndoChange;
use crate::goals::{GoalError, RoundError};

const PEOPLE: &str = "employee_id,name,team\n10001,王伟,华东\n";
const GOALS: &str = "人员,月份,目标金额\n10001,2026-01,1000\n10001,2026-02,1000\n";

impl World {
    async fn publish(&self) {
        let (metric, year) = (GoalMetric::WonAmount, 2026);
        let goal = self.app.get_goal(GetGoal { metric, year }).await.unwrap();
        let plan = goal.plan.unwrap().id;
        self.app.publish_goal(PublishGoal { plan }).await.unwrap();
    }

    /// One import of several files.
    async fn files(&self, files: &[(&str, &str)]) -> BatchId {
        let paths = files.iter().map(|(name, text)| {
            let path = self.folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        });
        let open = OpenImport {
            paths: paths.collect(),
            ..OpenImport::default()
        };
        let session = self.app.open_import(open).await.unwrap().session;
        let decisions = ImportDecisions::default();
        let request = ImportRequest { session, decisions };
        let done = self.app.commit_import(request, &no_progress).await.unwrap();
        done.batch.expect("something new")
    }

    async fn standing(&self) -> usize {
        let all = self.app.list_batches(NoArgs {}).await.unwrap();
        all.iter().filter(|one| one.undone_at.is_none()).count()
    }
}

#[track_caller]
fn stays<T: std::fmt::Debug>(result: Result<T, Error>) {
    let refused = result.unwrap_err();
    let why = RoundError::PublishedStays {
        version: 1,
        year: 2026,
    };
    let expected = Error::from(GoalError::Round(why));
    assert_eq!(format!("{refused:?}"), format!("{expected:?}"));
}

#[tokio::test]
async fn an_import_whose_goals_were_published_is_not_taken_back() {
    let world = World::before(Kind::Goals).await;
    let before = world.standing().await;
    let first = world.csv(Kind::Goals, GOALS).await.batch.unwrap();
    world.publish().await;
    // Replaced since, it was published all the same.
    let more = GOALS.replace("2026-02,1000", "2026-02,2000");
    let second = world.csv(Kind::Goals, &more).await.batch.unwrap();
    stays(world.app.undo_batch(alone(&world.app, first).await).await);
    let changes = world
        .app
        .list_changes(crate::api::history::ListChanges::default());
    let changes = changes.await.unwrap().rows;
    let change = changes.iter().find(|one| one.batch == Some(first)).unwrap();
    let later = alone(&world.app, first).await.later;
    let change = Some(change.id);
    stays(world.app.undo_change(UndoChange { change, later }).await);
    assert_eq!(world.standing().await, before + 2);
    let back = world.app.undo_batch(alone(&world.app, second).await).await;
    back.expect("its version was not published");
    let plans = world.app.store().unwrap().goal_plans().await.unwrap();
    let cells = world.app.store().unwrap().goal_cells(plans[0].id).await;
    let sum: i64 = cells.unwrap().iter().map(|cell| cell.minor).sum();
    assert_eq!((plans.len(), sum), (1, 200_000));
}

/// Nothing is taken back where one of the later imports, which were to go too, cannot go.
#[tokio::test]
async fn a_published_goal_keeps_all_that_would_go_with_its_import() {
    let world = World::new().await;
    let first = world.csv(Kind::People, PEOPLE).await.batch.unwrap();
    world
        .files(&[("people.csv", PEOPLE), ("goals.csv", GOALS)])
        .await;
    world.publish().await;
    let more = format!("{PEOPLE}10002,李娜,华东\n");
    world.csv(Kind::People, &more).await;
    let imports = shown(&world.app, first).await;
    assert_eq!(imports.len(), 2, "both repeat the first");
    let later = LaterImports::TakeBackToo { imports };
    let batch = first;
    stays(world.app.undo_batch(UndoBatch { batch, later }).await);
    assert_eq!(world.standing().await, 3);
}
