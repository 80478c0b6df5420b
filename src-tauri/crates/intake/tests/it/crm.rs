//! The shared CRM export, where it is there: a real export's shape and dirt.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::Datelike;
use rust_xlsxwriter::Workbook;
use yeji_core::Currency;
use yeji_core::facts::Stage;
use yeji_intake::{
    DateEvidence, DateOrder, DecidedBy, Evidence, Field, Kind, Row, SourceFile, alias, discover,
    inspect, propose,
};

use crate::support::{deal, read, table};

/// The folder, looked for beside the repository; none (with a printed line) where it is absent.
fn folder() -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = own
        .ancestors()
        .skip(4)
        .map(|up| up.join("shared/data/crm-sales-opportunities"))
        .find(|p| p.is_dir());
    if found.is_none() {
        println!("skipped: ../shared/data/crm-sales-opportunities is not there");
    }
    found
}

fn dates(evidence: &[Evidence]) -> BTreeMap<Field, DateEvidence> {
    evidence
        .iter()
        .filter_map(|evidence| match evidence {
            Evidence::Dates(dates) => Some((dates.field, dates.clone())),
            _ => None,
        })
        .collect()
}

#[test]
fn the_folder_and_its_kinds() {
    let Some(folder) = folder() else { return };
    let found = discover(&[folder]).unwrap();
    let skipped: Vec<_> = found
        .skipped
        .iter()
        .filter_map(|path| path.file_name())
        .collect();
    assert_eq!(skipped, ["README.md"], "what is not imported is told");
    let kinds: Vec<(String, Kind, Option<u32>)> = found
        .files
        .iter()
        .map(|path| {
            let table = table(path);
            let proposal = propose(&table, None).unwrap();
            assert_eq!(proposal.missing_required, []);
            assert_eq!(
                proposal.unmapped_headers,
                Vec::<String>::new(),
                "every column means something"
            );
            assert_eq!(
                proposal.warnings,
                [],
                "nothing in this export needs a person"
            );
            (table.label(), proposal.kind, table.rows)
        })
        .collect();
    let expected = [
        ("accounts.csv", Kind::Customers, 85),
        ("products.csv", Kind::Products, 7),
        ("sales_pipeline.csv", Kind::Opportunities, 8_800),
        ("sales_teams.csv", Kind::People, 35),
    ];
    let expected = expected.map(|(name, kind, rows)| (name.to_owned(), kind, Some(rows)));
    assert_eq!(kinds, expected);
}

#[test]
fn day_first_is_decided_from_the_whole_column() {
    let Some(folder) = folder() else { return };
    let table = table(&folder.join("sales_pipeline.csv"));
    let proposal = propose(&table, None).unwrap();
    let dates = dates(&proposal.evidence);
    for (field, filled) in [(Field::OPENED_ON, 8_300), (Field::CLOSED_ON, 6_711)] {
        let dates = &dates[&field];
        assert_eq!(
            (dates.order, dates.decided_by),
            (Some(DateOrder::DayFirst), DecidedBy::Values),
            "{dates:?}"
        );
        assert_eq!(proposal.mapping.date_order[&field], DateOrder::DayFirst);
        assert!(dates.day_first_only > 0 && dates.ambiguous > 0, "{dates:?}");
        assert_eq!((dates.month_first_only, dates.unreadable), (0, 0));
        assert_eq!(
            dates.day_first_only + dates.ambiguous,
            filled,
            "every date is counted"
        );
        assert_eq!(dates.empty, 8_800 - filled);
        let control = dates.control.as_ref().unwrap();
        assert_eq!(
            (control.agree, control.of, control.one_sided),
            (filled, filled, 0),
            "the free control total"
        );
    }
}

/// Minor units of a US dollar.
const CENTS: i64 = 100;

fn check_pipeline(table: &SourceFile) {
    let mut proposal = propose(table, None).unwrap();
    assert_eq!(proposal.kind, Kind::Opportunities);
    assert_eq!(
        proposal.mapping.currency, None,
        "bare numbers name no currency"
    );
    proposal.mapping.currency = Some(Currency::USD);
    let results = read(table, &proposal.mapping);
    let deals: Vec<_> = results.iter().map(deal).collect();
    assert_eq!(deals.len(), 8_800, "no row is rejected or lost");
    let count = |stage: Stage| deals.iter().filter(|deal| deal.stage == stage).count();
    let stages = [Stage::Won, Stage::Lost, Stage::Engaging, Stage::Prospecting].map(count);
    assert_eq!(stages, [4_238, 2_473, 1_589, 500]);
    let mut quarters: BTreeMap<(i32, u32), i64> = BTreeMap::new();
    for deal in deals.iter().filter(|deal| deal.stage == Stage::Won) {
        let day = deal.closed_on.unwrap();
        *quarters
            .entry((day.year(), day.month0() / 3 + 1))
            .or_default() += deal.amount.unwrap().minor;
    }
    let expected = [
        1_134_672 * CENTS,
        3_086_111 * CENTS,
        2_982_255 * CENTS,
        2_802_496 * CENTS,
    ];
    assert_eq!(quarters.values().copied().collect::<Vec<_>>(), expected);
    assert_eq!(quarters.values().sum::<i64>(), 10_005_534 * CENTS);
    assert!(
        deals
            .iter()
            .filter(|deal| deal.customer.is_none())
            .all(|deal| deal.stage.is_open())
    );
    assert_eq!(
        deals.iter().filter(|deal| deal.customer.is_none()).count(),
        1_425
    );
    assert_eq!(
        deals.iter().filter(|deal| deal.opened_on.is_none()).count(),
        500
    );
    assert!(
        deals
            .iter()
            .filter(|deal| deal.stage == Stage::Lost)
            .all(|d| d.amount.is_some_and(|m| m.minor == 0))
    );
    assert!(
        deals
            .iter()
            .filter(|deal| deal.stage.is_open())
            .all(|d| d.amount.is_none() && d.closed_on.is_none())
    );
    assert!(deals.iter().all(|deal| deal.warnings.is_empty()));
    let alias_wins = deals
        .iter()
        .filter(|d| d.stage == Stage::Won && d.product.as_deref() == Some("GTXPro"));
    assert_eq!(alias_wins.clone().count(), 729);
    assert_eq!(
        alias_wins
            .map(|deal| deal.amount.unwrap().minor)
            .sum::<i64>(),
        3_510_578 * CENTS
    );
}

#[test]
fn every_deal_is_read_and_the_sums_are_right() {
    let Some(folder) = folder() else { return };
    check_pipeline(&table(&folder.join("sales_pipeline.csv")));
}

#[test]
fn the_same_as_a_sheet_gives_the_same() {
    let Some(folder) = folder() else { return };
    let mut book = Workbook::new();
    let text = std::fs::read_to_string(folder.join("sales_pipeline.csv")).unwrap();
    let sheet = book.add_worksheet().set_name("Pipeline").unwrap();
    for (row, line) in text.lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            match cell.parse::<f64>() {
                Ok(number) if column == 7 => sheet.write_number(row, column, number).unwrap(),
                _ => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("pipeline.xlsx");
    book.save(&path).unwrap();
    check_pipeline(&inspect(&path).unwrap()[0]);
}

#[test]
fn people_customers_products_and_the_alias() {
    let Some(folder) = folder() else { return };
    let import = |name: &str| {
        let table = table(&folder.join(name));
        let mut mapping = propose(&table, None).unwrap().mapping;
        mapping.currency = Some(Currency::USD);
        read(&table, &mapping)
    };
    let people: Vec<_> = import("sales_teams.csv")
        .into_iter()
        .map(|row| match row {
            Ok(Row::Person(person)) => person,
            other => panic!("{other:?}"),
        })
        .collect();
    let managers: BTreeSet<_> = people
        .iter()
        .filter_map(|person| person.manager.clone())
        .collect();
    let offices: BTreeSet<_> = people
        .iter()
        .filter_map(|person| person.department.clone())
        .collect();
    assert_eq!((people.len(), managers.len(), offices.len()), (35, 6, 3));
    assert!(
        people
            .iter()
            .all(|person| person.team.is_none() && person.staff_number.is_none())
    );

    let customers = import("accounts.csv");
    let with_parent = customers
        .iter()
        .filter(|row| matches!(row, Ok(Row::Customer(c)) if c.parent.is_some()));
    assert_eq!((customers.len(), with_parent.count()), (85, 15));
    let Ok(Row::Customer(first)) = &customers[0] else {
        panic!("{:?}", customers[0])
    };
    assert_eq!(
        (first.founded_year, first.employees),
        (Some(1996), Some(2_822))
    );
    assert_eq!(first.revenue.as_deref(), Some("1100.04"));

    let products = import("products.csv");
    let names: Vec<String> = products
        .iter()
        .map(|row| match row {
            Ok(Row::Product(product)) => product.name.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    let found = alias::propose(&["GTXPro".to_owned(), "GTX Basic".to_owned()], &names);
    assert_eq!(
        found
            .iter()
            .map(|a| (a.from.as_str(), a.to.as_str()))
            .collect::<Vec<_>>(),
        [("GTXPro", "GTX Pro")]
    );
}
