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
    width: u32,
    /// Position of the first cell among the edges; cells are the last ones.
    first_cell: u32,
    dropped_bits: u32,
    /// By group of rows, then group of columns. Sums of 2^26 cells of 32 bits fit.
    drifts: Vec<i64>,
    /// How many more cells of the cycle at hand rise than fall: in the smallest groups around them.
    smallest: Nets,
    /// The same in every group around them.
    nets: Nets,
    /// The nets of a cycle that are not zero; kept for its memory only.
    changed: Vec<(usize, i32)>,
}

/// Counts that are zero between cycles, and the places where they are not.
struct Nets {
    counts: Vec<i32>,
    /// A place whose count came back to zero and left it again stands here twice.
    touched: Vec<usize>,
}

impl Nets {
    fn new(places: usize) -> Self {
        Self {
            counts: vec![0; places],
            touched: Vec::new(),
        }
    }

    fn add(&mut self, at: usize, net: i32) {
        let count = &mut self.counts[at];
        if *count == 0 {
            self.touched.push(at);
        }
        *count += net;
    }

    /// Every place with its count, which is zero afterwards; so what stands twice is zero then.
    fn take(&mut self) -> impl Iterator<Item = (usize, i32)> {
        let counts = &mut self.counts;
        let taken = self.touched.drain(..);
        taken.map(|at| (at, std::mem::take(&mut counts[at])))
    }
}

impl<'a> Drift<'a> {
    /// No drift yet, for a matrix of `width` columns and fractions of denominator `one`.
    pub fn new(rows: &'a Groups, cols: &'a Groups, width: u32, first_cell: u32, one: u64) -> Self {
        let sums = rows.count() * cols.count();
        Self {
            rows,
            cols,
            width,
            first_cell,
            dropped_bits: (u64::BITS - one.leading_zeros()).saturating_sub(FRACTION_BITS),
            drifts: vec![0; sums],
            smallest: Nets::new(sums),
            nets: Nets::new(sums),
            changed: Vec::new(),
        }
    }

    /// Whether the closing edge of a cycle shall rise by `up` rather than fall by `down`; the drift
    /// is kept accordingly. Where the drift does not decide, the smaller shift does; where both are
    /// equal, the edge rises.
    pub fn rises(&mut self, cycle: &[Step], up: u64, down: u64) -> bool {
        self.count_cells(cycle);
        let coarse = |shift: u64| {
            i64::try_from(shift >> self.dropped_bits)
                .unwrap_or_else(|_| unreachable!("32 bits are left"))
        };
        let (rise, fall) = (coarse(up), coarse(down));
        let both = i128::from(rise + fall);
        // (drift + net rise)^2 - (drift - net fall)^2, summed.
        let mut nets = std::mem::take(&mut self.changed);
        nets.extend(self.nets.take().filter(|(_, net)| *net != 0));
        let excess: i128 = nets
            .iter()
            .map(|(at, net)| (i128::from(self.drifts[*at]), i128::from(*net)))
            .map(|(drift, net)| net * both * (2 * drift + net * i128::from(rise - fall)))
            .sum();
        let rises = if excess == 0 { up <= down } else { excess < 0 };
        let shift = if rises { rise } else { -fall };
        for (at, net) in nets.drain(..) {
            self.drifts[at] += i64::from(net) * shift;
        }
        self.changed = nets;
        rises
    }

    /// Sums over all rows or all columns are left out: the margins keep them.
    ///
    /// Cells are counted in their smallest groups first: a cycle raises as many as it lowers in most
    /// of these, and then the groups around them need no look.
    fn count_cells(&mut self, cycle: &[Step]) {
        let width = self.cols.count();
        for step in cycle {
            let Some(cell) = step.edge.checked_sub(self.first_cell) else {
                continue;
            };
            let row = self.rows.of_entry((cell / self.width) as usize);
            let col = self.cols.of_entry((cell % self.width) as usize);
            let sign = if step.along { 1 } else { -1 };
            self.smallest.add(row * width + col, sign);
        }
        for (at, net) in self.smallest.take().filter(|(_, net)| *net != 0) {
            for row in self.rows.upwards(at / width) {
                for col in self.cols.upwards(at % width) {
                    self.nets.add(row * width + col, net);
                }
            }
        }
    }
}
