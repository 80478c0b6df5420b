//! Watched folders with real files.

use std::path::{Path, PathBuf};

use yeji_intake::Kind;

use super::facts::World;
use crate::api::NoArgs;
use crate::api::data::{ImportDecisions, ImportRequest};
use crate::api::watching::{WatchFolder, WatchedFileArgs, WatchedFolderArgs, WatchedList};
use crate::host::no_progress;

const CUSTOMERS: &str = "客户编号,客户名称,地区\nC-1,华讯科技,华东\n";

struct Watched {
    world: World,
    folder: PathBuf,
    _place: tempfile::TempDir,
}

impl Watched {
    /// A folder that is watched, by a store in which the columns of its files were confirmed once.
    async fn new() -> Self {
        let world = World::new().await;
        let confirmed = ImportDecisions {
            remember_mapping: true,
            ..ImportDecisions::default()
        };
        let kind = Some(Kind::Customers);
        let first = "客户编号,客户名称,地区\nC-0,远景,华南\n";
        world
            .file_with("first.csv", first.as_bytes(), kind, confirmed)
            .await
            .unwrap();
        let place = yeji_testkit::temp_folder();
        let folder = place.path().join("exports");
        std::fs::create_dir(&folder).unwrap();
        world
            .app
            .watch_path(&folder, WatchFolder::default())
            .await
            .unwrap();
        Self {
            world,
            folder,
            _place: place,
        }
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    async fn look(&self) -> WatchedList {
        self.world.app.look_into_watched(NoArgs {}).await.unwrap()
    }

    /// A file is taken at the second look at the earliest.
    async fn look_twice(&self) -> WatchedList {
        self.look().await;
        self.look().await
    }

    async fn customers(&self) -> usize {
        let store = self.world.app.store().unwrap();
        store.customers().await.unwrap().len()
    }
}

fn states(list: &WatchedList) -> Vec<(String, String)> {
    let mut all: Vec<_> = list
        .files
        .iter()
        .map(|file| (file.name.clone(), file.state.clone()))
        .collect();
    all.sort();
    all
}

fn state(name: &str, state: &str) -> (String, String) {
    (name.to_owned(), state.to_owned())
}

#[tokio::test]
async fn a_new_export_is_taken_once_it_lies_still() {
    let watched = Watched::new().await;
    let path = watched.write("a.csv", "客户编号,客户名称,地区\nC-1,华讯");
    let list = watched.look().await;
    assert_eq!(states(&list), [], "nobody knows yet whether it is whole");
    assert_eq!(list.folders[0].settling, 1);
    std::fs::write(&path, CUSTOMERS).unwrap();
    assert_eq!(states(&watched.look().await), [], "it has grown");
    let list = watched.look().await;
    assert_eq!(states(&list), [state("a.csv", "taken")]);
    assert_eq!(list.files[0].batch.as_ref().unwrap().new_rows, 1);
    assert_eq!(watched.customers().await, 2);
    assert!(path.exists(), "files are the user's");
}

#[tokio::test]
async fn the_same_content_is_taken_once_whatever_its_name() {
    let watched = Watched::new().await;
    watched.write("a.csv", CUSTOMERS);
    let list = watched.look_twice().await;
    let batch = list.files[0].batch.as_ref().unwrap().id;
    watched.write("copy of a.csv", CUSTOMERS);
    watched.look_twice().await;
    let app = &watched.world.app;
    assert_eq!(app.list_batches(NoArgs {}).await.unwrap().len(), 2);
    // A batch that was taken back is not imported again behind the back of who did it.
    app.undo_batch(batch.into()).await.unwrap();
    watched.look_twice().await;
    assert_eq!(watched.customers().await, 1);
    // By hand it is, as the guide says.
    let session = watched
        .world
        .open("a.csv", CUSTOMERS.as_bytes(), None)
        .await;
    let request = ImportRequest {
        session: session.unwrap(),
        decisions: ImportDecisions::default(),
    };
    let again = app.commit_import(request, &no_progress).await.unwrap();
    assert_eq!(again.files[0].new_rows, 1, "{again:?}");
    assert_eq!(watched.customers().await, 2);
}

#[tokio::test]
async fn what_is_being_downloaded_or_hidden_is_left_alone() {
    let watched = Watched::new().await;
    for name in [
        "a.csv.crdownload",
        ".a.csv",
        "~$a.xlsx",
        "a.csv.part",
        "empty.csv",
    ] {
        watched.write(name, if name == "empty.csv" { "" } else { CUSTOMERS });
    }
    let list = watched.look_twice().await;
    assert_eq!(states(&list), []);
    assert_eq!(list.folders[0].settling, 0);
}

#[tokio::test]
async fn a_file_that_wants_a_decision_waits_and_is_taken_after_it() {
    let watched = Watched::new().await;
    watched.write("new.csv", "客户编号,客户名称,备用名\nC-7,新华,x\n");
    let list = watched.look_twice().await;
    assert_eq!(states(&list), [state("new.csv", "waiting")]);
    assert_eq!(
        list.files[0].reason.as_ref().unwrap().code,
        "watch_columns_open"
    );
    assert_eq!(watched.customers().await, 1, "nothing of it was imported");
    let app = &watched.world.app;
    let before = app.store().unwrap().last_change().await.unwrap();
    watched.look_twice().await;
    let after = app.store().unwrap().last_change().await.unwrap();
    assert_eq!(before, after, "it is not tried again and again");
    let file = WatchedFileArgs {
        file: list.files[0].id,
    };
    let draft = app.open_watched_file(file).await.unwrap();
    let request = crate::testing::remembering(draft.session);
    app.commit_import(request, &no_progress).await.unwrap();
    let list = watched.look_twice().await;
    assert_eq!(
        states(&list),
        [state("new.csv", "nothing")],
        "all of it is here now"
    );
    watched.write("later.csv", "客户编号,客户名称,备用名\nC-8,东方,y\n");
    let list = watched.look_twice().await;
    assert!(states(&list).contains(&state("later.csv", "taken")));
}

#[tokio::test]
async fn a_broken_file_is_told_once_and_can_be_tried_again() {
    let watched = Watched::new().await;
    watched.write("bad.xlsx", "PK\u{3}\u{4} and no workbook");
    let list = watched.look_twice().await;
    assert_eq!(states(&list), [state("bad.xlsx", "failed")]);
    let app = &watched.world.app;
    let before = app.store().unwrap().last_change().await.unwrap();
    watched.look_twice().await;
    assert_eq!(app.store().unwrap().last_change().await.unwrap(), before);
    let file = WatchedFileArgs {
        file: list.files[0].id,
    };
    let list = app.retry_watched_file(file).await.unwrap();
    assert_eq!(states(&list), []);
    assert_eq!(states(&watched.look().await), [state("bad.xlsx", "failed")]);
}

#[tokio::test]
async fn a_folder_that_goes_away_is_told_and_comes_back() {
    let watched = Watched::new().await;
    watched.write("a.csv", CUSTOMERS);
    watched.look_twice().await;
    let away = watched.folder.with_file_name("away");
    std::fs::rename(&watched.folder, &away).unwrap();
    let list = watched.look().await;
    assert!(
        list.folders[0].problem.is_some(),
        "it says that it is not there"
    );
    std::fs::rename(&away, &watched.folder).unwrap();
    watched.write(
        "b.csv",
        &CUSTOMERS.replace("C-1", "C-2").replace("华讯", "华信"),
    );
    let list = watched.look_twice().await;
    assert!(list.folders[0].problem.is_none());
    assert!(states(&list).contains(&state("b.csv", "taken")));
}

#[tokio::test]
async fn rejected_rows_are_kept_with_the_batch_and_ctrl_z_is_not_the_watchers() {
    let watched = Watched::new().await;
    let app = &watched.world.app;
    let own = app.get_last_action(NoArgs {}).await.unwrap().change;
    watched.write(
        "a.csv",
        "客户编号,客户名称,地区\nC-1,,华东\nC-2,华信,华北\n",
    );
    let list = watched.look_twice().await;
    let batch = list.files[0].batch.as_ref().unwrap();
    assert_eq!((batch.new_rows, batch.rejected_rows), (1, 1));
    let still = app.get_last_action(NoArgs {}).await.unwrap().change;
    assert_eq!(own.map(|one| one.id), still.map(|one| one.id));
}

#[tokio::test]
async fn a_folder_is_watched_by_its_real_path_and_let_go() {
    let watched = Watched::new().await;
    let app = &watched.world.app;
    watched.write("a.csv", CUSTOMERS);
    watched.look_twice().await;
    let same = watched.folder.join(".");
    let list = app.watch_path(&same, WatchFolder::default()).await.unwrap();
    assert_eq!(list.folders.len(), 1, "one folder, however it is written");
    let folder = list.folders[0].id;
    let list = app
        .unwatch_folder(WatchedFolderArgs { folder })
        .await
        .unwrap();
    assert!(list.folders.is_empty() && list.files.is_empty());
    assert_eq!(watched.customers().await, 2, "what was imported stays");
    let nowhere = Path::new("no such folder");
    assert!(
        app.watch_path(nowhere, WatchFolder::default())
            .await
            .is_err()
    );
}

/// An import that was taken back is not made again behind the back of who did it, also where the folder was
/// let go in between; and what is known of its files is known again.
#[tokio::test]
async fn a_folder_that_is_watched_again_takes_up_where_it_was() {
    let watched = Watched::new().await;
    let app = &watched.world.app;
    watched.write("a.csv", CUSTOMERS);
    watched.write("broken.xlsx", "PK\u{3}\u{4} and no workbook");
    let list = watched.look_twice().await;
    let taken = list.files.iter().find(|file| file.state == "taken");
    let batch = taken.unwrap().batch.as_ref().unwrap().id;
    app.undo_batch(batch.into()).await.unwrap();
    let folder = list.folders[0].id;
    for _ in 0..2 {
        let gone = app.unwatch_folder(WatchedFolderArgs { folder });
        assert!(gone.await.unwrap().files.is_empty());
        let again = app.watch_path(&watched.folder, WatchFolder::default());
        let again = again.await.unwrap();
        assert_eq!(states(&again), [state("a.csv", "taken")]);
        let said = again.files[0].reason.as_ref().unwrap();
        assert_eq!(said.code, "watch_taken_back", "it does not seem to stand");
        let list = watched.look_twice().await;
        let both = [state("a.csv", "taken"), state("broken.xlsx", "failed")];
        assert_eq!(states(&list), both, "what failed is tried again");
        assert_eq!(watched.customers().await, 1, "it stays taken back");
    }
    watched.write("b.csv", &CUSTOMERS.replace("C-1", "C-2"));
    watched.look_twice().await;
    assert_eq!(watched.customers().await, 2, "new files are taken");
}
