//! The files that both sides read.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const HEADERS: [&str; 8] = [
    "商机编号",
    "负责人",
    "客户",
    "产品",
    "阶段",
    "创建日期",
    "成交日期",
    "金额",
];

/// One deal; `changed` is its value a day later.
struct Deal {
    texts: [String; 4],
    stage: &'static str,
    opened: (u32, u32, u32),
    closed_day: u32,
    amount: u32,
}

fn deal(at: u32, changed: bool) -> Deal {
    let won = at % 5 < 2;
    Deal {
        texts: [
            format!("D{at}"),
            format!("销售{:03}", at % 200),
            format!("客户{:05}", at % 5_000),
            format!("产品{}", at % 12),
        ],
        stage: if won || changed { "赢单" } else { "输单" },
        opened: (2023 + at % 3, at % 12 + 1, 1),
        closed_day: at % 27 + 1,
        amount: if won { at % 100_000 + 100 } else { 0 } + if changed { 7 } else { 0 },
    }
}

/// Deals by 200 owners over three years. Each row has `padding` bytes of a column that is not imported;
/// every `changed`th row has other values (0: none).
pub fn csv(path: &Path, deals: u32, padding: u32, changed: u32) {
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    let note = "x".repeat(padding as usize);
    let (header, comma) = if padding > 0 {
        (",备注", ",")
    } else {
        ("", "")
    };
    writeln!(file, "{}{header}", HEADERS.join(",")).expect("disk space");
    for at in 0..deals {
        let deal = deal(at, changed > 0 && at % changed == 0);
        let (year, month, day) = deal.opened;
        writeln!(
            file,
            "{},{},{year}-{month:02}-{day:02},{year}-{month:02}-{:02},{}.50{comma}{note}",
            deal.texts.join(","),
            deal.stage,
            deal.closed_day,
            deal.amount
        )
        .expect("disk space");
    }
    file.flush().expect("disk space");
}

/// The same as a workbook, with dates and numbers as Excel has them.
pub fn xlsx(path: &Path, deals: u32) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, HEADERS).expect("a header");
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for at in 0..deals {
        let deal = deal(at, false);
        let row = at + 1;
        sheet.write_row(row, 0, &deal.texts).expect("texts");
        sheet.write(row, 4, deal.stage).expect("a stage");
        let (year, month, _) = deal.opened;
        for (column, of_month) in [(5, 1), (6, deal.closed_day)] {
            let (year, month) = (u16::try_from(year), u8::try_from(month));
            let of_month = u8::try_from(of_month);
            let date = ExcelDateTime::from_ymd(
                year.expect("a year"),
                month.expect("a month"),
                of_month.expect("a day"),
            );
            let date = date.expect("a date");
            sheet
                .write_with_format(row, column, &date, &day)
                .expect("a date");
        }
        sheet
            .write(row, 7, f64::from(deal.amount) + 0.5)
            .expect("an amount");
    }
    book.save(path).expect("disk space");
}
