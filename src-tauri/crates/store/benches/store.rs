//! The store at the size that the design promises: rows per second of an import, and each query of
//! a dashboard, on generated deals.
//!
//! `cargo bench -p yeji-store`; `YEJI_BENCH_DEALS` sets the number of deals (1,000,000). The import
//! is timed once and printed: a repetition would only measure the same minute again.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

use chrono::{DateTime, Days, NaiveDate};
use divan::Bencher;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;
use yeji_core::facts::{Customer, Opportunity, Origin, Product, Stage};
use yeji_core::ids::{
    BatchId, ChangeId, CustomerId, MembershipId, OpportunityId, PersonId, ProductId, UnitId,
    uuid_v7,
};
use yeji_core::org::{MemberRole, Membership, OPEN_END, OPEN_START, OrgUnit, Person, UnitKind};
use yeji_core::{Currency, Money};
use yeji_store::{
    Change, ChangeHeader, ChangeKind, DealQuery, DealSort, Key, Record, RollupQuery, RollupSplit,
    Store,
};

const PEOPLE: u64 = 200;
const TEAMS: u64 = 25;
const CUSTOMERS: u64 = 5_000;
const PRODUCTS: u64 = 20;
const TYPES: u64 = 10;
const DAYS: u64 = 3 * 365;
/// Deals a call of `put`, as an import makes them.
const CHUNK: u64 = 10_000;

struct Filled {
    runtime: Runtime,
    store: Store,
    _dir: TempDir,
}

static FILLED: LazyLock<Filled> = LazyLock::new(fill);

fn main() {
    divan::main();
}

fn id(kind: u64, n: u64) -> Uuid {
    uuid_v7(1_600_000_000_000 + kind, u128::from(n))
}

/// Splitmix64: the same numbers everywhere.
fn random(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 1, 1).expect("a valid date")
}

fn origin(text: String) -> Origin {
    Origin {
        source: "bench".to_owned(),
        external_id: text,
        batch: None,
        line: None,
    }
}

fn company() -> Vec<Record> {
    let mut rows: Vec<Record> = Vec::new();
    for n in 0..=TEAMS {
        rows.push(
            OrgUnit {
                id: UnitId(id(1, n)),
                parent: (n > 0).then(|| UnitId(id(1, 0))),
                kind: if n == 0 {
                    UnitKind::Company
                } else {
                    UnitKind::Team
                },
                name: format!("unit {n}"),
                valid_from: OPEN_START,
                valid_to: OPEN_END,
                batch: None,
            }
            .into(),
        );
    }
    for n in 0..PEOPLE {
        rows.push(
            Person {
                id: PersonId(id(2, n)),
                source: "bench".to_owned(),
                external_id: n.to_string(),
                staff_number: None,
                name: format!("person {n}"),
                hired_on: None,
                left_on: None,
                batch: None,
            }
            .into(),
        );
        // Everybody changes the team once.
        let moved = first_day() + Days::new(random(n) % DAYS);
        for (part, (from, to)) in [(OPEN_START, moved), (moved, OPEN_END)]
            .into_iter()
            .enumerate()
        {
            rows.push(
                Membership {
                    id: MembershipId(id(3, n * 2 + part as u64)),
                    person: PersonId(id(2, n)),
                    unit: UnitId(id(1, 1 + (n + part as u64) % TEAMS)),
                    role: MemberRole::Sales,
                    from,
                    to,
                    batch: None,
                }
                .into(),
            );
        }
    }
    for n in 0..CUSTOMERS {
        rows.push(
            Customer {
                id: CustomerId(id(4, n)),
                origin: origin(n.to_string()),
                name: format!("customer {n}"),
                customer_type: Some(format!("type {}", n % TYPES)),
                segment: None,
                region: None,
                parent_name: None,
                employees: None,
                revenue: None,
                founded_year: None,
            }
            .into(),
        );
    }
    for n in 0..PRODUCTS {
        rows.push(
            Product {
                id: ProductId(id(5, n)),
                origin: origin(n.to_string()),
                name: format!("product {n}"),
                category: None,
                list_price: Some(Money::new(100_000, Currency::CNY)),
                cost: None,
            }
            .into(),
        );
    }
    rows
}

/// Deals in the order of a CRM's export: by opening, with identities in no order.
fn deal(n: u64, of: u64) -> Record {
    let bits = random(n);
    let opened = n * DAYS / of;
    let closed = opened + bits % 90;
    let stage = match bits >> 8 & 7 {
        0..=3 => Stage::Won,
        4..=6 => Stage::Lost,
        _ => Stage::Engaging,
    };
    let closed_on = (!stage.is_open()).then(|| first_day() + Days::new(closed));
    Opportunity {
        id: OpportunityId(id(6, n)),
        origin: Origin {
            batch: Some(BatchId(id(7, 1))),
            line: u32::try_from(n + 2).ok(),
            ..origin(format!("{:010X}", random(n + 7) >> 24))
        },
        owner: PersonId(id(2, (bits >> 16) % PEOPLE)),
        customer: Some(CustomerId(id(4, (bits >> 40) % CUSTOMERS))),
        product: Some(ProductId(id(5, (bits >> 20) % PRODUCTS))),
        stage,
        opened_on: Some(first_day() + Days::new(opened)),
        closed_on,
        amount: (stage == Stage::Won)
            .then(|| Money::new(i64::try_from(bits % 10_000_000).unwrap_or(0), Currency::CNY)),
    }
    .into()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark's size is the caller's choice"
)]
fn deals_wanted() -> u64 {
    std::env::var("YEJI_BENCH_DEALS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000_000)
}

fn fill() -> Filled {
    let runtime = Runtime::new().expect("a runtime");
    let dir = TempDir::new().expect("a temporary folder");
    let store = runtime
        .block_on(import(dir.path(), deals_wanted()))
        .expect("the import");
    Filled {
        runtime,
        store,
        _dir: dir,
    }
}

async fn import(dir: &Path, deals: u64) -> yeji_store::Result<Store> {
    let store = Store::create(dir, &Key::Raw([7; 32])).await?;
    let at = DateTime::from_timestamp(1_700_000_000, 0).unwrap_or_default();
    let company = Change {
        put: company(),
        ..Change::new(ChangeId(id(8, 1)), at, "bench", ChangeKind::Demo)
    };
    store.apply(company).await?;
    let start = Instant::now();
    let mut tx = store
        .begin(ChangeHeader {
            id: ChangeId(id(8, 2)),
            at,
            author: "bench".to_owned(),
            kind: ChangeKind::Import,
            summary: serde_json::Value::Null,
            batch: None,
            audit: None,
            audited: None,
        })
        .await?;
    let mut next = 0;
    while next < deals {
        let end = deals.min(next + CHUNK);
        let rows: Vec<Record> = (next..end).map(|n| deal(n, deals)).collect();
        tx.put(&rows).await?;
        next = end;
    }
    let put = start.elapsed();
    tx.commit().await?;
    let all = start.elapsed();
    let bytes = std::fs::metadata(store.file()).map_or(0, |meta| meta.len());
    let rate = u128::from(deals) * 1_000 / all.as_millis().max(1);
    eprintln!(
        "import of {deals} deals, encrypted: {all:.1?} ({put:.1?} before the commit), {rate} rows/s, {} MB",
        bytes / 1_000_000
    );
    Ok(store)
}

fn year() -> (NaiveDate, NaiveDate) {
    (first_day() + Days::new(365), first_day() + Days::new(730))
}

fn sums(bencher: Bencher, split: RollupSplit, whole_months: bool, units: Option<Vec<UnitId>>) {
    let filled = &*FILLED;
    let (from, to) = year();
    // A day off: the ragged ends come from day rows.
    let (from, to) = if whole_months {
        (from, to)
    } else {
        (from + Days::new(1), to - Days::new(2))
    };
    let query = RollupQuery {
        from,
        to,
        units,
        person: None,
        split,
    };
    bencher.bench_local(|| {
        let rows = filled
            .runtime
            .block_on(filled.store.rollup_sums(&query))
            .expect("sums");
        assert!(
            !rows.is_empty(),
            "a query must find something to tell its time"
        );
        rows
    });
}

#[divan::bench(args = ["none", "day", "month", "person", "unit", "type", "product"])]
fn rollup_year(bencher: Bencher, split: &str) {
    sums(bencher, named(split), true, None);
}

#[divan::bench(args = ["none", "day", "person", "unit", "type", "product"])]
fn rollup_year_ragged(bencher: Bencher, split: &str) {
    sums(bencher, named(split), false, None);
}

#[divan::bench(args = ["day", "person", "type"])]
fn rollup_year_of_five_teams(bencher: Bencher, split: &str) {
    sums(
        bencher,
        named(split),
        true,
        Some((1..6).map(|n| UnitId(id(1, n))).collect()),
    );
}

fn named(split: &str) -> RollupSplit {
    match split {
        "none" => RollupSplit::None,
        "day" => RollupSplit::Day,
        "month" => RollupSplit::Month,
        "person" => RollupSplit::Person,
        "unit" => RollupSplit::Unit,
        "type" => RollupSplit::CustomerType,
        _ => RollupSplit::Product,
    }
}

fn page(bencher: Bencher, query: &DealQuery) {
    let filled = &*FILLED;
    bencher.bench_local(|| {
        let page = filled
            .runtime
            .block_on(filled.store.deals(query))
            .expect("a page");
        assert!(
            !page.rows.is_empty(),
            "a query must find something to tell its time"
        );
        page
    });
}

fn won_of_a_year() -> DealQuery {
    let (from, to) = year();
    DealQuery {
        from: Some(from),
        to: Some(to),
        stages: Some(vec![Stage::Won]),
        ..DealQuery::all()
    }
}

#[divan::bench]
fn deals_won_of_a_year(bencher: Bencher) {
    page(bencher, &won_of_a_year());
}

#[divan::bench]
fn deals_won_of_a_year_by_amount(bencher: Bencher) {
    page(
        bencher,
        &DealQuery {
            sort: DealSort::AmountDesc,
            ..won_of_a_year()
        },
    );
}

#[divan::bench]
fn deals_won_of_a_year_of_a_team(bencher: Bencher) {
    page(
        bencher,
        &DealQuery {
            units: Some(vec![UnitId(id(1, 3))]),
            ..won_of_a_year()
        },
    );
}

#[divan::bench]
fn deals_won_of_a_year_of_a_type(bencher: Bencher) {
    page(
        bencher,
        &DealQuery {
            customer_types: Some(vec!["type 3".to_owned()]),
            ..won_of_a_year()
        },
    );
}

#[divan::bench]
fn deals_of_a_person_of_any_stage(bencher: Bencher) {
    page(
        bencher,
        &DealQuery {
            person: Some(PersonId(id(2, 3))),
            ..DealQuery::all()
        },
    );
}

#[divan::bench(sample_count = 10)]
fn deals_closed_in_a_year_of_any_stage(bencher: Bencher) {
    page(
        bencher,
        &DealQuery {
            stages: None,
            ..won_of_a_year()
        },
    );
}

#[divan::bench]
fn open_pipeline(bencher: Bencher) {
    let filled = &*FILLED;
    bencher.bench_local(|| {
        filled
            .runtime
            .block_on(filled.store.open_pipeline(None, None))
            .expect("the pipeline")
    });
}

#[divan::bench]
fn data_span(bencher: Bencher) {
    let filled = &*FILLED;
    bencher.bench_local(|| {
        filled
            .runtime
            .block_on(filled.store.data_span())
            .expect("the span")
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn won_deals_of_a_quarter(bencher: Bencher) {
    let filled = &*FILLED;
    let (from, _) = year();
    bencher.bench_local(|| {
        let to = from + Days::new(91);
        filled
            .runtime
            .block_on(filled.store.won_opportunities(from, to))
            .expect("the deals")
    });
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn index_of_all_deals(bencher: Bencher) {
    let filled = &*FILLED;
    bencher.bench_local(|| {
        filled
            .runtime
            .block_on(filled.store.opportunities_index("bench"))
            .expect("the index")
            .len()
    });
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn verify(bencher: Bencher) {
    let filled = &*FILLED;
    bencher.bench_local(|| {
        let report = filled
            .runtime
            .block_on(filled.store.verify())
            .expect("the report");
        assert!(report.is_ok(), "{:?}", report.findings);
    });
}
