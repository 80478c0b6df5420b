//! The demo company: generated, stored as one batch, with goals for its years.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde_json::json;
use yeji_core::calendar::Period;
use yeji_core::goal::{GoalPlan, GoalPlanState};
use yeji_core::ids::{GoalPlanId, uuid_v7};
use yeji_core::metric::GoalMetric;
use yeji_core::org::Organisation;
use yeji_demo::{DemoCompany, DemoSpec};
use yeji_store::{ChangeKind, Record, Setting};

use crate::api::goals::SplitRule;
use crate::api::settings::{CreateDemo, Status};
use crate::api::{NoArgs, Progress};
use crate::blocking::blocking;
use crate::context::App;
use crate::error::{Error, Result};
use crate::goals::split_of_deals;
use crate::host::OnProgress;

/// Records written at a time.
const CHUNK_RECORDS: usize = 4_000;
/// Above the kinds of ids that the generator has (ten bits).
const GOAL_PLAN_KIND: u128 = 1_000;

impl CreateDemo {
    /// Refuses a company outside the limits; `today` decides where one without a last day ends.
    pub fn check(&self, today: NaiveDate) -> Result<()> {
        self.checked(today).map(|_| ())
    }

    fn checked(&self, today: NaiveDate) -> Result<DemoSpec> {
        let spec = DemoSpec {
            people: self.people,
            deals: self.deals,
            years: self.years,
            seed: self.seed,
            until: self.until.unwrap_or_else(|| last_finished_month(today)),
        };
        spec.check()?;
        Ok(spec)
    }
}

impl App {
    /// Fills an empty store with a demo company and its goals: one change, all of it or nothing.
    pub async fn create_demo(&self, args: CreateDemo, progress: OnProgress<'_>) -> Result<Status> {
        let _turn = self.turn().await;
        let store = self.store()?;
        if store.has_data().await? {
            return Err(Error::NotEmpty);
        }
        let spec = args.checked(self.clock.today())?;
        let cancelled = self.start_task();
        progress(Progress {
            step: "generating".to_owned(),
            done: 0,
            total: u64::from(args.deals),
        });
        let flag = cancelled.clone();
        let company = blocking(move || {
            Ok(yeji_demo::generate_with(&spec, &mut |_, _| {
                !flag.load(Ordering::Relaxed)
            })?)
        })
        .await?;
        progress(Progress {
            step: "goals".to_owned(),
            done: 0,
            total: company.goals.len() as u64,
        });
        let flag = cancelled.clone();
        let (company, goals) = blocking(move || {
            let goals = goals(&company, args.seed, &flag)?;
            Ok((company, goals))
        })
        .await?;
        self.write_demo(company, goals, &cancelled, progress)
            .await?;
        self.get_status(NoArgs {}).await
    }

    async fn write_demo(
        &self,
        company: DemoCompany,
        goals: Vec<Record>,
        cancelled: &AtomicBool,
        progress: OnProgress<'_>,
    ) -> Result<()> {
        let mut header = self.header(ChangeKind::Demo, json!({ "files": company.batch.files }));
        header.batch = Some(company.batch.clone());
        let mut tx = self.store()?.begin(header).await?;
        let value = json!(company.currency.code());
        tx.put(&[Setting {
            key: crate::settings::CURRENCY.to_owned(),
            value,
        }
        .into()])
            .await?;
        let total = count(&company) + goals.len() as u64;
        let mut done = 0_u64;
        let mut records = records(company).chain(goals);
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
            progress(Progress {
                step: "writing".to_owned(),
                done,
                total,
            });
        }
        progress(Progress {
            step: "finishing".to_owned(),
            done: total,
            total,
        });
        let applied = tx.commit().await?;
        self.announce(&applied);
        Ok(())
    }
}

/// A goal for each year of the history, split by the results of the year before; the first year, which
/// has none before it, equally.
fn goals(company: &DemoCompany, seed: u64, cancelled: &AtomicBool) -> Result<Vec<Record>> {
    let organisation = Organisation::new(
        company.units.clone(),
        company.people.clone(),
        company.memberships.clone(),
    )?;
    let mut records = Vec::new();
    for (year, amount) in &company.goals {
        if cancelled.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        let plan = GoalPlan {
            id: goal_plan_id(*year, seed)?,
            metric: GoalMetric::WonAmount,
            year: *year,
            calendar: None,
            version: 1,
            state: GoalPlanState::Draft,
            amount: *amount,
            rule: None,
            created_at: company.batch.at,
        };
        let by = |rule| split_of_deals(&plan, &rule, &organisation, &company.opportunities);
        let split = match by(SplitRule::History { base: None }) {
            Err(Error::NoHistory { .. }) => by(SplitRule::Equal)?,
            other => other?,
        };
        records.push(split.plan.into());
        records.extend(split.cells.into_iter().map(Record::from));
        records.extend(split.rules.into_iter().map(Record::from));
    }
    Ok(records)
}

/// The same seed gives the same ids, as it does for everything else of the company.
fn goal_plan_id(year: i32, seed: u64) -> Result<GoalPlanId> {
    let start = Period::year(year)?
        .start()
        .and_time(NaiveTime::MIN)
        .and_utc();
    let ms = u64::try_from(start.timestamp_millis()).unwrap_or(0);
    Ok(GoalPlanId(uuid_v7(
        ms,
        (GOAL_PLAN_KIND << 64) | u128::from(seed),
    )))
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
        .chain(all(company.credit_lists))
        .chain(all(company.contracts))
        .chain(all(company.invoices))
        .chain(all(company.market_indexes))
        .chain(all(company.exchange_rates))
        .chain(all(company.target_bonuses))
}

/// The last day of the month before.
fn last_finished_month(today: NaiveDate) -> NaiveDate {
    today
        .with_day(1)
        .and_then(|first| first.pred_opt())
        .unwrap_or(today)
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::Desk;
    use crate::access::Right;
    use crate::host::no_progress;
    use crate::testing::{self, Moving};

    /// A week after the demo's last day.
    const TODAY: &str = "2026-07-07";

    fn small() -> CreateDemo {
        CreateDemo {
            people: 12,
            deals: 400,
            years: 2,
            seed: 3,
            until: NaiveDate::from_ymd_opt(2026, 6, 30),
        }
    }

    /// A store with a small demo company; the folder goes when it is dropped.
    pub(crate) async fn demo_desk() -> (tempfile::TempDir, Desk) {
        let moment = format!("{TODAY}T08:00:00Z");
        demo_desk_by(Moving::at(&moment)).await
    }

    /// The same by a clock that moves.
    pub(crate) async fn demo_desk_by(clock: Arc<Moving>) -> (tempfile::TempDir, Desk) {
        let folder = tempfile::tempdir().unwrap();
        let desk = testing::desk_by(folder.path(), clock).await;
        desk.create_demo(small(), &no_progress).await.unwrap();
        (folder, desk)
    }

    /// The use cases on such a store.
    pub(crate) async fn demo_app() -> (tempfile::TempDir, App) {
        let (folder, desk) = demo_desk().await;
        let app = desk.admit(Right::Nothing).await.unwrap();
        (folder, app)
    }

    #[tokio::test]
    async fn a_demo_is_one_change_with_its_goals() {
        let (_folder, app) = demo_app().await;
        let store = app.store().unwrap();
        assert_eq!(store.changes(None, 10).await.unwrap().rows.len(), 1);
        let plans = store.goal_plans().await.unwrap();
        let years: Vec<i32> = plans.iter().map(|plan| plan.year).collect();
        assert_eq!(years, [2024, 2025, 2026]);
        for plan in plans {
            assert_eq!(plan.state, GoalPlanState::Published);
            let cells = store.goal_cells(plan.id).await.unwrap();
            let sum: i64 = cells.iter().map(|cell| cell.minor).sum();
            assert_eq!(sum, plan.amount.minor);
        }
    }

    #[tokio::test]
    async fn a_stopped_demo_leaves_the_store_empty_and_can_be_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let app = testing::app(folder.path(), TODAY).await;
        let stop = |progress: Progress| {
            if progress.step == "writing" {
                app.stop_tasks();
            }
        };
        // Enough for several chunks: the flag is looked at between them.
        let demo = CreateDemo {
            deals: 3_000,
            ..small()
        };
        let stopped = app.create_demo(demo, &stop).await;
        assert!(matches!(stopped, Err(Error::Cancelled)), "{stopped:?}");
        let store = app.store().unwrap();
        assert!(store.organisation().await.unwrap().company().is_none());
        assert!(store.goal_plans().await.unwrap().is_empty());
        app.create_demo(small(), &no_progress).await.unwrap();
    }

    #[test]
    fn the_goals_of_a_demo_are_the_same_for_the_same_seed_and_close() {
        let spec = DemoSpec {
            people: 12,
            deals: 300,
            years: 2,
            seed: 5,
            until: NaiveDate::from_ymd_opt(2025, 12, 31).unwrap(),
        };
        let company = yeji_demo::generate(&spec).unwrap();
        let go = AtomicBool::new(false);
        let records = goals(&company, 5, &go).unwrap();
        assert_eq!(records, goals(&company, 5, &go).unwrap());
        let (mut amounts, mut sums) = (BTreeMap::new(), BTreeMap::<_, i64>::new());
        for record in records {
            match record {
                Record::GoalPlan(plan) => {
                    assert_eq!(plan.state, GoalPlanState::Published);
                    amounts.insert(plan.id, plan.amount.minor);
                }
                Record::GoalCell(cell) => *sums.entry(cell.plan).or_default() += cell.minor,
                // Why each number is what it is; parts are looked at by the tests of shares.
                Record::GoalRule(_) => {}
                other => panic!("{other:?} is no goal"),
            }
        }
        assert_eq!(amounts.len(), company.goals.len());
        assert_eq!(amounts, sums);
        let stop = AtomicBool::new(true);
        assert!(matches!(goals(&company, 5, &stop), Err(Error::Cancelled)));
    }
}
