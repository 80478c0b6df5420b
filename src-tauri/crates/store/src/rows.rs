//! Between cells and SQLite: binding, reading, the generic selects.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{AssertSqlSafe, Row as _, SqliteConnection, TypeInfo as _, ValueRef as _};
use uuid::Uuid;

use crate::cell::{Cell, Cells, Column, Kind};
use crate::record::Row;
use crate::{Error, Result};

/// A statement with its values. The text is made of constants of this crate (column and table
/// names) only; every value is bound.
pub(crate) fn bind_all<'q>(
    sql: &str,
    cells: &[Cell],
) -> sqlx::query::Query<'q, sqlx::Sqlite, SqliteArguments> {
    let mut query = sqlx::query(AssertSqlSafe(sql.to_owned()));
    for cell in cells {
        query = bind(query, cell);
    }
    query
}

/// Like [`bind_all`], without copying the values: an import binds twenty million of them.
pub(crate) fn bind_owned(
    sql: String,
    cells: Vec<Cell>,
) -> sqlx::query::Query<'static, sqlx::Sqlite, SqliteArguments> {
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for cell in cells {
        query = match cell {
            Cell::Text(text) => query.bind(text),
            other => bind(query, &other),
        };
    }
    query
}

fn bind<'q>(
    query: sqlx::query::Query<'q, sqlx::Sqlite, SqliteArguments>,
    cell: &Cell,
) -> sqlx::query::Query<'q, sqlx::Sqlite, SqliteArguments> {
    match cell {
        Cell::Null => query.bind(None::<i64>),
        Cell::Int(value) => query.bind(*value),
        Cell::Text(text) => query.bind(text.clone()),
        Cell::Id(id) => query.bind(id.as_bytes().to_vec()),
    }
}

/// A list of ids as JSON of hexadecimal texts, for `IN (SELECT unhex(value) FROM json_each(?))`:
/// one statement text for lists of every length.
pub(crate) fn ids_json(ids: impl Iterator<Item = Uuid>) -> Cell {
    let list: Vec<Value> = ids.map(|id| Value::from(id.simple().to_string())).collect();
    Cell::Text(Value::from(list).to_string())
}

/// A row's columns as cells.
pub(crate) fn read_cells(row: &SqliteRow, columns: &[Column], table: &str) -> Result<Vec<Cell>> {
    columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let raw = row.try_get_raw(index)?;
            if raw.is_null() {
                return Ok(Cell::Null);
            }
            let stored = raw.type_info().name().to_owned();
            let place = || format!("{table}.{}", column.name);
            Ok(match (column.kind, stored.as_str()) {
                (Kind::Int, "INTEGER") => Cell::Int(row.try_get(index)?),
                (Kind::Text, "TEXT") => Cell::Text(row.try_get(index)?),
                (Kind::Id, "BLOB") => {
                    let bytes: &[u8] = row.try_get(index)?;
                    Cell::Id(
                        Uuid::from_slice(bytes)
                            .map_err(|_| unreadable(&place(), &hex(bytes), "an id of 16 bytes"))?,
                    )
                }
                (kind, stored) => return Err(unreadable(&place(), stored, &format!("{kind:?}"))),
            })
        })
        .collect()
}

/// The columns for a SELECT or INSERT.
pub(crate) fn column_list(columns: &[Column]) -> String {
    columns
        .iter()
        .map(|column| column.name.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Records of a table; `tail` is the rest of the statement (WHERE, ORDER BY).
pub(crate) async fn select<T: Row>(
    conn: &mut SqliteConnection,
    tail: &str,
    cells: &[Cell],
) -> Result<Vec<T>> {
    let (table, columns) = (T::ENTITY.code(), T::ENTITY.columns());
    let sql = format!("SELECT {} FROM {table} {tail}", column_list(columns));
    let rows = bind_all(&sql, cells).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let cells = read_cells(row, columns, table)?;
            T::from_cells(&mut Cells::new(table, cells, columns))
        })
        .collect()
}

/// All records of a table, by id.
pub(crate) async fn select_all<T: Row>(conn: &mut SqliteConnection) -> Result<Vec<T>> {
    select(conn, "ORDER BY id", &[]).await
}

/// One record.
pub(crate) async fn select_one<T: Row>(conn: &mut SqliteConnection, id: Uuid) -> Result<Option<T>> {
    Ok(select(conn, "WHERE id = ?", &[Cell::Id(id)])
        .await?
        .into_iter()
        .next())
}

/// A page's size as SQLite wants it.
pub(crate) fn limit_of(limit: u32) -> Result<i64> {
    if limit == 0 {
        return Err(Error::BadQuery("a page has at least one row".to_owned()));
    }
    Ok(i64::from(limit))
}

/// An error about a value in the file.
pub(crate) fn unreadable(place: &str, value: &str, why: &str) -> Error {
    Error::Unreadable {
        place: place.to_owned(),
        value: value.chars().take(64).collect(),
        why: format!("{why} expected"),
    }
}

pub(crate) fn read_id(row: &SqliteRow, column: &'static str) -> Result<Option<Uuid>> {
    let bytes: Option<&[u8]> = row.try_get(column)?;
    bytes
        .map(|bytes| {
            Uuid::from_slice(bytes)
                .map_err(|_| unreadable(column, &hex(bytes), "an id of 16 bytes"))
        })
        .transpose()
}

pub(crate) fn read_date(row: &SqliteRow, column: &'static str) -> Result<Option<NaiveDate>> {
    let text: Option<&str> = row.try_get(column)?;
    text.map(|text| text.parse().map_err(|_| unreadable(column, text, "a date")))
        .transpose()
}

pub(crate) fn read_optional_instant(
    row: &SqliteRow,
    column: &'static str,
) -> Result<Option<DateTime<Utc>>> {
    let text: Option<&str> = row.try_get(column)?;
    text.map(|text| {
        DateTime::parse_from_rfc3339(text)
            .map(|at| at.to_utc())
            .map_err(|_| unreadable(column, text, "a time"))
    })
    .transpose()
}

pub(crate) fn read_instant(row: &SqliteRow, column: &'static str) -> Result<DateTime<Utc>> {
    read_optional_instant(row, column)?.ok_or_else(|| unreadable(column, "null", "a time"))
}

pub(crate) fn read_json(row: &SqliteRow, column: &'static str) -> Result<Value> {
    Ok(serde_json::from_str(row.try_get(column)?)?)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _infallible = write!(text, "{byte:02x}");
            text
        })
}

/// The rows of a statement over `columns`, whole numbers that are never NULL, behind `key`, a BLOB: thousands
/// of them come as one text, where SQLite and its reader would wake each other for every row.
pub(crate) async fn fetch_packed<const N: usize>(
    conn: &mut SqliteConnection,
    rows: &str,
    (key, columns): (&str, [&str; N]),
    cells: &[Cell],
    what: &'static str,
) -> Result<Vec<(Vec<u8>, [i64; N])>> {
    let numbers = columns.join(" || ' ' || ");
    let sql = format!("SELECT group_concat(hex({key}) || ' ' || {numbers}, ';') FROM ({rows})");
    let packed: Option<String> = bind_all(&sql, cells)
        .fetch_one(conn)
        .await
        .map_err(overflow_as(what))?
        .try_get(0)?;
    let packed = packed.unwrap_or_default();
    let texts = packed.split(';').filter(|text| !text.is_empty());
    texts
        .map(|text| unpacked(text).ok_or_else(|| unreadable(what, text, "a key and numbers")))
        .collect()
}

fn unpacked<const N: usize>(text: &str) -> Option<(Vec<u8>, [i64; N])> {
    let mut parts = text.split(' ');
    let key = parts.next()?.as_bytes();
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|one| u8::try_from(one).ok())
    };
    let bytes: Option<Vec<u8>> = key
        .chunks(2)
        .map(|pair| Some(digit(pair[0])? << 4 | digit(*pair.get(1)?)?))
        .collect();
    let mut numbers = [0; N];
    for number in &mut numbers {
        *number = parts.next()?.parse().ok()?;
    }
    parts.next().is_none().then_some((bytes?, numbers))
}

/// SQLite's `sum` of integers fails rather than wraps; this names what was summed.
pub(crate) fn overflow_as(what: &'static str) -> impl FnOnce(sqlx::Error) -> Error {
    move |error| {
        let overflow = error
            .as_database_error()
            .is_some_and(|inner| inner.message().contains("integer overflow"));
        if overflow {
            Error::Overflow(what)
        } else {
            error.into()
        }
    }
}
