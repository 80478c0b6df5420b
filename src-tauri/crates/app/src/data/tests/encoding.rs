//! Files that are read in the encoding that a person chose.

use std::collections::BTreeMap;

use super::*;

/// Goods and counts in Korean, which no known header tells from Chinese.
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
    let update = async |encoding: &str| {
        let request = ImportRequest {
            session: session.clone(),
            decisions: chosen(encoding),
        };
        let draft = world.app.update_import(request).await.unwrap();
        draft.files.into_iter().next().unwrap()
    };
    let korean = update("euc-kr").await;
    assert_eq!(korean.headers, ["품목", "수량"]);
    assert_eq!(korean.sample[0], ["볼트", "3"]);
    assert_eq!(korean.encoding.as_deref(), Some("euc-kr"));

    let refused = update("utf-8").await;
    assert_eq!(refused.encoding.as_deref(), Some("euc-kr"), "as it was");
    assert_eq!(refused.evidence[0].code, "broken_encoding");
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
