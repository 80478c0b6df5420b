//! Whom imports named beside merges: each line must have come with an import.

use sqlx::SqliteConnection;

use super::{MAX_FINDINGS_PER_CHECK, VerifyReport};
use crate::Result;

pub(super) async fn check_named(
    conn: &mut SqliteConnection,
    report: &mut VerifyReport,
) -> Result<()> {
    let strays: Vec<i64> = sqlx::query_scalar(
        "SELECT DISTINCT n.change_seq FROM named_customer AS n
         WHERE NOT EXISTS (SELECT 1 FROM change_log AS c
                           WHERE c.seq = n.change_seq AND c.batch IS NOT NULL)
         ORDER BY n.change_seq LIMIT ?",
    )
    .bind(i64::try_from(MAX_FINDINGS_PER_CHECK).unwrap_or(i64::MAX))
    .fetch_all(conn)
    .await?;
    for seq in strays {
        report.add(
            "rows",
            format!("named_customer {seq}"),
            "came with no import of the change log",
        );
    }
    Ok(())
}
