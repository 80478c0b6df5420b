//! A matrix of whole numbers that closes on both margins (controlled rounding).
//!
//! The fitted value of a cell is `row x column / total`, an exact fraction. Each cell becomes that
//! fraction rounded down or up, so that every row and every column sums to its margin. Such a
//! rounding always exists: the fractions themselves are a feasible flow in a network of whole
//! capacities, and such a network has a whole flow (integrality of the transportation polytope; Cox,
//! "A constructive procedure for unbiased controlled rounding", JASA 82, 1987).
//!
//! Order of ties: cells are rounded up by largest fraction, then earlier row, then earlier column, as
//! long as both margins have room. Where that leaves margins open, shortest alternating paths, found
//! in order of rows and columns, move single ones until all close.

use std::collections::VecDeque;

use crate::{Error, Result};

/// Fills a matrix, row by row, whose rows sum to `rows` and whose columns sum to `cols`.
///
/// Each cell is `row x column / total` rounded towards zero or away from it; cells of zero margins
/// and fitted whole numbers stay as they are. Negative margins mirror positive ones. The same margins
/// give the same matrix on every platform.
///
/// # Errors
/// Margins of different totals, of both signs, or of a total above 64 bits.
pub fn close_matrix(rows: &[i64], cols: &[i64]) -> Result<Vec<i64>> {
    let total = common_total(rows, cols)?;
    if total == 0 {
        return Ok(vec![0; rows.len() * cols.len()]);
    }
    let size = |margin: &[i64]| {
        margin
            .iter()
            .map(|value| value.unsigned_abs())
            .collect::<Vec<_>>()
    };
    let mut rounding = Rounding::new(&size(rows), &size(cols), total.unsigned_abs())?;
    rounding.greedy();
    while rounding.rank_paths() {
        rounding.move_along_paths();
    }
    rounding.cells(total < 0)
}

/// The sum of both margins, as a value that fits `u64`.
fn common_total(rows: &[i64], cols: &[i64]) -> Result<i128> {
    let sum = |margin: &[i64]| margin.iter().map(|value| i128::from(*value)).sum::<i128>();
    let (row_sum, col_sum) = (sum(rows), sum(cols));
    if row_sum != col_sum {
        return Err(Error::MarginsDiffer {
            rows: row_sum,
            cols: col_sum,
        });
    }
    let mut all = rows.iter().chain(cols);
    if all.clone().any(|value| *value < 0) && all.any(|value| *value > 0) {
        return Err(Error::MixedSigns);
    }
    if u64::try_from(row_sum.unsigned_abs()).is_err() {
        return Err(Error::Overflow {
            place: "margins".to_owned(),
        });
    }
    Ok(row_sum)
}

/// What may still happen to a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Its fitted value is whole.
    Whole,
    /// Rounded down; may be rounded up.
    Down,
    /// Rounded up; may be rounded down.
    Up,
}

/// Not reached by a search.
const UNSEEN: usize = usize::MAX;

/// The cells between down and up, and how many ones each row and column still needs. Searches go
/// from open rows over cells `Down` to columns and from columns over cells `Up` to rows.
struct Rounding {
    width: usize,
    floors: Vec<i64>,
    /// Remainders of the division by the total: fractions of one denominator.
    fractions: Vec<u64>,
    states: Vec<State>,
    row_needs: Vec<u64>,
    col_needs: Vec<u64>,
    row_rank: Vec<usize>,
    col_rank: Vec<usize>,
    /// Next column to try from a row in this round of paths, and next row to try from a column.
    row_next: Vec<usize>,
    col_next: Vec<usize>,
}

impl Rounding {
    fn new(rows: &[u64], cols: &[u64], total: u128) -> Result<Self> {
        let overflow = || Error::Overflow {
            place: "matrix".to_owned(),
        };
        let count = rows.len() * cols.len();
        let mut floors = Vec::with_capacity(count);
        let mut fractions = Vec::with_capacity(count);
        let (mut row_needs, mut col_needs) = (rows.to_vec(), cols.to_vec());
        for (row, row_total) in rows.iter().enumerate() {
            for (col, col_total) in cols.iter().enumerate() {
                let product = u128::from(*row_total) * u128::from(*col_total);
                let floor = u64::try_from(product / total).map_err(|_| overflow())?;
                // Below the total, which fits.
                fractions.push(u64::try_from(product % total).map_err(|_| overflow())?);
                row_needs[row] -= floor;
                col_needs[col] -= floor;
                floors.push(i64::try_from(floor).map_err(|_| overflow())?);
            }
        }
        let states = fractions
            .iter()
            .map(|f| if *f == 0 { State::Whole } else { State::Down })
            .collect();
        Ok(Self {
            width: cols.len(),
            floors,
            fractions,
            states,
            row_rank: vec![UNSEEN; rows.len()],
            col_rank: vec![UNSEEN; cols.len()],
            row_next: vec![0; rows.len()],
            col_next: vec![0; cols.len()],
            row_needs,
            col_needs,
        })
    }

    /// Rounds up by largest fraction while both margins have room.
    fn greedy(&mut self) {
        let mut order: Vec<usize> = (0..self.states.len())
            .filter(|at| self.states[*at] == State::Down)
            .collect();
        order.sort_unstable_by_key(|at| (std::cmp::Reverse(self.fractions[*at]), *at));
        for at in order {
            let (row, col) = (at / self.width, at % self.width);
            if self.row_needs[row] > 0 && self.col_needs[col] > 0 {
                self.states[at] = State::Up;
                self.row_needs[row] -= 1;
                self.col_needs[col] -= 1;
            }
        }
    }

    /// Ranks rows and columns by their distance from the open rows. True if an open column is
    /// reached.
    fn rank_paths(&mut self) -> bool {
        self.row_rank.fill(UNSEEN);
        self.col_rank.fill(UNSEEN);
        self.row_next.fill(0);
        self.col_next.fill(0);
        let mut reached = false;
        let mut queue = VecDeque::new();
        for (row, need) in self.row_needs.iter().enumerate() {
            if *need > 0 {
                self.row_rank[row] = 0;
                queue.push_back(row);
            }
        }
        while let Some(row) = queue.pop_front() {
            let rank = self.row_rank[row];
            for col in 0..self.width {
                if self.col_rank[col] != UNSEEN
                    || self.states[row * self.width + col] != State::Down
                {
                    continue;
                }
                self.col_rank[col] = rank + 1;
                if self.col_needs[col] > 0 {
                    reached = true;
                    continue;
                }
                for next in 0..self.row_rank.len() {
                    if self.row_rank[next] == UNSEEN
                        && self.states[next * self.width + col] == State::Up
                    {
                        self.row_rank[next] = rank + 2;
                        queue.push_back(next);
                    }
                }
            }
        }
        reached
    }

    /// Closes what can be closed along the ranked paths (a blocking flow, as in Dinic's algorithm).
    fn move_along_paths(&mut self) {
        for row in 0..self.row_needs.len() {
            while self.row_needs[row] > 0 && self.move_one(row) {}
        }
    }

    /// Moves a single one from an open column to the open row `start`. False if no path is left.
    fn move_one(&mut self, start: usize) -> bool {
        // rows[k] takes a one in cols[k], which rows[k + 1] gives up there.
        let (mut rows, mut cols) = (vec![start], Vec::new());
        while let Some(row) = rows.last().copied() {
            let Some(col) = self.next_col(row) else {
                rows.pop();
                if let Some(col) = cols.pop() {
                    self.col_next[col] += 1;
                }
                continue;
            };
            if self.col_needs[col] > 0 {
                cols.push(col);
                self.apply(&rows, &cols);
                return true;
            }
            match self.next_row(col) {
                Some(next) => {
                    cols.push(col);
                    rows.push(next);
                }
                None => self.row_next[row] += 1,
            }
        }
        false
    }

    fn next_col(&mut self, row: usize) -> Option<usize> {
        let found = (self.row_next[row]..self.width).find(|col| {
            self.states[row * self.width + col] == State::Down
                && self.col_rank[*col] == self.row_rank[row] + 1
        });
        self.row_next[row] = found.unwrap_or(self.width);
        found
    }

    fn next_row(&mut self, col: usize) -> Option<usize> {
        let found = (self.col_next[col]..self.row_rank.len()).find(|row| {
            self.states[row * self.width + col] == State::Up
                && self.row_rank[*row] == self.col_rank[col] + 1
        });
        self.col_next[col] = found.unwrap_or(self.row_rank.len());
        found
    }

    fn apply(&mut self, rows: &[usize], cols: &[usize]) {
        for (step, (row, col)) in rows.iter().zip(cols).enumerate() {
            self.states[row * self.width + col] = State::Up;
            if let Some(giver) = rows.get(step + 1) {
                self.states[giver * self.width + col] = State::Down;
            }
        }
        self.row_needs[rows[0]] -= 1;
        self.col_needs[cols[cols.len() - 1]] -= 1;
    }

    fn cells(self, negative: bool) -> Result<Vec<i64>> {
        // By the theorem above nothing is open here; if it were, no matrix is better than a wrong one.
        let open = |needs: &[u64]| needs.iter().map(|need| i128::from(*need)).sum::<i128>();
        let (rows, cols) = (open(&self.row_needs), open(&self.col_needs));
        if rows != 0 || cols != 0 {
            return Err(Error::MarginsDiffer { rows, cols });
        }
        let overflow = || Error::Overflow {
            place: "matrix".to_owned(),
        };
        let cell = |(floor, state): (i64, State)| {
            let size = floor
                .checked_add(i64::from(state == State::Up))
                .ok_or_else(overflow)?;
            Ok(if negative { -size } else { size })
        };
        self.floors.into_iter().zip(self.states).map(cell).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn examples() {
        let check = |rows: &[i64], cols: &[i64], expected: &[i64]| {
            assert_eq!(
                close_matrix(rows, cols).unwrap(),
                expected,
                "{rows:?} {cols:?}"
            );
        };
        check(&[], &[], &[]);
        check(&[7], &[3, 4], &[3, 4]);
        check(&[1, 1], &[1, 1], &[1, 0, 0, 1]);
        check(&[-1, -1], &[-1, -1], &[-1, 0, 0, -1]);
        check(&[0, 5], &[5, 0], &[0, 0, 5, 0]);
        check(&[2, 4], &[3, 3], &[1, 1, 2, 2]);
        check(&[0, 0], &[0], &[0, 0]);
        check(&[i64::MAX], &[i64::MAX], &[i64::MAX]);
    }

    #[test]
    fn margins_that_cannot_close() {
        let check = |rows: &[i64], cols: &[i64], code: &str| {
            assert_eq!(
                close_matrix(rows, cols).unwrap_err().code(),
                code,
                "{rows:?} {cols:?}"
            );
        };
        check(&[1], &[2], "margins_differ");
        check(&[], &[2], "margins_differ");
        check(&[3, -1], &[1, 1], "mixed_signs");
        check(&[1, -1], &[0], "mixed_signs");
        check(&[i64::MAX; 3], &[i64::MAX; 3], "overflow");
    }

    #[test]
    fn greedy_alone_would_not_close() {
        // Found by search: the largest fractions leave a row and a column open that do not meet in
        // a cell rounded down, so a path has to move ones.
        let margins =
            (1..7_i64).flat_map(|a| (1..7).flat_map(move |b| (1..7).map(move |c| [a, b, c])));
        let mut repaired = 0;
        for rows in margins.clone() {
            for cols in margins
                .clone()
                .filter(|cols| cols.iter().sum::<i64>() == rows.iter().sum::<i64>())
            {
                let size = |margin: [i64; 3]| margin.map(i64::unsigned_abs);
                let total = rows.iter().sum::<i64>().unsigned_abs();
                let mut rounding = Rounding::new(&size(rows), &size(cols), total.into()).unwrap();
                rounding.greedy();
                repaired += usize::from(rounding.row_needs.iter().any(|need| *need > 0));
                closes(&rows, &cols, &close_matrix(&rows, &cols).unwrap());
            }
        }
        assert!(repaired > 0, "the repair must be exercised");
    }

    fn closes(rows: &[i64], cols: &[i64], cells: &[i64]) {
        let total: i128 = rows.iter().map(|row| i128::from(*row)).sum();
        for (row, row_total) in rows.iter().enumerate() {
            let parts = &cells[row * cols.len()..(row + 1) * cols.len()];
            assert_eq!(parts.iter().sum::<i64>(), *row_total, "row {row} closes");
        }
        for (col, col_total) in cols.iter().enumerate() {
            let sum: i64 = (0..rows.len())
                .map(|row| cells[row * cols.len() + col])
                .sum();
            assert_eq!(sum, *col_total, "column {col} closes");
        }
        for (at, cell) in cells.iter().enumerate() {
            let product = i128::from(rows[at / cols.len()]) * i128::from(cols[at % cols.len()]);
            // Sizes of the fitted value rounded towards zero and away from it.
            let (low, high) = match total {
                0 => (0, 0),
                _ => (
                    product.abs() / total.abs(),
                    (product.abs() + total.abs() - 1) / total.abs(),
                ),
            };
            let cell = i128::from(*cell) * total.signum();
            assert!(
                low <= cell && cell <= high,
                "cell {at} is {cell}, not in {low}..={high}"
            );
            assert!(product != 0 || cell == 0, "zeros stay zero");
        }
    }

    /// Margins of one total: the second cut from the first at given places.
    fn margins() -> impl Strategy<Value = (Vec<i64>, Vec<i64>)> {
        let rows =
            prop::collection::vec(prop_oneof![Just(0), 0..20_i64, 0..1_000_000_000_i64], 1..40);
        let weights = prop::collection::vec(prop_oneof![Just(0), 0..5_u64, 0..1_000_u64], 1..30);
        (rows, weights, any::<bool>()).prop_filter_map(
            "needs a weight",
            |(rows, weights, negative)| {
                let sign = if negative { -1 } else { 1 };
                let rows: Vec<i64> = rows.into_iter().map(|row| row * sign).collect();
                let cols = yeji_core::allocate(rows.iter().sum(), &weights).ok()?;
                Some((rows, cols))
            },
        )
    }

    proptest! {
        #[test]
        fn both_margins_close((rows, cols) in margins()) {
            let cells = close_matrix(&rows, &cols).unwrap();
            closes(&rows, &cols, &cells);
            prop_assert_eq!(&cells, &close_matrix(&rows, &cols).unwrap(), "deterministic");
            let mirror = |values: &[i64]| values.iter().map(|value| -value).collect::<Vec<_>>();
            prop_assert_eq!(
                close_matrix(&mirror(&rows), &mirror(&cols)).unwrap(),
                mirror(&cells),
                "negative mirrors positive"
            );
        }
    }
}
