//! Files that somebody made to do harm, or that nobody meant to: external entities, cells of 10 MB,
//! headers that are merged.

use std::io::{Cursor, Read as _, Write as _};

use yeji_intake::{Kind, inspect, propose, rows};
use zip::write::SimpleFileOptions;

use crate::support::{file, import, rejections};

const BIG_CELL_BYTES: usize = 10 << 20;

/// A workbook of people whose shared strings are replaced.
fn with_strings(strings: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [(0_u32, ["name", "team"]), (1, ["A", "B"])] {
        for (column, text) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name == "xl/sharedStrings.xml" {
            content = strings.as_bytes().to_vec();
        }
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn strings(doctype: &str, third: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>{doctype}\
         <sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <si><t>name</t></si><si><t>team</t></si><si><t>{third}</t></si><si><t>B</t></si></sst>"
    )
}

#[test]
fn an_external_entity_brings_nothing_in() {
    let secret = file("secret.txt", "what nobody may read");
    let entity = format!(
        "<!DOCTYPE sst [<!ENTITY x SYSTEM \"file://{}\">]>",
        secret.path.display()
    );
    let book = file("entity.xlsx", with_strings(&strings(&entity, "&x;")));
    // Refused or read: the file that the entity names is in neither answer.
    let Ok(tables) = inspect(&book.path) else {
        return;
    };
    for table in tables {
        let told = format!("{table:?}");
        assert!(!told.contains("nobody may read"), "{told}");
        let Ok(proposal) = propose(&table, Some(Kind::People)) else {
            continue;
        };
        let Ok(found) = rows(&table, &proposal.mapping) else {
            continue;
        };
        for row in found {
            assert!(!format!("{row:?}").contains("nobody may read"), "{row:?}");
        }
    }
}

#[test]
fn entities_that_double_ten_times_do_not_fill_the_memory() {
    let mut doctype = String::from("<!DOCTYPE sst [<!ENTITY a0 \"ha\">");
    for level in 1..40 {
        let before = level - 1;
        let entity = [
            "<!ENTITY a",
            &level.to_string(),
            " \"&a",
            &before.to_string(),
            ";&a",
            &before.to_string(),
            ";\">",
        ];
        doctype += &entity.concat();
    }
    doctype += "]>";
    let book = file("laughs.xlsx", with_strings(&strings(&doctype, "&a39;")));
    // Expanded it would be a terabyte: that the call returns is the assertion.
    drop(inspect(&book.path));
}

#[test]
fn a_cell_of_ten_megabytes_is_listed_or_refused_with_its_limit() {
    let big = "x".repeat(BIG_CELL_BYTES);
    let book = file("big.xlsx", with_strings(&strings("", &big)));
    let results = import(&book.path, Kind::People);
    assert_eq!(rejections(&results), [(2, "cell_too_long")]);
    // Where rows have no end of their own, nobody can tell a cell from the rest of the file.
    let text = file("big.csv", format!("name,team\nA,B\nC,{big}\nD,E\n"));
    let error = inspect(&text.path).unwrap_err();
    assert_eq!(error.code(), "file_too_large");
    assert_eq!(error.params()["what"], "row_bytes", "{error}");
}

#[test]
fn merged_titles_and_headers_keep_their_columns() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    sheet
        .merge_range(0, 0, 0, 3, "2026 年人员名单", &plain)
        .unwrap();
    sheet.merge_range(1, 0, 1, 1, "姓名", &plain).unwrap();
    for (row, column, text) in [
        (1, 2, "团队"),
        (1, 3, "工号"),
        (2, 0, "王伟"),
        (2, 2, "一组"),
        (2, 3, "7"),
    ] {
        sheet.write_string(row, column, text).unwrap();
    }
    let book = file("merged.xlsx", book.save_to_buffer().unwrap());
    let results = import(&book.path, Kind::People);
    let Ok(yeji_intake::Row::Person(person)) = &results[0] else {
        panic!("a person, not {:?}", results[0]);
    };
    assert_eq!(
        (
            person.name.as_str(),
            person.team.as_deref(),
            person.staff_number.as_deref()
        ),
        ("王伟", Some("一组"), Some("7"))
    );
}
