//! The paper that is signed: searchable, safe against its data, the same bytes each time.

use std::process::Command;

use yeji_report::{Error, GoalLetter, Lang, LetterTable, goal_letter_pdf};

fn letter(lang: Lang) -> GoalLetter {
    let text = |words: &str| words.to_owned();
    GoalLetter {
        lang,
        company: text("云帆科技有限公司"),
        title: text("2027年度目标责任书"),
        facts: vec![(text("责任人"), text("李䶮 (A3)"))],
        table: LetterTable {
            head: vec![text("季度"), text("季度合计")],
            rows: vec![vec![text("第1季度"), text("245,210.73")]],
        },
        sums: vec![(text("大写金额"), text("人民币壹佰万元整"))],
        clauses: vec![text("达成约定。")],
        confirmed: None,
        signatures: vec![text("责任人"), text("主管")],
        day_label: text("日期："),
        foot: text("SHA-256 ee750e724c92"),
        made_on: "2026-11-30".parse().unwrap(),
    }
}

/// The text of a paper, or `None` (with a line that says so) where poppler is not installed.
fn text_of(letter: &GoalLetter) -> Option<String> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("letter.pdf");
    std::fs::write(&file, goal_letter_pdf(letter).unwrap()).unwrap();
    let output = Command::new("pdftotext").arg(&file).arg("-").output();
    match output {
        Ok(output) => {
            assert!(output.status.success(), "pdftotext cannot read the paper");
            Some(String::from_utf8(output.stdout).unwrap())
        }
        Err(error) => {
            println!("skipped: pdftotext is not installed ({error})");
            None
        }
    }
}

#[test]
fn every_word_of_the_paper_can_be_searched() {
    for lang in [Lang::ZhCn, Lang::En] {
        let mut letter = letter(lang);
        letter.confirmed = Some("已确认".to_owned());
        let Some(text) = text_of(&letter) else { return };
        for word in [
            "云帆科技有限公司",
            "2027年度目标责任书",
            "李䶮 (A3)",
            "245,210.73",
            "人民币壹佰万元整",
            "达成约定。",
            "已确认",
            "日期：",
            "SHA-256 ee750e724c92",
        ] {
            assert!(text.contains(word), "{word} is not in:\n{text}");
        }
    }
}

#[test]
fn words_of_the_paper_are_never_markup() {
    let hostile = "#import \"x\": * $a$ _b_ @c <d> \\ // #{panic()} `e`";
    let mut letter = letter(Lang::En);
    letter.facts[0].1 = hostile.to_owned();
    letter.clauses[0] = hostile.to_owned();
    letter.table.rows[0][0] = hostile.to_owned();
    let Some(text) = text_of(&letter) else { return };
    assert!(text.matches("#{panic()}").count() >= 3, "{text}");
}

#[test]
fn equal_words_are_equal_bytes_and_a_ragged_table_is_refused() {
    let first = letter(Lang::ZhCn);
    let bytes = goal_letter_pdf(&first).unwrap();
    assert_eq!(bytes, goal_letter_pdf(&first).unwrap());
    let mut other = first.clone();
    other.foot.push('x');
    assert_ne!(bytes, goal_letter_pdf(&other).unwrap());
    other.table.rows[0].pop();
    let error = goal_letter_pdf(&other).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Table {
                row: 1,
                cells: 1,
                columns: 2,
                ..
            }
        ),
        "{error}"
    );
}
