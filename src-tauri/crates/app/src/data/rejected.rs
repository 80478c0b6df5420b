//! Rows of an import that were not taken: listed, and written to a file to be mended.

use std::path::Path;

use serde_json::json;
use yeji_core::ids::BatchId;

use crate::api::Message;
use crate::api::data::{BatchArgs, ListRejected, RejectedLine, RejectedPage};
use crate::api::reports::ExportResult;
use crate::context::App;
use crate::error::{Error, Result};

/// Rejected rows a window.
const REJECTED_PAGE_ROWS: u32 = 200;

impl App {
    /// Rows of an import that were not taken.
    pub async fn list_rejected(&self, args: ListRejected) -> Result<RejectedPage> {
        if self.store()?.batch(args.batch).await?.is_none() {
            return Err(yeji_store::Error::NoSuchBatch(args.batch).into());
        }
        let after = (args.offset > 0).then_some(i64::from(args.offset));
        let page = self
            .store()?
            .rejected_rows(args.batch, after, REJECTED_PAGE_ROWS)
            .await?;
        Ok(RejectedPage {
            rows: page
                .rows
                .into_iter()
                .map(|row| RejectedLine {
                    file: row.file,
                    line: row.line,
                    reason: Message {
                        code: row.code,
                        params: row.params,
                    },
                    raw: row.raw,
                })
                .collect(),
            total: u64::try_from(page.total).unwrap_or(0),
        })
    }

    /// Writes the rows that were not taken to a file, each with line and reason, to be mended in Excel.
    pub async fn export_rejected(&self, args: BatchArgs) -> Result<ExportResult> {
        let name = yeji_report::file_name(&["rejected", &args.batch.to_string()]);
        let Some(path) = self.host.save_file(&format!("{name}.csv")).await else {
            return Ok(ExportResult {
                folder: None,
                files: Vec::new(),
                failed: Vec::new(),
            });
        };
        let (text, _) = self.rejected_csv(args.batch).await?;
        std::fs::write(&path, text).map_err(Error::io(&path))?;
        Ok(written(&path))
    }

    /// The rows of an import that were not taken as CSV, and how many they are.
    pub async fn rejected_csv(&self, batch: BatchId) -> Result<(String, u64)> {
        let store = self.store()?;
        if store.batch(batch).await?.is_none() {
            return Err(yeji_store::Error::NoSuchBatch(batch).into());
        }
        self.audit("export.rejected", batch.to_string(), json!({}))
            .await?;
        let mut count = 0;
        let mut text = String::from("\u{feff}file,line,reason,details,row\r\n");
        let mut after = None;
        loop {
            let page = store
                .rejected_rows(batch, after, REJECTED_PAGE_ROWS)
                .await?;
            count += page.rows.len() as u64;
            for row in &page.rows {
                let params: Vec<String> = row
                    .params
                    .iter()
                    .filter(|(name, value)| *name != "line" && !value.is_empty())
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect();
                let cells = [
                    row.file.clone(),
                    row.line.to_string(),
                    row.code.clone(),
                    params.join("; "),
                ];
                let line: Vec<String> = cells
                    .iter()
                    .chain(&row.raw)
                    .map(|cell| csv_cell(cell))
                    .collect();
                text.push_str(&line.join(","));
                text.push_str("\r\n");
            }
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        Ok((text, count))
    }
}

/// The folder and name of a written file.
pub(crate) fn written(path: &Path) -> ExportResult {
    let name = |part: Option<&std::ffi::OsStr>| part.map(|p| p.to_string_lossy().into_owned());
    ExportResult {
        folder: path.parent().map(|folder| folder.display().to_string()),
        files: name(path.file_name()).into_iter().collect(),
        failed: Vec::new(),
    }
}

/// A CSV cell: quoted, and defused where a spreadsheet would run it as a formula. A number is none, and
/// an apostrophe before it would keep the mended file from being imported.
pub(crate) fn csv_cell(text: &str) -> String {
    // Some programs leave out blanks before they look whether it is a formula.
    let begins = text
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let formula = begins || text.starts_with(['\t', '\r', '\n']);
    let apostrophe = if formula && !is_harmless(text) {
        "'"
    } else {
        ""
    };
    format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
}

/// A number, with a sign, commas between thousands and a decimal point (`-5`, `+1,234.50`); or the dash
/// that stands for nothing.
fn is_harmless(text: &str) -> bool {
    if text == "-" {
        return true;
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b',' || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::csv_cell;

    #[test]
    fn a_formula_is_defused_and_a_number_stays_one() {
        for number in ["-5", "+1,234.50", "-0.5", "2017", "-"] {
            assert_eq!(csv_cell(number), format!("\"{number}\""));
        }
        for formula in [
            "=1+1",
            "-1+1",
            "+cmd|' /C calc'!A0",
            "@SUM(A1)",
            "＝1",
            "-2-3",
            "--1",
            " =1+1",
            "\u{3000}=1+1",
            "\n=1+1",
            "\t1",
        ] {
            assert_eq!(csv_cell(formula), format!("\"'{formula}\""));
        }
        assert_eq!(csv_cell("a \"b\""), "\"a \"\"b\"\"\"");
    }
}
