//! Results of people by month, kept in memory until the store changes: what tables and tiles of people are
//! added up from. Of two thousand people a month is 2,000 rows; what is asked for first is read first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Months, NaiveDate};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use uuid::Uuid;
use yeji_core::ids::PersonId;

use super::rollups::{PeriodSums, RollupQuery};
use crate::Result;
use crate::cell::{Cell, date_text};
use crate::kept::last_change;
use crate::rollup::Sums;
use crate::rows::{fetch_packed, hex, unreadable};

/// Rows that are kept, about 80 MB: of 10,000 people more than eight years.
const MAX_ROWS: usize = 1_000_000;

/// What one person made in one unit in a month.
#[derive(Debug, Clone, Copy)]
struct Row {
    unit: Uuid,
    person: Uuid,
    sums: Sums,
}

type MonthRows = Arc<Vec<Row>>;

/// The months that were read at a number of the change log.
#[derive(Debug, Default)]
pub(crate) struct PeopleMonths(Mutex<(i64, BTreeMap<NaiveDate, MonthRows>)>);

impl PeopleMonths {
    /// Adds the whole months of `[from, to)` to sums by person, of some people only if they are named, at the place
    /// of a period. `conn` reads one state of the store.
    pub(super) async fn add(
        &self,
        conn: &mut SqliteConnection,
        (query, among): (&RollupQuery, Option<&BTreeSet<PersonId>>),
        ranges: &[(usize, NaiveDate, NaiveDate)],
        sums: &mut PeriodSums,
    ) -> Result<()> {
        let asked: Vec<(usize, NaiveDate)> = ranges
            .iter()
            .flat_map(|(at, from, to)| months(*from, *to).map(|month| (*at, month)))
            .collect();
        let rows = self.rows(conn, &asked).await?;
        let mut by_person: BTreeMap<(usize, Uuid), Sums> = BTreeMap::new();
        let units: Option<BTreeSet<Uuid>> = query
            .units
            .as_ref()
            .map(|units| units.iter().map(|unit| unit.0).collect());
        for (at, month) in &asked {
            for row in rows.get(month).into_iter().flat_map(|rows| rows.iter()) {
                let is_meant = among.is_none_or(|among| among.contains(&PersonId(row.person)));
                if is_meant && units.as_ref().is_none_or(|units| units.contains(&row.unit)) {
                    by_person
                        .entry((*at, row.person))
                        .or_default()
                        .add(row.sums)?;
                }
            }
        }
        for ((at, person), of_months) in by_person {
            let sum = sums.entry((at, person.as_bytes().to_vec())).or_default();
            sum.add(of_months)?;
        }
        Ok(())
    }

    /// The rows of months: those that are kept, the others read now.
    async fn rows(
        &self,
        conn: &mut SqliteConnection,
        asked: &[(usize, NaiveDate)],
    ) -> Result<BTreeMap<NaiveDate, MonthRows>> {
        let seq = last_change(conn).await?;
        let mut rows = BTreeMap::new();
        let mut missing = BTreeMap::new();
        {
            let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let (of, months) = &*kept;
            for (_, month) in asked {
                match months.get(month).filter(|_| *of == seq) {
                    Some(known) => drop(rows.insert(*month, Arc::clone(known))),
                    None => drop(missing.insert(*month, Vec::new())),
                }
            }
        }
        if missing.is_empty() {
            return Ok(rows);
        }
        read(conn, &mut missing).await?;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, months) = &mut *kept;
        if *of < seq {
            (*of, *months) = (seq, BTreeMap::new());
        }
        let count: usize = months.values().map(|rows| rows.len()).sum();
        let new: usize = missing.values().map(Vec::len).sum();
        // Who still reads an older state keeps nothing for the others, and takes nothing from them.
        let keeps = *of == seq && new <= MAX_ROWS;
        if keeps && count + new > MAX_ROWS {
            months.clear();
        }
        for (month, of_month) in missing {
            let of_month = Arc::new(of_month);
            if keeps {
                months.insert(month, Arc::clone(&of_month));
            }
            rows.insert(month, of_month);
        }
        Ok(rows)
    }
}

/// Fills the rows of months, whose first days are the keys.
async fn read(
    conn: &mut SqliteConnection,
    months: &mut BTreeMap<NaiveDate, Vec<Row>>,
) -> Result<()> {
    let starts: Vec<NaiveDate> = months.keys().copied().collect();
    let listed = starts
        .iter()
        .enumerate()
        .map(|(at, start)| json!([at, date_text(*start)]));
    // Each month is looked up in the key of the table.
    let sql = "WITH p AS MATERIALIZED (
             SELECT value ->> 0 AS at, value ->> 1 AS start FROM json_each(?))
         SELECT p.at AS at, CAST(r.unit || r.key AS BLOB) AS k, r.won_minor AS won_minor,
                r.won_count AS won_count, r.lost_count AS lost_count, r.opened_count AS opened_count
         FROM p CROSS JOIN rollup AS r
         WHERE r.grain = 'month' AND r.dim = 'person' AND r.start = p.start";
    let cells = [Cell::Text(listed.collect::<Value>().to_string())];
    let columns = ["at", "won_minor", "won_count", "lost_count", "opened_count"];
    let rows = fetch_packed(conn, sql, ("k", columns), &cells, "deals").await?;
    for (key, [at, won_minor, won_count, lost_count, opened_count]) in rows {
        let bad = || unreadable("rollup.key", &hex(&key), "a unit and a person");
        let (unit, person) = key.split_at_checked(16).ok_or_else(bad)?;
        let id = |bytes: &[u8]| Uuid::from_slice(bytes).map_err(|_| bad());
        let start = usize::try_from(at).ok().and_then(|at| starts.get(at));
        let month = start.and_then(|start| months.get_mut(start));
        month.ok_or_else(bad)?.push(Row {
            unit: id(unit)?,
            person: id(person)?,
            sums: Sums {
                won_minor,
                won_count,
                lost_count,
                opened_count,
            },
        });
    }
    Ok(())
}

/// First days of the months of `[from, to)`, whose ends are first days.
fn months(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let next = |month: &NaiveDate| month.checked_add_months(Months::new(1));
    std::iter::successors(Some(from), next).take_while(move |month| *month < to)
}
