//! What the totals of files say of rows that were not taken, and which rows these are.

use yeji_intake::Kind;

use super::facts::World;
use crate::api::NoArgs;
use crate::api::data::{CountedIn, ListRejected};

/// D2 and D3 may have been won or not; the amounts of D4 and D5 and the days of D6 and D7 cannot be read.
const DEALS: &str = "opportunity_id,sales_agent,deal_stage,close_date,close_value\n\
    D1,王伟,Won,2026-05-05,100\nD2,王伟,进行中,2026-05-06,70\nD3,王伟,进行中,,7\n\
    D4,王伟,Won,2026-05-07,a lot\nD5,王伟,Won,2026-06-07,much\nD6,王伟,Won,2026-13-40,5\n\
    D7,王伟,Lost,2026-13-40,9\n";

#[tokio::test]
async fn a_deal_without_a_decided_stage_is_neither_won_nor_without_a_day() {
    let world = World::before(Kind::Opportunities).await;
    let told = world.csv(Kind::Opportunities, DEALS).await;
    assert_eq!(
        (told.undecided.rows, told.undecided.amount.unwrap().minor),
        (2, 7_700)
    );
    let won: Vec<_> = told.controls.iter().map(|one| one.in_file.minor).collect();
    assert_eq!(won, [10_000, 10_000], "the second quarter and in all");
    assert!(told.controls.iter().all(|one| !one.shared));

    let all = world.app.get_reconciliation(NoArgs {}).await.unwrap();
    let rows = all.iter().filter(|row| row.kind == "opportunities");
    let rows: Vec<_> = rows
        .map(|row| (row.period.as_str(), row.file_rows, row.store_rows))
        .collect();
    let expected = [
        ("", 1, 0),
        ("2026-05", 2, 1),
        ("2026-06", 1, 0),
        ("stage_undecided", 2, 0),
    ];
    assert_eq!(rows, expected);
}

/// A later file of the same months in which every row is right ends the lines of rows that were of no month.
#[tokio::test]
async fn a_later_file_of_the_same_months_speaks_of_rows_without_one_too() {
    let world = World::before(Kind::Opportunities).await;
    world.csv(Kind::Opportunities, DEALS).await;
    let lines = async || {
        let all = world.app.get_reconciliation(NoArgs {}).await.unwrap();
        let deals = all.into_iter().filter(|row| row.kind == "opportunities");
        deals.map(|row| row.period).collect::<Vec<_>>()
    };
    assert!(lines().await.contains(&"stage_undecided".to_owned()));
    // Of another month: it says nothing of them.
    let july =
        "opportunity_id,sales_agent,deal_stage,close_date,close_value\nD9,王伟,Won,2026-07-05,1\n";
    world.csv(Kind::Opportunities, july).await;
    assert!(lines().await.contains(&"stage_undecided".to_owned()));
    let mended = DEALS
        .replace("进行中,2026-05-06", "Won,2026-05-06")
        .replace("进行中,,7", "Lost,2026-05-08,0")
        .replace("a lot", "3")
        .replace("much", "4")
        .replace("2026-13-40", "2026-06-08");
    world.csv(Kind::Opportunities, &mended).await;
    assert_eq!(lines().await, ["2026-05", "2026-06", "2026-07"]);
}

/// Each line of the reconciliation opens its own rows, those of a month of which nothing was taken too.
#[tokio::test]
async fn rows_left_out_are_listed_by_the_line_that_counts_them() {
    let world = World::before(Kind::Opportunities).await;
    let batch = world.csv(Kind::Opportunities, DEALS).await.batch.unwrap();
    let lines = async |period: Option<&str>| {
        let counted = period.map(|period| CountedIn {
            kind: "opportunities".to_owned(),
            period: period.to_owned(),
        });
        let args = ListRejected {
            batch,
            offset: 0,
            counted,
        };
        let page = world.app.list_rejected(args).await.unwrap();
        let numbers = page.rows.iter().map(|row| row.raw[0].clone());
        let numbers: Vec<_> = numbers.collect();
        assert_eq!(page.total, numbers.len() as u64);
        numbers
    };
    assert_eq!(lines(Some("2026-05")).await, ["D4"]);
    assert_eq!(lines(Some("2026-06")).await, ["D5"]);
    assert_eq!(lines(Some("stage_undecided")).await, ["D2", "D3"]);
    assert_eq!(lines(Some("")).await, ["D6"]);
    assert_eq!(lines(None).await, ["D2", "D3", "D4", "D5", "D6", "D7"]);

    // A row that could be read and names nobody known is of its month as well.
    let world = World::before(Kind::Invoices).await;
    let text = "invoice_no,customer,contract,amount,invoice_date\n\
        F1,C-1001,HT-2026-001,113.00,2026-03-05\nF2,Nobody,,226.00,2026-03-06\n";
    let batch = world.csv(Kind::Invoices, text).await.batch.unwrap();
    let args = ListRejected {
        batch,
        offset: 0,
        counted: Some(CountedIn {
            kind: "invoices".to_owned(),
            period: "2026-03".to_owned(),
        }),
    };
    let page = world.app.list_rejected(args).await.unwrap();
    assert_eq!((page.total, page.rows[0].raw[0].as_str()), (1, "F2"));
}
