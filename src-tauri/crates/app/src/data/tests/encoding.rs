//! Files that are read in the encoding that a person chose.

use std::collections::BTreeMap;

use super::*;

/// Goods and counts in Korean: too few characters to tell them from Chinese.
const KOREAN: &[u8] =
    b"\xc7\xb0\xb8\xf1,\xbc\xf6\xb7\xae\n\xba\xbc\xc6\xae,3\n\xb3\xca\xc6\xae,5\n";

fn chosen(encoding: &str) -> ImportDecisions {
    let file = FileDecision {
        kind: Some("products".to_owned()),
        encoding: Some(encoding.to_owned()),
        ..FileDecision::default()
    };
    ImportDecisions {
        files: BTreeMap::from([(0, file)]),
        ..ImportDecisions::default()
    }
}

/// Whatever was detected, another choice reads the file anew; one that does not fit is said, leaves the
/// file as it was, imports nothing, and does not bar the next choice.
#[tokio::test]
async fn a_file_is_read_in_the_encoding_that_is_chosen() {
    let world = World::new().await;
    let path = world.folder.path().join("k.csv");
    std::fs::write(&path, KOREAN).unwrap();
    let open = |encoding: Option<&str>| OpenImport {
        paths: vec![path.clone()],
        encoding: encoding.map(str::to_owned),
        ..OpenImport::default()
    };
    let draft = world.app.open_import(open(None)).await.unwrap();
    let session = draft.session.clone();
    let doubted = |file: &crate::api::data::ImportFile| {
        file.evidence
            .iter()
            .any(|said| said.code == "encoding_doubted")
    };
    assert!(doubted(&draft.files[0]), "few characters are no proof");
    let update = async |encoding: &str| {
        let request = ImportRequest {
            session: session.clone(),
            decisions: chosen(encoding),
        };
        let draft = world.app.update_import(request).await.unwrap();
        draft.files.into_iter().next().unwrap()
    };
    let korean = update("euc-kr").await;
    assert!(!doubted(&korean), "somebody has chosen");
    assert_eq!(korean.headers, ["품목", "수량"]);
    assert_eq!(korean.sample[0], ["볼트", "3"]);
    assert_eq!(korean.encoding.as_deref(), Some("euc-kr"));

    let refused = update("utf-8").await;
    assert_eq!(refused.encoding.as_deref(), Some("euc-kr"), "as it was");
    assert_eq!(refused.encoding_refused.unwrap().code, "broken_encoding");
    let request = ImportRequest {
        session: session.clone(),
        decisions: chosen("utf-8"),
    };
    let error = world.app.preview_import(request, &no_progress).await;
    assert_eq!(error.unwrap_err().code(), "broken_encoding");

    let back = draft.files[0].encoding.clone().unwrap();
    assert_eq!(update(&back).await.headers, draft.files[0].headers);
    let named = world.app.open_import(open(Some("EUC-KR"))).await.unwrap();
    assert_eq!(named.files[0].headers, ["품목", "수량"]);
    let error = world
        .app
        .open_import(open(Some("utf-7")))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "input");
}

/// A file of gigabytes must not be read whole once more for an encoding that was refused, at every other
/// click. That it is not opened again shows by its being away.
#[tokio::test]
async fn a_refused_encoding_is_remembered() {
    let world = World::new().await;
    let path = world.folder.path().join("k.csv");
    std::fs::write(&path, KOREAN).unwrap();
    let open = OpenImport {
        paths: vec![path.clone()],
        encoding: Some("euc-kr".to_owned()),
        ..OpenImport::default()
    };
    let session = world.app.open_import(open).await.unwrap().session;
    let update = async || {
        let request = ImportRequest {
            session: session.clone(),
            decisions: chosen("utf-8"),
        };
        let draft = world.app.update_import(request).await.unwrap();
        draft.files[0].encoding_refused.clone().unwrap()
    };
    let refused = update().await;
    assert_eq!(refused.code, "broken_encoding");
    std::fs::remove_file(&path).unwrap();
    let again = update().await;
    assert_eq!((again.code, again.params), (refused.code, refused.params));
}

/// Where the detected encoding does not hold for the whole file, a choice is needed most.
#[tokio::test]
async fn a_file_that_cannot_be_read_as_detected_can_be_opened_by_a_choice() {
    let world = World::new().await;
    let path = |name: &str| world.folder.path().join(name);
    // 客户名称,地区 in GB18030, and bytes that it has not: a damaged end.
    let broken = b"\xbf\xcd\xbb\xa7\xc3\xfb\xb3\xc6,\xb5\xd8\xc7\xf8\n\xff\xff,x\n";
    std::fs::write(path("broken.csv"), broken).unwrap();
    std::fs::write(path("people.csv"), "name,team\nAnn,North\n").unwrap();
    let open = |names: &[&str], keep_closed| OpenImport {
        paths: names.iter().map(|name| path(name)).collect(),
        keep_closed,
        ..OpenImport::default()
    };
    let alone = world.app.open_import(open(&["broken.csv"], false)).await;
    assert_eq!(alone.unwrap_err().code(), "broken_encoding");
    for names in [&["broken.csv"][..], &["broken.csv", "people.csv"]] {
        let draft = world.app.open_import(open(names, true)).await.unwrap();
        let others = draft.files.len();
        assert_eq!(others, names.len() - 1);
        let closed = &draft.unreadable[0];
        assert_eq!(closed.reason.code, "broken_encoding");
        let index = closed.index.unwrap();
        let request = |encoding: &str| ImportRequest {
            session: draft.session.clone(),
            decisions: ImportDecisions {
                files: BTreeMap::from([(index, chosen(encoding).files[&0].clone())]),
                ..ImportDecisions::default()
            },
        };
        let still = world.app.update_import(request("utf-8")).await.unwrap();
        assert_eq!(still.files.len(), others);
        let still = &still.unreadable[0];
        assert_eq!(still.index, Some(index));
        assert_eq!(still.encoding.as_deref(), Some("utf-8"));
        assert_eq!(still.reason.params["encoding"], "UTF-8");
        let opened = world.app.update_import(request("windows-1252")).await;
        let opened = opened.unwrap();
        assert!(opened.unreadable.is_empty());
        let file = opened.files.last().unwrap();
        assert_eq!((file.index, file.file.as_str()), (index, "broken.csv"));
        assert_eq!(file.encoding.as_deref(), Some("windows-1252"));
        assert_eq!(file.sample[0], ["ÿÿ", "x"]);
    }
}

/// A file that is gone when it is read (a share, a stick) does not keep the others from being imported; alone
/// it is the error.
#[tokio::test]
async fn a_file_that_is_not_there_is_listed_beside_the_others() {
    let world = World::new().await;
    let at = |name: &str| world.folder.path().join(name);
    std::fs::write(at("k.csv"), "product,series\nA,S\n").unwrap();
    let open = |names: &[&str]| OpenImport {
        paths: names.iter().map(|name| at(name)).collect(),
        keep_closed: true,
        ..OpenImport::default()
    };
    let draft = world.app.open_import(open(&["gone.csv", "k.csv"])).await;
    let draft = draft.unwrap();
    assert_eq!(draft.files[0].file, "k.csv");
    assert_eq!(draft.unreadable[0].file, "gone.csv");
    assert_eq!(draft.unreadable[0].reason.code, "file_io");
    let alone = world.app.open_import(open(&["gone.csv"])).await;
    assert_eq!(alone.unwrap_err().code(), "file_io");
}
