//! The drift of sums over a group of rows and a group of columns from their fitted values.
//!
//! The network does not hold these sums within one of their fitted values. But each cycle may be
//! cancelled in two directions: the one is taken that leaves the drift, as a sum of squares, smaller.

use crate::cycles::Step;
use crate::groups::Groups;

/// Bits of a fraction that are looked at: enough to choose by, and squares of sums of 2^26 cells fit.
const FRACTION_BITS: u32 = 32;

/// The drift of every sum over a group of rows and a group of columns.
pub(crate) struct Drift<'a> {
    rows: &'a Groups,
    cols: &'a Groups,
    width: usize,
    /// Position of the first cell among the edges; cells are the last ones.
    first_cell: usize,
    dropped_bits: u32,
    /// By group of rows, then group of columns.
    drifts: Vec<i128>,
    /// How many more cells of each sum the cycle at hand raises than it lowers, if it has any in it.
    nets: Vec<Option<i128>>,
    /// The sums that it has cells in.
    touched: Vec<usize>,
}

impl<'a> Drift<'a> {
    /// No drift yet, for a matrix of `width` columns and fractions of denominator `one`.
    pub fn new(
        rows: &'a Groups,
        cols: &'a Groups,
        width: usize,
        first_cell: usize,
        one: u64,
    ) -> Self {
        let sums = rows.count() * cols.count();
        Self {
            rows,
            cols,
            width,
            first_cell,
            dropped_bits: (u64::BITS - one.leading_zeros()).saturating_sub(FRACTION_BITS),
            drifts: vec![0; sums],
            nets: vec![None; sums],
            touched: Vec::new(),
        }
    }

    /// Whether the closing edge of a cycle shall rise by `up` rather than fall by `down`; the drift
    /// is kept accordingly. Where the drift does not decide, the smaller shift does; where both are
    /// equal, the edge rises.
    pub fn rises(&mut self, cycle: &[Step], up: u64, down: u64) -> bool {
        self.count_cells(cycle);
        let coarse = |shift: u64| i128::from(shift >> self.dropped_bits);
        let (rise, fall) = (coarse(up), coarse(down));
        // (drift + net rise)^2 - (drift - net fall)^2, summed.
        let excess: i128 = self
            .touched
            .iter()
            .map(|at| (self.drifts[*at], self.nets[*at].unwrap_or(0)))
            .map(|(drift, net)| net * (rise + fall) * (2 * drift + net * (rise - fall)))
            .sum();
        let rises = if excess == 0 { up <= down } else { excess < 0 };
        let shift = if rises { rise } else { -fall };
        for at in self.touched.drain(..) {
            self.drifts[at] += self.nets[at].take().unwrap_or(0) * shift;
        }
        rises
    }

    /// Sums over all rows or all columns are left out: the margins keep them.
    fn count_cells(&mut self, cycle: &[Step]) {
        for step in cycle {
            let Some(cell) = step.edge.checked_sub(self.first_cell) else {
                continue;
            };
            let sign: i128 = if step.along { 1 } else { -1 };
            for row in self.rows.around(cell / self.width) {
                for col in self.cols.around(cell % self.width) {
                    let at = row * self.cols.count() + col;
                    if self.nets[at].is_none() {
                        self.touched.push(at);
                    }
                    *self.nets[at].get_or_insert(0) += sign;
                }
            }
        }
    }
}
