//! What must be refused, with a reason, and what must not break.

use std::io::Write;

use proptest::prelude::*;
use yeji_core::Currency;
use yeji_intake::limits::{MAX_CELL_BYTES, MAX_COLUMNS};
use yeji_intake::{Error, Field, FileStamp, Kind, Mapping, discover, inspect, propose, rows};
use zip::write::SimpleFileOptions;

use crate::support::{file, import, proposal, read, rejections, table};

fn refuse(name: &str, bytes: impl AsRef<[u8]>) -> Error {
    inspect(&file(name, bytes).path).unwrap_err()
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_table() {
    let check = |name: &str, bytes: &[u8], code: &str, reason: &str| {
        let error = refuse(name, bytes);
        assert_eq!(error.code(), code, "{error}");
        let params = error.params();
        assert_eq!(params["file"], name, "the message names the file: {error}");
        assert_eq!(
            params.get("reason").map_or("", String::as_str),
            reason,
            "{error}"
        );
    };
    check("a.csv", b"\x89PNG\r\n\x1a\n\0\0", "not_a_table", "png");
    check("a.csv", b"%PDF-1.7\n", "not_a_table", "pdf");
    check(
        "a.xls",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
        "not_a_table",
        "xls",
    );
    check(
        "a.xls",
        b"<html><body><table><tr><td>name</td></tr></table>",
        "not_a_table",
        "html",
    );
    check("a.csv", b"[{\"name\": 1}]", "not_a_table", "json");
    check(
        "a.xlsx",
        &package(&[("word/document.xml", b"<x/>")]),
        "not_a_table",
        "docx",
    );
    check(
        "a.xlsx",
        &package(&[("x.txt", b"hello")]),
        "not_a_table",
        "zip",
    );
    check("a.csv", b"", "file_empty", "");
    check("a.csv", b"\xef\xbb\xbf", "file_empty", "");
    check("a.csv", b"\r\n \r\n", "file_empty", "");
    check("a.csv", b"\xef\xbb\xbf,,\n,,\n", "file_empty", "");
    check("a.csv", b"name,team\nA\0B,C\n", "not_text", "");
    check("a.csv", b"1,2\n3,4\n", "no_header", "");
    check("a.csv", b"\x01\x02\x03\x04\x05abc", "not_text", "");
}

#[test]
fn damaged_workbooks() {
    let error = refuse("a.xlsx", package(&[("xl/workbook.xml", b"<workbook")]));
    assert_eq!(error.code(), "file_damaged", "{error}");
    let whole = package(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/worksheets/sheet1.xml", b"<x/>"),
    ]);
    let error = refuse("a.xlsx", &whole[..whole.len() / 2]);
    assert_eq!(error.code(), "file_damaged", "{error}");
    let reason = &error.params()["reason"];
    assert_eq!(
        reason, "workbook_cut",
        "what a library calls it helps nobody"
    );
}

#[test]
fn a_workbook_that_claims_to_be_huge_is_refused_unopened() {
    let mut bytes = package(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", &[b' '; 7_777]),
    ]);
    let size = 7_777_u32.to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4)
        .filter(|at| bytes[*at..*at + 4] == size)
        .collect();
    for at in places {
        bytes[at..at + 4].copy_from_slice(&(1_u32 << 30).to_le_bytes());
    }
    let error = refuse("bomb.xlsx", &bytes);
    assert_eq!(
        (error.code(), error.params()["what"].as_str()),
        ("file_too_large", "xlsx_part_bytes"),
        "{error}"
    );
}

#[test]
fn broken_encodings_name_the_line() {
    let mut bytes = "姓名,团队\n王伟,一组\n李娜,二组\n".as_bytes().to_vec();
    bytes.extend_from_slice(b"\xff\xff,x\n");
    let error = refuse("p.csv", &bytes);
    assert_eq!(
        (error.code(), error.params()["line"].as_str()),
        ("broken_encoding", "4"),
        "{error}"
    );
    let cut = "姓名,团队\n王伟,一组".as_bytes();
    let error = refuse("p.csv", &cut[..cut.len() - 1]);
    assert_eq!(
        (error.code(), error.params()["line"].as_str()),
        ("broken_encoding", "2"),
        "{error}"
    );
    // With a mark the encoding is certain, and what contradicts it is found while reading.
    let error = refuse("p.csv", b"\xef\xbb\xbfname,team\nA,B\nC\xff,D\n");
    assert_eq!(
        (error.code(), error.params()["line"].as_str()),
        ("broken_encoding", "3"),
        "{error}"
    );
}

#[test]
fn an_unclosed_quote_is_one_listed_row() {
    let file = file("p.csv", "name,team\nA,B\nC,\"D\nE,F\nG,H\n");
    let results = import(&file.path, Kind::People);
    assert_eq!(rejections(&results), [(3, "quote_unclosed")]);
    assert_eq!(results.len(), 2);
    assert!(
        !results[1]
            .as_ref()
            .unwrap_err()
            .raw
            .iter()
            .any(|cell| cell.contains('\0')),
        "no trace of the end mark"
    );
    let closed = crate::support::file("p.csv", "name,team\nA,\"B\n\"");
    assert_eq!(
        rejections(&import(&closed.path, Kind::People)),
        [],
        "a cell may end in a line break"
    );
}

#[test]
fn an_unclosed_quote_in_a_large_file_stops_with_a_fatal_row() {
    let mut text = "name,team\nA,B\n".to_owned();
    let table = table(&file("p.csv", &text).path);
    text.push_str("C,\"D\n");
    text.push_str(&"x,y\n".repeat(2 << 20));
    let file = file("p.csv", &text);
    let table = yeji_intake::SourceFile {
        path: file.path.clone(),
        stamp: FileStamp::of(&file.path).unwrap(),
        ..table
    };
    let mut mapping = Mapping::new(Kind::People);
    mapping.columns.insert(Field::NAME, "name".to_owned());
    let results = read(&table, &mapping);
    assert_eq!(rejections(&results), [(3, "file_unreadable")]);
    let last = results.last().unwrap().as_ref().unwrap_err();
    assert!(last.fatal);
    assert_eq!(
        (last.params["error"].as_str(), last.params["what"].as_str()),
        ("file_too_large", "row_bytes")
    );
}

#[test]
fn a_file_that_breaks_half_way_says_so() {
    let good = file("p.csv", "\u{feff}name,team\nA,B\n");
    let mut table = table(&good.path);
    let mut mapping = Mapping::new(Kind::People);
    mapping.columns.insert(Field::NAME, "name".to_owned());
    std::fs::write(&good.path, b"\xef\xbb\xbfname,team\nA,B\nC\xff,D\n").unwrap();
    table.stamp = FileStamp::of(&good.path).unwrap();
    let results = read(&table, &mapping);
    let last = results.last().unwrap().as_ref().unwrap_err();
    assert_eq!(
        (last.line, last.fatal, last.params["error"].as_str()),
        (3, true, "broken_encoding")
    );
}

#[test]
fn a_file_that_was_mended_after_it_was_looked_at_is_looked_at_again() {
    let file = file(
        "deals.csv",
        "id,open date,close date\n1,2025-01-02,2025-06-03\n",
    );
    let (table, proposal) = proposal(&file.path, Kind::Opportunities);
    // Excel saves the columns the other way round.
    std::fs::write(
        &file.path,
        "id,close date,open date\n1,2025-06-03,2025-01-02 \n",
    )
    .unwrap();
    let refused = rows(&table, &proposal.mapping).unwrap_err();
    assert_eq!(refused.code(), "file_changed");
    assert_eq!(refused.params()["file"], "deals.csv");
}

#[test]
fn a_file_that_changes_while_it_is_read_is_not_imported() {
    let file = file("p.csv", "name,team\nA,B\nC,D\n");
    let table = table(&file.path);
    let mut mapping = Mapping::new(Kind::People);
    mapping.columns.insert(Field::NAME, "name".to_owned());
    let mut rows = rows(&table, &mapping).unwrap();
    rows.next().unwrap().unwrap();
    let mut handle = std::fs::OpenOptions::new()
        .append(true)
        .open(&file.path)
        .unwrap();
    std::io::Write::write_all(&mut handle, b"E,F\n").unwrap();
    let last = rows.last().unwrap().unwrap_err();
    assert!(last.fatal, "what was read may be half of each");
    assert_eq!(last.params["error"], "file_changed");
}

#[test]
fn limits() {
    let wide = vec!["name"; MAX_COLUMNS + 1].join(",");
    assert_eq!(refuse("w.csv", wide + "\n").params()["what"], "columns");
    let long = format!("name,team\nA,{}\nB,C\n", "x".repeat(MAX_CELL_BYTES + 1));
    let results = import(&file("l.csv", long).path, Kind::People);
    assert_eq!(rejections(&results), [(2, "cell_too_long")]);
    // Kept whole, so that it can be mended; a whole row beyond that is shortened.
    assert_eq!(
        results[0].as_ref().unwrap_err().raw[1].len(),
        MAX_CELL_BYTES + 1
    );
    let text = "x".repeat(MAX_CELL_BYTES);
    let large = format!("name,team,manager,department\n,{text},{text},{text}\n");
    let results = import(&file("v.csv", large).path, Kind::People);
    assert_eq!(rejections(&results), [(2, "required_missing")]);
    assert!(
        results[0].as_ref().unwrap_err().raw[1].len() < 1_000,
        "the list of rejections stays small"
    );
    let wide_row = format!("name,team\nA,B{}\nB,C\n", ",x".repeat(MAX_COLUMNS * 2));
    assert_eq!(
        rejections(&import(&file("r.csv", wide_row).path, Kind::People)),
        [(2, "row_too_long")]
    );
}

#[test]
fn mappings_that_do_not_fit() {
    let file = file("d.csv", "id,owner,stage,amount\n1,A,won,5\n");
    let table = table(&file.path);
    let fail = |mapping: &Mapping| rows(&table, mapping).unwrap_err();
    let error = fail(&Mapping::new(Kind::Opportunities));
    assert_eq!(
        (error.code(), error.params()["fields"].as_str()),
        ("missing_columns", "external_id, owner, stage")
    );
    let mut mapping = propose(&table, None).unwrap().mapping;
    assert_eq!(
        (
            fail(&mapping).code(),
            fail(&mapping).params()["field"].as_str()
        ),
        ("no_currency", "amount")
    );
    mapping.currency = Some(Currency::CNY);
    assert!(rows(&table, &mapping).is_ok());
    mapping.columns.insert(Field::PRODUCT, "nope".to_owned());
    assert_eq!(
        (
            fail(&mapping).code(),
            fail(&mapping).params()["header"].as_str()
        ),
        ("no_such_column", "nope")
    );
    mapping.columns.insert(Field::PRODUCT, "owner".to_owned());
    assert_eq!(fail(&mapping).code(), "mapping_invalid");
}

#[test]
fn missing_required_columns_are_proposed_as_missing() {
    let file = file("d.csv", "商机编号,客户,金额,成交日期\n1,甲,5,2017-01-01\n");
    let table = table(&file.path);
    let proposal = propose(&table, Some(Kind::Opportunities)).unwrap();
    assert_eq!(proposal.missing_required, [Field::OWNER, Field::STAGE]);
    let strange = crate::support::file("d.csv", "foo,bar\nx,y\n");
    let error = propose(&crate::support::table(&strange.path), None).unwrap_err();
    assert_eq!(
        (error.code(), error.params()["headers"].as_str()),
        ("unknown_kind", "foo, bar")
    );
}

#[test]
fn folders() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let error = discover(&[folder.path().to_owned()]).unwrap_err();
    assert_eq!(error.code(), "nothing_found");
    for name in ["b.CSV", "a.xlsx", "~$a.xlsx", "notes.md", "._b.csv"] {
        std::fs::write(at(name), "x").unwrap();
    }
    std::fs::create_dir(at("sub.csv")).unwrap();
    let found = discover(&[folder.path().to_owned(), at("notes.md")]).unwrap();
    assert_eq!(
        found.files,
        [at("a.xlsx"), at("b.CSV"), at("notes.md")],
        "a file that is named is taken"
    );
    assert_eq!(found.skipped.len(), 4, "{:?}", found.skipped);
    let absent = discover(&[at("notes.md"), at("absent")]).unwrap();
    assert_eq!(
        absent.files.len(),
        2,
        "told when it is read, beside the others"
    );
    assert_eq!(inspect(&at("absent")).unwrap_err().code(), "file_io");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_cause_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), zip_head: bool) {
        let bytes = if zip_head { [b"PK\x03\x04", bytes.as_slice()].concat() } else { bytes };
        all_the_way(&bytes);
    }

    #[test]
    fn no_text_causes_a_panic(text in "(id|owner|stage|amount|closed_on|,|;|\n|\r|\"|1|-|\\.|won|¥|万|\\PC){0,80}") {
        all_the_way(format!("id,owner,stage,closed_on,amount\n{text}").as_bytes());
    }

    #[test]
    fn no_damage_to_a_workbook_causes_a_panic(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = small_workbook();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        all_the_way(&bytes);
    }
}

fn small_workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in ["id", "owner", "stage"].iter().enumerate() {
        sheet
            .write_string(0, u16::try_from(column).unwrap(), *header)
            .unwrap();
        sheet
            .write_string(1, u16::try_from(column).unwrap(), "won")
            .unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// Inspects, proposes and reads; every row comes out as a row or as a rejection.
fn all_the_way(bytes: &[u8]) {
    let file = file("any.csv", bytes);
    let Ok(tables) = inspect(&file.path) else {
        return;
    };
    for table in tables {
        let Ok(mut proposal) = propose(&table, Some(Kind::Opportunities)) else {
            continue;
        };
        proposal.mapping.currency.get_or_insert(Currency::CNY);
        let Ok(found) = rows(&table, &proposal.mapping) else {
            continue;
        };
        let count = u32::try_from(found.count()).unwrap();
        assert!(
            table.rows.is_none_or(|rows| count >= rows),
            "no row is lost"
        );
    }
}
