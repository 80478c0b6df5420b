//! The workbook for a payroll system.

use calamine::{Data, Reader, Xlsx};
use yeji_report::{PayrollCell, PayrollSheet, payroll_xlsx};

#[test]
fn numbers_are_numbers_and_words_never_formulas() {
    let text = |words: &str| PayrollCell::Text(words.to_owned());
    let number = |decimal: &str| PayrollCell::Number(decimal.to_owned());
    let sheet = PayrollSheet {
        name: "payroll".to_owned(),
        head: vec!["工号".to_owned(), "=cmd()".to_owned(), "amount".to_owned()],
        rows: vec![
            vec![
                text("0001"),
                text("=cmd()|' /C calc'!A0"),
                number("-1234.50"),
            ],
            vec![
                text("0002"),
                PayrollCell::Empty,
                number("12345678901234.56"),
            ],
        ],
    };
    let about = PayrollSheet {
        name: "about".to_owned(),
        head: Vec::new(),
        rows: vec![vec![text("run"), text("abc")]],
    };
    let day = "2027-04-30".parse().unwrap();
    let bytes = payroll_xlsx("x", day, &[sheet.clone(), about.clone()]).unwrap();
    assert_eq!(bytes, payroll_xlsx("x", day, &[sheet, about]).unwrap());
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let rows = book.worksheet_range("payroll").unwrap();
    let cell = |row, column| rows.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(cell(1, 0), Data::String("0001".to_owned()), "zeros stay");
    assert_eq!(cell(0, 1), Data::String("=cmd()".to_owned()));
    assert_eq!(cell(1, 1), Data::String("=cmd()|' /C calc'!A0".to_owned()));
    assert_eq!(cell(1, 2), Data::Float(-1234.5));
    assert_eq!(
        cell(2, 2),
        Data::String("12345678901234.56".to_owned()),
        "more digits than a double keeps"
    );
    assert!(book.worksheet_formula("payroll").unwrap().is_empty());
    assert_eq!(book.worksheet_range("about").unwrap().height(), 1);
}
