//! Rows of an import that were not taken: listed, and written to a file to be mended.

use std::path::Path;

use serde_json::json;
use yeji_core::ids::BatchId;
use yeji_intake::{RejectedCells, RejectedTable, TemplateLanguage, rejected_book, shown};
use yeji_report::Lang;

use super::planner::counted_as;
use crate::api::Message;
use crate::api::data::{BatchArgs, ListRejected, RejectedLine, RejectedPage};
use crate::api::reports::ExportResult;
use crate::blocking::blocking;
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
        let counted = args.counted.as_ref();
        let counted = counted.map(|line| counted_as(&line.kind, &line.period));
        let page = self
            .store()?
            .rejected_rows(args.batch, counted.as_deref(), after, REJECTED_PAGE_ROWS)
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
                    raw: row.raw.iter().map(|cell| shown(cell)).collect(),
                })
                .collect(),
            total: u64::try_from(page.total).unwrap_or(0),
            next: page.next.and_then(|next| u32::try_from(next).ok()),
        })
    }

    /// Writes the rows that were not taken to a workbook, each with its reason, to be mended in Excel and
    /// imported again.
    pub async fn export_rejected(&self, args: BatchArgs) -> Result<ExportResult> {
        let name = yeji_report::file_name(&["rejected", &args.batch.to_string()]);
        let Some(path) = self.host.save_file(&format!("{name}.xlsx")).await else {
            return Ok(ExportResult {
                folder: None,
                files: Vec::new(),
                failed: Vec::new(),
            });
        };
        let host = &self.host;
        let (book, _) = self
            .rejected_book(args.batch, &|reason| host.say(reason))
            .await?;
        std::fs::write(&path, book).map_err(Error::io(&path))?;
        Ok(written(&path))
    }

    /// The rows of an import that were not taken as a workbook, a sheet for each table, and how many they
    /// are. `say` puts a reason into words.
    pub async fn rejected_book(
        &self,
        batch: BatchId,
        say: &(dyn Fn(&Message) -> String + Send + Sync),
    ) -> Result<(Vec<u8>, u64)> {
        let store = self.store()?;
        let kept = store.batch(batch).await?;
        let kept = kept.ok_or(yeji_store::Error::NoSuchBatch(batch))?;
        self.audit("export.rejected", batch.to_string(), json!({}))
            .await?;
        let mut tables: Vec<RejectedTable> = Vec::new();
        let mut after = None;
        loop {
            let page = store
                .rejected_rows(batch, None, after, REJECTED_PAGE_ROWS)
                .await?;
            for row in page.rows {
                let known = tables.iter().position(|table| table.name == row.file);
                let table = known.unwrap_or_else(|| {
                    let headers = kept.detail.headers.get(&row.file);
                    tables.push(RejectedTable {
                        name: row.file.clone(),
                        headers: headers.cloned().unwrap_or_default(),
                        rows: Vec::new(),
                    });
                    tables.len() - 1
                });
                tables[table].rows.push(RejectedCells {
                    line: row.line,
                    reason: say(&Message {
                        code: row.code,
                        params: row.params,
                    }),
                    cells: row.raw,
                });
            }
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        let count = tables.iter().map(|table| table.rows.len() as u64).sum();
        let language = match self.language {
            Lang::ZhCn => TemplateLanguage::Chinese,
            Lang::En => TemplateLanguage::English,
        };
        let book = blocking(move || {
            let book = rejected_book(&tables, &batch.to_string(), language);
            Ok(book.map_err(yeji_report::Error::from)?)
        });
        Ok((book.await?, count))
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

/// Nothing was: the dialog was closed.
pub(crate) fn nothing_written() -> ExportResult {
    ExportResult {
        folder: None,
        files: Vec::new(),
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

/// A number, with a sign, commas between thousands and a decimal point, of a hundred or not (`-5`,
/// `+1,234.50`, `+10.0%`); or the dash that stands for nothing.
fn is_harmless(text: &str) -> bool {
    if text == "-" {
        return true;
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = digits.strip_suffix('%').unwrap_or(digits);
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
