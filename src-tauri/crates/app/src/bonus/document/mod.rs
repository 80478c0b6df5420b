//! A person's statement on paper: which one counts, how it stands, and its PDF.

mod by_fact;
mod formula;
mod hash;
mod issued;
mod paper;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::json;
use yeji_bonus::read_statement;
use yeji_core::ids::PersonId;
use yeji_report::chart::Lang;
use yeji_report::{StatementPaper, file_name, statement_pdf};
use yeji_store::StatementRow;

pub(crate) use hash::statement_hash;
pub(super) use issued::Issued;

use crate::api::Progress;
use crate::api::bonus_papers::{ExportStatement, ExportStatements};
use crate::api::reports::ExportResult;
use crate::blocking::blocking;
use crate::context::App;
use crate::data::{nothing_written, written};
use crate::error::{Error, Result};
use crate::host::OnProgress;
use crate::reports::put_file;
use paper::{Paper, title};

impl App {
    /// Writes the statement of one person to a place that a dialog names.
    pub async fn export_statement(&self, args: ExportStatement) -> Result<ExportResult> {
        let (issued, row) = self.statement_asked(&args).await?;
        let name = issued.name_of(&row);
        let name = file_name(&[title(args.period, args.language), name]);
        match self.host.save_file(&format!("{name}.pdf")).await {
            Some(path) => Box::pin(self.export_statement_to(&path, args)).await,
            None => Ok(nothing_written()),
        }
    }

    /// The same to a place that the caller names.
    pub async fn export_statement_to(
        &self,
        path: &Path,
        args: ExportStatement,
    ) -> Result<ExportResult> {
        let (issued, row) = self.statement_asked(&args).await?;
        let detail = json!({
            "period": args.period, "plan": issued.version.code, "run": issued.run.id,
            "hash": issued.hash_of(&row), "approved": issued.is_approved_for(row.person),
        });
        let head = self.audit("export.statement", issued.name_of(&row), detail);
        let mark = head
            .await?
            .map_or_else(|| "0".to_owned(), |head| head.short());
        let paper = self.paper_of_run(&issued, args.language, mark).await?;
        let page = self.statement_paper(&paper, &issued, &row).await?;
        let target = path.to_owned();
        blocking(move || put_file(&target, &statement_pdf(&page)?)).await?;
        Ok(written(path))
    }

    /// Writes the statements of everybody whose pay is seen into a folder that a dialog names.
    pub async fn export_statements(
        &self,
        args: ExportStatements,
        progress: OnProgress<'_>,
    ) -> Result<ExportResult> {
        match self.host.pick_folder().await {
            Some(folder) => Box::pin(self.export_statements_to(&folder, args, progress)).await,
            None => Ok(nothing_written()),
        }
    }

    /// The same into a folder that the caller names, which is made if need be.
    pub async fn export_statements_to(
        &self,
        folder: &Path,
        args: ExportStatements,
        progress: OnProgress<'_>,
    ) -> Result<ExportResult> {
        let issued = Box::pin(self.issued(args.period, args.plan.as_deref())).await?;
        let sight = self.pay_sight().await?;
        let mut rows = issued.rows.clone();
        rows.retain(|row| sight.includes(row.person));
        let cancelled = self.start_task();
        std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
        let detail = json!({
            "period": args.period, "plan": issued.version.code, "run": issued.run.id,
            "people": rows.len(), "approved": issued.settled.approved,
        });
        let head = self.audit("export.statements", args.period.to_string(), detail);
        let mark = head
            .await?
            .map_or_else(|| "0".to_owned(), |head| head.short());
        let paper = self.paper_of_run(&issued, args.language, mark).await?;
        let total = rows.len() as u64;
        let mut files = Vec::with_capacity(rows.len());
        let say = |done: u64| {
            progress(Progress {
                step: "exporting".to_owned(),
                done,
                total,
            });
        };
        for (done, row) in (0_u64..).zip(&rows) {
            if cancelled.load(Ordering::Relaxed) {
                return Err(Error::Cancelled);
            }
            say(done);
            // Two of one name have different numbers, or else different ids.
            let number = issued.number_of(row.person);
            let base = title(args.period, args.language);
            let name = format!("{}.pdf", file_name(&[base, issued.name_of(row), number]));
            let page = self.statement_paper(&paper, &issued, row).await?;
            let target = folder.join(&name);
            blocking(move || put_file(&target, &statement_pdf(&page)?)).await?;
            files.push(name);
        }
        say(total);
        Ok(ExportResult {
            folder: Some(folder.display().to_string()),
            files,
            failed: Vec::new(),
        })
    }

    /// The statement that is asked for, of somebody whose pay is seen.
    async fn statement_asked(&self, args: &ExportStatement) -> Result<(Issued, StatementRow)> {
        let person = self.own_or_seen_pay(args.person).await?;
        let issued = Box::pin(self.issued_to(person, args.period, args.plan.clone())).await?;
        let row = issued.row_of(person)?.clone();
        Ok((issued, row))
    }

    /// The person asked for, whose pay is seen; none named: the own one.
    pub(super) async fn own_or_seen_pay(&self, named: Option<PersonId>) -> Result<PersonId> {
        let own = || crate::access::AccessError::OwnPersonNeeded;
        let person = named.or(self.actor().person()).ok_or_else(own)?;
        self.require_pay_of(person).await?;
        Ok(person)
    }

    /// What is the same on all papers of a run.
    async fn paper_of_run(&self, issued: &Issued, lang: Lang, mark: String) -> Result<Paper> {
        let company = issued.organisation.company().map(|unit| unit.name.clone());
        Ok(Paper {
            company: company.unwrap_or_default(),
            period: issued.period,
            plan: issued.plan.clone(),
            plan_version: issued.version.version,
            approved: issued.settled.approved,
            calculated_at: issued.run.at,
            confirmations: self.confirmed_of(issued).await?,
            mark,
            on: self.clock.today(),
            clock: Arc::clone(&self.clock),
            host: Arc::clone(&self.host),
            lang,
        })
    }

    async fn statement_paper(
        &self,
        paper: &Paper,
        issued: &Issued,
        row: &StatementRow,
    ) -> Result<StatementPaper> {
        let statement = read_statement(row.result.clone()).map_err(yeji_store::Error::from)?;
        let (engine, hash) = (&issued.run.engine_version, &issued.run.inputs_hash);
        let view = self.statement_view(&statement, engine, hash.clone());
        paper.of(&view.await?, &issued.standing(row, &paper.confirmations)?)
    }
}
