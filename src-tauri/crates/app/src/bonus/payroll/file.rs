//! The file for payroll: CSV with a text beside it that says where it is from, or a workbook that has it in a
//! second sheet.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use yeji_report::chart::Lang;
use yeji_report::format::money_with_symbol;
use yeji_report::{PayrollCell, PayrollSheet, payroll_xlsx};

use super::rows::Payroll;
use crate::api::bonus_papers::PayrollColumns;
use crate::bonus::sha256;
use crate::data::csv_cell;
use crate::error::{Error, Result};
use crate::host::Host;
use crate::reports::{put_file, put_files};
use crate::words::{self, pick};

/// Marks each row of a draft: a program that reads the file by its columns meets one that it does not know.
const DRAFT: &str = "DRAFT";

/// In what form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Xlsx,
}

impl Format {
    pub fn read(text: &str) -> Result<Self> {
        match text.trim().to_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Xlsx),
            other => Err(Error::input("formats", other, "csv, xlsx")),
        }
    }

    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Everything that a file says, ready to be written.
pub(super) struct PayrollFile {
    title: String,
    head: Vec<String>,
    rows: Vec<Vec<PayrollCell>>,
    about: Vec<(String, String)>,
    apart: Vec<Vec<PayrollCell>>,
    lang: Lang,
    on: NaiveDate,
}

/// What else the file says of itself.
pub(super) struct Origin<'a> {
    pub company: String,
    /// Head of the audit log, which has this export as its newest entry.
    pub mark: String,
    pub on: NaiveDate,
    pub host: &'a dyn Host,
    pub lang: Lang,
}

impl PayrollFile {
    pub fn new(payroll: &Payroll, columns: &PayrollColumns, origin: &Origin<'_>) -> Result<Self> {
        let lang = origin.lang;
        let mut head: Vec<String> = columns
            .columns
            .iter()
            .map(|one| one.header.clone())
            .collect();
        let mut rows = payroll.cells(columns, usize::MAX)?;
        if payroll.unapproved().is_some() {
            head.push(DRAFT.to_owned());
            let mark = pick(
                lang,
                "草稿，未审批，不得发放",
                "draft, not approved, not to be paid",
            );
            for row in &mut rows {
                row.push(PayrollCell::Text(mark.to_owned()));
            }
        }
        let apart = payroll.apart.iter().map(|one| {
            vec![
                PayrollCell::Text(one.staff_number.clone().unwrap_or_default()),
                PayrollCell::Text(one.name.clone()),
                PayrollCell::Number(one.payout.to_major()),
                PayrollCell::Text(origin.host.say_in(&one.reason, lang)),
            ]
        });
        Ok(Self {
            title: pick(lang, "奖金发放表", "Payroll of bonuses").to_owned(),
            head,
            rows,
            about: about(payroll, origin),
            apart: apart.collect(),
            lang,
            on: origin.on,
        })
    }

    /// Writes it, and gives the names of what was written.
    pub fn write(&self, path: &Path, format: Format) -> Result<Vec<PathBuf>> {
        match format {
            Format::Xlsx => {
                put_file(path, &payroll_xlsx(&self.title, self.on, &self.sheets())?)?;
                Ok(vec![path.to_owned()])
            }
            Format::Csv => {
                let bytes = self.csv().into_bytes();
                let beside = payroll_about_path(path);
                // A file for payroll is never there without what it is from, nor that without the file.
                let about = self.about_text(path, &bytes);
                put_files(&[(&beside, about.as_bytes()), (path, &bytes)])?;
                Ok(vec![path.to_owned(), beside])
            }
        }
    }

    fn sheets(&self) -> Vec<PayrollSheet> {
        let lang = self.lang;
        let words = |text: &str| PayrollCell::Text(text.to_owned());
        let about = self.about.iter();
        let mut sheets = vec![
            PayrollSheet {
                name: pick(lang, "发放", "payroll").to_owned(),
                head: self.head.clone(),
                rows: self.rows.clone(),
            },
            PayrollSheet {
                name: pick(lang, "说明", "about").to_owned(),
                head: Vec::new(),
                rows: about.map(|(a, b)| vec![words(a), words(b)]).collect(),
            },
        ];
        if !self.apart.is_empty() {
            sheets.push(PayrollSheet {
                name: pick(lang, "暂缓发放", "not paid").to_owned(),
                head: [
                    ("工号", "Staff number"),
                    ("姓名", "Name"),
                    ("奖金", "Payout"),
                    ("原因", "Reason"),
                ]
                .map(|(zh, en)| pick(lang, zh, en).to_owned())
                .into(),
                rows: self.apart.clone(),
            });
        }
        sheets
    }

    /// With the mark by which Excel knows the encoding, as every CSV file of the program.
    fn csv(&self) -> String {
        let mut text = "\u{feff}".to_owned();
        let head: Vec<String> = self.head.iter().map(|head| csv_cell(head)).collect();
        text.push_str(&(head.join(",") + "\r\n"));
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(cell).collect();
            text.push_str(&(cells.join(",") + "\r\n"));
        }
        text
    }

    fn about_text(&self, path: &Path, bytes: &[u8]) -> String {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut lines = vec![
            self.title.clone(),
            format!("{}: {name}", pick(self.lang, "文件", "File")),
            format!(
                "{}: {}",
                pick(self.lang, "文件的 SHA-256", "SHA-256 of the file"),
                sha256(bytes)
            ),
        ];
        lines.extend(
            self.about
                .iter()
                .map(|(label, value)| format!("{label}: {value}")),
        );
        let label = pick(self.lang, "暂缓发放", "Not paid");
        for row in &self.apart {
            let cells: Vec<String> = row
                .iter()
                .map(plain)
                .filter(|cell| !cell.is_empty())
                .collect();
            lines.push(format!("{label}: {}", cells.join(" · ")));
        }
        lines.join("\n") + "\n"
    }
}

/// Where the text that says what a file for payroll is from stands: `payroll.csv.about.txt` beside `payroll.csv`.
pub fn payroll_about_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".about.txt");
    path.with_file_name(name)
}

fn about(payroll: &Payroll, origin: &Origin<'_>) -> Vec<(String, String)> {
    let lang = origin.lang;
    let mut all = vec![("公司", "Company", origin.company.clone())];
    if let Some(first) = payroll.plans.first() {
        all.push(("期间", "Period", words::period(first.period, lang)));
    }
    let state = match payroll.unapproved() {
        None => pick(lang, "已审批发放", "approved to be paid"),
        Some(_) => pick(
            lang,
            "草稿，未审批，不得发放",
            "draft, not approved, not to be paid",
        ),
    };
    all.push(("状态", "State", state.to_owned()));
    for issued in &payroll.plans {
        let (version, code) = (issued.version.version, &issued.version.code);
        let name = pick_of(lang, &issued.plan.name.zh, &issued.plan.name.en);
        let plan = match lang {
            Lang::ZhCn => format!("{name}（{code}，第 {version} 版）"),
            Lang::En => format!("{name} ({code}, version {version})"),
        };
        all.push(("奖金方案", "Plan", plan));
        all.push(("核算编号", "Run", issued.run.id.to_string()));
        let hash = issued.run.inputs_hash.clone();
        all.push(("输入数据的 SHA-256", "SHA-256 of the input", hash));
    }
    let people = payroll.paid.len().to_string();
    all.push(("发放行数", "Rows paid", people));
    all.push(("发放合计", "Sum paid", money_with_symbol(payroll.total)));
    let waits = payroll.apart.len().to_string();
    all.push(("暂缓发放行数", "Rows not paid", waits));
    all.push(("审计日志", "Audit log", origin.mark.clone()));
    all.push(("制作日期", "Made on", origin.on.to_string()));
    all.into_iter()
        .map(|(zh, en, value)| (pick(lang, zh, en).to_owned(), value))
        .collect()
}

fn cell(cell: &PayrollCell) -> String {
    match cell {
        PayrollCell::Text(text) => csv_cell(text),
        PayrollCell::Number(decimal) => decimal.clone(),
        PayrollCell::Empty => String::new(),
    }
}

/// As it is looked at before it is written.
pub(super) fn plain(cell: &PayrollCell) -> String {
    match cell {
        PayrollCell::Text(text) => text.clone(),
        PayrollCell::Number(decimal) => decimal.clone(),
        PayrollCell::Empty => String::new(),
    }
}

fn pick_of<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::ZhCn => zh,
        Lang::En => en,
    }
}
