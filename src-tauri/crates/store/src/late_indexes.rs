//! Indexes of deals that are made after the deals, where an import brings the first ones.
//!
//! SQLite sorts an index that it makes, and writes each page of it once. Entry by entry, a million deals
//! change five trees in as many places, and pages that do not fit into the cache are enciphered again and
//! again: three times the work (decision 0014). It happens inside the change's own transaction: until it
//! ends, readers see the store as it was, indexes included, and if it is given up nothing has happened.

use sqlx::{AssertSqlSafe, Row as _, SqliteConnection};

use crate::page_cache::{self, PageCache};
use crate::rows::bind_all;
use crate::{ApplyTx, Entity, Result};

/// Deals whose indexes are sorted. SQLite sorts in memory here, since its temporary files would not be
/// encrypted: 110 bytes a deal for the widest index, one index after the other. Later deals of a larger
/// import go into the indexes one by one, which takes longer than all that sorting saves where they are
/// as many again: a limit of half a million made an import of a million slower than no sorting at all.
const MAX_SORTED_DEALS: usize = 1_000_000;

/// Where the indexes of deals are during a change.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum LateIndexes {
    /// No deal has come yet.
    #[default]
    NotAsked,
    /// Not there: their definitions, and the deals that came since.
    Away {
        definitions: Vec<String>,
        deals: usize,
    },
    /// There.
    Made,
}

impl ApplyTx {
    /// Takes the indexes away before the first deals of a store, and makes them before they become too many.
    pub(crate) async fn indexes_before(&mut self, coming: usize) -> Result<()> {
        match &mut self.late_indexes {
            LateIndexes::NotAsked => {
                self.late_indexes =
                    if self.header.kind.is_bulk() && has_no_deals(self.conn()).await? {
                        let definitions = take_away(self.conn()).await?;
                        page_cache::set(self.conn(), PageCache::Narrow).await?;
                        LateIndexes::Away {
                            definitions,
                            deals: coming,
                        }
                    } else {
                        LateIndexes::Made
                    };
                Ok(())
            }
            LateIndexes::Away { deals, .. } if *deals + coming <= MAX_SORTED_DEALS => {
                *deals += coming;
                Ok(())
            }
            LateIndexes::Away { .. } => self.make_indexes().await,
            LateIndexes::Made => Ok(()),
        }
    }

    /// Makes the indexes that are away: at the change's end, and before something in it looks deals up by
    /// them (deals of people who change their team, rows that go and that deals may refer to).
    pub(crate) async fn make_indexes(&mut self) -> Result<()> {
        let LateIndexes::Away { definitions, .. } =
            std::mem::replace(&mut self.late_indexes, LateIndexes::Made)
        else {
            return Ok(());
        };
        let conn = self.conn();
        // The table is read and each index written from one end to the other; sorting takes the place.
        page_cache::set(conn, PageCache::Small).await?;
        make(conn, definitions).await?;
        page_cache::set(conn, PageCache::Usual).await
    }
}

async fn has_no_deals(conn: &mut SqliteConnection) -> Result<bool> {
    let sql = format!("SELECT NOT EXISTS (SELECT 1 FROM {})", Entity::Opportunity);
    let row = bind_all(&sql, &[]).fetch_one(conn).await?;
    Ok(row.try_get(0)?)
}

/// Drops the indexes of deals and answers how they are made. One that holds some of the deals only
/// (`WHERE`) stays: it is small, and making it would read all deals. So do those of the table's keys, which
/// every row is checked against. The shortest definition first: the narrowest index writes out what an import
/// has left in the cache, and the widest is sorted without that beside it.
async fn take_away(conn: &mut SqliteConnection) -> Result<Vec<String>> {
    let sql = "SELECT name, sql FROM sqlite_schema
               WHERE type = 'index' AND tbl_name = 'opportunity' AND sql IS NOT NULL
                   AND sql NOT LIKE '%WHERE%'
               ORDER BY length(sql), name";
    let rows = bind_all(sql, &[]).fetch_all(&mut *conn).await?;
    let mut definitions = Vec::with_capacity(rows.len());
    for row in rows {
        let name: String = row.try_get("name")?;
        definitions.push(row.try_get("sql")?);
        // A name takes no bound value; it comes from this crate's own migrations.
        let drop = format!("DROP INDEX \"{name}\"");
        sqlx::raw_sql(AssertSqlSafe(drop))
            .execute(&mut *conn)
            .await?;
    }
    Ok(definitions)
}

async fn make(conn: &mut SqliteConnection, definitions: Vec<String>) -> Result<()> {
    for definition in definitions {
        sqlx::raw_sql(AssertSqlSafe(definition))
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use tempfile::TempDir;
    use uuid::Uuid;
    use yeji_core::facts::{Opportunity, Origin, Stage};
    use yeji_core::ids::{ChangeId, OpportunityId, PersonId};
    use yeji_core::org::Person;

    use super::*;
    use crate::{ChangeHeader, ChangeKind, Key, Record, Store};

    fn id(n: u32) -> Uuid {
        Uuid::from_u128(u128::from(n))
    }

    fn header(n: u32, kind: ChangeKind) -> ChangeHeader {
        ChangeHeader {
            id: ChangeId(id(n)),
            at: DateTime::UNIX_EPOCH,
            author: "tester".to_owned(),
            kind,
            summary: serde_json::json!({}),
            batch: None,
            audit: None,
            audited: None,
        }
    }

    fn owner() -> Record {
        Record::from(Person {
            id: PersonId(id(1)),
            source: "crm".to_owned(),
            external_id: "P1".to_owned(),
            staff_number: None,
            name: "王伟".to_owned(),
            hired_on: None,
            left_on: None,
            batch: None,
        })
    }

    fn deal(n: u32) -> Record {
        Record::from(Opportunity {
            id: OpportunityId(id(n)),
            origin: Origin {
                source: "crm".to_owned(),
                external_id: format!("D{n}"),
                batch: None,
                line: None,
            },
            owner: PersonId(id(1)),
            customer: None,
            product: None,
            stage: Stage::Won,
            opened_on: None,
            closed_on: None,
            amount: None,
        })
    }

    async fn new_store() -> (TempDir, Store) {
        let dir = TempDir::new().unwrap();
        let store = Store::create(dir.path(), &Key::Plain).await.unwrap();
        (dir, store)
    }

    /// How the indexes of deals are defined at the moment.
    async fn indexes(conn: &mut SqliteConnection) -> Vec<String> {
        let sql = "SELECT sql FROM sqlite_schema
                   WHERE type = 'index' AND tbl_name = 'opportunity' AND sql IS NOT NULL ORDER BY sql";
        sqlx::query_scalar(sql).fetch_all(conn).await.unwrap()
    }

    /// Indexes that SQLite finds whole, with an entry for each row.
    async fn whole_indexes(store: &Store) -> Vec<String> {
        let mut writer = store.writer().await.unwrap();
        let said: String = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_one(&mut writer.conn)
            .await
            .unwrap();
        assert_eq!(said, "ok");
        let cache: i64 = sqlx::query_scalar("PRAGMA cache_size")
            .fetch_one(&mut writer.conn)
            .await
            .unwrap();
        assert_eq!(cache, -65_536, "the cache is what it was");
        indexes(&mut writer.conn).await
    }

    #[tokio::test]
    async fn the_first_deals_are_indexed_at_the_end_of_their_import() {
        let (_dir, store) = new_store().await;
        let all = whole_indexes(&store).await;
        let mut tx = store.begin(header(1, ChangeKind::Import)).await.unwrap();
        tx.put(&[owner(), deal(10)]).await.unwrap();
        tx.put(&[deal(11)]).await.unwrap();
        let meanwhile = indexes(tx.conn()).await;
        assert_eq!(meanwhile.len(), 1, "only the one of open deals");
        tx.commit().await.unwrap();
        assert_eq!(whole_indexes(&store).await, all);

        let mut tx = store.begin(header(2, ChangeKind::Import)).await.unwrap();
        tx.put(&[deal(12)]).await.unwrap();
        assert_eq!(indexes(tx.conn()).await, all, "later ones find deals");
        tx.commit().await.unwrap();
        assert_eq!(whole_indexes(&store).await, all);
    }

    #[tokio::test]
    async fn an_import_that_is_given_up_leaves_the_indexes() {
        let (_dir, store) = new_store().await;
        let all = whole_indexes(&store).await;
        let mut tx = store.begin(header(1, ChangeKind::Import)).await.unwrap();
        tx.put(&[owner(), deal(10)]).await.unwrap();
        drop(tx);
        assert_eq!(whole_indexes(&store).await, all, "dropped");
        let mut tx = store.begin(header(2, ChangeKind::Import)).await.unwrap();
        tx.put(&[deal(10)]).await.unwrap();
        tx.commit().await.unwrap_err();
        assert_eq!(whole_indexes(&store).await, all, "its owner is missing");
    }

    #[tokio::test]
    async fn more_deals_than_are_sorted_go_into_the_indexes_one_by_one() {
        let (_dir, store) = new_store().await;
        let all = whole_indexes(&store).await;
        let mut tx = store.begin(header(1, ChangeKind::Import)).await.unwrap();
        tx.put(&[owner(), deal(10)]).await.unwrap();
        let LateIndexes::Away { deals, .. } = &mut tx.late_indexes else {
            panic!("the indexes are away");
        };
        *deals = MAX_SORTED_DEALS;
        tx.put(&[deal(11)]).await.unwrap();
        assert_eq!(indexes(tx.conn()).await, all);
        tx.commit().await.unwrap();
        assert_eq!(whole_indexes(&store).await, all);
    }

    #[tokio::test]
    async fn deals_of_an_import_that_go_again_are_looked_for_by_the_indexes() {
        let (_dir, store) = new_store().await;
        let all = whole_indexes(&store).await;
        let mut tx = store.begin(header(1, ChangeKind::Import)).await.unwrap();
        tx.put(&[owner(), deal(10), deal(11)]).await.unwrap();
        tx.delete(&[(Entity::Opportunity, id(11))]).await.unwrap();
        assert_eq!(indexes(tx.conn()).await, all);
        tx.commit().await.unwrap();
        assert_eq!(whole_indexes(&store).await, all);
    }

    #[tokio::test]
    async fn a_change_by_hand_leaves_the_indexes_where_they_are() {
        let (_dir, store) = new_store().await;
        let mut tx = store.begin(header(1, ChangeKind::Edit)).await.unwrap();
        let all = indexes(tx.conn()).await;
        tx.put(&[owner(), deal(10)]).await.unwrap();
        assert_eq!(indexes(tx.conn()).await, all);
    }
}
