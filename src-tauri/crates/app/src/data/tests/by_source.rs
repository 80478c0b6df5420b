//! What one source's files were taken for says nothing of another's.

use yeji_intake::Kind;
use yeji_store::{Entity, Record};

use super::facts::World;
use super::kept::book_with;
use super::*;

const HEADERS: &str = "invoice_no,customer,contract,amount,invoice_date";

fn of(source: &str, tax: Option<&str>) -> ImportDecisions {
    ImportDecisions {
        source: Some(source.to_owned()),
        tax_included: tax.map(str::to_owned),
        remember_mapping: true,
        ..ImportDecisions::default()
    }
}

impl World {
    /// `C` is the customer of the templates, called by name: numbers are of their source.
    async fn invoice(&self, decisions: ImportDecisions, row: &str) -> ImportPreview {
        let row = row.replace(",C,", &format!(",{},", self.customer_name().await));
        let text = format!("{HEADERS}\n{row}\n");
        let kind = Some(Kind::Invoices);
        self.file_with("i.csv", text.as_bytes(), kind, decisions)
            .await
            .unwrap()
    }

    async fn customer_name(&self) -> String {
        let customers = self.app.store().unwrap().customers().await.unwrap();
        customers[0].name.clone()
    }

    /// Amounts in yuan and days, by number.
    async fn invoices(&self) -> Vec<(String, i64, String)> {
        let store = self.app.store().unwrap();
        let mut all = Vec::new();
        for source in ["crm", "erp"] {
            let facts = store.facts_of(Entity::Invoice, source).await.unwrap();
            for (id, record) in facts {
                let Record::Invoice(one) = record else {
                    panic!("{record:?}")
                };
                all.push((id, one.amount.minor / 100, one.invoiced_on.to_string()));
            }
        }
        all.sort();
        all
    }
}

#[tokio::test]
async fn a_sources_tax_and_order_of_dates_are_not_anothers() {
    let world = World::before(Kind::Invoices).await;
    // Before any tax was chosen, and day first, as there is no month 25.
    world.invoice(of("crm", None), "F1,C,,113,25/01/2026").await;
    world
        .invoice(of("erp", Some("13")), "E1,C,,113,01/25/2026")
        .await;
    world.invoice(of("crm", None), "F2,C,,113,03/04/2026").await;
    let met = world.invoices().await;
    let expected = [
        ("E1", 100, "2026-01-25"),
        ("F1", 113, "2026-01-25"),
        ("F2", 113, "2026-04-03"),
    ];
    let expected = expected.map(|(id, yuan, day)| (id.to_owned(), yuan, day.to_owned()));
    assert_eq!(
        met, expected,
        "the tax is erp's, which writes the month first"
    );

    // A third source shares the columns, and is asked for the rest.
    let text = format!("{HEADERS}\nX1,C-1001,,113,03/04/2026\n");
    let kind = Some(Kind::Invoices);
    let session = world.open("x.csv", text.as_bytes(), kind).await.unwrap();
    let decisions = of("oa", None);
    let request = ImportRequest { session, decisions };
    let draft = world.app.update_import(request).await.unwrap();
    let file = &draft.files[0];
    assert_eq!(file.tax_remembered, None);
    let said = |code: &str| file.evidence.iter().any(|one| one.code == code);
    assert!(said("mapping_of_source"), "{:?}", file.evidence);
    let day = file
        .fields
        .iter()
        .find(|field| field.field == "invoiced_on");
    assert_eq!(day.unwrap().date_order, None, "nobody has said which it is");
}

/// As another source's rows they would count twice, or replace what a source that goes first says.
#[tokio::test]
async fn rejected_rows_that_were_mended_are_their_sources() {
    let world = World::before(Kind::Invoices).await;
    let rejected = world
        .invoice(of("erp", None), "E1,Nobody,,226,2026-02-03")
        .await;
    let good = world
        .invoice(
            of("erp", None),
            "E2,C,,50,2026-02-04\nE1,Nobody,,226,2026-02-03",
        )
        .await;
    assert_eq!(rejected.files[0].rejected_rows, 1);
    let batch = good.batch.unwrap();
    let say = |reason: &crate::api::Message| reason.code.clone();
    let (book, _) = world.app.rejected_book(batch, &say).await.unwrap();
    let mended = book_with(&book, "Nobody", &world.customer_name().await);
    let kind = Some(Kind::Invoices);
    let draft = world.draft("mended.xlsx", &mended, kind).await.unwrap();
    assert_eq!(draft.source, "erp");
    let refused = world
        .file_with("mended.xlsx", &mended, kind, of("crm", None))
        .await;
    assert_eq!(refused.unwrap_err().code(), "mended_elsewhere");
    let done = world
        .file_with("mended.xlsx", &mended, kind, ImportDecisions::default())
        .await;
    assert_eq!(done.unwrap().files[0].new_rows, 1);
    // The next export has the row mended as well: it is the same.
    let again = world.invoice(of("erp", None), "E1,C,,226,2026-02-03").await;
    assert_eq!(again.files[0].unchanged_rows, 1, "{again:?}");
    assert_eq!(world.invoices().await.len(), 2);
}

#[tokio::test]
async fn a_file_whose_headers_nobody_knows_is_known_by_its_mapping() {
    let world = World::before(Kind::Invoices).await;
    let map = world.folder.path().join("m.toml");
    let text = "kind = \"invoices\"\ncurrency = \"CNY\"\n[columns]\nexternal_id = \"aa\"\n\
        customer = \"bb\"\namount = \"cc\"\ninvoiced_on = \"dd\"\n";
    std::fs::write(&map, text).unwrap();
    let path = world.folder.path().join("q.csv");
    std::fs::write(&path, "aa,bb,cc,dd\nF1,C-1001,7,2026-01-05\n").unwrap();
    let open = |mapping| OpenImport {
        paths: vec![path.clone()],
        mapping,
        ..OpenImport::default()
    };
    let draft = world.app.open_import(open(Some(map))).await.unwrap();
    let request = ImportRequest {
        session: draft.session,
        decisions: of("crm", None),
    };
    world
        .app
        .commit_import(request, &no_progress)
        .await
        .unwrap();
    let again = world.app.open_import(open(None)).await.unwrap();
    assert_eq!(again.files[0].kind.as_deref(), Some("invoices"));
    assert_eq!(again.files[0].mapped_by, "remembered");
}
