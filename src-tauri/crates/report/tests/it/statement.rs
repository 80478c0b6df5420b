//! The statement on paper: searchable, safe against its data, over as many pages as its facts need.

use std::process::Command;

use yeji_report::{
    Align, Error, Lang, PaperColumn, PaperPart, PaperStep, PaperTable, StatementPaper,
    statement_pdf,
};

fn column(head: &str, align: Align, is_wide: bool) -> PaperColumn {
    PaperColumn {
        head: head.to_owned(),
        align,
        is_wide,
    }
}

fn paper(lang: Lang, facts: usize) -> StatementPaper {
    let text = |words: &str| words.to_owned();
    let counted = PaperTable {
        title: text("计入的记录"),
        columns: vec![
            column("日期", Align::Left, false),
            column("记录", Align::Left, true),
            column("金额", Align::Right, false),
        ],
        rows: (0..facts)
            .map(|n| vec![text("2027-02-03"), format!("D-{n:05}"), text("¥1,234.50")])
            .collect(),
    };
    StatementPaper {
        lang,
        company: text("云帆科技有限公司"),
        title: text("2027年第1季度奖金单"),
        across: None,
        facts: vec![(text("姓名"), text("李䶮 (A3)"))],
        notes: vec![text("没有目标奖金")],
        parts: vec![PaperPart {
            title: text("销售额"),
            amount: text("¥44,000.00"),
            notes: Vec::new(),
            facts: vec![(text("达成率"), text("102.9%"))],
            steps_title: text("计算过程"),
            steps: vec![PaperStep {
                name: text("档位"),
                words: text("落在第 2 档"),
                formula: text("100% < 102.9%"),
                value: text("第 2 档"),
            }],
            tables: vec![counted],
        }],
        sum: PaperTable {
            title: text("合计"),
            columns: vec![
                column("", Align::Left, true),
                column("", Align::Right, false),
            ],
            rows: vec![vec![text("销售额"), text("¥44,000.00")]],
        },
        total: (text("应发奖金"), text("¥43,999.99")),
        confirmed: None,
        signatures: vec![text("本人"), text("人事")],
        day_label: text("日期："),
        proof: vec![(text("SHA-256"), text("ee750e724c92"))],
        foot: text("李䶮 ee750e724c92"),
        made_on: "2027-04-30".parse().unwrap(),
    }
}

/// The text of a paper, page after page, or `None` (with a line that says so) where poppler is not installed.
fn pages_of(paper: &StatementPaper) -> Option<Vec<String>> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("statement.pdf");
    std::fs::write(&file, statement_pdf(paper).unwrap()).unwrap();
    match Command::new("pdftotext").arg(&file).arg("-").output() {
        Ok(output) => {
            assert!(output.status.success(), "pdftotext cannot read the paper");
            let text = String::from_utf8(output.stdout).unwrap();
            let pages = text.trim_end_matches('\u{c}').split('\u{c}');
            Some(pages.map(str::to_owned).collect())
        }
        Err(error) => {
            println!("skipped: pdftotext is not installed ({error})");
            None
        }
    }
}

#[test]
fn every_word_can_be_searched_and_a_draft_says_so_on_every_page() {
    for lang in [Lang::ZhCn, Lang::En] {
        let mut one = paper(lang, 200);
        one.across = Some("草稿，未审批".to_owned());
        one.confirmed = Some("已确认".to_owned());
        let Some(pages) = pages_of(&one) else { return };
        let all = pages.concat();
        for word in [
            "云帆科技有限公司",
            "李䶮 (A3)",
            "没有目标奖金",
            "落在第 2 档",
            "100% < 102.9%",
            "¥44,000.00",
            "¥43,999.99",
            "已确认",
            "ee750e724c92",
        ] {
            assert!(all.contains(word), "{word} is not in:\n{all}");
        }
        assert!(pages.len() > 3, "200 facts are no single page");
        let last = pages.len();
        for (at, page) in pages.iter().enumerate() {
            let page: String = page.split_whitespace().collect();
            assert!(page.contains("草稿，未审批"), "page {}: {page}", at + 1);
            assert!(page.contains(&format!("{}/{last}", at + 1)), "{page}");
        }
        for fact in 0..200 {
            assert_eq!(all.matches(&format!("D-{fact:05}")).count(), 1);
        }
    }
}

#[test]
fn an_approved_paper_has_nothing_across_it() {
    let Some(pages) = pages_of(&paper(Lang::ZhCn, 2)) else {
        return;
    };
    assert_eq!(pages.len(), 1);
    assert!(!pages[0].contains("草稿"));
}

#[test]
fn words_of_the_paper_are_never_markup() {
    let hostile = "#import \"x\": * $a$ _b_ @c <d> \\ // #{panic()} `e`";
    let mut one = paper(Lang::En, 1);
    one.facts[0].1 = hostile.to_owned();
    one.parts[0].steps[0].words = hostile.to_owned();
    one.parts[0].tables[0].rows[0][1] = hostile.to_owned();
    one.across = Some(hostile.to_owned());
    let Some(pages) = pages_of(&one) else { return };
    let all = pages.concat();
    assert!(all.matches("#{panic()}").count() >= 4, "{all}");
}

#[test]
fn equal_words_are_equal_bytes_and_a_ragged_table_is_refused() {
    let mut one = paper(Lang::ZhCn, 3);
    let bytes = statement_pdf(&one).unwrap();
    assert_eq!(bytes, statement_pdf(&one).unwrap());
    one.parts[0].tables[0].rows[1].pop();
    let error = statement_pdf(&one).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Table {
                row: 2,
                cells: 2,
                columns: 3,
                ..
            }
        ),
        "{error}"
    );
}
