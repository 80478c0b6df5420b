//! The figures that every dashboard asks for, kept by day and by month as changes come in.
//!
//! A change gathers its differences in memory (many deals of a day meet in one entry) and writes
//! them in key order. Months are sums of the same differences.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use sqlx::SqliteConnection;
use uuid::Uuid;
use yeji_core::facts::{Opportunity, Stage};

use crate::cell::{Cell, date_text};
use crate::customer_value::{Bought, ValueDeltas};
use crate::rows::{bind_all, read_date, read_id, unreadable};
use crate::{Error, Result};

/// Unit of an owner without any membership.
pub(crate) const NO_UNIT: Uuid = Uuid::nil();
/// Rollup rows a statement.
const ROWS_PER_STATEMENT: usize = 200;
/// Above this many differences they are written out before the change ends, to bound the memory.
const MAX_PENDING_KEYS: usize = 200_000;
/// Up to this many emptied rows are looked up one by one; above, one scan finds them.
const MAX_SINGLE_DELETES: usize = 2_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Grain {
    Day,
    Month,
}

impl Grain {
    pub fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Dim {
    All,
    CustomerType,
    Person,
    Product,
}

impl Dim {
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::CustomerType => "customer_type",
            Self::Person => "person",
            Self::Product => "product",
        }
    }
}

/// The figures of a rollup row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub won_minor: i64,
    pub won_count: i64,
    pub lost_count: i64,
    pub opened_count: i64,
}

impl Sums {
    pub fn is_zero(self) -> bool {
        self == Self::default()
    }

    fn negated(self) -> Result<Self> {
        Ok(Self {
            won_minor: self
                .won_minor
                .checked_neg()
                .ok_or(Error::Overflow("deals"))?,
            won_count: -self.won_count,
            lost_count: -self.lost_count,
            opened_count: -self.opened_count,
        })
    }

    fn takes_away(self) -> bool {
        self.won_count < 0 || self.lost_count < 0 || self.opened_count < 0
    }
}

/// The part of a deal that the rollups know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    pub owner: Uuid,
    pub customer: Option<Uuid>,
    pub product: Option<Uuid>,
    pub stage: Stage,
    pub opened_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub amount_minor: Option<i64>,
    pub under: CountedUnder,
}

/// Under what a deal is counted (the derived columns).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CountedUnder {
    pub team: Uuid,
    pub opened_team: Uuid,
    pub customer_type: Option<String>,
}

impl Counted {
    pub fn of(deal: &Opportunity, under: CountedUnder) -> Self {
        Self {
            owner: deal.owner.0,
            customer: deal.customer.map(|id| id.0),
            product: deal.product.map(|id| id.0),
            stage: deal.stage,
            opened_on: deal.opened_on,
            closed_on: deal.closed_on,
            amount_minor: deal.amount.map(|amount| amount.minor),
            under,
        }
    }

    /// What the deal adds, by day and unit. A closed deal without a closing date is in no period.
    fn events(&self) -> impl Iterator<Item = (NaiveDate, Uuid, Sums)> {
        let closed = match (self.stage, self.closed_on) {
            (Stage::Won, Some(day)) => Some((
                day,
                self.under.team,
                Sums {
                    won_minor: self.amount_minor.unwrap_or(0),
                    won_count: 1,
                    ..Sums::default()
                },
            )),
            (Stage::Lost, Some(day)) => Some((
                day,
                self.under.team,
                Sums {
                    lost_count: 1,
                    ..Sums::default()
                },
            )),
            _ => None,
        };
        let opened = self.opened_on.map(|day| {
            (
                day,
                self.under.opened_team,
                Sums {
                    opened_count: 1,
                    ..Sums::default()
                },
            )
        });
        closed.into_iter().chain(opened)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RollupKey {
    pub grain: Grain,
    pub dim: Dim,
    pub start: NaiveDate,
    pub unit: Uuid,
    pub key: Box<[u8]>,
}

impl RollupKey {
    /// In the order of the columns.
    fn cells(&self) -> [KeyCell<'_>; 5] {
        [
            KeyCell::Text(self.grain.code().to_owned()),
            KeyCell::Text(self.dim.code().to_owned()),
            KeyCell::Text(date_text(self.start)),
            KeyCell::Bytes(self.unit.as_bytes()),
            KeyCell::Bytes(&self.key),
        ]
    }
}

enum KeyCell<'a> {
    Text(String),
    Bytes(&'a [u8]),
}

/// What a day's figures are split by. A quarter of a million of them wait in memory, and each deal of
/// an import looks up eight: so they are small, and hashed by a function that is made for speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Of {
    All,
    /// Place of the type in [`Deltas::types`].
    CustomerType(usize),
    Person(Uuid),
    Product(Option<Uuid>),
}

type DayKey = (NaiveDate, Uuid, Of);

/// Differences not yet written, by day; those of months are their sums.
#[derive(Debug, Default)]
pub(crate) struct Deltas {
    days: HashMap<DayKey, Sums, foldhash::fast::RandomState>,
    /// The customer types met; companies have a handful.
    types: Vec<String>,
    /// What customers have bought.
    values: ValueDeltas,
}

impl Deltas {
    /// Counts a deal in.
    pub fn add(&mut self, deal: &Counted) -> Result<()> {
        for (day, unit, sums) in deal.events() {
            self.add_event(deal, day, unit, sums)?;
        }
        Ok(())
    }

    /// Takes a deal out.
    pub fn subtract(&mut self, deal: &Counted) -> Result<()> {
        for (day, unit, sums) in deal.events() {
            self.add_event(deal, day, unit, sums.negated()?)?;
        }
        Ok(())
    }

    fn add_event(&mut self, deal: &Counted, day: NaiveDate, unit: Uuid, sums: Sums) -> Result<()> {
        if let Some(customer) = deal.customer.filter(|_| sums.won_count != 0) {
            let bought = Bought {
                won_minor: sums.won_minor,
                won_count: sums.won_count,
            };
            self.values.add(customer, bought)?;
        }
        let customer_type = self.place_of_type(deal.under.customer_type.as_deref().unwrap_or(""));
        for of in [
            Of::All,
            Of::CustomerType(customer_type),
            Of::Person(deal.owner),
            Of::Product(deal.product),
        ] {
            self.days.entry((day, unit, of)).or_default().add(sums)?;
        }
        Ok(())
    }

    fn place_of_type(&mut self, name: &str) -> usize {
        let known = self.types.iter().position(|own| own == name);
        known.unwrap_or_else(|| {
            self.types.push(name.to_owned());
            self.types.len() - 1
        })
    }

    /// Enough of them to write out.
    pub fn is_large(&self) -> bool {
        self.days.len() + self.values.len() > MAX_PENDING_KEYS
    }

    /// The figures of days and months, when everything was added to an empty value.
    pub fn into_rows(self) -> Result<Vec<(RollupKey, Sums)>> {
        let mut months: HashMap<DayKey, Sums, foldhash::fast::RandomState> = HashMap::default();
        for ((day, unit, of), sums) in &self.days {
            let month = day.with_day(1).unwrap_or(*day);
            months.entry((month, *unit, *of)).or_default().add(*sums)?;
        }
        let types = self.types;
        let days = self.days.into_iter().map(|row| (Grain::Day, row));
        let months = months.into_iter().map(|row| (Grain::Month, row));
        let rows = days.chain(months);
        Ok(rows
            .filter(|(_, (_, sums))| !sums.is_zero())
            .map(|(grain, ((start, unit, of), sums))| {
                let (dim, key): (Dim, &[u8]) = match &of {
                    Of::All => (Dim::All, &[]),
                    Of::CustomerType(place) => (
                        Dim::CustomerType,
                        types.get(*place).map_or(&[], |name| name.as_bytes()),
                    ),
                    Of::Person(id) => (Dim::Person, id.as_bytes()),
                    Of::Product(Some(id)) => (Dim::Product, id.as_bytes()),
                    Of::Product(None) => (Dim::Product, &[]),
                };
                let key = RollupKey {
                    grain,
                    dim,
                    start,
                    unit,
                    key: key.into(),
                };
                (key, sums)
            })
            .collect())
    }

    /// What customers have bought, taken out.
    pub fn take_values(&mut self) -> ValueDeltas {
        std::mem::take(&mut self.values)
    }

    /// Writes the differences and removes rows that became empty.
    pub async fn flush(&mut self, conn: &mut SqliteConnection) -> Result<()> {
        self.take_values().flush(conn).await?;
        let mut rows = std::mem::take(self).into_rows()?;
        rows.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        for chunk in rows.chunks(ROWS_PER_STATEMENT) {
            let sql = format!(
                "INSERT INTO rollup (grain, dim, start, unit, key, won_minor, won_count, lost_count, opened_count)
                 VALUES {}
                 ON CONFLICT DO UPDATE SET won_minor = won_minor + excluded.won_minor,
                     won_count = won_count + excluded.won_count,
                     lost_count = lost_count + excluded.lost_count,
                     opened_count = opened_count + excluded.opened_count",
                marks(chunk.len(), 9)
            );
            let mut query = bind_all(&sql, &[]);
            for (key, sums) in chunk {
                query = bind_key(query, key)
                    .bind(sums.won_minor)
                    .bind(sums.won_count)
                    .bind(sums.lost_count)
                    .bind(sums.opened_count);
            }
            query.execute(&mut *conn).await.map_err(sum_too_large)?;
        }
        let emptied: Vec<&RollupKey> = rows
            .iter()
            .filter(|(_, sums)| sums.takes_away())
            .map(|(key, _)| key)
            .collect();
        delete_empty(conn, &emptied).await
    }
}

/// SQLite makes a REAL of an integer sum that does not fit, and a STRICT table refuses the REAL.
pub(crate) fn sum_too_large(error: sqlx::Error) -> Error {
    let refused = error
        .as_database_error()
        .is_some_and(|inner| inner.message().contains("cannot store REAL value"));
    if refused {
        Error::Overflow("deals")
    } else {
        error.into()
    }
}

const EMPTY: &str = "won_minor = 0 AND won_count = 0 AND lost_count = 0 AND opened_count = 0";

async fn delete_empty(conn: &mut SqliteConnection, keys: &[&RollupKey]) -> Result<()> {
    if keys.len() > MAX_SINGLE_DELETES {
        bind_all(&format!("DELETE FROM rollup WHERE {EMPTY}"), &[])
            .execute(conn)
            .await?;
        return Ok(());
    }
    // One by one: for a list of keys SQLite goes through the whole table.
    let sql = format!(
        "DELETE FROM rollup
         WHERE grain = ? AND dim = ? AND start = ? AND unit = ? AND key = ? AND {EMPTY}"
    );
    for key in keys {
        let query = bind_key(bind_all(&sql, &[]), key);
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

fn bind_key<'q>(mut query: Query<'q>, key: &RollupKey) -> Query<'q> {
    for cell in key.cells() {
        query = match cell {
            KeyCell::Text(text) => query.bind(text),
            KeyCell::Bytes(bytes) => query.bind(bytes.to_vec()),
        };
    }
    query
}

/// `(?, ?), (?, ?)` for `rows` rows of `columns` values.
pub(crate) fn marks(rows: usize, columns: usize) -> String {
    let row = format!("({})", vec!["?"; columns].join(", "));
    vec![row; rows].join(", ")
}

/// The cells of the derived columns, in the order of [`DERIVED_COLUMNS`].
pub(crate) fn derived_cells(under: CountedUnder, fingerprint: u64) -> [Cell; 4] {
    [
        Cell::Id(under.team),
        Cell::Id(under.opened_team),
        under.customer_type.map_or(Cell::Null, Cell::Text),
        Cell::Int(fingerprint.cast_signed()),
    ]
}

/// Columns of `opportunity` that the store fills.
pub(crate) const DERIVED_COLUMNS: [&str; 4] =
    ["team", "opened_team", "counted_type", "fingerprint"];

/// Stored rollups after a key, in key order, for checking.
pub(crate) async fn read_page(
    conn: &mut SqliteConnection,
    after: Option<&RollupKey>,
    limit: i64,
) -> Result<Vec<(RollupKey, Sums)>> {
    use sqlx::Row as _;
    let condition = if after.is_some() {
        "WHERE (grain, dim, start, unit, key) > (?, ?, ?, ?, ?)"
    } else {
        ""
    };
    let sql =
        format!("SELECT * FROM rollup {condition} ORDER BY grain, dim, start, unit, key LIMIT ?");
    let mut query = bind_all(&sql, &[]);
    if let Some(key) = after {
        query = bind_key(query, key);
    }
    let rows = query.bind(limit).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let (grain, dim): (&str, &str) = (row.try_get("grain")?, row.try_get("dim")?);
            let grain = [Grain::Day, Grain::Month]
                .into_iter()
                .find(|one| one.code() == grain);
            let dim = [Dim::All, Dim::CustomerType, Dim::Person, Dim::Product]
                .into_iter()
                .find(|one| one.code() == dim);
            let key = RollupKey {
                grain: grain.ok_or_else(|| unreadable("rollup.grain", "", "day or month"))?,
                dim: dim.ok_or_else(|| unreadable("rollup.dim", "", "a dimension"))?,
                start: read_date(row, "start")?
                    .ok_or_else(|| unreadable("rollup.start", "", "a date"))?,
                unit: read_id(row, "unit")?
                    .ok_or_else(|| unreadable("rollup.unit", "", "an id"))?,
                key: row.try_get::<Vec<u8>, _>("key")?.into(),
            };
            let sums = Sums {
                won_minor: row.try_get("won_minor")?,
                won_count: row.try_get("won_count")?,
                lost_count: row.try_get("lost_count")?,
                opened_count: row.try_get("opened_count")?,
            };
            Ok((key, sums))
        })
        .collect()
}
