//! Imports through the use cases, on a store in a temporary folder.

mod by_source;
mod closings_replayed;
mod edits;
mod edits_replayed;
mod edits_undone;
mod encoding;
mod facts;
mod first_undone;
mod future;
mod kept;
mod known;
mod later;
mod left_out;
mod merged;
mod merged_named;
mod merged_replayed;
mod merged_undone;
mod names_replayed;
mod notes;
mod previewed;
mod published;
mod remembered;
mod said_new;
mod sources;
mod sources_merged;
mod sources_standing;
mod sources_undone;
mod undone_last;
mod watching;

use chrono::NaiveDate;
use yeji_core::Money;

use super::*;
use crate::api::data::{
    FileDecision, ImportDecisions, ImportDraft, ImportPreview, ImportRequest, ListRejected,
};
use crate::context::App;
use crate::error::Error;
use crate::host::no_progress;
use crate::testing;
use sessions::MAX_SESSIONS;

const TODAY: &str = "2026-07-01";
const DEALS: &str =
    "opportunity_id,sales_agent,account,product,deal_stage,close_date,close_value\n";

/// A store and a folder for files.
struct World {
    app: App,
    folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let folder = yeji_testkit::temp_folder();
        let app = testing::app(&folder.path().join("store"), TODAY).await;
        Self { app, folder }
    }

    async fn draft(&self, files: &[(&str, &str)]) -> ImportDraft {
        let mut paths = Vec::new();
        for (name, text) in files {
            let path = self.folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            paths.push(path);
        }
        let open = OpenImport {
            paths,
            ..OpenImport::default()
        };
        self.app.open_import(open).await.unwrap()
    }

    async fn import(&self, files: &[(&str, &str)]) -> ImportPreview {
        self.import_as(files, ImportDecisions::default()).await
    }

    async fn import_as(&self, files: &[(&str, &str)], decisions: ImportDecisions) -> ImportPreview {
        self.try_import(files, decisions).await.unwrap()
    }

    async fn try_import(
        &self,
        files: &[(&str, &str)],
        decisions: ImportDecisions,
    ) -> Result<ImportPreview, Error> {
        let session = self.draft(files).await.session;
        let request = ImportRequest { session, decisions };
        self.app.commit_import(request, &no_progress).await
    }

    async fn customers(&self) -> Vec<(String, String)> {
        let customers = self.app.store().unwrap().customers().await.unwrap();
        let mut found: Vec<_> = customers
            .into_iter()
            .map(|customer| (customer.origin.external_id, customer.name))
            .collect();
        found.sort();
        found
    }
}

fn reasons(preview: &ImportPreview) -> Vec<(u32, &str)> {
    preview
        .files
        .iter()
        .flat_map(|file| &file.rejected)
        .map(|row| (row.line, row.reason.code.as_str()))
        .collect()
}

fn deals(rows: &[&str]) -> String {
    format!("{DEALS}{}\n", rows.join("\n"))
}

#[tokio::test]
async fn customers_are_found_by_number_and_never_guessed_among_namesakes() {
    let world = World::new().await;
    let customers = "customer_id,account\nC1,Acme\nC2,Acme\nC3,Globex\n";
    let rows = deals(&[
        "D1,Ann,C1,Box,Won,2026-03-01,100",
        "D2,Ann,Acme,Box,Won,2026-03-01,100",
        "D3,Ann,Globex,Box,Won,2026-03-01,100",
    ]);
    let files = [("customers.csv", customers), ("deals.csv", rows.as_str())];
    let first = world.import(&files).await;
    assert_eq!(reasons(&first), [(3, "customer_ambiguous")]);
    let raw = &first.files.last().unwrap().rejected[0].raw;
    assert_eq!(raw[..3], ["D2", "Ann", "Acme"], "the whole row is kept");
    assert_eq!(world.customers().await.len(), 3, "no third Acme");
    let again = world.import(&files).await;
    assert!(again.nothing_to_do && again.batch.is_none(), "{again:?}");
}

#[tokio::test]
async fn a_customer_made_from_a_deal_takes_the_number_of_a_later_file() {
    let world = World::new().await;
    let rows = deals(&["D1,Ann,Acme,Box,Won,2026-03-01,100"]);
    world.import(&[("deals.csv", &rows)]).await;
    world
        .import(&[("customers.csv", "customer_id,account\nC1,Acme\n")])
        .await;
    let expected = [("C1".to_owned(), "Acme".to_owned())];
    assert_eq!(world.customers().await, expected);
    let again = world.import(&[("deals.csv", &rows)]).await;
    assert!(again.nothing_to_do, "{again:?}");
}

#[tokio::test]
async fn the_later_of_two_rows_for_a_deal_counts_once() {
    let world = World::new().await;
    let first = deals(&["D1,Ann,Acme,Box,Won,2026-03-01,100"]);
    let second = deals(&["D1,Ann,Acme,Box,Won,2026-03-01,250"]);
    world.import(&[("a.csv", &first), ("b.csv", &second)]).await;
    let from = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let to = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    assert_eq!(
        world.app.result(from, to, None).await.unwrap().won_minor,
        25_000
    );
}

#[tokio::test]
async fn a_later_file_is_checked_by_its_own_rows() {
    let world = World::new().await;
    let first = deals(&[
        "D1,Ann,Acme,Box,Won,2026-03-01,100",
        "D2,Ben,Acme,Box,Won,2026-03-02,40",
    ]);
    world.import(&[("first.csv", &first)]).await;
    let later = deals(&[
        "D2,Ben,Acme,Box,Won,2026-03-02,40",
        "D1,Ann,Acme,Box,Won,2026-03-01,110",
        "D3,Ann,Acme,Box,Won,2026-04-05,7",
    ]);
    let told = world.import(&[("later.csv", &later)]).await;
    let controls: Vec<_> = told
        .controls
        .iter()
        .map(|control| {
            let in_store = control.in_store.map(|money| money.minor);
            (control.period.as_str(), control.in_file.minor, in_store)
        })
        .collect();
    // D2 is unchanged, D1 changed, D3 new; deals that are not in the file do not count.
    let expected = [
        ("2026-Q1", 15_000, Some(15_000)),
        ("2026-Q2", 700, Some(700)),
        ("all", 15_700, Some(15_700)),
    ];
    assert_eq!(controls, expected);
    let last = deals(&["D4,Ann,Acme,Box,Won,2026-05-05,9"]);
    let told = world.import(&[("last.csv", &last)]).await;
    assert_eq!(
        told.controls[0].in_store.map(|money| money.minor),
        Some(900)
    );
    let idle = told
        .notes
        .iter()
        .find(|note| note.code == "agents_without_deals");
    assert!(idle.is_none(), "Ben has sold before: {idle:?}");
}

#[tokio::test]
async fn an_import_of_rejected_rows_only_is_kept_once() {
    let world = World::new().await;
    let good = deals(&["D1,Ann,Acme,Box,Won,2026-03-01,100"]);
    world.import(&[("deals.csv", &good)]).await;
    let bad = deals(&["D2,Ann,Acme,Box,Won,2026-03-01,a lot"]);
    let told = world.import(&[("more.csv", &bad)]).await;
    assert_eq!(told.files[0].rejected_rows, 1);
    let batch = told.batch.expect("the rejected row is kept");
    let args = ListRejected {
        batch,
        offset: 0,
        counted: None,
    };
    assert_eq!(world.app.list_rejected(args).await.unwrap().total, 1);
    let again = world.import(&[("more.csv", &bad)]).await;
    assert!(again.nothing_to_do && again.batch.is_none());
}

#[tokio::test]
async fn the_files_currency_decides_in_an_empty_store() {
    let world = World::new().await;
    let rows = "opportunity_id,sales_agent,deal_stage,close_date,close_value\n\
                D1,Ann,Won,2026-03-01,US$100\n";
    world.import(&[("deals.csv", rows)]).await;
    assert_eq!(world.app.currency().await.unwrap().code(), "USD");
}

#[tokio::test]
async fn the_currency_may_change_until_an_amount_is_there() {
    let world = World::new().await;
    let currency = async || world.app.currency().await.unwrap().code().to_owned();
    let dollars = deals(&["D1,Ann,Acme,Box,Won,2026-03-01,$1000"]);
    let files = [("deals.csv", dollars.as_str())];
    let remember = |currency: Option<&str>| ImportDecisions {
        currency: currency.map(str::to_owned),
        remember_mapping: true,
        ..ImportDecisions::default()
    };
    let refused = world.import_as(&files, remember(None)).await;
    assert_eq!(reasons(&refused), [(2, "currency_mismatch")]);
    assert_eq!(currency().await, "CNY");

    let taken = world.import_as(&files, remember(Some("USD"))).await;
    assert_eq!(reasons(&taken), [], "the remembered yuan do not hold");
    assert_eq!(taken.files[0].new_rows, 1);
    assert_eq!(currency().await, "USD");

    // From here on another currency is refused, even where nothing would change.
    let error = world.try_import(&files, remember(Some("EUR"))).await;
    let Err(Error::OtherCurrency { company, import }) = error else {
        panic!("{error:?}");
    };
    assert_eq!((company.as_str(), import.as_str()), ("USD", "EUR"));
    assert!(world.import_as(&files, remember(None)).await.nothing_to_do);
}

#[tokio::test]
async fn a_currency_without_amounts_is_a_change_of_its_own() {
    let world = World::new().await;
    let people = [("people.csv", "sales_agent,manager\nAnn,Max\n")];
    world.import(&people).await;
    let decisions = |code: &str| ImportDecisions {
        currency: Some(code.to_owned()),
        ..ImportDecisions::default()
    };
    let changed = world.import_as(&people, decisions("JPY")).await;
    assert!(!changed.nothing_to_do);
    assert_eq!(world.app.currency().await.unwrap().code(), "JPY");
    assert!(world.import(&people).await.nothing_to_do);
    let unknown = world.try_import(&people, decisions("ABC")).await;
    assert_eq!(unknown.unwrap_err().code(), "currency_invalid");
}

#[tokio::test]
async fn what_fixes_the_currency() {
    let priced = "product,series,sales_price\nBox,B,12\n";
    let without = "product,series,sales_price\nBox,B,\n";
    let open = deals(&["D1,Ann,Acme,Box,Prospecting,,"]);
    let check = async |name: &str, text: &str, fixed: bool| {
        let world = World::new().await;
        world.import(&[(name, text)]).await;
        let found = world.app.fixed_currency().await.unwrap();
        assert_eq!(found.is_some(), fixed, "{name} {text}");
        let status = world.app.get_status(crate::api::NoArgs {}).await.unwrap();
        assert_eq!(status.currency_fixed, fixed, "{name} {text}");
    };
    check("people.csv", "sales_agent,manager\nAnn,Max\n", false).await;
    check("customers.csv", "account,sector\nAcme,retail\n", false).await;
    check("products.csv", without, false).await;
    check("products.csv", priced, true).await;
    check("deals.csv", &open, true).await;
    let goal_only = World::new().await;
    let goal = crate::api::goals::SetGoal {
        metric: yeji_core::metric::GoalMetric::WonAmount,
        year: 2026,
        amount: "1000".to_owned(),
    };
    goal_only.app.set_goal(goal).await.unwrap();
    assert!(goal_only.app.fixed_currency().await.unwrap().is_some());
}

#[tokio::test]
async fn what_was_remembered_gives_way_to_what_the_values_say() {
    let world = World::new().await;
    let remember = || ImportDecisions {
        remember_mapping: true,
        ..ImportDecisions::default()
    };
    let day_first = deals(&["D1,Ann,Acme,Box,Won,25/03/2026,100"]);
    world.import_as(&[("a.csv", &day_first)], remember()).await;
    let order = |draft: &ImportDraft| {
        let fields = &draft.files[0].fields;
        let closed = fields.iter().find(|field| field.field == "closed_on");
        closed.unwrap().date_order.clone().unwrap()
    };
    let open = deals(&["D2,Ann,Acme,Box,Won,03/04/2026,100"]);
    assert_eq!(order(&world.draft(&[("b.csv", &open)]).await), "day_first");
    let month_first = deals(&["D3,Ann,Acme,Box,Won,03/25/2026,100"]);
    let draft = world.draft(&[("c.csv", &month_first)]).await;
    assert_eq!(order(&draft), "month_first");
}

#[tokio::test]
async fn old_sessions_are_given_up() {
    let world = World::new().await;
    let rows = deals(&["D1,Ann,Acme,Box,Won,2026-03-01,100"]);
    let first = world.draft(&[("deals.csv", &rows)]).await;
    for _ in 0..MAX_SESSIONS {
        world.draft(&[("deals.csv", &rows)]).await;
    }
    let mut decisions = ImportDecisions::default();
    decisions.files.insert(0, FileDecision::default());
    let session = first.session;
    let answer = world
        .app
        .update_import(ImportRequest { session, decisions })
        .await;
    assert!(matches!(answer, Err(Error::NoSession)));
}

#[tokio::test]
async fn a_file_without_a_column_leaves_what_it_does_not_speak_of() {
    let world = World::new().await;
    let customers = "account,customer_type,employees\nAcme,retail,7\n";
    let first = deals(&["D1,Ann,Acme,Box,Won,2026-03-01,100"]);
    world
        .import(&[("customers.csv", customers), ("deals.csv", &first)])
        .await;
    // Two narrow files of a later day: one speaks of employees, one of the stage.
    let narrow = world
        .import(&[
            ("customers.csv", "account,employees\nAcme,9\n"),
            (
                "deals.csv",
                "opportunity_id,sales_agent,deal_stage\nD1,Ann,Won\n",
            ),
        ])
        .await;
    let codes: Vec<&str> = narrow.notes.iter().map(|note| note.code.as_str()).collect();
    assert!(
        !codes.contains(&"won_without_amount") && !codes.contains(&"closed_without_date"),
        "the store has both: {codes:?}"
    );
    let store = world.app.store().unwrap();
    let customer = store.customers().await.unwrap().remove(0);
    assert_eq!(customer.employees, Some(9));
    assert_eq!(customer.customer_type.as_deref(), Some("retail"));
    let deal = store
        .opportunities_of("crm")
        .await
        .unwrap()
        .remove("D1")
        .unwrap();
    assert_eq!(deal.amount.unwrap().minor, 10_000);
    assert_eq!(deal.closed_on, NaiveDate::from_ymd_opt(2026, 3, 1));
    assert_eq!(deal.customer, Some(customer.id));
    assert!(deal.product.is_some());
    // A column that is there and empty clears; a deal that is open again has no amount.
    world
        .import(&[
            ("customers.csv", "account,customer_type\nAcme,\n"),
            (
                "deals.csv",
                "opportunity_id,sales_agent,deal_stage\nD1,Ann,Engaging\n",
            ),
        ])
        .await;
    assert_eq!(store.customers().await.unwrap()[0].customer_type, None);
    let deal = store
        .opportunities_of("crm")
        .await
        .unwrap()
        .remove("D1")
        .unwrap();
    assert_eq!((deal.amount, deal.closed_on), (None, None));
}

#[tokio::test]
async fn two_rows_for_one_customer_are_not_merged_in_silence() {
    let world = World::new().await;
    let rows = "account,customer_id,customer_type\nAcme,C1,retail\nAcme,,tech\n";
    let preview = world.import(&[("customers.csv", rows)]).await;
    assert_eq!(reasons(&preview), [(3, "duplicate_id_in_file")]);
    let store = world.app.store().unwrap();
    let kept = store.customers().await.unwrap();
    assert_eq!(kept[0].customer_type.as_deref(), Some("retail"));
}

#[tokio::test]
async fn a_number_that_is_anothers_name_renames_nobody() {
    let world = World::new().await;
    world
        .import(&[("customers.csv", "account\nGlobex\n")])
        .await;
    let preview = world
        .import(&[("more.csv", "account,customer_id\nAcme,Globex\n")])
        .await;
    assert_eq!(reasons(&preview), [(2, "number_is_a_name")]);
    let expected = [("Globex".to_owned(), "Globex".to_owned())];
    assert_eq!(world.customers().await, expected);
}

#[tokio::test]
async fn a_currency_that_nobody_named_is_told() {
    let said = |preview: &ImportPreview| {
        let note = preview
            .notes
            .iter()
            .find(|note| note.code == "currency_assumed");
        note.map(|note| note.params["currency"].clone())
    };
    let rows = deals(&["D1,Ann,Acme,Box,Won,2026-03-01,100"]);
    let world = World::new().await;
    let first = world.import(&[("deals.csv", &rows)]).await;
    assert_eq!(said(&first).as_deref(), Some("CNY"));
    let more = deals(&["D2,Ann,Acme,Box,Won,2026-03-01,100"]);
    let second = world.import(&[("more.csv", &more)]).await;
    assert_eq!(said(&second), None, "the company's currency stands by now");
    let world = World::new().await;
    let named = ImportDecisions {
        currency: Some("USD".to_owned()),
        ..ImportDecisions::default()
    };
    let first = world
        .import_as(&[("deals.csv", &rows)], named.clone())
        .await;
    assert_eq!(said(&first), None);
    // Named while no amount was there yet, or not named then.
    let people = [("people.csv", "sales_agent,manager\nAnn,Max\n")];
    let world = World::new().await;
    world.import_as(&people, named).await;
    let second = world.import(&[("deals.csv", &rows)]).await;
    assert_eq!(said(&second), None);
    assert_eq!(world.app.currency().await.unwrap().code(), "USD");
    let world = World::new().await;
    assert_eq!(said(&world.import(&people).await), None);
    let second = world.import(&[("deals.csv", &rows)]).await;
    assert_eq!(said(&second).as_deref(), Some("CNY"));
}

/// A file without a column says nothing of it, of open deals neither.
#[tokio::test]
async fn an_open_deal_keeps_its_amount_where_a_file_has_no_column_for_it() {
    let world = World::new().await;
    let rows = deals(&[
        "D1,Ann,Acme,Box,Engaging,,200",
        "D2,Ann,Acme,Box,Won,2026-03-01,100",
    ]);
    world.import(&[("deals.csv", &rows)]).await;
    let narrow = "opportunity_id,sales_agent,deal_stage\nD1,Ann,Engaging\nD2,Ann,Engaging\n";
    world.import(&[("deals.csv", narrow)]).await;
    let store = world.app.store().unwrap();
    let deals = store.opportunities_of(DEFAULT_SOURCE).await.unwrap();
    let amount = |id: &str| deals[id].amount.map(Money::to_major);
    assert_eq!(amount("D1"), Some("200.00".to_owned()));
    assert_eq!(
        amount("D2"),
        None,
        "what it was won for is not what it may come to"
    );
}
