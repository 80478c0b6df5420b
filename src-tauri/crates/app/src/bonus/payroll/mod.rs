//! The file for payroll: looked at, written, its columns kept under names.

mod columns;
mod file;
mod profiles;
mod rows;

use std::path::Path;

use serde_json::json;
use yeji_report::chart::Lang;
use yeji_report::file_name;

use crate::api::bonus_papers::{
    ExportPayroll, GetPayroll, PayrollColumns, PayrollField, PayrollPlan, PayrollView,
};
use crate::api::reports::ExportResult;
use crate::blocking::blocking;
use crate::context::App;
use crate::data::nothing_written;
use crate::error::Result;
use crate::words::{self, pick};
pub use file::payroll_about_path;
use file::{Format, Origin, PayrollFile};
use rows::Payroll;

use super::paper_error::PaperError;

/// Rows that are looked at before the file is written.
const PREVIEW_ROWS: usize = 20;

impl App {
    /// What the file for payroll would be: its first rows, its sum, whose pay waits. Nothing leaves.
    pub async fn get_payroll(&self, args: GetPayroll) -> Result<PayrollView> {
        let payroll = Box::pin(self.payroll(args.period, args.plan.as_deref())).await?;
        let columns = args
            .columns
            .unwrap_or_else(|| columns::to_start_from(args.language));
        let components = payroll.components();
        let faults = columns::check(&columns, &components);
        let rows = if faults.is_empty() {
            let cells = payroll.cells(&columns, PREVIEW_ROWS)?;
            let rows = cells.iter();
            rows.map(|row| row.iter().map(file::plain).collect())
                .collect()
        } else {
            Vec::new()
        };
        Ok(PayrollView {
            plans: payroll.plans.iter().map(plan).collect(),
            approved: payroll.unapproved().is_none(),
            fields: fields(&payroll),
            problems: faults.iter().map(columns::problem).collect(),
            rows,
            people: u32::try_from(payroll.paid.len()).unwrap_or(u32::MAX),
            total: payroll.total,
            profiles: self.kept_payroll_profiles().await?,
            apart: payroll.apart,
            columns,
        })
    }

    /// Writes the file for payroll to a place that a dialog names.
    pub async fn export_payroll(&self, args: ExportPayroll) -> Result<ExportResult> {
        let format = Format::read(&args.format)?;
        // What is refused is refused before anything is asked.
        let (payroll, _) = self.payroll_asked(&args).await?;
        let title = pick(args.language, "奖金发放表", "Payroll of bonuses").to_owned();
        let mut parts = vec![title, words::period(args.period, args.language)];
        if payroll.unapproved().is_some() {
            parts.push(pick(args.language, "草稿", "draft").to_owned());
        }
        let name = file_name(&parts);
        let name = format!("{name}.{}", format.ending());
        match self.host.save_file(&name).await {
            Some(path) => Box::pin(self.export_payroll_to(&path, args)).await,
            None => Ok(nothing_written()),
        }
    }

    /// The same to a place that the caller names.
    pub async fn export_payroll_to(
        &self,
        path: &Path,
        args: ExportPayroll,
    ) -> Result<ExportResult> {
        let format = Format::read(&args.format)?;
        let (payroll, columns) = self.payroll_asked(&args).await?;
        let runs: Vec<_> = payroll.plans.iter().map(|plan| plan.run.id).collect();
        let detail = json!({
            "period": args.period, "runs": runs, "people": payroll.paid.len(),
            "total": payroll.total, "apart": payroll.apart.len(), "format": format.ending(),
            "approved": payroll.unapproved().is_none(),
            "name": path.file_name().map(|name| name.to_string_lossy()),
        });
        let head = self.audit("export.payroll", args.period.to_string(), detail);
        let mark = head
            .await?
            .map_or_else(|| "0".to_owned(), |head| head.short());
        let company = payroll.plans.first().and_then(|plan| {
            let company = plan.organisation.company();
            company.map(|unit| unit.name.clone())
        });
        let origin = Origin {
            company: company.unwrap_or_default(),
            mark,
            on: self.clock.today(),
            host: &*self.host,
            lang: args.language,
        };
        let file = PayrollFile::new(&payroll, &columns, &origin)?;
        let target = path.to_owned();
        let files = blocking(move || file.write(&target, format)).await?;
        let names = files.iter().filter_map(|file| file.file_name());
        Ok(ExportResult {
            folder: path.parent().map(|folder| folder.display().to_string()),
            files: names
                .map(|name| name.to_string_lossy().into_owned())
                .collect(),
            failed: Vec::new(),
        })
    }

    /// What is to be written: approved, or asked for as a draft, by columns without faults.
    async fn payroll_asked(&self, args: &ExportPayroll) -> Result<(Payroll, PayrollColumns)> {
        let payroll = Box::pin(self.payroll(args.period, args.plan.as_deref())).await?;
        if let (Some(open), false) = (payroll.unapproved(), args.draft) {
            let plan = open.version.code.clone();
            let period = args.period;
            return Err(PaperError::PayrollNotApproved { period, plan }.into());
        }
        let columns = match &args.columns {
            Some(columns) => columns.clone(),
            None => columns::to_start_from(args.language),
        };
        let fault = columns::check(&columns, &payroll.components());
        match fault.into_iter().next() {
            Some(fault) => Err(fault.into()),
            None => Ok((payroll, columns)),
        }
    }
}

/// Columns to start from as TOML, with the words of a language as headers.
///
/// # Errors
/// What the writer says.
pub fn payroll_columns_to_start_from(language: Lang) -> Result<String> {
    columns::to_toml(&columns::to_start_from(language))
}

/// Reads columns of a file (TOML).
///
/// # Errors
/// A document that is none of columns, with what is wrong.
pub fn read_payroll_columns(text: &str) -> Result<PayrollColumns> {
    columns::from_toml(text)
}

fn plan(issued: &super::document::Issued) -> PayrollPlan {
    PayrollPlan {
        code: issued.version.code.clone(),
        name_zh: issued.plan.name.zh.clone(),
        name_en: issued.plan.name.en.clone(),
        version: issued.version.version,
        run: issued.run.id,
        inputs_hash: issued.run.inputs_hash.clone(),
        approved: issued.settled.approved,
    }
}

/// What a column can hold; components with their names.
fn fields(payroll: &Payroll) -> Vec<PayrollField> {
    let named = |code: &str| {
        let mut all = payroll.plans.iter().flat_map(|plan| &plan.plan.components);
        let code = code.strip_prefix("component:")?;
        all.find(|one| one.code == code).map(|one| one.name.clone())
    };
    let components = payroll.components();
    let codes = columns::codes(components.iter().copied());
    codes
        .map(|field| {
            let name = named(&field);
            PayrollField {
                name_zh: name.as_ref().map(|name| name.zh.clone()),
                name_en: name.map(|name| name.en),
                field,
            }
        })
        .collect()
}
