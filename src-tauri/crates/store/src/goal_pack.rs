//! The cells of plans in one row a unit or person, kept as changes come in: a plan of 10,000 people is read in
//! 10,000 rows and not in 640,000, and one number tells whether its cells are still what was read.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;
use yeji_core::ids::GoalPlanId;

use crate::cell::{Cell, Column};
use crate::queries::goal_matrix::{GoalMatrix, Leaf, read_cells};
use crate::rollup::marks;
use crate::rows::{bind_all, read_id, unreadable};
use crate::{Error, Result};

/// Rows a statement.
const ROWS_PER_STATEMENT: usize = 100;

/// Rows that are read one by one; of more the plan is read as a whole.
const MAX_SINGLE_ROWS: usize = 32;

/// What one change did to cells of goals.
#[derive(Debug, Default)]
pub(crate) struct Packs(BTreeMap<Uuid, Touched>);

/// What it did to the cells of one plan.
#[derive(Debug, Default)]
struct Touched {
    /// Last day of each leaf period, by its first.
    periods: BTreeMap<NaiveDate, NaiveDate>,
    /// Differences in minor units, by leaf and first day.
    rows: HashMap<Leaf, BTreeMap<NaiveDate, i128>>,
    /// A cell went: leaves and periods without any other go with it, so the plan is packed anew.
    is_anew: bool,
}

/// One cell, as a row of the table has it.
struct Read {
    plan: Uuid,
    leaf: Leaf,
    start: NaiveDate,
    end: NaiveDate,
    minor: i64,
}

impl Packs {
    /// A cell is written or deleted.
    pub fn note(
        &mut self,
        columns: &[Column],
        old: Option<&[Cell]>,
        new: Option<&[Cell]>,
    ) -> Result<()> {
        let old = old.map(|cells| read_cell(columns, cells)).transpose()?;
        let new = new.map(|cells| read_cell(columns, cells)).transpose()?;
        if let Some(old) = &old {
            let stays = new.as_ref().is_some_and(|new| {
                (new.plan, new.leaf, new.start, new.end) == (old.plan, old.leaf, old.start, old.end)
            });
            let touched = self.0.entry(old.plan).or_default();
            touched.is_anew |= !stays;
            touched.add(old, -1);
        }
        if let Some(new) = &new {
            self.0.entry(new.plan).or_default().add(new, 1);
        }
        Ok(())
    }

    /// Writes the rows of the plans that were touched.
    pub async fn flush(&mut self, conn: &mut SqliteConnection, seq: i64) -> Result<()> {
        for (plan, touched) in std::mem::take(&mut self.0) {
            match read_periods(conn, plan).await? {
                Some(periods) if !touched.is_anew => {
                    add_to(conn, plan, seq, periods, touched).await?;
                }
                _ => pack(conn, plan, seq).await?,
            }
        }
        Ok(())
    }
}

impl Touched {
    fn add(&mut self, cell: &Read, sign: i128) {
        let end = self.periods.entry(cell.start).or_insert(cell.end);
        *end = cell.end.max(*end);
        let row = self.rows.entry(cell.leaf).or_default();
        *row.entry(cell.start).or_default() += sign * i128::from(cell.minor);
    }
}

/// Packs every plan. For a migration.
pub(crate) async fn pack_all(conn: &mut SqliteConnection) -> Result<()> {
    let seq = crate::kept::last_change(conn).await?;
    let rows = sqlx::query("SELECT id FROM goal_plan")
        .fetch_all(&mut *conn)
        .await?;
    for row in &rows {
        if let Some(plan) = read_id(row, "id")? {
            pack(conn, plan, seq).await?;
        }
    }
    Ok(())
}

/// The cells of a plan as its rows have them, and the change that wrote them last; none: it has no cells.
pub(crate) async fn read_pack(
    conn: &mut SqliteConnection,
    plan: GoalPlanId,
) -> Result<Option<(i64, GoalMatrix)>> {
    let Some(seq) = read_seq(conn, plan).await? else {
        return Ok(None);
    };
    let periods = read_periods(conn, plan.0).await?.unwrap_or_default();
    let width = periods.len();
    let sql = "SELECT group_concat(hex(unit) || hex(person) || ' ' || minor, ';')
               FROM (SELECT * FROM goal_pack_row WHERE plan = ? ORDER BY unit, person)";
    let row = bind_all(sql, &[Cell::Id(plan.0)]).fetch_one(conn).await?;
    let packed: Option<&str> = row.try_get(0)?;
    let mut matrix = GoalMatrix {
        plan,
        periods,
        leaves: Vec::new(),
        minor: Vec::new(),
    };
    for text in packed.unwrap_or_default().split_terminator(';') {
        let (key, numbers) = text.split_once(' ').unwrap_or((text, ""));
        matrix.leaves.push(crate::queries::goal_matrix::leaf(key)?);
        read_numbers(numbers, width, &mut matrix.minor)?;
    }
    Ok(Some((seq, matrix)))
}

/// The change that wrote cells of a plan last.
pub(crate) async fn read_seq(conn: &mut SqliteConnection, plan: GoalPlanId) -> Result<Option<i64>> {
    let sql = "SELECT seq FROM goal_pack WHERE plan = ?";
    let row = bind_all(sql, &[Cell::Id(plan.0)])
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// Plans that have rows.
pub(crate) async fn packed_plans(conn: &mut SqliteConnection) -> Result<Vec<GoalPlanId>> {
    let sql = "SELECT plan FROM goal_pack UNION SELECT plan FROM goal_pack_row
               UNION SELECT DISTINCT plan FROM goal_cell";
    let rows = sqlx::query(sql).fetch_all(conn).await?;
    let ids = rows
        .iter()
        .map(|row| Ok(read_id(row, "plan")?.map(GoalPlanId)));
    Ok(ids
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect())
}

/// Packs a plan from its cells.
async fn pack(conn: &mut SqliteConnection, plan: Uuid, seq: i64) -> Result<()> {
    for table in ["goal_pack", "goal_pack_row"] {
        let sql = format!("DELETE FROM {table} WHERE plan = ?");
        bind_all(&sql, &[Cell::Id(plan)])
            .execute(&mut *conn)
            .await?;
    }
    let matrix = read_cells(conn, GoalPlanId(plan)).await?;
    if matrix.leaves.is_empty() {
        return Ok(());
    }
    write_periods(conn, plan, seq, &matrix.periods).await?;
    let rows: Vec<(Leaf, &[i64])> = matrix
        .leaves
        .iter()
        .enumerate()
        .map(|(at, leaf)| (*leaf, matrix.row(at)))
        .collect();
    write_rows(conn, plan, &rows).await
}

/// Adds what a change did to the rows that it touched; to all of them where it brought a new period.
async fn add_to(
    conn: &mut SqliteConnection,
    plan: Uuid,
    seq: i64,
    known: Vec<(NaiveDate, NaiveDate)>,
    touched: Touched,
) -> Result<()> {
    let mut periods: BTreeMap<NaiveDate, NaiveDate> = known.iter().copied().collect();
    for (start, end) in touched.periods {
        let own = periods.entry(start).or_insert(end);
        *own = end.max(*own);
    }
    let periods: Vec<(NaiveDate, NaiveDate)> = periods.into_iter().collect();
    let is_wider = periods.len() > known.len();
    let mut rows: BTreeMap<Leaf, Vec<i64>> = BTreeMap::new();
    if is_wider || touched.rows.len() > MAX_SINGLE_ROWS {
        let matrix = read_pack(conn, GoalPlanId(plan)).await?;
        for (at, leaf) in matrix
            .iter()
            .flat_map(|(_, all)| all.leaves.iter().enumerate())
        {
            if is_wider || touched.rows.contains_key(leaf) {
                let own = matrix.as_ref().map(|(_, all)| all.row(at));
                rows.insert(*leaf, own.unwrap_or_default().to_vec());
            }
        }
    } else {
        for leaf in touched.rows.keys() {
            if let Some(row) = read_row(conn, plan, *leaf, known.len()).await? {
                rows.insert(*leaf, row);
            }
        }
    }
    if is_wider {
        for row in rows.values_mut() {
            let own: HashMap<NaiveDate, i64> = known
                .iter()
                .map(|(start, _)| *start)
                .zip(row.drain(..))
                .collect();
            let wide = periods
                .iter()
                .map(|(start, _)| own.get(start).copied().unwrap_or(0));
            row.extend(wide);
        }
    }
    for (leaf, differences) in touched.rows {
        let row = rows.entry(leaf).or_insert_with(|| vec![0; periods.len()]);
        for (start, difference) in differences {
            let at = periods.partition_point(|(own, _)| *own < start);
            let sum = i128::from(row[at]) + difference;
            row[at] = i64::try_from(sum).map_err(|_| Error::Overflow("goals"))?;
        }
    }
    write_periods(conn, plan, seq, &periods).await?;
    let rows: Vec<(Leaf, &[i64])> = rows
        .iter()
        .map(|(leaf, row)| (*leaf, row.as_slice()))
        .collect();
    write_rows(conn, plan, &rows).await
}

async fn read_row(
    conn: &mut SqliteConnection,
    plan: Uuid,
    leaf: Leaf,
    width: usize,
) -> Result<Option<Vec<i64>>> {
    let sql =
        "SELECT minor FROM goal_pack_row WHERE plan = ? AND unit = ? AND person = coalesce(?, x'')";
    let cells = [Cell::Id(plan), Cell::Id(leaf.0.0), person_of(leaf)];
    let Some(row) = bind_all(sql, &cells).fetch_optional(conn).await? else {
        return Ok(None);
    };
    let mut numbers = Vec::with_capacity(width);
    read_numbers(row.try_get(0)?, width, &mut numbers)?;
    Ok(Some(numbers))
}

async fn write_rows(
    conn: &mut SqliteConnection,
    plan: Uuid,
    rows: &[(Leaf, &[i64])],
) -> Result<()> {
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let one = "(?, ?, coalesce(?, x''), ?)";
        let sql = format!(
            "INSERT OR REPLACE INTO goal_pack_row (plan, unit, person, minor) VALUES {}",
            vec![one; chunk.len()].join(", ")
        );
        let cells: Vec<Cell> = chunk
            .iter()
            .flat_map(|(leaf, row)| {
                let numbers: Vec<String> = row.iter().map(i64::to_string).collect();
                [
                    Cell::Id(plan),
                    Cell::Id(leaf.0.0),
                    person_of(*leaf),
                    Cell::Text(numbers.join(" ")),
                ]
            })
            .collect();
        bind_all(&sql, &cells).execute(&mut *conn).await?;
    }
    Ok(())
}

fn person_of((_, person): Leaf) -> Cell {
    person.map_or(Cell::Null, |person| Cell::Id(person.0))
}

fn read_numbers(text: &str, width: usize, into: &mut Vec<i64>) -> Result<()> {
    let before = into.len();
    let bad = || unreadable("goal_pack_row.minor", text, "a number a period");
    for number in text.split(' ') {
        into.push(number.parse().map_err(|_| bad())?);
    }
    if into.len() - before == width {
        Ok(())
    } else {
        Err(bad())
    }
}

async fn read_periods(
    conn: &mut SqliteConnection,
    plan: Uuid,
) -> Result<Option<Vec<(NaiveDate, NaiveDate)>>> {
    let sql = "SELECT periods FROM goal_pack WHERE plan = ?";
    let Some(row) = bind_all(sql, &[Cell::Id(plan)])
        .fetch_optional(conn)
        .await?
    else {
        return Ok(None);
    };
    let text: &str = row.try_get(0)?;
    let period = |text: &str| {
        let (start, end) = text.split_once('/')?;
        Some((start.parse().ok()?, end.parse().ok()?))
    };
    let bad = |text: &str| unreadable("goal_pack.periods", text, "two days");
    text.split_terminator(' ')
        .map(|text| period(text).ok_or_else(|| bad(text)))
        .collect::<Result<Vec<_>>>()
        .map(Some)
}

async fn write_periods(
    conn: &mut SqliteConnection,
    plan: Uuid,
    seq: i64,
    periods: &[(NaiveDate, NaiveDate)],
) -> Result<()> {
    let texts: Vec<String> = periods
        .iter()
        .map(|(start, end)| format!("{start}/{end}"))
        .collect();
    let sql = format!(
        "INSERT OR REPLACE INTO goal_pack (plan, seq, periods) VALUES {}",
        marks(1, 3)
    );
    let cells = [Cell::Id(plan), Cell::Int(seq), Cell::Text(texts.join(" "))];
    bind_all(&sql, &cells).execute(conn).await?;
    Ok(())
}

fn read_cell(columns: &[Column], cells: &[Cell]) -> Result<Read> {
    let of = |name: &str| {
        let at = columns.iter().position(|column| column.name == name);
        at.and_then(|at| cells.get(at))
    };
    let id = |name: &str| match of(name) {
        Some(Cell::Id(id)) => Some(*id),
        _ => None,
    };
    let day = |name: &str| match of(name) {
        Some(Cell::Text(text)) => text.parse().ok(),
        _ => None,
    };
    let minor = match of("minor") {
        Some(Cell::Int(minor)) => Some(*minor),
        _ => None,
    };
    let read = || {
        Some(Read {
            plan: id("plan")?,
            leaf: (
                yeji_core::ids::UnitId(id("unit")?),
                id("person").map(yeji_core::ids::PersonId),
            ),
            start: day("start_on")?,
            end: day("end_on")?,
            minor: minor?,
        })
    };
    read().ok_or_else(|| unreadable("goal_cell", "", "a cell of a goal"))
}
