//! What stays of imports: totals beside the store's, lists of records, tax that was taken out, mappings.

use yeji_intake::Kind;

use super::facts::World;
use crate::api::NoArgs;
use crate::api::data::{BatchArgs, ImportDecisions, ListFacts, ReconciliationRow};

const INVOICES: &str = "invoice_no,customer,contract,amount,invoice_date\n\
    F1,C-1001,HT-2026-001,113.00,2026-03-05\nF2,Nobody,,226.00,2026-03-06\n";

async fn reconciliation(world: &World) -> Vec<ReconciliationRow> {
    let all = world.app.get_reconciliation(NoArgs {}).await.unwrap();
    let of_invoices = all.into_iter().filter(|row| row.kind == "invoices");
    of_invoices.collect()
}

#[tokio::test]
async fn what_is_missing_in_the_store_shows_beside_the_files_and_goes_when_it_is_mended() {
    let world = World::before(Kind::Invoices).await;
    world.csv(Kind::Invoices, INVOICES).await;
    let rows = reconciliation(&world).await;
    assert_eq!(rows.len(), 1);
    let amounts = |row: &ReconciliationRow| {
        let major = |amount: Option<yeji_core::Money>| amount.unwrap().to_major();
        (major(row.file_amount), major(row.store_amount))
    };
    assert_eq!((rows[0].file_rows, rows[0].store_rows), (2, 1));
    assert_eq!(
        amounts(&rows[0]),
        ("339.00".to_owned(), "113.00".to_owned())
    );
    assert!(!rows[0].agrees);
    assert_eq!((rows[0].row_difference, rows[0].imports), (-1, 1));
    assert_eq!(rows[0].amount_difference.unwrap().to_major(), "-226.00");
    let of_month = |month: &str| ListFacts {
        source: Some("crm".to_owned()),
        month: Some(month.to_owned()),
        ..list("invoices")
    };
    let page = world.app.list_facts(of_month("2026-03")).await.unwrap();
    assert_eq!(
        (page.total, page.rows[0][0].as_str()),
        (1, "F1"),
        "what is here"
    );
    let page = world.app.list_facts(of_month("2026-04")).await.unwrap();
    assert_eq!(page.total, 0);
    let mended = INVOICES.replace("Nobody", "C-1001");
    let batch = world.csv(Kind::Invoices, &mended).await.batch.unwrap();
    let rows = reconciliation(&world).await;
    assert!(rows[0].agrees, "{rows:?}");
    // Undone imports have nothing to say: the one before speaks again.
    world.app.undo_batch(BatchArgs { batch }).await.unwrap();
    assert!(!reconciliation(&world).await[0].agrees);
}

#[tokio::test]
async fn tax_is_taken_out_once_and_kept_with_the_batch() {
    let world = World::before(Kind::Invoices).await;
    let taxed = || ImportDecisions {
        tax_included: Some("13".to_owned()),
        ..ImportDecisions::default()
    };
    let kind = Some(Kind::Invoices);
    let first = world
        .file_with("i.csv", INVOICES.as_bytes(), kind, taxed())
        .await
        .unwrap();
    assert!(first.notes.iter().any(|note| note.code == "tax_taken_out"));
    let batches = world.app.store().unwrap().batches().await.unwrap();
    let detail = &batches[0].detail;
    let rates: Vec<String> = detail
        .tax_included
        .values()
        .map(ToString::to_string)
        .collect();
    assert_eq!(rates, ["13"]);
    let page = world.app.list_facts(list("invoices")).await.unwrap();
    let amount = page
        .columns
        .iter()
        .position(|code| code == "amount")
        .unwrap();
    assert_eq!(page.rows[0][amount], "100.00");
    let again = world
        .file_with("i.csv", INVOICES.as_bytes(), kind, taxed())
        .await
        .unwrap();
    assert!(again.nothing_to_do, "the same file under the same terms");
    let bad = ImportDecisions {
        tax_included: Some("thirteen".to_owned()),
        ..ImportDecisions::default()
    };
    let refused = world
        .file_with("i.csv", INVOICES.as_bytes(), kind, bad)
        .await;
    assert_eq!(refused.unwrap_err().code(), "input");
}

fn list(kind: &str) -> ListFacts {
    ListFacts {
        kind: kind.to_owned(),
        source: None,
        month: None,
        after: None,
    }
}

#[tokio::test]
async fn every_kind_of_facts_is_listed_with_names_instead_of_ids() {
    let world = World::before(Kind::Goals).await;
    for kind in Kind::ALL {
        let Some(_) = super::planner::entity_of(*kind) else {
            continue;
        };
        let page = world.app.list_facts(list(kind.code())).await.unwrap();
        assert_eq!((page.total, page.rows.len()), (1, 1), "{kind}");
        for (column, cell) in page.columns.iter().zip(&page.rows[0]) {
            let field = kind.fields().iter().find(|def| def.field.code() == column);
            let given = field.is_some_and(|def| def.required && !def.example[0].is_empty());
            assert!(!given || !cell.is_empty(), "{kind}: {column} is shown");
            assert!(
                uuid::Uuid::parse_str(cell).is_err(),
                "{kind}: {column} {cell}"
            );
        }
    }
    let refused = world.app.list_facts(list("people")).await;
    assert_eq!(refused.unwrap_err().code(), "input");
}

#[tokio::test]
async fn a_mapping_can_be_kept_under_a_name_and_comes_out_as_it_went_in() {
    let world = World::before(Kind::People).await;
    let text = "kind = \"invoices\"\ntax_included = \"13\"\n\n[columns]\nexternal_id = \"号码\"\n\
                customer = \"购方\"\namount = \"价税合计\"\ninvoiced_on = \"日期\"\n";
    world.app.keep_mapping("发票导出", text).await.unwrap();
    let listed = world.app.list_mappings(NoArgs {}).await.unwrap();
    assert!(
        listed
            .iter()
            .any(|one| one.name == "发票导出" && one.kind == "invoices")
    );
    let out = world.app.mapping_toml("发票导出").await.unwrap();
    let same = yeji_intake::Mapping::from_toml(&out).unwrap();
    assert_eq!(same, yeji_intake::Mapping::from_toml(text).unwrap());
    for (name, text) in [("", text), ("x", "kind = \"pets\"\n[columns]\n")] {
        assert!(world.app.keep_mapping(name, text).await.is_err(), "{name}");
    }
    assert_eq!(
        world.app.mapping_toml("nothing").await.unwrap_err().code(),
        "not_found"
    );
}
