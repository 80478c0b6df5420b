//! Rows of an import that were not taken: listed, and written to a file to be mended.

use std::path::Path;

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
        let store = self.store()?;
        let name = yeji_report::file_name(&["rejected", &args.batch.to_string()]);
        let Some(path) = self.host.save_file(&format!("{name}.csv")).await else {
            return Ok(ExportResult {
                folder: None,
                files: Vec::new(),
            });
        };
        let mut text = String::from("\u{feff}file,line,reason,details,row\r\n");
        let mut after = None;
        loop {
            let page = store
                .rejected_rows(args.batch, after, REJECTED_PAGE_ROWS)
                .await?;
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
        std::fs::write(&path, text).map_err(Error::io(&path))?;
        Ok(written(&path))
    }
}

/// The folder and name of a written file.
fn written(path: &Path) -> ExportResult {
    let name = |part: Option<&std::ffi::OsStr>| part.map(|p| p.to_string_lossy().into_owned());
    ExportResult {
        folder: path.parent().map(|folder| folder.display().to_string()),
        files: name(path.file_name()).into_iter().collect(),
    }
}

/// A CSV cell: quoted, and defused where a spreadsheet would run it as a formula.
fn csv_cell(text: &str) -> String {
    let defused = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    format!("\"{}\"", defused.replace('"', "\"\""))
}
