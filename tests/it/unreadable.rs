//! Files that nobody should be able to do harm with, through the real program: a message in both
//! languages that names the file, within a bounded memory and time, and the store as it was.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;

use crate::cli::Yeji;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
/// No file here needs longer, also on a busy machine; a rectangle of 17 billion cells would.
const MAX_TIME: Duration = Duration::from_mins(1);

/// A workbook of one sheet, and its shared strings if it has any.
fn workbook(sheet_data: &str, strings: Option<&[u8]>) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet_data}</sheetData></worksheet>"#
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend(strings.map(|bytes| ("xl/sharedStrings.xml", bytes)));
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn row(line: u32, cells: &[&str]) -> String {
    let cells = cells.iter().zip('A'..).map(|(text, column)| {
        format!(r#"<c r="{column}{line}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    });
    format!("<row r=\"{line}\">{}</row>", cells.collect::<String>())
}

fn header_and(more: &str) -> String {
    row(1, &["姓名", "工号", "团队"]) + &row(2, &["王伟", "A1", "一组"]) + more
}

/// Imports a file; gives the exit status and what was said.
fn import(name: &str, content: &[u8]) -> (Option<i32>, String) {
    let yeji = Yeji::new();
    yeji.ok(&["demo", "--people", "8", "--deals", "60", "--years", "1"]);
    let path = yeji.file(name, content);
    let begun = Instant::now();
    let output = yeji.run(&["import", path.to_str().unwrap(), "--yes"]);
    assert!(
        begun.elapsed() < MAX_TIME,
        "{name} took {:?}",
        begun.elapsed()
    );
    let words = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    yeji.ok(&["verify"]);
    if output.status.code() == Some(2) {
        assert!(words.contains(name), "which file: {words}");
        assert!(
            words.contains("yeji:") && words.contains("业绩："),
            "{words}"
        );
        let batches = yeji.json(&["batch", "list"]);
        assert_eq!(batches.as_array().unwrap().len(), 1, "only the demo");
    }
    (output.status.code(), words)
}

#[track_caller]
fn refused(name: &str, content: &[u8], part: &str) {
    let (status, words) = import(name, content);
    assert_eq!(status, Some(2), "{name}: {words}");
    assert!(words.contains(part), "{name}: `{part}` is not in: {words}");
}

#[test]
fn what_is_no_table_is_refused_by_name() {
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01".repeat(50);
    refused("picture.csv", &picture, "PNG");
    let program = [b"\x7fELF\x02\x01\x01\0".as_slice(), &[0x90, 0, 0xff, 0xe8]].concat();
    refused("program.csv", &program.repeat(400), "program.csv");
    refused("bytes.csv", b"name,team\nA\0B,C\n", "bytes.csv");
    // Far behind what is looked at first: nothing before it is taken either.
    let mut late = "姓名,工号,团队\n".to_owned();
    for n in 0..60_000 {
        let _ = writeln!(late, "员工{n},N{n},一组");
    }
    late.push_str("坏\0行,X,一组\n");
    refused("late.csv", late.as_bytes(), "late.csv");
}

#[test]
fn a_workbook_that_would_fill_the_memory_is_refused() {
    // 300 MB of blanks, which are 300 kB packed.
    let bomb = workbook(&header_and(""), Some(&vec![b' '; 300 << 20]));
    assert!(bomb.len() < 1 << 20, "a bomb is small");
    refused("bomb.xlsx", &bomb, "bomb.xlsx");
}

#[test]
fn one_cell_in_the_last_corner_is_one_listed_row() {
    let corner = r#"<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>"#;
    let (status, words) = import("corner.xlsx", &workbook(&header_and(corner), None));
    assert_eq!(status, Some(0), "{words}");
    assert!(
        words.contains("1048576"),
        "the row is listed with its line: {words}"
    );
}

#[test]
fn a_cell_of_ten_megabytes_is_listed_or_the_file_refused() {
    let big = "x".repeat(10 << 20);
    let (status, words) = import(
        "big.xlsx",
        &workbook(&header_and(&row(3, &[&big, "A2", "一组"])), None),
    );
    assert_eq!(status, Some(0), "{words}");
    assert!(
        words.contains('3') && words.len() < 10_000,
        "listed, not printed"
    );
    let text = format!("姓名,工号,团队\n王伟,A1,一组\n{big},A2,一组\n");
    refused("big.csv", text.as_bytes(), "big.csv");
}

#[test]
fn an_external_entity_reads_no_file_of_ours() {
    let yeji = Yeji::new();
    let secret = yeji.file("secret.txt", "what nobody may read");
    let sheet = row(1, &["姓名", "工号", "团队"])
        + r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><t>A1</t></is></c></row>"#;
    let strings = format!(
        r#"<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file://{}">]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&x;</t></si></sst>"#,
        secret.display()
    );
    let (_, words) = import("entity.xlsx", &workbook(&sheet, Some(strings.as_bytes())));
    assert!(!words.contains("nobody may read"), "{words}");
}

#[test]
fn a_truncated_workbook_is_refused() {
    let whole = workbook(&header_and(""), None);
    refused("cut.xlsx", &whole[..whole.len() * 2 / 3], "cut.xlsx");
}
