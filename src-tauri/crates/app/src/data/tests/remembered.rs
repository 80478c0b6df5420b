//! What earlier imports left behind for the next one, shown and open to change.

use std::collections::BTreeMap;

use yeji_intake::Kind;

use super::facts::World;
use super::*;
use crate::api::NoArgs;
use crate::api::data::FileDecision;

const TAXED: &str =
    "发票号码,客户,价税合计,不含税金额,开票日期\nF1,C-1001,113.00,100.00,2026-03-05\n";

/// The amount is in that column.
fn amount_in(column: &str, tax: Option<&str>) -> ImportDecisions {
    let columns = BTreeMap::from([("amount".to_owned(), Some(column.to_owned()))]);
    let file = FileDecision {
        columns,
        ..FileDecision::default()
    };
    ImportDecisions {
        files: BTreeMap::from([(0, file)]),
        tax_included: tax.map(str::to_owned),
        remember_mapping: true,
        ..ImportDecisions::default()
    }
}

#[tokio::test]
async fn a_remembered_tax_is_shown_can_be_refused_and_holds_for_its_column_only() {
    let world = World::before(Kind::Invoices).await;
    let gross = || amount_in("价税合计", Some("13"));
    let kind = Some(Kind::Invoices);
    world
        .file_with("i.csv", TAXED.as_bytes(), kind, gross())
        .await
        .unwrap();
    let tax = async |decisions: ImportDecisions| {
        let session = world.open("i.csv", TAXED.as_bytes(), kind).await.unwrap();
        let request = ImportRequest { session, decisions };
        let draft = world.app.update_import(request).await.unwrap();
        let file = draft.files.into_iter().next().unwrap();
        (file.tax_included, file.tax_remembered)
    };
    let percent = |text: &str| Some(text.to_owned());
    let untouched = ImportDecisions::default();
    assert_eq!(tax(untouched.clone()).await, (percent("13"), percent("13")));
    let with = |tax: &str| ImportDecisions {
        tax_included: percent(tax),
        ..ImportDecisions::default()
    };
    assert_eq!(tax(with("")).await, (None, percent("13")), "none is chosen");
    assert_eq!(tax(with("6")).await, (percent("6"), percent("13")));
    let net = amount_in("不含税金额", None);
    assert_eq!(tax(net).await, (None, None), "nobody took tax out of it");
}

#[tokio::test]
async fn a_remembered_name_can_be_changed_and_forgotten() {
    let world = World::before(Kind::Contracts).await;
    let import = async |name: Option<Option<&str>>| {
        let decided = name.map(|name| ("customer:老宏远".to_owned(), name.map(str::to_owned)));
        let decisions = ImportDecisions {
            aliases: decided.into_iter().collect(),
            ..ImportDecisions::default()
        };
        let text = "contract_no,customer,amount,signed_on\nHT-9,老宏远,100,2026-03-01\n";
        let kind = Some(Kind::Contracts);
        let file = world.file_with("c.csv", text.as_bytes(), kind, decisions);
        file.await.unwrap()
    };
    let unknown = import(None).await;
    assert_eq!(reasons(&unknown), [(2, "reference_unknown")]);
    let asked = unknown.aliases.iter().find(|one| one.text == "老宏远");
    let choices = &asked.expect("what a contract names is asked for").choices;
    let known = choices[0].clone();
    assert_eq!(reasons(&import(Some(Some(&known))).await), []);
    let again = import(None).await;
    assert_eq!(reasons(&again), [], "it is remembered");
    assert!(again.aliases[0].decided);
    assert_eq!(again.aliases[0].proposal.as_ref(), Some(&known));
    let refused = import(Some(None)).await;
    assert_eq!(reasons(&refused), [(2, "reference_unknown")]);
    let forgotten = import(None).await;
    assert_eq!(reasons(&forgotten), [(2, "reference_unknown")]);
    assert!(!forgotten.aliases[0].decided, "it is asked again");
}

/// How its files were read is nothing that somebody counts among their records.
#[tokio::test]
async fn an_undo_does_not_count_the_remembered_mapping() {
    let world = World::new().await;
    let import = async |row: &str, remember_mapping: bool| {
        let decisions = ImportDecisions {
            remember_mapping,
            ..ImportDecisions::default()
        };
        let text = format!("客户编号,客户名称,地区\n{row}\n");
        let kind = Some(Kind::Customers);
        let file = world.file_with("c.csv", text.as_bytes(), kind, decisions);
        file.await.unwrap().batch.unwrap()
    };
    // The company itself came with it, and stays.
    import("C-0,远景,华南", false).await;
    let store = world.app.store().unwrap();
    let profiles = async || store.count_of(yeji_store::Entity::MappingProfile).await;
    assert_eq!(profiles().await.unwrap(), 0);
    let first = import("C-1,华讯,华东", true).await;
    assert_eq!(profiles().await.unwrap(), 1, "it is remembered");
    let second = import("C-2,华信,华北", true).await;
    for batch in [first, second] {
        let undone = world.app.undo_batch(batch.into()).await.unwrap();
        assert_eq!(undone.removed, 1, "{undone:?}");
        let of_mapping = |kept: &crate::api::Message| kept.params["entity"] == "mapping_profile";
        assert!(!undone.kept.iter().any(of_mapping), "{undone:?}");
    }
}

/// A mapping that fits none of the files is named, not one of its columns; a remembered one says of which
/// source it is.
#[tokio::test]
async fn mappings_are_named_and_remembered_ones_tell_their_source() {
    let world = World::before(Kind::Invoices).await;
    let kept = "kind = \"people\"\n[columns]\nname = \"Value\"";
    let kept = world.app.keep_mapping("shared", kept).await.unwrap();
    assert_eq!((kept.remembered, kept.source), (false, None));
    let path = world.folder.path().join("i.csv");
    std::fs::write(&path, TAXED).unwrap();
    let open = OpenImport {
        paths: vec![path],
        profile: Some("shared".to_owned()),
        ..OpenImport::default()
    };
    let refused = world.app.open_import(open).await.unwrap_err();
    assert_eq!(refused.code(), "input");
    assert_eq!(refused.params()["value"], "shared");

    let kind = Some(Kind::Invoices);
    let gross = amount_in("价税合计", Some("13"));
    let taken = world.file_with("i.csv", TAXED.as_bytes(), kind, gross);
    taken.await.unwrap();
    let all = world.app.list_mappings(NoArgs {}).await.unwrap();
    let sources = all.iter().filter(|one| one.remembered);
    let sources: Vec<_> = sources.map(|one| one.source.as_deref()).collect();
    assert!(sources.contains(&Some("crm")), "{sources:?}");
}
