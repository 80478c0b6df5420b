//! Real workbooks, written by `rust_xlsxwriter`.

use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Workbook, Worksheet};
use yeji_core::facts::Stage;
use yeji_intake::{Format, Kind, Row, inspect, propose};

use crate::support::{TempFile, deal, file, import, read, rejections};

fn save(book: &mut Workbook) -> TempFile {
    file("book.xlsx", book.save_to_buffer().unwrap())
}

fn strings(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in cells.iter().enumerate() {
        if !cell.is_empty() {
            sheet
                .write_string(row, u16::try_from(column).unwrap(), *cell)
                .unwrap();
        }
    }
}

#[test]
fn cells_of_every_type() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    strings(sheet, 0, &["2024 年商机"]);
    strings(
        sheet,
        2,
        &["商机编号", "负责人", "阶段", "成交日期", "金额"],
    );
    let day = CellFormat::new().set_num_format("yyyy-mm-dd");
    let date = ExcelDateTime::from_ymd(2017, 3, 1).unwrap();
    sheet.write_number(3, 0, 1001).unwrap();
    strings(sheet, 3, &["", "王伟", "赢单"]);
    sheet.write_datetime_with_format(3, 3, &date, &day).unwrap();
    sheet.write_number(3, 4, 1234.56).unwrap();
    // Row 5 is empty. Then text dates, a serial number without a format, a computed float.
    strings(
        sheet,
        5,
        &["1002", "李娜", "赢单", "2017年3月2日", "¥1.2万"],
    );
    strings(sheet, 6, &["1003", "李娜", "赢单"]);
    sheet.write_number(6, 3, 42_797).unwrap();
    sheet.write_number(6, 4, 0.1 + 0.2).unwrap();
    strings(sheet, 7, &["1004", "李娜", "赢单", "2017-03-04", "#N/A"]);
    sheet
        .write_formula(
            7,
            4,
            rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A"),
        )
        .unwrap();
    let file = save(&mut book);
    let tables = inspect(&file.path).unwrap();
    assert_eq!(
        (tables.len(), tables[0].header_line, tables[0].rows),
        (1, 3, Some(4))
    );
    assert_eq!(tables[0].format, Format::Xlsx { epoch_1904: false });
    assert_eq!(
        tables[0].sample[0],
        ["1001", "王伟", "赢单", "2017-03-01", "1234.56"]
    );
    let rows = import(&file.path, Kind::Opportunities);
    let first = deal(&rows[0]);
    assert_eq!(
        (first.line, first.external_id.as_str(), first.stage),
        (4, "1001", Stage::Won)
    );
    assert_eq!(first.closed_on.unwrap().to_string(), "2017-03-01");
    assert_eq!(first.amount.unwrap().minor, 123_456);
    assert_eq!(
        (deal(&rows[1]).line, deal(&rows[1]).amount.unwrap().minor),
        (6, 1_200_000)
    );
    assert_eq!(deal(&rows[2]).closed_on.unwrap().to_string(), "2017-03-03");
    assert_eq!(
        deal(&rows[2]).amount.unwrap().minor,
        30,
        "0.30000000000000004 is shown as 0.3"
    );
    assert_eq!(rejections(&rows), [(8, "cell_error")]);
}

#[test]
fn a_formula_counts_as_the_value_that_was_saved_with_it() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    strings(sheet, 0, &["商机编号", "负责人", "阶段", "金额"]);
    strings(sheet, 1, &["1", "王伟", "赢单"]);
    let sum = rust_xlsxwriter::Formula::new("=SUM(1000,234.5)").set_result("1234.5");
    sheet.write_formula(1, 3, sum).unwrap();
    strings(sheet, 2, &["", "李娜", "赢单", "5"]);
    let text = rust_xlsxwriter::Formula::new("=CONCAT(\"K\",2)").set_result("K2");
    sheet.write_formula(2, 0, text).unwrap();
    let rows = import(&save(&mut book).path, Kind::Opportunities);
    assert_eq!(deal(&rows[0]).amount.unwrap().minor, 123_450);
    assert_eq!(deal(&rows[1]).external_id, "K2");
}

#[test]
fn each_sheet_is_a_table_and_empty_ones_are_not() {
    let mut book = Workbook::new();
    strings(
        book.add_worksheet().set_name("人员").unwrap(),
        0,
        &["姓名", "团队"],
    );
    strings(
        &mut *book.worksheet_from_name("人员").unwrap(),
        1,
        &["王伟", "一组"],
    );
    book.add_worksheet().set_name("空").unwrap();
    let products = book.add_worksheet().set_name("产品").unwrap();
    strings(products, 0, &["产品名称", "标价"]);
    strings(products, 1, &["甲"]);
    products.write_number(1, 1, 5.5).unwrap();
    let file = save(&mut book);
    let tables = inspect(&file.path).unwrap();
    let kinds: Vec<_> = tables
        .iter()
        .map(|table| (table.label(), propose(table, None).unwrap().kind))
        .collect();
    assert_eq!(
        kinds,
        [
            ("book.xlsx [人员]".to_owned(), Kind::People),
            ("book.xlsx [产品]".to_owned(), Kind::Products)
        ]
    );
    let mut mapping = propose(&tables[1], None).unwrap().mapping;
    mapping.currency = Some(yeji_core::Currency::CNY);
    let rows = read(&tables[1], &mapping);
    assert!(
        matches!(&rows[0], Ok(Row::Product(p)) if p.list_price.unwrap().minor == 550),
        "{rows:?}"
    );
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    strings(sheet, 0, &["姓名", "团队"]);
    strings(sheet, 1, &["王伟", "一组"]);
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let file = save(&mut book);
    let rows = import(&file.path, Kind::People);
    assert!(rows[0].is_ok());
    assert_eq!(
        rejections(&rows),
        [(1_048_576, "required_missing")],
        "listed, not lost, and no rectangle of 17 billion cells"
    );
}

#[test]
fn a_long_sheet_can_be_left_half_way() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    strings(sheet, 0, &["姓名", "团队"]);
    for row in 1..=2_000 {
        strings(sheet, row, &[&format!("P{row}"), "T"]);
    }
    let file = save(&mut book);
    let table = inspect(&file.path).unwrap().remove(0);
    assert_eq!(table.rows, Some(2_000));
    let mapping = propose(&table, None).unwrap().mapping;
    assert_eq!(
        yeji_intake::rows(&table, &mapping)
            .unwrap()
            .take(3)
            .flatten()
            .count(),
        3
    );
    assert_eq!(read(&table, &mapping).len(), 2_000);
}
