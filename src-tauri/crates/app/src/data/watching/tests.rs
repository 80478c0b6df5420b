//! What passes is no verdict, and what is imported is what was looked at: a folder that is watched, with
//! real files, and looks in which something happens between two steps.

use std::path::PathBuf;

use serde_json::Value;
use yeji_store::{ChangeKind, Entity, WatchedFolder};

use super::files::{self, Found};
use super::round::content;
use super::verdict::{Looked, Verdict};
use super::{Watching, folders::import_of};
use crate::api::NoArgs;
use crate::api::watching::{WatchFolder, WatchedFileArgs, WatchedList};
use crate::context::App;
use crate::data::OpenImport;
use crate::error::Error;
use crate::host::no_progress;
use crate::testing;

const HEADERS: &str = "客户编号,客户名称,地区";

struct Watched {
    app: App,
    folder: PathBuf,
    _place: tempfile::TempDir,
}

impl Watched {
    /// A folder that is watched, by a store in which the columns of its files were confirmed once.
    async fn new() -> Self {
        Self::after("customers", &format!("{HEADERS}\nC-0,远景,华南\n")).await
    }

    /// A folder that is watched, by a store in which a file of the kind was imported.
    async fn after(kind: &str, text: &str) -> Self {
        let place = yeji_testkit::temp_folder();
        let app = testing::app(&place.path().join("store"), "2026-07-01").await;
        let first = place.path().join("first.csv");
        std::fs::write(&first, text).unwrap();
        let draft = app
            .open_import(OpenImport {
                paths: vec![first],
                kind: Some(kind.to_owned()),
                ..OpenImport::default()
            })
            .await
            .unwrap();
        let request = testing::remembering(draft.session);
        app.commit_import(request, &no_progress).await.unwrap();
        let folder = place.path().join("exports");
        std::fs::create_dir(&folder).unwrap();
        app.watch_path(&folder, WatchFolder::default())
            .await
            .unwrap();
        Self {
            app,
            folder,
            _place: place,
        }
    }

    fn write(&self, customer: &str) -> PathBuf {
        let path = self.folder.join("a.csv");
        std::fs::write(&path, format!("{HEADERS}\n{customer},华讯科技,华东\n")).unwrap();
        path
    }

    /// Other content of the same length and time: what shows in a list of files is as before.
    fn rewrite(&self, customer: &str) {
        let path = self.folder.join("a.csv");
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        self.write(customer);
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(time).unwrap();
        let now = std::fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(now, time, "otherwise nothing is tested");
    }

    async fn look(&self) -> WatchedList {
        self.app.look_into_watched(NoArgs {}).await.unwrap()
    }

    async fn look_twice(&self) -> WatchedList {
        self.look().await;
        self.look().await
    }

    async fn watched(&self) -> WatchedFolder {
        let store = self.app.store().unwrap();
        store.watched_folders().await.unwrap().remove(0)
    }

    fn found(&self) -> Found {
        files::tables(&self.folder).unwrap().remove(0)
    }

    /// The numbers of the customers, without the first.
    async fn customers(&self) -> Vec<String> {
        let store = self.app.store().unwrap();
        let all = store.customers().await.unwrap().into_iter();
        let numbers = all.map(|one| one.origin.external_id);
        numbers.filter(|number| number != "C-0").collect()
    }

    /// Forgets which columns were confirmed, and gives what was forgotten.
    async fn forget_columns(&self) -> Vec<yeji_store::Record> {
        let store = self.app.store().unwrap();
        let profiles = store.mapping_profiles().await.unwrap();
        let mut change = self.app.change(ChangeKind::Setting, Value::Null);
        let forgotten: Vec<_> = profiles
            .into_values()
            .map(yeji_store::Record::from)
            .collect();
        let ids = forgotten
            .iter()
            .map(|one| (Entity::MappingProfile, one.id()));
        change.delete.extend(ids);
        self.app.apply(change).await.unwrap();
        forgotten
    }

    async fn decide(&self, profiles: Vec<yeji_store::Record>) {
        let mut change = self.app.change(ChangeKind::Setting, Value::Null);
        change.put = profiles;
        self.app.apply(change).await.unwrap();
    }
}

fn states(list: &WatchedList) -> Vec<&str> {
    list.files.iter().map(|file| file.state.as_str()).collect()
}

/// Excel, a virus scanner or a share holds a file for a moment: that must not make it failed for good.
#[tokio::test]
async fn a_file_that_cannot_be_read_now_is_told_and_taken_later() {
    let watched = Watched::new().await;
    let path = watched.write("C-1");
    let (folder, found) = (watched.watched().await, watched.found());
    let mut memory = Watching::default();
    let mut look = async |found: &Found| {
        let found = vec![found.clone()];
        let took = watched.app.take_new(&mut memory, &folder, found, false);
        took.await.unwrap();
        watched.app.watched(&memory).await.unwrap()
    };
    look(&found).await;
    // A folder by this name is found, and cannot be read as a file.
    let away = path.with_extension("away");
    std::fs::rename(&path, &away).unwrap();
    std::fs::create_dir(&path).unwrap();
    for _ in 0..20 {
        let list = look(&found).await;
        assert!(list.files.is_empty(), "no verdict: {:?}", list.files);
        assert_eq!(list.folders[0].problem.as_ref().unwrap().code, "io");
        assert_eq!(list.folders[0].settling, 1);
    }
    std::fs::remove_dir(&path).unwrap();
    std::fs::rename(&away, &path).unwrap();
    let mut list = look(&found).await;
    for _ in 0..70 {
        if states(&list) == ["taken"] {
            break;
        }
        list = look(&found).await;
    }
    assert_eq!(states(&list), ["taken"], "it is tried again");
    assert!(list.folders[0].problem.is_none());
    assert_eq!(watched.customers().await, ["C-1"]);
}

/// A file that goes between the list and the reading is gone, not broken.
#[tokio::test]
async fn a_file_that_goes_away_meanwhile_is_no_failure() {
    let watched = Watched::new().await;
    let path = watched.write("C-1");
    let (folder, found) = (watched.watched().await, watched.found());
    let mut memory = Watching::default();
    let both = vec![found.clone()];
    let app = &watched.app;
    app.take_new(&mut memory, &folder, both.clone(), false)
        .await
        .unwrap();
    std::fs::remove_file(&path).unwrap();
    app.take_new(&mut memory, &folder, both, false)
        .await
        .unwrap();
    let list = app.watched(&memory).await.unwrap();
    assert!(list.files.is_empty() && list.folders[0].problem.is_none());
    // Also between the hash and the import.
    let store = app.store().unwrap();
    let looked = Looked {
        found: &found,
        hash: "of what was there",
        folder: yeji_store::watched_folder_id(&folder.path),
        store: &store,
    };
    let open = import_of(&folder, path);
    let verdict = app.weigh(open, &looked).await.unwrap();
    assert_eq!(verdict, Verdict::None(None));
}

/// Whoever signs out between the preview and the import says nothing about the file.
#[tokio::test]
async fn a_look_that_is_cut_short_is_no_verdict() {
    let watched = Watched::new().await;
    watched.write("C-1");
    let found = watched.found();
    let hash = content(&found).await.unwrap().unwrap();
    let elsewhere = Watched::new().await;
    let store = elsewhere.app.store().unwrap();
    let looked = Looked {
        found: &found,
        hash: &hash,
        folder: yeji_store::watched_folder_id(&watched.watched().await.path),
        store: &store,
    };
    let refused = watched.app.require_still(&looked).await.unwrap_err();
    assert!(matches!(refused, Error::NoSession), "{refused}");
    let open = import_of(&watched.watched().await, found.path.clone());
    let verdict = watched.app.weigh(open, &looked).await.unwrap();
    assert_eq!(verdict, Verdict::None(None));
    assert!(watched.customers().await.is_empty(), "nothing was imported");
}

/// A file that waits has a known hash; what is imported after the decision must be what has that hash.
#[tokio::test]
async fn content_that_was_written_anew_is_not_taken_for_what_was_hashed() {
    let watched = Watched::new().await;
    let columns = watched.forget_columns().await;
    watched.write("C-1");
    let list = watched.look_twice().await;
    assert_eq!(states(&list), ["waiting"]);
    watched.rewrite("C-2");
    watched.decide(columns).await;
    let list = watched.look().await;
    assert_eq!(
        states(&list),
        ["waiting"],
        "another content than the waiting one"
    );
    assert!(watched.customers().await.is_empty());
    let list = watched.look_twice().await;
    assert!(states(&list).contains(&"taken"));
    assert_eq!(watched.customers().await, ["C-2"]);
}

/// The exporter goes on while the import reads: nothing of it stays.
#[tokio::test]
async fn content_that_changes_while_it_is_imported_is_not_imported() {
    let watched = Watched::new().await;
    watched.write("C-1");
    let found = watched.found();
    let hash = content(&found).await.unwrap().unwrap();
    watched.rewrite("C-2");
    let store = watched.app.store().unwrap();
    let looked = Looked {
        found: &found,
        hash: &hash,
        folder: yeji_store::watched_folder_id(&watched.watched().await.path),
        store: &store,
    };
    let before = store.last_change().await.unwrap();
    let open = import_of(&watched.watched().await, found.path.clone());
    let verdict = watched.app.weigh(open, &looked).await.unwrap();
    assert_eq!(verdict, Verdict::None(None));
    assert_eq!(store.last_change().await.unwrap(), before);
}

/// Two looks of `yeji watch --once` are seconds apart: a copy that has its whole length and time from the
/// beginning must not pass for one that lies still.
#[tokio::test]
async fn close_looks_compare_what_is_in_the_file() {
    let watched = Watched::new().await;
    let look = async || watched.app.look_closely_into_watched().await.unwrap();
    watched.write("C-1");
    look().await;
    watched.rewrite("C-2");
    let list = look().await;
    assert!(states(&list).is_empty(), "it is being written");
    assert_eq!(list.folders[0].settling, 1);
    assert_eq!(states(&look().await), ["taken"]);
    assert_eq!(watched.customers().await, ["C-2"]);
}

/// Somebody decides what a file waits for while it is weighed: the next look takes it.
#[tokio::test]
async fn a_decision_while_a_file_is_weighed_is_not_missed() {
    let watched = Watched::new().await;
    let columns = watched.forget_columns().await;
    watched.write("C-1");
    watched.look().await;
    // The look weighs the file and then waits for its turn to note that it waits.
    let turn = watched.app.turn().await;
    let (list, ()) = tokio::join!(watched.look(), async {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        watched.decide(columns).await;
        drop(turn);
    });
    assert_eq!(states(&list), ["waiting"]);
    assert_eq!(states(&watched.look().await), ["taken"]);
}

/// A daily export with English headers and few Chinese or Korean characters may be in two encodings every
/// day. The first waits for a person; then the folder's encoding is known well enough, and each file says
/// what is doubtful.
#[tokio::test]
async fn a_doubtful_encoding_stops_only_the_first_file_of_a_folder() {
    let watched = Watched::new().await;
    let app = &watched.app;
    let confirmed = watched.folder.with_file_name("english.csv");
    std::fs::write(
        &confirmed,
        "customerid,customername,region\nC-0,Farview,South\n",
    )
    .unwrap();
    let open = OpenImport {
        paths: vec![confirmed],
        kind: Some("customers".to_owned()),
        ..OpenImport::default()
    };
    let draft = app.open_import(open).await.unwrap();
    let request = testing::remembering(draft.session);
    app.commit_import(request, &no_progress).await.unwrap();

    let write = |number: &str| {
        let mut text = format!("customerid,customername,region\n{number},").into_bytes();
        text.extend(b"\xba\xbc\xc6\xae\xb3\xca,East\n");
        std::fs::write(watched.folder.join(format!("{number}.csv")), text).unwrap();
    };
    write("C-1");
    let list = watched.look_twice().await;
    assert_eq!(states(&list), ["waiting"]);
    let said = |list: &WatchedList| list.files[0].reason.as_ref().map(|said| said.code.clone());
    assert_eq!(said(&list).as_deref(), Some("encoding_doubted"));
    assert_eq!(watched.customers().await, [""; 0]);

    let file = WatchedFileArgs {
        file: list.files[0].id,
    };
    let draft = app.open_watched_file(file).await.unwrap();
    let request = testing::remembering(draft.session);
    app.commit_import(request, &no_progress).await.unwrap();
    assert_eq!(
        states(&watched.look().await),
        ["nothing"],
        "all of it is here now"
    );

    std::fs::remove_file(watched.folder.join("C-1.csv")).unwrap();
    write("C-2");
    watched.look().await;
    let list = watched.look().await;
    assert!(states(&list).contains(&"taken"), "{:?}", states(&list));
    let taken = list
        .files
        .iter()
        .find(|file| file.state == "taken")
        .unwrap();
    assert_eq!(taken.reason.as_ref().unwrap().code, "encoding_doubted");
    assert_eq!(watched.customers().await, ["C-1", "C-2"]);
}

/// Where people are known by deals alone, the deals of a new colleague must not be left out unseen: the file
/// waits as a whole, says how to decide, and is taken once somebody has said who it is.
#[tokio::test]
async fn a_file_with_a_new_colleague_waits_and_says_how_to_decide() {
    const FIRST: &str = "opportunity_id,sales_agent,account,product,deal_stage,close_date,close_value\n\
                         D1,王伟,甲木,泵,Won,2026-03-01,100\n";
    let watched = Watched::after("opportunities", FIRST).await;
    let path = watched.folder.join("a.csv");
    let next = format!("{FIRST}D2,欧阳修,甲木,泵,Won,2026-04-01,200\n");
    std::fs::write(&path, &next).unwrap();
    let list = watched.look_twice().await;
    assert_eq!(states(&list), ["waiting"], "{:?}", list.files);
    let reason = list.files[0].reason.as_ref().unwrap();
    assert_eq!(reason.code, "watch_people_open");
    assert_eq!(reason.params["values"], "欧阳修");
    assert!(list.files[0].batch.is_none(), "nothing was imported");

    let open = OpenImport {
        paths: vec![path],
        ..OpenImport::default()
    };
    let draft = watched.app.open_import(open).await.unwrap();
    let mut request = testing::remembering(draft.session);
    let said = ("person:欧阳修".to_owned(), None);
    request.decisions.aliases.extend([said]);
    let done = watched.app.commit_import(request, &no_progress).await;
    assert_eq!(done.unwrap().files[0].new_rows, 1);
    let further = format!("{next}D3,欧阳修,甲木,泵,Won,2026-05-01,300\n");
    std::fs::write(watched.folder.join("b.csv"), further).unwrap();
    let list = watched.look_twice().await;
    let b = list.files.iter().find(|file| file.name == "b.csv").unwrap();
    assert_eq!(b.state, "taken", "known from now on: {:?}", list.files);
}
