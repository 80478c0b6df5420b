//! The statements that write rows of a table, some hundred rows each.

use crate::Entity;
use crate::apply::ROWS_PER_STATEMENT;
use crate::cell::Cell;
use crate::record::fingerprint;
use crate::rollup::{CountedUnder, DERIVED_COLUMNS, derived_cells, marks};
use crate::rows::bind_owned;

/// A row to write.
pub(crate) struct Written {
    pub is_new: bool,
    /// Which columns have another value than before; none where nothing was there, or where all of
    /// the row is put back.
    pub differs: Option<Vec<bool>>,
    pub cells: Vec<Cell>,
    pub created_seq: i64,
    pub changed_seq: i64,
    pub under: Option<CountedUnder>,
}

pub(crate) type Statement =
    sqlx::query::Query<'static, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

/// At most [`ROWS_PER_STATEMENT`] rows each.
pub(crate) fn statements_of(entity: Entity, rows: Vec<Written>) -> Vec<Statement> {
    let (new, known): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.is_new);
    let mut statements = Vec::with_capacity(2);
    for (verb, rows) in [(Verb::Insert, new), (Verb::Upsert, known)] {
        let mut rows = rows.into_iter();
        loop {
            let chunk: Vec<Written> = rows.by_ref().take(ROWS_PER_STATEMENT).collect();
            if chunk.is_empty() {
                break;
            }
            let sql = match verb {
                Verb::Insert => insert_sql(entity, chunk.len()),
                Verb::Upsert => upsert_sql(entity, &chunk),
            };
            let mut cells = Vec::with_capacity(chunk.len() * 20);
            for row in chunk {
                let derived = row
                    .under
                    .map(|under| derived_cells(under, fingerprint(entity, &row.cells)));
                cells.extend(row.cells);
                cells.push(Cell::Int(row.created_seq));
                cells.push(Cell::Int(row.changed_seq));
                cells.extend(derived.into_iter().flatten());
            }
            statements.push(bind_owned(sql, cells));
        }
    }
    statements
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    /// Rows that are not there. A conflict ends the transaction at once (`OR ROLLBACK`), which is
    /// what a failure means here anyway: SQLite then needs no journal of the statement, which would
    /// copy every page of every index that 100 rows touch (a fifth of SQLite's time in an import).
    Insert,
    /// Rows that are there.
    Upsert,
}

/// The columns of a table in the order in which a written row has them.
fn all_columns(entity: Entity) -> Vec<&'static str> {
    let columns = entity.columns().iter().map(|column| column.name.as_str());
    let mut columns: Vec<&str> = columns.chain(["created_seq", "changed_seq"]).collect();
    if entity == Entity::Opportunity {
        columns.extend(DERIVED_COLUMNS);
    }
    columns
}

fn insert_sql(entity: Entity, rows: usize) -> String {
    let columns = all_columns(entity);
    let (names, marks) = (columns.join(", "), marks(rows, columns.len()));
    format!("INSERT OR ROLLBACK INTO {entity} ({names}) VALUES {marks}")
}

/// Names the columns in which one of the rows differs: SQLite leaves the indexes of all others alone,
/// and in a refresh nearly every column is what it was.
fn upsert_sql(entity: Entity, rows: &[Written]) -> String {
    let columns = all_columns(entity);
    let own = entity.columns().len();
    let is_set = |index: usize, name: &str| match name {
        "id" | "created_seq" => false,
        "changed_seq" | "fingerprint" => true,
        _ => {
            // The two columns of bookkeeping stand between a row's own and the derived ones.
            let place = if index < own { index } else { index - 2 };
            rows.iter().any(|row| {
                let differs = row.differs.as_ref();
                differs.is_none_or(|all| all.get(place).copied().unwrap_or(true))
            })
        }
    };
    let updates: Vec<String> = columns
        .iter()
        .enumerate()
        .filter(|(index, name)| is_set(*index, name))
        .map(|(_, name)| format!("{name} = excluded.{name}"))
        .collect();
    format!(
        "INSERT INTO {entity} ({}) VALUES {} ON CONFLICT (id) DO UPDATE SET {}",
        columns.join(", "),
        marks(rows.len(), columns.len()),
        updates.join(", ")
    )
}
