//! What stays of imports: totals beside the store's, lists of records, tax that was taken out, mappings.

use yeji_intake::Kind;

use super::facts::World;
use crate::api::NoArgs;
use crate::api::data::{ImportDecisions, ListFacts, ReconciliationRow};
use crate::api::mappings::{MappingArgs, NameMapping};

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
        (page.total, page.rows[0].cells[0].as_str()),
        (1, "F1"),
        "what is here"
    );
    let columns = page.columns.iter().map(|column| column.field.as_str());
    let columns: Vec<_> = columns.take(4).collect();
    assert_eq!(
        columns,
        ["external_id", "customer", "invoiced_on", "amount"]
    );
    let page = world.app.list_facts(of_month("2026-04")).await.unwrap();
    assert_eq!(page.total, 0);
    let mended = INVOICES.replace("Nobody", "C-1001");
    let batch = world.csv(Kind::Invoices, &mended).await.batch.unwrap();
    let rows = reconciliation(&world).await;
    assert!(rows[0].agrees, "{rows:?}");
    // Undone imports have nothing to say: the one before speaks again.
    world.app.undo_batch(batch.into()).await.unwrap();
    assert!(!reconciliation(&world).await[0].agrees);
}

/// A won deal counts as a row whether its amount is known or not, in its file and here.
#[tokio::test]
async fn won_deals_without_an_amount_are_rows() {
    let world = World::before(Kind::Opportunities).await;
    let deals = "opportunity_id,sales_agent,deal_stage,close_date,close_value\n\
        W1,王伟,Won,2026-03-05,100\nW2,王伟,Won,2026-03-06,\nW3,王伟,Won,2026-04-06,\n\
        L1,王伟,Lost,2026-03-07,\n";
    world.csv(Kind::Opportunities, deals).await;
    let all = world.app.get_reconciliation(NoArgs {}).await.unwrap();
    let rows = all.iter().filter(|row| row.kind == "opportunities");
    let rows: Vec<_> = rows
        .map(|row| {
            let amounts = [row.file_amount, row.store_amount];
            let minor = amounts.map(|amount| amount.map(|money| money.minor));
            (
                &*row.period,
                row.file_rows,
                row.store_rows,
                minor,
                row.agrees,
            )
        })
        .collect();
    let expected = [
        ("2026-03", 2, 2, [Some(10_000); 2], true),
        ("2026-04", 1, 1, [None; 2], true),
    ];
    assert_eq!(rows, expected);
}

/// A row that could not even be read is missing in the store as well.
#[tokio::test]
async fn rows_that_cannot_be_read_are_missing_too() {
    let world = World::before(Kind::Invoices).await;
    let unreadable =
        "F3,,,339.00,2026-03-07\nF4,C-1001,,much,2026-03-08\nF5,C-1001,,5.00,2026-13-40\n";
    let text = format!("{}{unreadable}", INVOICES.replace("Nobody", "C-1001"));
    world.csv(Kind::Invoices, &text).await;
    let rows = reconciliation(&world).await;
    let counts: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.period.as_str(),
                row.file_rows,
                row.store_rows,
                row.agrees,
            )
        })
        .collect();
    assert_eq!(counts, [("", 1, 0, false), ("2026-03", 4, 2, false)]);
    assert_eq!(rows[1].file_amount.unwrap().to_major(), "678.00");
}

/// What the window's button gives comes back as it was, once its cells are mended.
#[tokio::test]
async fn a_workbook_of_rejected_rows_is_mended_and_imported_again() {
    let world = World::before(Kind::Invoices).await;
    let batch = world.csv(Kind::Invoices, INVOICES).await.batch.unwrap();
    let (book, count) = world
        .app
        .rejected_book(batch, &|reason| reason.code.clone())
        .await
        .unwrap();
    assert_eq!(count, 1);
    let mended = book_with(&book, "Nobody", "C-1001");
    let kind = Some(Kind::Invoices);
    let again = world
        .file_with("rejected.xlsx", &mended, kind, ImportDecisions::default())
        .await
        .unwrap();
    assert_eq!(super::reasons(&again), []);
    let store = world.app.store().unwrap();
    assert_eq!(
        store.count_of(yeji_store::Entity::Invoice).await.unwrap(),
        2
    );
}

/// Mended rows are not a file of their own, whose few rows would be all that the month has: they are
/// counted with the files that they came from, also where they are refused and mended once more.
#[tokio::test]
async fn mended_rows_are_reconciled_with_the_files_that_they_came_from() {
    let world = World::before(Kind::Invoices).await;
    let text = format!("{INVOICES}F3,C-1001,,339.00,2026-13-40\nF4,C-1001,,1.00,2026-04-01\n");
    let first = world.csv(Kind::Invoices, &text).await.batch.unwrap();
    let april = "invoice_no,customer,contract,amount,invoice_date\nF5,C-1001,,2.00,2026-04-02\n";
    world.csv(Kind::Invoices, april).await;
    let lines = async || -> Vec<(String, i64, i64, bool)> {
        let rows = reconciliation(&world).await.into_iter();
        rows.map(|row| (row.period, row.file_rows, row.store_rows, row.agrees))
            .collect()
    };
    let line = |month: &str, file, store| (month.to_owned(), file, store, file == store);
    // The latest export says what April has; F4 of the one before is still here.
    let april = line("2026-04", 1, 2);
    let before = [line("", 1, 0), line("2026-03", 2, 1), april.clone()];
    assert_eq!(lines().await, before);

    let mend = async |batch, from, to| {
        let say = |reason: &crate::api::Message| reason.code.clone();
        let (book, _) = world.app.rejected_book(batch, &say).await.unwrap();
        let kind = Some(Kind::Invoices);
        let decisions = ImportDecisions::default();
        let book = book_with(&book, from, to);
        let done = world
            .file_with("rejected.xlsx", &book, kind, decisions)
            .await;
        done.unwrap().batch.unwrap()
    };
    let once = mend(first, "Nobody", "C-1001").await;
    let halfway = [line("", 1, 0), line("2026-03", 2, 2), april.clone()];
    assert_eq!(lines().await, halfway, "one of two is mended");
    let twice = mend(once, "2026-13-40", "2026-03-09").await;
    assert_eq!(lines().await, [line("2026-03", 3, 3), april.clone()]);
    let rows = reconciliation(&world).await;
    assert_eq!(rows[0].file_amount.unwrap().to_major(), "678.00");
    assert_eq!(rows[0].batch, first);
    assert_eq!(rows[0].files, ["invoices.csv", "rejected.xlsx"]);

    world.app.undo_batch(twice.into()).await.unwrap();
    assert_eq!(lines().await, halfway);
    world.app.undo_batch(once.into()).await.unwrap();
    assert_eq!(lines().await, before);
}

/// The file is taken back and imported again: the rows that were mended of its first import are here, and
/// mended of the second too. With other rows refused it is another file.
#[tokio::test]
async fn mended_rows_stand_for_those_of_the_same_file_imported_again() {
    let world = World::before(Kind::Invoices).await;
    let lines = async || -> Vec<(String, i64, i64)> {
        let rows = reconciliation(&world).await.into_iter();
        rows.map(|row| (row.period, row.file_rows, row.store_rows))
            .collect()
    };
    let march = |file, store| [("2026-03".to_owned(), file, store)];
    let first = world.csv(Kind::Invoices, INVOICES).await.batch.unwrap();
    let say = |reason: &crate::api::Message| reason.code.clone();
    let (book, _) = world.app.rejected_book(first, &say).await.unwrap();
    let book = book_with(&book, "Nobody", "C-1001");
    let kind = Some(Kind::Invoices);
    let decisions = ImportDecisions::default();
    world
        .file_with("rejected.xlsx", &book, kind, decisions)
        .await
        .unwrap();
    assert_eq!(lines().await, march(2, 2));
    world.app.undo_batch(first.into()).await.unwrap();
    assert_eq!(lines().await, march(1, 1), "the mended row stays");
    let again = world.csv(Kind::Invoices, INVOICES).await.batch.unwrap();
    assert_eq!(lines().await, march(2, 2));
    world.app.undo_batch(again.into()).await.unwrap();
    let other = INVOICES.replace("226.00", "227.00");
    world.csv(Kind::Invoices, &other).await;
    assert_eq!(lines().await, march(2, 2));
    assert!(!reconciliation(&world).await[0].agrees, "226 is not 227");
}

/// The workbook with one text for another, as a person would write it over.
pub(super) fn book_with(book: &[u8], from: &str, to: &str) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    let mut old = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let options = zip::write::SimpleFileOptions::default();
        new.start_file(part.name().unwrap().to_string(), options)
            .unwrap();
        new.write_all(text.replace(from, to).as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
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
        .position(|column| column.field == "amount")
        .unwrap();
    assert_eq!(page.rows[0].cells[amount], "100.00");
    assert_eq!(page.columns[amount].holds, "amount");
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
        assert!(!page.rows[0].source.is_empty(), "{kind}");
        for (column, cell) in page.columns.iter().zip(&page.rows[0].cells) {
            let column = &column.field;
            let field = kind.fields().iter().find(|def| def.field.code() == *column);
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

#[tokio::test]
async fn a_mapping_is_named_deleted_and_found_again_in_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let host = std::sync::Arc::new(crate::testing::Scripted::default());
    let mut outside = crate::testing::outside("2026-07-01");
    outside.host = host.clone();
    let app = crate::Desk::open(&folder.path().join("store"), crate::Access::Write, outside)
        .await
        .unwrap();
    let file = folder.path().join("mapping - 发票.toml");
    let text = "kind = \"invoices\"\n[columns]\nexternal_id = \"号码\"\n";
    std::fs::write(&file, text).unwrap();
    assert!(
        app.import_mapping(NoArgs {}).await.unwrap().is_none(),
        "the dialog was closed"
    );
    host.answer(&file);
    let kept = app.import_mapping(NoArgs {}).await.unwrap().unwrap();
    assert_eq!((kept.name.as_str(), kept.remembered), ("发票", false));
    let name = |name: &str, new: &str| NameMapping {
        name: name.to_owned(),
        new_name: new.to_owned(),
    };
    app.name_mapping(name("发票", "财务发票")).await.unwrap();
    let names = async || {
        let all = app.list_mappings(NoArgs {}).await.unwrap();
        all.into_iter().map(|one| one.name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["财务发票"], "renamed, not copied");
    app.keep_mapping("其他", text).await.unwrap();
    let taken = app.name_mapping(name("其他", "财务发票")).await;
    assert_eq!(
        taken.unwrap_err().code(),
        "input",
        "no other one is overwritten"
    );
    // A name that stands for the headers of a file cannot be given.
    let reserved = format!("people:{}", "a".repeat(32));
    assert!(app.name_mapping(name("其他", &reserved)).await.is_err());
    // What is exported comes back as it was.
    let out = folder.path().join("out.toml");
    host.answer(&out);
    let args = MappingArgs {
        name: "财务发票".to_owned(),
    };
    app.export_mapping(args.clone()).await.unwrap();
    app.delete_mapping(args.clone()).await.unwrap();
    assert_eq!(
        app.delete_mapping(args).await.unwrap_err().code(),
        "not_found"
    );
    host.answer(&out);
    app.import_mapping(NoArgs {}).await.unwrap();
    assert_eq!(names().await, ["out", "其他"]);
    host.answer(&folder.path().join("store").join("yeji.db"));
    let refused = app.import_mapping(NoArgs {}).await;
    assert_eq!(
        refused.unwrap_err().code(),
        "not_a_table",
        "a file of another kind"
    );
}

#[tokio::test]
async fn a_remembered_mapping_that_gets_a_name_goes_on_being_remembered() {
    let world = World::before(Kind::People).await;
    let decisions = ImportDecisions {
        remember_mapping: true,
        ..ImportDecisions::default()
    };
    let text = "姓名,工号,团队\n王伟,A1,一组\n".as_bytes();
    let kind = Some(Kind::People);
    world
        .file_with("p.csv", text, kind, decisions)
        .await
        .unwrap();
    let all = world.app.list_mappings(NoArgs {}).await.unwrap();
    let remembered = all.iter().find(|one| one.remembered).unwrap();
    let args = NameMapping {
        name: remembered.name.clone(),
        new_name: "人员".to_owned(),
    };
    world.app.name_mapping(args).await.unwrap();
    let all = world.app.list_mappings(NoArgs {}).await.unwrap();
    assert!(all.iter().any(|one| one.name == remembered.name));
    assert!(all.iter().any(|one| one.name == "人员" && !one.remembered));
}

#[tokio::test]
async fn a_credit_list_of_too_many_is_told_from_one_that_names_somebody_twice() {
    let world = World::before(Kind::Credits).await;
    let reason = async |shares: String| {
        let text = format!("opportunity,credits\nOP-0001,{shares}\n");
        let preview = world.csv(Kind::Credits, &text).await;
        preview.files[0].rejected[0].reason.code.clone()
    };
    let rows: Vec<String> = (0..64).map(|at| format!("P{at},N{at}")).collect();
    let people = format!("staff_number,name\n{}\n", rows.join("\n"));
    world.csv(Kind::People, &people).await;
    let many: Vec<String> = (0..64).map(|at| format!("P{at} 1/64")).collect();
    assert_eq!(reason(many.join("; ")).await, "credits_too_many");
    let twice = "10001 50%; 10001 50%".to_owned();
    assert_eq!(reason(twice).await, "credits_name_twice");
}
