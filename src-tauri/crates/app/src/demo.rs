//! The demo company: generated, stored as one batch, with goals for its years.

use std::sync::atomic::Ordering;

use chrono::{Datelike, NaiveDate};
use serde_json::json;
use yeji_core::metric::Metric;
use yeji_demo::{DemoCompany, DemoSpec};
use yeji_store::{ChangeHeader, ChangeKind, Record, Setting};

use crate::api::goals::{SetGoal, SplitGoal, SplitRule};
use crate::api::settings::{CreateDemo, Status};
use crate::api::{NoArgs, Progress};
use crate::context::App;
use crate::data::blocking;
use crate::error::{Error, Result};
use crate::host::OnProgress;

/// Records written at a time.
const CHUNK_RECORDS: usize = 4_000;

impl App {
    /// Fills an empty store with a demo company.
    pub async fn create_demo(&self, args: CreateDemo, progress: OnProgress<'_>) -> Result<Status> {
        let store = self.store()?;
        if store.organisation().await?.company().is_some() {
            return Err(Error::NotEmpty);
        }
        let until = args.until.unwrap_or_else(|| last_finished_month(self.clock.today()));
        let spec = DemoSpec { people: args.people, deals: args.deals, years: args.years, seed: args.seed, until };
        spec.check()?;
        let cancelled = self.start_task();
        progress(Progress { step: "generating".to_owned(), done: 0, total: u64::from(args.deals) });
        let flag = cancelled.clone();
        let company = blocking(move || {
            Ok(yeji_demo::generate_with(&spec, &mut |_, _| !flag.load(Ordering::Relaxed))?)
        })
        .await?;
        let goals = company.goals.clone();
        self.write_demo(company, &cancelled, progress).await?;
        for (at, (year, amount)) in goals.iter().enumerate() {
            progress(Progress { step: "goals".to_owned(), done: at as u64, total: goals.len() as u64 });
            self.set_goal(SetGoal { metric: Metric::WonAmount, year: *year, amount: amount.to_major() }).await?;
            self.split_demo_goal(*year).await?;
        }
        self.get_status(NoArgs {}).await
    }

    /// By last year's results; the first year, which has none before it, equally.
    async fn split_demo_goal(&self, year: i32) -> Result<()> {
        let split = |rule| SplitGoal { metric: Metric::WonAmount, year, rule, preview: false };
        match self.split_goal(split(SplitRule::History { base: None })).await {
            Err(Error::NoHistory { .. }) => self.split_goal(split(SplitRule::Equal)).await.map(|_| ()),
            other => other.map(|_| ()),
        }
    }

    async fn write_demo(
        &self,
        company: DemoCompany,
        cancelled: &std::sync::atomic::AtomicBool,
        progress: OnProgress<'_>,
    ) -> Result<()> {
        let change = self.change(ChangeKind::Demo, json!({ "files": company.batch.files }));
        let mut tx = self
            .store()?
            .begin(ChangeHeader {
                id: change.id,
                at: change.at,
                author: change.author,
                kind: change.kind,
                summary: change.summary,
                batch: Some(company.batch.clone()),
                audit: None,
            })
            .await?;
        let value = json!(company.currency.code());
        tx.put(&[Setting { key: crate::settings::CURRENCY.to_owned(), value }.into()]).await?;
        let total = count(&company);
        let mut done = 0_u64;
        let mut records = records(company);
        loop {
            let chunk: Vec<Record> = records.by_ref().take(CHUNK_RECORDS).collect();
            if chunk.is_empty() {
                break;
            }
            if cancelled.load(Ordering::Relaxed) {
                return Err(Error::Cancelled);
            }
            tx.put(&chunk).await?;
            done += chunk.len() as u64;
            progress(Progress { step: "writing".to_owned(), done, total });
        }
        progress(Progress { step: "finishing".to_owned(), done: total, total });
        let applied = tx.commit().await?;
        self.announce(&applied);
        Ok(())
    }
}

fn count(company: &DemoCompany) -> u64 {
    u64::try_from(company.batch.new_rows).unwrap_or(0) + company.target_bonuses.len() as u64
}

/// Every record, what is referred to before what refers to it.
fn records(company: DemoCompany) -> impl Iterator<Item = Record> {
    fn all<T: Into<Record>>(rows: Vec<T>) -> impl Iterator<Item = Record> {
        rows.into_iter().map(Into::into)
    }
    all(company.units)
        .chain(all(company.people))
        .chain(all(company.memberships))
        .chain(all(company.customers))
        .chain(all(company.contacts))
        .chain(all(company.products))
        .chain(all(company.opportunities))
        .chain(all(company.stage_events))
        .chain(all(company.leads))
        .chain(all(company.order_lines))
        .chain(all(company.receipts))
        .chain(all(company.interactions))
        .chain(all(company.satisfaction_scores))
        .chain(all(company.delivery_tickets))
        .chain(all(company.target_bonuses))
}

/// The last day of the month before.
fn last_finished_month(today: NaiveDate) -> NaiveDate {
    today.with_day(1).and_then(|first| first.pred_opt()).unwrap_or(today)
}
