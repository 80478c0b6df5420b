//! A workbook with native charts, and a data sheet for each.
use crate::Result;
use crate::chart::Lang;
use crate::report::Report;

/// Name of the first sheet: `仪表盘` or `Dashboard`.
pub fn dashboard_sheet_name(lang: Lang) -> &'static str {
    lang.pick("仪表盘", "Dashboard")
}

/// The report as a workbook.
pub fn dashboard_xlsx(report: &Report) -> Result<Vec<u8>> {
    let _ = report;
    todo!()
}
