//! Exports of one and two sources in which people, customers and products of deals change, taken back in any
//! order: what stands is what the imports say that stand, and nobody stays of whom none of them speaks.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use yeji_core::ids::BatchId;
use yeji_intake::Kind;
use yeji_store::DealQuery;

use super::facts::{World, alone, histories};

const DEALS: &str = "商机编号,负责人,客户,产品,阶段,创建日期,成交日期,金额\n";

/// Owner, customer, product and amount.
type Row = [String; 4];
type Rows = BTreeMap<String, Row>;

const SOURCES: [&str; 2] = ["crm", "erp"];
const OWNERS: [&str; 3] = ["王伟", "李娜", "陈静"];
const CUSTOMERS: [&str; 4] = ["甲木", "乙火", "丙水", "丁土"];
const PRODUCTS: [&str; 3] = ["轴承", "阀门", "水泵"];

/// An import: which rows it made or changed.
struct Import {
    source: usize,
    batch: BatchId,
    wrote: Rows,
    stands: bool,
}

/// What a source's imports that stand say of each deal.
fn said(imports: &[Import], source: usize) -> Rows {
    let of_source = imports
        .iter()
        .filter(|import| import.source == source && import.stands);
    of_source.flat_map(|import| import.wrote.clone()).collect()
}

/// The first source that has a deal tells what it is.
fn settled(imports: &[Import]) -> Rows {
    let mut rows = said(imports, 1);
    rows.extend(said(imports, 0));
    rows
}

/// The owners, customers or products of rows.
fn column<'a>(rows: impl Iterator<Item = &'a Row>, at: usize) -> BTreeSet<String> {
    rows.map(|row| row[at].clone()).collect()
}

impl World {
    async fn rows_now(&self) -> Rows {
        let store = self.app.store().unwrap();
        let deals = store.deals(&DealQuery::all()).await.unwrap();
        let row = |deal: yeji_store::DealRow| {
            assert!(deal.unit.is_some(), "nobody counts {deal:?}");
            let amount = deal.amount.map_or(0, |amount| amount.minor / 100);
            let row = [
                deal.owner_name,
                deal.customer_name.unwrap_or_default(),
                deal.product_name.unwrap_or_default(),
                amount.to_string(),
            ];
            (deal.external_id, row)
        };
        deals.rows.into_iter().map(row).collect()
    }

    /// All people, customers and products.
    async fn names_now(&self) -> [BTreeSet<String>; 3] {
        let store = self.app.store().unwrap();
        let people = store.organisation().await.unwrap();
        let customers = store.customers().await.unwrap().into_iter();
        let products = store.products().await.unwrap().into_iter();
        [
            people.people().map(|one| one.name.clone()).collect(),
            customers.map(|one| one.name).collect(),
            products.map(|one| one.name).collect(),
        ]
    }
}

/// Every owner has a deal in every export, so that no name is new to a later one.
fn export(number: usize, picks: &[(u8, u8, u8, u8)]) -> Rows {
    let pick = |of: &[&str], at: u8| of[usize::from(at) % of.len()].to_owned();
    let mut rows: Rows = OWNERS
        .iter()
        .enumerate()
        .map(|(index, owner)| {
            let row = [*owner, CUSTOMERS[0], PRODUCTS[0], "7"].map(str::to_owned);
            (format!("F{index}"), row)
        })
        .collect();
    for (deal, (owner, customer, product, amount)) in picks.iter().enumerate() {
        if owner % 4 == 3 {
            continue;
        }
        let row = [
            pick(&OWNERS, *owner),
            pick(&CUSTOMERS, *customer),
            pick(&PRODUCTS, *product),
            (number * 10 + usize::from(amount % 2)).to_string(),
        ];
        rows.insert(format!("D{deal}"), row);
    }
    rows
}

async fn import(world: &World, imports: &mut Vec<Import>, source: usize, rows: &Rows) -> Checked {
    let lines = rows
        .iter()
        .map(|(number, [owner, customer, product, amount])| {
            format!("{number},{owner},{customer},{product},赢单,2026-01-01,2026-02-15,{amount}\n")
        });
    let text = format!("{DEALS}{}", lines.collect::<String>());
    let preview = world
        .from(SOURCES[source], Kind::Opportunities, &text)
        .await;
    prop_assert_eq!(preview.files[0].rejected_rows, 0, "{:?}", preview);
    // A row that says what is known writes nothing.
    let known = said(imports, source);
    let mut wrote = rows.clone();
    wrote.retain(|number, row| known.get(number) != Some(row));
    if let Some(batch) = preview.batch {
        imports.push(Import {
            source,
            batch,
            wrote,
            stands: true,
        });
    }
    Ok(())
}

type Checked = Result<(), TestCaseError>;
type Picks = [(u8, u8, u8, u8); 2];

async fn replay(steps: Vec<(u8, Picks)>, is_shared: bool) -> Checked {
    let world = World::new().await;
    if is_shared {
        world.order(&SOURCES).await;
    }
    let mut imports: Vec<Import> = Vec::new();
    for (number, (step, picks)) in steps.iter().enumerate() {
        let mut standing: Vec<usize> = (0..imports.len()).collect();
        standing.retain(|at| imports[*at].stands);
        if *step < 6 || standing.is_empty() {
            let source = usize::from(is_shared && step % 2 == 1);
            import(&world, &mut imports, source, &export(number, picks)).await?;
        } else {
            // Of three the oldest is taken back most often: what came after stands on it.
            let at = standing[usize::from(step % 3) % standing.len()];
            imports[at].stands = false;
            let args = alone(&world.app, imports[at].batch).await;
            world.app.undo_batch(args).await.unwrap();
        }
        let report = world.app.store().unwrap().verify().await.unwrap();
        prop_assert!(report.findings.is_empty(), "{:?}", report);
        prop_assert_eq!(world.rows_now().await, settled(&imports), "step {}", number);
        if !is_shared {
            // What an import named that stands may come back, and is there for it.
            let stands = imports.iter().filter(|import| import.stands);
            let rows: Vec<&Row> = stands.flat_map(|import| import.wrote.values()).collect();
            let named = [0, 1, 2].map(|at| column(rows.iter().copied(), at));
            prop_assert_eq!(world.names_now().await, named, "step {}", number);
        }
    }
    for import in imports.iter().filter(|import| import.stands) {
        let args = alone(&world.app, import.batch).await;
        world.app.undo_batch(args).await.unwrap();
    }
    prop_assert!(!world.app.store().unwrap().has_data().await.unwrap());
    Ok(())
}

proptest! {
    #![proptest_config(histories(24))]

    /// Which imports were taken back, and in which order, must not show in what the others say.
    #[test]
    fn what_stands_is_what_the_standing_exports_say(
        steps in prop::collection::vec((0_u8..12, any::<Picks>()), 3..10),
        is_shared in any::<bool>(),
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(replay(steps, is_shared))?;
    }
}

/// The oldest export made the product that the one in the middle names and the newest does not.
#[tokio::test]
async fn the_export_before_comes_back_with_what_an_older_one_made() {
    let world = World::new().await;
    let mut imports = Vec::new();
    let row = |customer: &str, product: &str, amount: &str| {
        [OWNERS[0], customer, product, amount].map(str::to_owned)
    };
    for (customer, product, amount) in [
        ("甲木", "轴承", "603"),
        ("乙火", "轴承", "103"),
        ("乙火", "阀门", "203"),
    ] {
        let mut rows = Rows::from([("D3".to_owned(), row(customer, product, amount))]);
        if imports.is_empty() {
            rows.insert("D4".to_owned(), row("乙火", "阀门", "404"));
        }
        import(&world, &mut imports, 0, &rows).await.unwrap();
    }
    for (at, left) in [(0, "203"), (2, "103")] {
        let args = alone(&world.app, imports[at].batch).await;
        let undone = world.app.undo_batch(args).await.unwrap();
        let now = world.rows_now().await;
        assert_eq!(now["D3"][3], left, "{undone:?}");
    }
    let [_, customers, products] = world.names_now().await;
    assert_eq!(customers, ["乙火".to_owned()].into(), "the other went");
    assert_eq!(products, ["轴承".to_owned()].into());
}

/// A customer whom several imports made or changed, all taken back, in whatever order: an export that stands
/// had named it before a later one named another.
#[tokio::test]
async fn a_customer_changed_by_a_list_comes_back_too() {
    for order in [[0, 3, 2], [3, 0, 2]] {
        let world = World::new().await;
        let mut imports = Vec::new();
        let row =
            |customer: &str, amount: &str| [OWNERS[0], customer, "轴承", amount].map(str::to_owned);
        let first = Rows::from([
            ("D1".to_owned(), row("甲木", "1")),
            ("D9".to_owned(), row("乙火", "9")),
        ]);
        import(&world, &mut imports, 0, &first).await.unwrap();
        for customer in ["甲木", "乙火"] {
            let rows = Rows::from([("D2".to_owned(), row(customer, "2"))]);
            import(&world, &mut imports, 0, &rows).await.unwrap();
        }
        let list = world
            .csv(Kind::Customers, "客户名称,地区\n甲木,华东\n")
            .await;
        let batches: Vec<BatchId> = imports.iter().map(|import| import.batch).collect();
        let batches = [batches[0], batches[1], batches[2], list.batch.unwrap()];
        for at in order {
            let args = alone(&world.app, batches[at]).await;
            world.app.undo_batch(args).await.unwrap();
        }
        assert_eq!(world.rows_now().await["D2"], row("甲木", "2"), "{order:?}");
    }
}
