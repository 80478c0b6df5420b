//! Checking a store: pages, references, everything derived, the rows against the change log, and both
//! hash chains.

mod chains;
mod goals;
mod naming;
mod rows;

use std::collections::{BTreeSet, HashMap};

use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;
use yeji_core::facts::Opportunity;

use crate::cell::Cell;
use crate::customer_value::Bought;
use crate::recount::{Counting, read_under};
use crate::references::first_missing;
use crate::rollup::{Counted, Deltas, RollupKey, Sums};
use crate::rows::{bind_all, column_list, hex, read_cells};
use crate::{AuditHead, Entity, Error, NotedHead, Record, Result, Store};

/// Rows read at a time.
const ROWS_PER_STEP: i64 = 10_000;
/// Findings listed of each check; the first one matters.
const MAX_FINDINGS_PER_CHECK: usize = 20;

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which check: `integrity`, `references`, `deals`, `rollups`, `rows`, `change_log`,
    /// `audit`.
    pub check: &'static str,
    /// Where: table and row.
    pub place: String,
    /// What is wrong.
    pub what: String,
}

/// The result of [`Store::verify`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// What does not agree; of each chain the first broken entry. Empty: all is well.
    pub findings: Vec<Finding>,
    /// Deals counted anew.
    pub deals: u64,
    /// Rollup rows compared.
    pub rollup_rows: u64,
    /// Entries of the change log.
    pub changes: u64,
    /// Entries of the audit chain.
    pub audit_entries: u64,
    /// The newest audit entry. A chain cut at its end is whole again: only a head that was noted
    /// elsewhere shows it.
    pub audit_head: Option<AuditHead>,
}

impl VerifyReport {
    /// Nothing was found.
    pub fn is_ok(&self) -> bool {
        self.findings.is_empty()
    }

    fn add(&mut self, check: &'static str, place: impl Into<String>, what: impl Into<String>) {
        let of_check = self
            .findings
            .iter()
            .filter(|one| one.check == check)
            .count();
        if of_check < MAX_FINDINGS_PER_CHECK {
            self.findings.push(Finding {
                check,
                place: place.into(),
                what: what.into(),
            });
        }
    }
}

impl Store {
    /// Checks the whole store on one snapshot. Changes nothing; works on a read-only opening too.
    pub async fn verify(&self) -> Result<VerifyReport> {
        self.verify_with(None).await
    }

    /// As [`Store::verify`]; the audit chain must also hold a head that was noted earlier.
    pub async fn verify_with(&self, noted: Option<&NotedHead>) -> Result<VerifyReport> {
        let mut reader = self.snapshot().await?;
        let mut report = VerifyReport::default();
        let checked = check_pages(&mut reader, &mut report).await;
        report.damage("file", checked)?;
        let checked = check_references(&mut reader, &mut report).await;
        report.damage("references", checked)?;
        let checked = check_derived(&mut reader, &mut report).await;
        report.damage("deals", checked)?;
        let checked = goals::check_packs(&mut reader, &mut report).await;
        report.damage("rollups", checked)?;
        let checked = rows::check_rows(&mut reader, &mut report).await;
        report.damage("rows", checked)?;
        let checked = naming::check_named(&mut reader, &mut report).await;
        report.damage("rows", checked)?;
        let checked = chains::check_change_log(&mut reader, &mut report).await;
        report.damage("change_log", checked)?;
        let checked = chains::check_audit(&mut reader, noted, &mut report).await;
        report.damage("audit", checked)?;
        Ok(report)
    }
}

impl VerifyReport {
    /// A damaged page ends a check, not the report: it is what the report is for.
    fn damage(&mut self, place: &str, checked: Result<()>) -> Result<()> {
        match checked {
            Err(error) if error.is_damage() || is_failing_cipher(&error) => {
                self.add("integrity", place, error.to_string());
                Ok(())
            }
            other => other,
        }
    }
}

/// SQLCipher says no more than `SQLITE_ERROR` of a page that it cannot decrypt. All statements of a check
/// are right, so nothing else can be meant.
fn is_failing_cipher(error: &Error) -> bool {
    matches!(error, Error::Sql(error) if Error::sqlite_code(error) == Some(1))
}

async fn check_pages(conn: &mut SqliteConnection, report: &mut VerifyReport) -> Result<()> {
    let lines: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(20)")
        .fetch_all(conn)
        .await?;
    for line in lines.into_iter().filter(|line| line != "ok") {
        report.add("integrity", "file", line);
    }
    Ok(())
}

async fn check_references(conn: &mut SqliteConnection, report: &mut VerifyReport) -> Result<()> {
    let broken = sqlx::query("PRAGMA foreign_key_check")
        .fetch_all(&mut *conn)
        .await?;
    if let Some(first) = broken.first() {
        let table: String = first.try_get("table")?;
        let what = first_missing(conn)
            .await?
            .map_or_else(String::new, |error| error.to_string());
        report.add(
            "references",
            table,
            format!("{} broken references; {what}", broken.len()),
        );
    }
    Ok(())
}

/// Every deal's derived columns and all rollups, computed anew from organisation and deals.
async fn check_derived(conn: &mut SqliteConnection, report: &mut VerifyReport) -> Result<()> {
    let columns = Entity::Opportunity.columns();
    let sql = format!(
        "SELECT {}, team, opened_team, counted_type, fingerprint FROM opportunity
         WHERE id > ? ORDER BY id LIMIT ?",
        column_list(columns)
    );
    let mut counting = Counting::default();
    let mut rebuilt = Deltas::default();
    let mut after = Uuid::nil();
    loop {
        let cells = [Cell::Id(after), Cell::Int(ROWS_PER_STEP)];
        let rows = bind_all(&sql, &cells).fetch_all(&mut *conn).await?;
        let mut deals: Vec<(Opportunity, _, u64, i64)> = Vec::with_capacity(rows.len());
        for row in &rows {
            let record = Record::from_cells(
                Entity::Opportunity,
                read_cells(row, columns, Entity::Opportunity.code())?,
            )?;
            let fingerprint = record.fingerprint();
            if let Record::Opportunity(deal) = record {
                deals.push((
                    deal,
                    read_under(row)?,
                    fingerprint,
                    row.try_get("fingerprint")?,
                ));
            }
        }
        let Some((last, ..)) = deals.last() else {
            break;
        };
        after = last.id.0;
        let customers: BTreeSet<_> = deals
            .iter()
            .filter_map(|(deal, ..)| deal.customer)
            .map(|id| id.0)
            .collect();
        counting.prepare(conn, &customers).await?;
        for (deal, stored, fingerprint, stored_fingerprint) in deals {
            report.deals += 1;
            let under = counting.under(&deal);
            if under != stored {
                report.add(
                    "deals",
                    format!("opportunity {}", deal.id),
                    "is counted under another unit or customer type",
                );
            }
            if fingerprint.cast_signed() != stored_fingerprint {
                report.add(
                    "deals",
                    format!("opportunity {}", deal.id),
                    "its fingerprint is not that of its values",
                );
            }
            rebuilt.add(&Counted::of(&deal, under))?;
        }
    }
    compare_values(conn, rebuilt.take_values().into_values(), report).await?;
    compare_rollups(conn, rebuilt.into_rows()?.into_iter().collect(), report).await
}

/// What every customer has bought, against the deals.
async fn compare_values(
    conn: &mut SqliteConnection,
    mut rebuilt: HashMap<Uuid, Bought, foldhash::fast::RandomState>,
    report: &mut VerifyReport,
) -> Result<()> {
    let mut after = Uuid::nil();
    let mut differs = |customer: Uuid, stored: Bought, expected: Bought| {
        if stored != expected {
            let what = format!(
                "holds won {} (minor units) in {}, the deals give {} in {}",
                stored.won_minor, stored.won_count, expected.won_minor, expected.won_count
            );
            report.add("rollups", format!("customer_value {customer}"), what);
        }
    };
    loop {
        let rows = crate::customer_value::read_page(conn, after, ROWS_PER_STEP).await?;
        let Some((last, _)) = rows.last() else { break };
        after = *last;
        for (customer, stored) in rows {
            differs(
                customer,
                stored,
                rebuilt.remove(&customer).unwrap_or_default(),
            );
        }
    }
    for (customer, expected) in rebuilt {
        differs(customer, Bought::default(), expected);
    }
    Ok(())
}

async fn compare_rollups(
    conn: &mut SqliteConnection,
    mut rebuilt: HashMap<RollupKey, Sums>,
    report: &mut VerifyReport,
) -> Result<()> {
    let mut after: Option<RollupKey> = None;
    loop {
        let rows = crate::rollup::read_page(conn, after.as_ref(), ROWS_PER_STEP).await?;
        let Some((last, _)) = rows.last() else { break };
        after = Some(last.clone());
        for (key, stored) in rows {
            report.rollup_rows += 1;
            let expected = rebuilt.remove(&key).unwrap_or_default();
            if stored != expected {
                report.add(
                    "rollups",
                    place_of(&key),
                    format!(
                        "holds {}, the deals give {}",
                        in_words(&stored),
                        in_words(&expected)
                    ),
                );
            }
        }
    }
    for (key, expected) in rebuilt {
        report.add(
            "rollups",
            place_of(&key),
            format!("is missing, the deals give {}", in_words(&expected)),
        );
    }
    Ok(())
}

fn in_words(sums: &Sums) -> String {
    let Sums {
        won_minor,
        won_count,
        lost_count,
        opened_count,
    } = sums;
    format!(
        "won {won_minor} (minor units) in {won_count}, lost {lost_count}, opened {opened_count}"
    )
}

fn place_of(key: &RollupKey) -> String {
    let (grain, dim) = (key.grain.code(), key.dim.code());
    format!(
        "rollup {grain} {dim} {} unit {} key {}",
        key.start,
        key.unit,
        hex(&key.key)
    )
}
