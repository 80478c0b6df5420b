//! The schema's versions, and how a file is brought to the newest.
//!
//! Our own runner over `user_version` instead of `sqlx::migrate!`: the macro looks for `sqlx.toml`
//! (line ends) in this crate's folder, not at the workspace's root, and keeps a table with a clock
//! stamp. Here a version is a number in the file's header; carriage returns do not matter, because
//! no checksum is kept: released files are never edited (a test compares the schema's snapshot).

use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

use crate::goal_pack::pack_all;
use crate::recount::recount_leaders;
use crate::{Error, Result};

/// Marks the file as ours (`YEJI`), <https://www.sqlite.org/pragma.html#pragma_application_id>.
pub(crate) const APPLICATION_ID: i64 = 0x5945_4A49;

/// One step from a version to the next; it runs in one transaction.
struct Migration {
    number: i64,
    sql: &'static str,
    then: Then,
}

/// What SQL does not do.
#[derive(Clone, Copy)]
enum Then {
    Nothing,
    /// From this version on deals of some people are counted under another unit.
    RecountLeaders,
    /// Cells of goals are packed.
    PackGoals,
    /// A table that others refer to was made anew, which SQLite does without its foreign keys
    /// (<https://www.sqlite.org/lang_altertable.html#otheralter>): all references are checked.
    CheckReferences,
}

/// Additive, never edited once released.
const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        sql: include_str!("../migrations/0001_store.sql"),
        then: Then::Nothing,
    },
    // Results belong where a person sells, also if they lead elsewhere (docs/decisions/0003).
    Migration {
        number: 2,
        sql: "",
        then: Then::RecountLeaders,
    },
    // Undo of any change, history (docs/decisions/0010).
    Migration {
        number: 3,
        sql: include_str!("../migrations/0003_history.sql"),
        then: Then::Nothing,
    },
    // All kinds of facts (docs/decisions/0011).
    Migration {
        number: 4,
        sql: include_str!("../migrations/0004_facts.sql"),
        then: Then::Nothing,
    },
    // Accounts (docs/decisions/0008).
    Migration {
        number: 5,
        sql: include_str!("../migrations/0005_accounts.sql"),
        then: Then::Nothing,
    },
    // What people write themselves, personal files (docs/decisions/0012).
    Migration {
        number: 6,
        sql: include_str!("../migrations/0006_personal.sql"),
        then: Then::Nothing,
    },
    // Sources that disagree, watched folders (docs/decisions/0013).
    Migration {
        number: 7,
        sql: include_str!("../migrations/0007_sources.sql"),
        then: Then::Nothing,
    },
    // Lines of files that are known again (docs/decisions/0014).
    Migration {
        number: 8,
        sql: include_str!("../migrations/0008_known_lines.sql"),
        then: Then::Nothing,
    },
    // What was forecast when (docs/decisions/0017).
    Migration {
        number: 9,
        sql: include_str!("../migrations/0009_forecast.sql"),
        then: Then::Nothing,
    },
    // Boards and saved views (docs/decisions/0018).
    Migration {
        number: 10,
        sql: include_str!("../migrations/0010_boards.sql"),
        then: Then::Nothing,
    },
    // What customers have bought so far (docs/decisions/0020).
    Migration {
        number: 11,
        sql: include_str!("../migrations/0011_customer_value.sql"),
        then: Then::Nothing,
    },
    // Sums of goals (docs/benchmarks.md).
    Migration {
        number: 13,
        sql: include_str!("../migrations/0013_goal_sums.sql"),
        then: Then::Nothing,
    },
    // The customers that imports named beside merges (docs/decisions/0011).
    Migration {
        number: 14,
        sql: include_str!("../migrations/0014_named_customer.sql"),
        then: Then::Nothing,
    },
    // Locked numbers of goals (docs/decisions/0023).
    Migration {
        number: 15,
        sql: include_str!("../migrations/0015_goal_locks.sql"),
        then: Then::Nothing,
    },
    // Why goals are what they are (docs/decisions/0023).
    Migration {
        number: 16,
        sql: include_str!("../migrations/0016_goal_rules.sql"),
        then: Then::Nothing,
    },
    // How goals are agreed on (docs/decisions/0024).
    Migration {
        number: 17,
        sql: include_str!("../migrations/0017_goal_rounds.sql"),
        then: Then::Nothing,
    },
    // Scorecards and goals of KPIs (docs/decisions/0025).
    Migration {
        number: 18,
        sql: include_str!("../migrations/0018_scorecards.sql"),
        then: Then::Nothing,
    },
    // Goals of fiscal years (docs/decisions/0023).
    Migration {
        number: 19,
        sql: include_str!("../migrations/0019_goal_calendar.sql"),
        then: Then::Nothing,
    },
    // Plans that are read in few rows (docs/decisions/0023).
    Migration {
        number: 20,
        sql: include_str!("../migrations/0020_goal_packs.sql"),
        then: Then::PackGoals,
    },
    // How bonuses come to be paid (docs/decisions/0029).
    Migration {
        number: 21,
        sql: include_str!("../migrations/0021_bonus_cycle.sql"),
        then: Then::Nothing,
    },
    // Deals in a table with row numbers (docs/decisions/0014).
    Migration {
        number: 22,
        sql: include_str!("../migrations/0022_deals_by_number.sql"),
        then: Then::CheckReferences,
    },
];

/// The newest version.
pub(crate) const KNOWN_VERSION: i64 = MIGRATIONS[MIGRATIONS.len() - 1].number;

/// Version in the file's header.
pub(crate) async fn version(conn: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(conn)
        .await?)
}

/// Brings the file from its version to the newest.
pub(crate) async fn migrate(conn: &mut SqliteConnection) -> Result<()> {
    migrate_with(conn, MIGRATIONS).await
}

async fn migrate_with(conn: &mut SqliteConnection, migrations: &[Migration]) -> Result<()> {
    for Migration { number, sql, then } in migrations {
        let found = version(conn).await?;
        if found >= *number {
            continue;
        }
        tracing::info!(from = found, to = number, "migrating the store");
        // Has no effect within a transaction.
        let referred = matches!(then, Then::CheckReferences);
        set_foreign_keys(conn, !referred).await?;
        let mut transaction = conn.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::raw_sql(*sql).execute(&mut *transaction).await?;
        match then {
            Then::Nothing => {}
            Then::RecountLeaders => recount_leaders(&mut transaction).await?,
            Then::PackGoals => pack_all(&mut transaction).await?,
            Then::CheckReferences => check_references(&mut transaction).await?,
        }
        // Pragmas take no bound values; both are numbers of this file.
        let marks =
            format!("PRAGMA user_version = {number}; PRAGMA application_id = {APPLICATION_ID};");
        sqlx::raw_sql(AssertSqlSafe(marks))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
    }
    set_foreign_keys(conn, true).await
}

async fn set_foreign_keys(conn: &mut SqliteConnection, on: bool) -> Result<()> {
    let sql = format!("PRAGMA foreign_keys = {on}");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await?;
    Ok(())
}

/// Refuses rows that refer to nothing. The list of [`crate::references`] is that of the newest version, so
/// SQLite's own check is asked.
async fn check_references(conn: &mut SqliteConnection) -> Result<()> {
    let sql = r#"SELECT "table", parent FROM pragma_foreign_key_check LIMIT 1"#;
    let found: Option<(String, String)> = sqlx::query_as(sql).fetch_optional(conn).await?;
    match found {
        None => Ok(()),
        Some((entity, refers_to)) => Err(Error::MissingReference {
            entity,
            id: String::new(),
            refers_to,
        }),
    }
}

/// Refuses what this program must not touch.
pub(crate) fn check_version(found: i64) -> Result<()> {
    if found > KNOWN_VERSION {
        return Err(Error::NewerStore {
            found,
            known: KNOWN_VERSION,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::references::REFERENCES;
    use sqlx::Row as _;

    async fn new_schema() -> SqliteConnection {
        let mut conn = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        migrate(&mut conn).await.unwrap();
        conn
    }

    #[tokio::test]
    async fn linked_sqlite_is_the_one_that_the_design_counts_on() {
        // 3.50.4 has the WAL-reset bug (fixed in 3.50.7 and 3.51.3): one writer in one process keeps
        // us from it. When this fails because a newer one is linked, take it and say so here.
        let mut conn = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let version: String = sqlx::query_scalar("SELECT sqlite_version()")
            .fetch_one(&mut conn)
            .await
            .unwrap();
        assert_eq!(version, "3.50.4");
        let cipher: Option<String> = sqlx::query_scalar("PRAGMA cipher_version")
            .fetch_optional(&mut conn)
            .await
            .unwrap();
        assert!(
            cipher.is_some_and(|text| text.starts_with("4.")),
            "SQLCipher is built in"
        );
    }

    #[tokio::test]
    async fn schema_is_the_released_one() {
        let mut conn = new_schema().await;
        let mut lines: Vec<String> = sqlx::query_scalar(
            "SELECT t.name || '.' || c.name || ' ' || c.type || iif(c.\"notnull\", ' NOT NULL', '')
             FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
             WHERE t.type = 'table' ORDER BY t.name, c.cid",
        )
        .fetch_all(&mut conn)
        .await
        .unwrap();
        let indexes: Vec<String> = sqlx::query_scalar(
            "SELECT i.tbl_name || ' index ' || i.name || ' ' || group_concat(c.name, ',')
             FROM sqlite_schema AS i JOIN pragma_index_info(i.name) AS c
             WHERE i.type = 'index' AND i.sql IS NOT NULL GROUP BY i.name ORDER BY 1",
        )
        .fetch_all(&mut conn)
        .await
        .unwrap();
        lines.extend(indexes);
        let snapshot = include_str!("../migrations/schema.snapshot.txt").replace('\r', "");
        assert_eq!(
            lines.join("\n"),
            snapshot.trim_end(),
            "a released migration is never edited"
        );
    }

    #[tokio::test]
    async fn tables_have_the_columns_of_their_records() {
        let mut conn = new_schema().await;
        for entity in crate::Entity::ALL {
            let names: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info(?)")
                .bind(entity.code())
                .fetch_all(&mut conn)
                .await
                .unwrap();
            for column in entity.columns() {
                assert!(
                    names.contains(&column.name),
                    "{entity}.{} is in the schema",
                    column.name
                );
            }
        }
    }

    #[tokio::test]
    async fn references_are_the_foreign_keys() {
        let mut conn = new_schema().await;
        let mut found: Vec<String> = Vec::new();
        for entity in crate::Entity::ALL {
            let rows = sqlx::query("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?)")
                .bind(entity.code())
                .fetch_all(&mut conn)
                .await
                .unwrap();
            for row in rows {
                let (from, table): (String, String) = (row.get("from"), row.get("table"));
                found.push(format!("{entity}.{from} -> {table}"));
            }
        }
        let mut listed: Vec<String> = REFERENCES
            .iter()
            .map(|one| format!("{}.{} -> {}", one.child, one.column, one.parent))
            .collect();
        found.sort();
        listed.sort();
        assert_eq!(found, listed, "undo follows every foreign key");
    }

    /// A store before deals had row numbers, with a deal and what refers to it.
    async fn with_a_deal_by_id() -> SqliteConnection {
        let mut conn = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        migrate_with(&mut conn, &MIGRATIONS[..MIGRATIONS.len() - 1])
            .await
            .unwrap();
        let rows = "INSERT INTO person (id, source, external_id, name, created_seq, changed_seq)
                VALUES (x'01', 'crm', 'P1', 'A', 1, 1);
            INSERT INTO opportunity (id, source, external_id, owner, stage, created_seq, changed_seq, team,
                    opened_team, fingerprint)
                VALUES (x'02', 'crm', 'D1', x'01', 'won', 1, 1, x'03', x'03', 7);
            INSERT INTO credit_list (id, source, external_id, opportunity, credits, created_seq, changed_seq)
                VALUES (x'04', 'crm', 'L1', x'02', '[]', 1, 1);";
        sqlx::raw_sql(rows).execute(&mut conn).await.unwrap();
        conn
    }

    #[tokio::test]
    async fn deals_get_row_numbers_and_what_refers_to_them_stays() {
        let mut conn = with_a_deal_by_id().await;
        migrate(&mut conn).await.unwrap();
        let deal: (Vec<u8>, String, i64) =
            sqlx::query_as("SELECT id, external_id, fingerprint FROM opportunity WHERE rowid = 1")
                .fetch_one(&mut conn)
                .await
                .unwrap();
        assert_eq!(deal, (vec![2], "D1".to_owned(), 7));
        let gone = sqlx::query("DELETE FROM opportunity")
            .execute(&mut conn)
            .await;
        let error = gone.unwrap_err().to_string();
        assert!(
            error.contains("FOREIGN KEY"),
            "the list still refers to it: {error}"
        );
    }

    #[tokio::test]
    async fn a_row_that_refers_to_nothing_stops_the_migration() {
        let mut conn = with_a_deal_by_id().await;
        set_foreign_keys(&mut conn, false).await.unwrap();
        let sql = "UPDATE credit_list SET opportunity = x'05'";
        sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
        let refused = migrate(&mut conn).await;
        assert!(
            matches!(refused, Err(Error::MissingReference { .. })),
            "{refused:?}"
        );
        assert_eq!(version(&mut conn).await.unwrap(), KNOWN_VERSION - 1);
    }

    #[tokio::test]
    async fn a_failing_migration_leaves_the_version_before_it() {
        let mut conn = new_schema().await;
        let steps = [Migration {
            number: KNOWN_VERSION + 1,
            sql: "CREATE TABLE added (a INTEGER) STRICT; SELECT nonsense",
            then: Then::Nothing,
        }];
        assert!(migrate_with(&mut conn, &steps).await.is_err());
        assert_eq!(version(&mut conn).await.unwrap(), KNOWN_VERSION);
        let added: i64 =
            sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'added'")
                .fetch_one(&mut conn)
                .await
                .unwrap();
        assert_eq!(added, 0, "one transaction each");
    }
}
