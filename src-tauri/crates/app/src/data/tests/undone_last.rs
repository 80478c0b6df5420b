//! What "undo" means after an import was taken back: nothing that nobody named.

use yeji_core::ids::BatchId;
use yeji_intake::Kind;

use super::facts::{World, alone};
use crate::api::NoArgs;
use crate::api::history::UndoChange;
use crate::api::settings::RenameCompany;

impl World {
    async fn customers_of(&self, name: &str) -> BatchId {
        let text = format!("客户编号,客户名称\n{name},{name}\n");
        let done = self.csv(Kind::Customers, &text).await;
        done.batch.unwrap()
    }

    async fn call_company(&self, name: &str) {
        let name = name.to_owned();
        let args = RenameCompany { name };
        self.app.rename_company(args).await.unwrap();
    }

    async fn customers_now(&self) -> usize {
        self.app.store().unwrap().customers().await.unwrap().len()
    }

    async fn undo_unnamed(&self) -> crate::Error {
        self.app
            .undo_change(UndoChange::default())
            .await
            .unwrap_err()
    }
}

#[tokio::test]
async fn the_import_before_one_that_was_taken_back_is_named_and_stays() {
    let world = World::new().await;
    let before = world.customers_of("B").await;
    let import = world.customers_of("A").await;
    let args = alone(&world.app, import).await;
    world.app.undo_batch(args).await.unwrap();

    let refused = world.undo_unnamed().await;
    assert_eq!(refused.code(), "import_undone_after");
    let command = &refused.params()["command"];
    assert_eq!(command, &format!("yeji batch undo {before}"));
    // Without a session, as the command line asks.
    let own = world.app.last_own_change().await.unwrap().unasked();
    assert_eq!(own.unwrap_err().params(), refused.params());
    assert_eq!(world.customers_now().await, 1, "nothing was taken back");

    let last = world.app.get_last_action(NoArgs {}).await.unwrap();
    let args = UndoChange {
        change: Some(last.change.unwrap().id),
        ..UndoChange::default()
    };
    world.app.undo_change(args).await.unwrap();
    assert_eq!(world.customers_now().await, 0, "by its name it goes");
}

#[tokio::test]
async fn an_edit_before_an_import_that_was_taken_back_stays() {
    let world = World::new().await;
    let import = world.customers_of("A").await;
    world.call_company("甲").await;
    let args = alone(&world.app, import).await;
    world.app.undo_batch(args).await.unwrap();
    assert_eq!(world.undo_unnamed().await.code(), "import_undone_after");
    let name = world.app.get_status(NoArgs {}).await.unwrap().company;
    assert_eq!(name.as_deref(), Some("甲"));
    // A newer action is the last one again, and what lies before it is named again after it.
    world.call_company("乙").await;
    world.app.undo_change(UndoChange::default()).await.unwrap();
    let name = world.app.get_status(NoArgs {}).await.unwrap().company;
    assert_eq!(name.as_deref(), Some("甲"));
    assert_eq!(world.undo_unnamed().await.code(), "import_undone_after");
}

#[tokio::test]
async fn what_was_done_again_is_the_last_action() {
    let world = World::new().await;
    // The company itself came with it, and stays.
    world.customers_of("B").await;
    let import = world.customers_of("A").await;
    world.call_company("甲").await;
    world.app.undo_change(UndoChange::default()).await.unwrap();
    let args = alone(&world.app, import).await;
    world.app.undo_batch(args).await.unwrap();
    world.app.redo_change(NoArgs {}).await.unwrap();
    let own = world.app.last_own_change().await.unwrap();
    assert!(own.after.is_none(), "the redo is newer: {own:?}");
    world.app.undo_change(UndoChange::default()).await.unwrap();
}

#[tokio::test]
async fn imports_taken_back_in_their_turn_are_not_asked_about_twice() {
    let world = World::new().await;
    world.customers_of("B").await;
    world.customers_of("A").await;
    for left in [1, 0] {
        world.app.undo_change(UndoChange::default()).await.unwrap();
        assert_eq!(world.customers_now().await, left);
    }
    let own = world.app.last_own_change().await.unwrap().unasked();
    assert_eq!(own.unwrap_err().code(), "import_undone_last");
}
