//! The packed cells of goals, against the cells.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::SqliteConnection;

use super::VerifyReport;
use crate::Result;
use crate::goal_pack::{packed_plans, read_pack};
use crate::queries::goal_matrix::{GoalMatrix, Leaf, read_cells};

/// Every plan is packed as its cells are.
pub(super) async fn check_packs(
    conn: &mut SqliteConnection,
    report: &mut VerifyReport,
) -> Result<()> {
    for plan in packed_plans(conn).await? {
        let cells = read_cells(conn, plan).await?;
        let place = |row: Option<&Leaf>| match row {
            None => format!("goal_pack {plan}"),
            Some((unit, None)) => format!("goal_pack_row {plan} unit {unit}"),
            Some((unit, Some(person))) => {
                format!("goal_pack_row {plan} unit {unit} person {person}")
            }
        };
        let packed = match read_pack(conn, plan).await {
            Ok(packed) => packed.map(|(_, packed)| packed),
            Err(crate::Error::Unreadable { .. }) => None,
            Err(other) => return Err(other),
        };
        let Some(packed) = packed else {
            report.add("rollups", place(None), "does not hold the plan's cells");
            continue;
        };
        if packed.periods != cells.periods {
            report.add("rollups", place(None), "holds other periods than the cells");
            continue;
        }
        let (packed, cells) = (by_leaf(&packed), by_leaf(&cells));
        let leaves: BTreeSet<&Leaf> = packed.keys().chain(cells.keys()).collect();
        for leaf in leaves {
            if packed.get(leaf) != cells.get(leaf) {
                report.add(
                    "rollups",
                    place(Some(leaf)),
                    "holds other numbers than the cells",
                );
            }
        }
    }
    Ok(())
}

fn by_leaf(matrix: &GoalMatrix) -> BTreeMap<Leaf, &[i64]> {
    let rows = matrix.leaves.iter().enumerate();
    rows.map(|(at, leaf)| (*leaf, matrix.row(at))).collect()
}
