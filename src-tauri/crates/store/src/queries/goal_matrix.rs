//! The cells of a plan as one table in memory: people down, leaf periods across.
//!
//! A plan of 10,000 people has 640,000 cells. Read one by one they are a second of waiting; packed by person
//! (`goal_pack.rs`) they are a few megabytes, and they are kept until they change.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;
use yeji_core::goal::GoalLock;
use yeji_core::ids::{GoalPlanId, PersonId, UnitId};

use crate::cell::Cell;
use crate::goal_pack::{read_pack, read_seq};
use crate::rows::{bind_all, select, unreadable};
use crate::{Result, Store};

/// Cells of a plan; one that is not kept is zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalMatrix {
    /// Of which plan.
    pub plan: GoalPlanId,
    /// The leaf periods, `[start, end)`, in the order of time.
    pub periods: Vec<(NaiveDate, NaiveDate)>,
    /// Whose rows these are: the unit in which it counts, and the person.
    pub leaves: Vec<(UnitId, Option<PersonId>)>,
    /// Minor units, row by row.
    pub minor: Vec<i64>,
}

/// Whose cells: the unit in which they count, and the person; none where the unit has no people.
pub(crate) type Leaf = (UnitId, Option<PersonId>);

impl GoalMatrix {
    fn empty(plan: GoalPlanId) -> Self {
        Self {
            plan,
            periods: Vec::new(),
            leaves: Vec::new(),
            minor: Vec::new(),
        }
    }

    /// The numbers of one leaf, one a leaf period.
    pub fn row(&self, leaf: usize) -> &[i64] {
        let width = self.periods.len();
        &self.minor[leaf * width..(leaf + 1) * width]
    }
}

/// Plans that are kept: this year's and the next one's, each beside a version that it is compared with.
const MAX_KEPT: usize = 4;

/// The plans that were read last, each with the change that wrote its cells last.
#[derive(Debug, Default)]
pub(crate) struct KeptMatrices(Mutex<Vec<(i64, Arc<GoalMatrix>)>>);

impl KeptMatrices {
    fn at(&self, plan: GoalPlanId, seq: i64) -> Option<Arc<GoalMatrix>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = kept.iter().find(|(of, one)| (*of, one.plan) == (seq, plan));
        own.map(|(_, matrix)| Arc::clone(matrix))
    }

    fn keep(&self, seq: i64, matrix: &Arc<GoalMatrix>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(_, one)| one.plan != matrix.plan);
        kept.insert(0, (seq, Arc::clone(matrix)));
        kept.truncate(MAX_KEPT);
    }
}

impl Store {
    /// The cells of a plan as a table. It stays in memory until cells of this plan change, by whatever change
    /// of whichever program: each notes its number in `goal_pack`.
    pub async fn goal_matrix(&self, plan: GoalPlanId) -> Result<Arc<GoalMatrix>> {
        let now = read_seq(&mut *self.reader().await?, plan).await?;
        if let Some(kept) = now.and_then(|seq| self.kept_matrices.at(plan, seq)) {
            return Ok(kept);
        }
        // The number and the cells of one state of the store.
        let Some((seq, matrix)) = read_pack(&mut *self.snapshot().await?, plan).await? else {
            return Ok(Arc::new(GoalMatrix::empty(plan)));
        };
        let matrix = Arc::new(matrix);
        self.kept_matrices.keep(seq, &matrix);
        Ok(matrix)
    }

    /// The locks of a plan.
    pub async fn goal_locks(&self, plan: GoalPlanId) -> Result<Vec<GoalLock>> {
        let tail = "WHERE plan = ? ORDER BY unit, person, period";
        select(&mut *self.reader().await?, tail, &[Cell::Id(plan.0)]).await
    }
}

/// One leaf period, packed: whose its cells are, and how much.
struct Column {
    start: NaiveDate,
    end: NaiveDate,
    keys: String,
    minor: String,
}

/// The cells of a plan from the cells themselves, for packing them and for checking what is packed.
pub(crate) async fn read_cells(
    conn: &mut SqliteConnection,
    plan: GoalPlanId,
) -> Result<GoalMatrix> {
    // The index has the cells of a leaf period in the order of unit and person, so the keys of most columns
    // are the same text and are compared, not read.
    let sql = "SELECT start_on, max(end_on),
                 group_concat(hex(unit) || hex(coalesce(person, x'')), ' '), group_concat(minor, ' ')
             FROM goal_cell WHERE plan = ? GROUP BY start_on ORDER BY start_on";
    let rows = bind_all(sql, &[Cell::Id(plan.0)]).fetch_all(conn).await?;
    let mut columns = Vec::with_capacity(rows.len());
    for row in &rows {
        let day = |at: usize| -> Result<NaiveDate> {
            let text: &str = row.try_get(at)?;
            text.parse()
                .map_err(|_| unreadable("goal_cell", text, "a date"))
        };
        columns.push(Column {
            start: day(0)?,
            end: day(1)?,
            keys: row.try_get(2)?,
            minor: row.try_get(3)?,
        });
    }
    of_columns(plan, &columns)
}

fn of_columns(plan: GoalPlanId, columns: &[Column]) -> Result<GoalMatrix> {
    let mut matrix = GoalMatrix {
        periods: columns.iter().map(|one| (one.start, one.end)).collect(),
        ..GoalMatrix::empty(plan)
    };
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut known: Option<(&str, Vec<usize>)> = None;
    let mut cells: Vec<(usize, usize, i64)> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let same = known.take().filter(|(keys, _)| *keys == column.keys);
        let places = if let Some((_, places)) = same {
            places
        } else {
            let mut places = Vec::new();
            for key in column.keys.split(' ') {
                let next = matrix.leaves.len();
                let place = *numbers.entry(key).or_insert(next);
                if place == next {
                    matrix.leaves.push(leaf(key)?);
                }
                places.push(place);
            }
            places
        };
        let mut minor = column.minor.split(' ');
        for place in &places {
            let number = minor.next().and_then(|text| text.parse().ok());
            let number = number.ok_or_else(|| {
                unreadable("goal_cell", &column.start.to_string(), "a number a cell")
            })?;
            cells.push((*place, at, number));
        }
        known = Some((&column.keys, places));
    }
    matrix.minor = vec![0; matrix.leaves.len() * columns.len()];
    for (place, at, number) in cells {
        matrix.minor[place * columns.len() + at] = number;
    }
    Ok(matrix)
}

/// The unit, and the person behind it where there is one.
pub(crate) fn leaf(key: &str) -> Result<Leaf> {
    let id = |text: &str| {
        Uuid::try_parse(text).map_err(|_| unreadable("goal_cell", key, "ids of 16 bytes"))
    };
    let (unit, person) = key.split_at_checked(32).unwrap_or((key, ""));
    let person = (!person.is_empty()).then(|| id(person)).transpose()?;
    Ok((UnitId(id(unit)?), person.map(PersonId)))
}
