//! What a preview shows of the rows: new and changed ones in words, and how many values would go.

use super::World;
use crate::api::Message;
use crate::api::data::{FilePreview, ImportDecisions, ImportPreview, ImportRequest};
use crate::api::preview::{EmptiedValues, SampledRow};
use crate::api::sources::SourceOrder;
use crate::host::no_progress;

const PEOPLE: &str = "name,staff_number,team,department,role,hire date\n\
    Ann,A1,North,Sales,sales,2025-01-01\nBob,B2,South,Sales,sales,2025-01-01\n";
const DEALS: &str = "opportunity_id,sales_agent,account,product,deal_stage,close_date,close_value\n\
    D1,A1,Acme,Box,Won,2026-03-01,100\nD2,A1,Acme,Box,Won,2026-03-02,200\n\
    D3,B2,Globex,,Engaging,,\n";

impl World {
    async fn look(&self, files: &[(&str, &str)]) -> ImportPreview {
        self.look_as(files, ImportDecisions::default()).await
    }

    async fn look_as(&self, files: &[(&str, &str)], decisions: ImportDecisions) -> ImportPreview {
        let session = self.draft(files).await.session;
        let request = ImportRequest { session, decisions };
        self.app
            .preview_import(request, &no_progress)
            .await
            .unwrap()
    }

    async fn with_deals() -> Self {
        let world = Self::new().await;
        let files = [("people.csv", PEOPLE), ("deals.csv", DEALS)];
        world.import(&files).await;
        world
    }
}

fn said(message: &Message) -> String {
    if message.code == "value_none" {
        return "-".to_owned();
    }
    let names = [
        "text", "value", "day", "amount", "currency", "unit", "role", "from", "to",
    ];
    let params = names.iter().filter_map(|name| message.params.get(*name));
    params.cloned().collect::<Vec<_>>().join(" ")
}

/// `line name: field from > to; ...`
fn shown(rows: &[SampledRow]) -> Vec<String> {
    let row = |row: &SampledRow| {
        let fields = row.record.fields.iter();
        let fields: Vec<String> = fields
            .map(|field| {
                let [from, to] = [&field.from, &field.to].map(said);
                format!("{} {from} > {to}", field.field)
            })
            .collect();
        let number = row.number.as_ref();
        let number = number.map_or_else(String::new, |number| format!(" [{number}]"));
        let name = said(&row.record.name);
        format!("{} {name}{number}: {}", row.line, fields.join("; "))
    };
    rows.iter().map(row).collect()
}

fn file<'a>(preview: &'a ImportPreview, name: &str) -> &'a FilePreview {
    let mut files = preview.files.iter();
    files.find(|file| file.file == name).unwrap()
}

fn emptied(values: &EmptiedValues) -> Vec<(&str, &str, u64)> {
    let fields = values.fields.iter();
    fields
        .map(|one| (one.kind.as_str(), one.field.as_str(), one.count))
        .collect()
}

/// Nobody can judge an import by counts alone: the values are what people know.
#[tokio::test]
async fn new_rows_show_what_they_are() {
    let world = World::new().await;
    let files = [("people.csv", PEOPLE), ("deals.csv", DEALS)];
    let preview = world.look(&files).await;
    let people = file(&preview, "people.csv");
    assert_eq!(
        shown(&people.new_samples),
        [
            "2 Ann (A1): hired_on - > 2025-01-01; membership - > North sales 2025-01-01",
            "3 Bob (B2): hired_on - > 2025-01-01; membership - > South sales 2025-01-01"
        ]
    );
    let deals = file(&preview, "deals.csv");
    assert_eq!(
        shown(&deals.new_samples),
        [
            "2 D1: owner - > Ann (A1); customer - > Acme; product - > Box; stage - > won; \
             closed_on - > 2026-03-01; amount - > 100.00 CNY",
            "3 D2: owner - > Ann (A1); customer - > Acme; product - > Box; stage - > won; \
             closed_on - > 2026-03-02; amount - > 200.00 CNY",
            "4 D3: owner - > Bob (B2); customer - > Globex; stage - > engaging",
        ],
        "people, customers and products of the same import have names"
    );
    assert!(deals.changed_samples.is_empty());
    assert_eq!(preview.emptied.count, 0);
    let done = world.import(&files).await;
    let rows = done.files.iter();
    assert_eq!(
        rows.map(|file| file.new_samples.len()).sum::<usize>(),
        0,
        "what is done is in the history"
    );
}

#[tokio::test]
async fn changed_rows_show_each_value_before_and_after() {
    let world = World::with_deals().await;
    let changed = DEALS
        .replace("D1,A1,Acme,Box", "D1,B2,Initech,Box")
        .replace("2026-03-02,200", "2026-03-04,250.50")
        .replace("Engaging", "Prospecting");
    let preview = world.look(&[("deals.csv", &changed)]).await;
    let deals = file(&preview, "deals.csv");
    assert_eq!(
        shown(&deals.changed_samples),
        [
            "2 D1: owner Ann (A1) > Bob (B2); customer Acme > Initech",
            "3 D2: closed_on 2026-03-02 > 2026-03-04; amount 200.00 CNY > 250.50 CNY",
            "4 D3: stage engaging > prospecting"
        ],
        "a customer that is only made now has its name"
    );
    assert!(deals.new_samples.is_empty());
    assert_eq!(preview.emptied.count, 0);
    let moved = PEOPLE
        .replace("Ann,A1,North", "Ann,A1,South")
        .replace("B2,South,Sales,sales,2025-01-01", "B2,South,Sales,sales,");
    let preview = world.look(&[("people.csv", &moved)]).await;
    assert_eq!(
        shown(&file(&preview, "people.csv").changed_samples),
        [
            "2 Ann (A1): membership North sales 2025-01-01 > North sales 2025-01-01 2026-07-01; \
             membership - > South sales 2026-07-01"
        ],
        "a transfer is two stays; an empty day of hire takes none away"
    );
}

/// A table of a million rows must not fill the memory or the window.
#[tokio::test]
async fn no_more_rows_are_kept_than_are_shown() {
    let world = World::with_deals().await;
    let head = DEALS.lines().next().unwrap();
    let rows = |stage: &str| {
        let rows = (1..=50).map(|at| format!("N{at},A1,Acme,Box,{stage},2026-04-01,{at}\n"));
        format!("{head}\n{}", rows.collect::<String>())
    };
    let preview = world.look(&[("more.csv", &rows("Won"))]).await;
    let more = file(&preview, "more.csv");
    assert_eq!((more.new_rows, more.new_samples.len()), (50, 20));
    assert_eq!(more.new_samples[19].line, 21, "the first ones");
    world.import(&[("more.csv", &rows("Won"))]).await;
    let preview = world.look(&[("more.csv", &rows("Lost"))]).await;
    let more = file(&preview, "more.csv");
    assert_eq!((more.changed_rows, more.changed_samples.len()), (50, 20));
}

/// The last row of a deal is what is written.
#[tokio::test]
async fn a_deal_of_two_files_is_shown_once() {
    let world = World::with_deals().await;
    let head = DEALS.lines().next().unwrap();
    let one = format!("{head}\nD1,A1,Acme,Box,Won,2026-03-01,111\nD9,A1,Acme,,Engaging,,\n");
    let other = format!(
        "{head}\nD2,A1,Acme,Box,Won,2026-03-02,\nD1,A1,Acme,Box,Won,2026-03-01,222\n\
         D9,B2,Acme,,Engaging,,\n"
    );
    let preview = world.look(&[("one.csv", &one), ("two.csv", &other)]).await;
    let [one, two] = ["one.csv", "two.csv"].map(|name| file(&preview, name));
    assert!(one.changed_samples.is_empty() && one.new_samples.is_empty());
    assert_eq!(
        shown(&two.changed_samples),
        [
            "2 D2: amount 200.00 CNY > -",
            "3 D1: amount 100.00 CNY > 222.00 CNY",
        ],
        "beside what the store has, not beside the other file"
    );
    assert_eq!(
        shown(&two.new_samples),
        ["4 D9: owner - > Bob (B2); customer - > Acme; stage - > engaging"]
    );
    assert_eq!(emptied(&preview.emptied), [("opportunities", "amount", 1)]);
}

/// A value that one file empties and the next one gives back is not lost.
#[tokio::test]
async fn emptied_values_are_counted_as_the_last_row_leaves_them() {
    let world = World::with_deals().await;
    let head = DEALS.lines().next().unwrap();
    let empty = format!("{head}\nD1,A1,Acme,,Won,2026-03-01,\nD2,A1,,Box,Won,2026-03-02,\n");
    let full = format!("{head}\nD1,A1,Acme,Box,Won,2026-03-01,7\n");
    let both = [("one.csv", empty.as_str()), ("two.csv", full.as_str())];
    let preview = world.look(&both).await;
    assert_eq!(
        emptied(&preview.emptied),
        [
            ("opportunities", "amount", 1),
            ("opportunities", "customer", 1)
        ],
        "of D2 alone"
    );
    let example = preview.emptied.example.unwrap();
    assert_eq!(
        said(&example.name),
        "D2",
        "not the deal that keeps its values"
    );
    let turned = [("one.csv", full.as_str()), ("two.csv", empty.as_str())];
    let preview = world.look(&turned).await;
    assert_eq!(preview.emptied.count, 4);
}

/// The count is over all rows and over the border of any chunk, not over what is shown.
#[tokio::test]
async fn every_emptied_value_is_counted() {
    let world = World::new().await;
    let head = DEALS.lines().next().unwrap();
    let rows = |with: u32| {
        let rows = (1..=9_000).map(|at| {
            let amount = if at % 9 < with { "5" } else { "" };
            format!("N{at},Ann,Acme,Box,Won,2026-04-01,{amount}\n")
        });
        format!("{head}\n{}", rows.collect::<String>())
    };
    let first = rows(9);
    world.import(&[("deals.csv", &first)]).await;
    let preview = world.look(&[("deals.csv", &rows(6))]).await;
    assert_eq!(file(&preview, "deals.csv").changed_rows, 3_000);
    assert_eq!(preview.emptied.count, 3_000);
    assert_eq!(
        emptied(&preview.emptied),
        [("opportunities", "amount", 3_000)]
    );
    let example = preview.emptied.example.unwrap();
    assert_eq!(
        (&*example.field, &*said(&example.value)),
        ("amount", "5.00 CNY")
    );
    let imported = world.import(&[("deals.csv", &rows(6))]).await;
    assert!(imported.batch.is_some(), "it is a warning, not a refusal");
    let again = world.look(&[("deals.csv", &rows(3))]).await;
    assert_eq!(again.emptied.count, 3_000, "what is empty is not emptied");
    let back = world.look(&[("deals.csv", &first)]).await;
    assert_eq!(back.emptied.count, 0);
}

/// Who comes back has not left any more: that is a value less, in a table that few look at.
#[tokio::test]
async fn a_day_of_leaving_that_goes_is_counted_with_the_people() {
    let world = World::new().await;
    let head = "name,staff_number,team,role,hire date,leave date\n";
    let left = format!("{head}Ann,A1,North,sales,2024-01-01,2025-06-30\n");
    world.import(&[("people.csv", &left)]).await;
    let back = format!("{head}Ann,A1,North,sales,2026-02-01,\n");
    let preview = world.look(&[("people.csv", &back)]).await;
    assert_eq!(emptied(&preview.emptied), [("people", "left_on", 1)]);
    let rows = shown(&file(&preview, "people.csv").changed_samples);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].contains("left_on 2025-06-30 > -"), "{rows:?}");
    assert!(
        rows[0].contains("membership - > North sales 2026-02-01"),
        "{rows:?}"
    );
}

/// The command line looks through files before anybody has decided on their names.
#[tokio::test]
async fn a_name_that_nobody_has_decided_on_is_said_to_be_open() {
    let world = World::with_deals().await;
    let products = "product,series,list price\nGTX Pro,GTX,4821\n";
    world.import(&[("products.csv", products)]).await;
    let head = DEALS.lines().next().unwrap();
    let rows = format!("{head}\nD7,A1,Acme,GTXPro,Won,2026-03-01,5\n");
    let preview = world.look(&[("more.csv", &rows)]).await;
    let sample = &file(&preview, "more.csv").new_samples[0];
    let product = sample
        .record
        .fields
        .iter()
        .find(|one| one.field == "product");
    assert_eq!(product.unwrap().to.code, "value_undecided");
}

/// Where a file has no column nothing is emptied, and what another source says better is kept.
#[tokio::test]
async fn a_row_shows_what_would_be_written_not_what_the_file_says() {
    let world = World::new().await;
    let crm = "customer_id,account,region,type\nC1,Acme,East,Firm\nC2,Globex,South,Firm\n";
    world.import(&[("customers.csv", crm)]).await;
    let order = SourceOrder {
        order: vec!["crm".to_owned(), "erp".to_owned()],
        ..SourceOrder::default()
    };
    world.app.set_source_order(order).await.unwrap();
    let erp = "customer_id,account,region,segment\nC1,Acme Ltd,West,A\nC3,Initech,West,B\n";
    let of_erp = ImportDecisions {
        source: Some("erp".to_owned()),
        ..ImportDecisions::default()
    };
    let preview = world.look_as(&[("erp.csv", erp)], of_erp).await;
    let found = file(&preview, "erp.csv");
    assert_eq!(
        shown(&found.changed_samples),
        ["2 Acme [C1]: segment - > A"],
        "name and region stay the CRM's"
    );
    assert_eq!(
        shown(&found.new_samples),
        ["3 Initech [C3]: segment - > B; region - > West"]
    );
    let less = "customer_id,account,region\nC1,Acme,\nC2,Globex,South\n";
    let preview = world.look(&[("customers.csv", less)]).await;
    assert_eq!(
        shown(&file(&preview, "customers.csv").changed_samples),
        ["2 Acme [C1]: region East > -"]
    );
    assert_eq!(emptied(&preview.emptied), [("customers", "region", 1)]);
}

/// Months of a goal and target bonuses are no records of their own; shared credit is a document.
#[tokio::test]
async fn rows_that_are_no_record_of_their_own_are_shown_too() {
    let world = World::with_deals().await;
    let goals = "person,month,amount\nA1,2026-03,1000\nB2,2026-03,500\n";
    let bonuses = "person,bonus,from\nA1,3000,2026-01-01\n";
    let credits = "opportunity,credits\nD1,A1 60%; B2 40%\n";
    let look = async |name, kind: &str, text: &str| {
        let mut decisions = ImportDecisions::default();
        decisions.files.entry(0).or_default().kind = Some(kind.to_owned());
        let preview = world.look_as(&[(name, text)], decisions).await;
        let file = preview.files.into_iter().next().unwrap();
        assert_eq!(file.rejected_rows, 0, "{:?}", file.rejected);
        [file.new_samples, file.changed_samples].map(|rows| shown(&rows))
    };
    let none: [&str; 0] = [];
    let [new, changed] = look("goals.csv", "goals", goals).await;
    assert_eq!(
        new,
        [
            "2 Ann (A1) · 2026-03: minor - > 1000.00 CNY",
            "3 Bob (B2) · 2026-03: minor - > 500.00 CNY"
        ]
    );
    assert_eq!(changed, none);
    let [new, _] = look("bonuses.csv", "target_bonuses", bonuses).await;
    assert_eq!(
        new,
        ["2 Ann (A1): per_quarter - > 3000.00 CNY; from_on - > 2026-01-01; to_on - > "]
    );
    let [new, _] = look("credits.csv", "credits", credits).await;
    assert_eq!(new, ["2 D1: credits - > Ann (A1) 60%; Bob (B2) 40%"]);
}
