//! A table of whole numbers brought to another total in proportion (controlled rounding).
//!
//! The fitted value of a cell is `weight x total / sum of the weights`, and that of a sum of cells the
//! sum of theirs. Each of these becomes its fitted value rounded down or up, at the same time: every
//! cell, every row and column, every sum within one row over a group of columns, within one column
//! over a group of rows. The argument is that of [`crate::matrix`]; only here margins are fractions
//! too, so rows begin in one more node and columns end in another: the total flows from one to the
//! other and is whole. Zeros stay zero.

use crate::cycles::{Edge, divide, fits, make_whole};
use crate::drift::Drift;
use crate::groups::Groups;
use crate::{Error, Result};

/// Weights of the cells, row by row, with the groups that rows and columns stand in.
pub(crate) struct Table<'a> {
    pub weights: &'a [u64],
    pub row_groups: &'a Groups,
    pub col_groups: &'a Groups,
    pub rows: usize,
    pub cols: usize,
}

fn overflow() -> Error {
    Error::Overflow {
        place: "table".to_owned(),
    }
}

/// The cells of the new total. The caller owes that some weight is not zero.
pub(crate) fn scale(table: &Table<'_>, total: u64) -> Result<Vec<i64>> {
    let sum: u128 = table.weights.iter().map(|weight| u128::from(*weight)).sum();
    let one = u64::try_from(sum).map_err(|_| overflow())?;
    let nodes = table.source() + 2;
    if !fits(nodes, 2 * nodes + table.weights.len()) {
        return Err(overflow());
    }
    let mut edges = table.edges(|weight| divide(weight, total, one).1)?;
    let first_cell = edges.len() - table.weights.len();
    let mut drift = Drift::new(
        table.row_groups,
        table.col_groups,
        u32::try_from(table.cols).map_err(|_| overflow())?,
        u32::try_from(first_cell).map_err(|_| overflow())?,
        one,
    );
    make_whole(&mut edges, nodes, one, |cycle, up, down| {
        drift.rises(cycle, up, down)
    });
    let mut cells = Vec::with_capacity(table.weights.len());
    for (weight, edge) in table.weights.iter().zip(&edges[first_cell..]) {
        let cell = divide(*weight, total, one).0 + u128::from(edge.part / one);
        cells.push(i64::try_from(cell).map_err(|_| overflow())?);
    }
    // By the theorem they close; did they not, no table is better than a wrong one.
    let closed: i128 = cells.iter().map(|cell| i128::from(*cell)).sum();
    if closed != i128::from(total) {
        return Err(Error::MarginsDiffer {
            rows: i128::from(total),
            cols: closed,
        });
    }
    Ok(cells)
}

impl Table<'_> {
    fn row_node(&self, row: usize, group: usize) -> usize {
        row * self.col_groups.count() + group
    }

    fn col_node(&self, col: usize, group: usize) -> usize {
        self.rows * self.col_groups.count() + col * self.row_groups.count() + group
    }

    /// Where rows begin; columns end in the node after it.
    fn source(&self) -> usize {
        self.rows * self.col_groups.count() + self.cols * self.row_groups.count()
    }

    /// Margins and groups before cells, as in the matrix.
    fn edges(&self, part: impl Fn(u64) -> u64) -> Result<Vec<Edge>> {
        let mut edges = Vec::with_capacity(2 * self.source() + self.weights.len());
        let mut add = |tail: usize, head: usize, weight: u64| -> Result<()> {
            edges.push(Edge {
                tail: u32::try_from(tail).map_err(|_| overflow())?,
                head: u32::try_from(head).map_err(|_| overflow())?,
                part: part(weight),
            });
            Ok(())
        };
        let mut of_col = vec![0; self.rows];
        for col in 0..self.cols {
            for (row, weight) in of_col.iter_mut().enumerate() {
                *weight = self.weights[row * self.cols + col];
            }
            let sums = self.row_groups.sums(&of_col);
            add(self.col_node(col, 0), self.source() + 1, sums[0])?;
            for (group, above) in self.row_groups.nested() {
                let (tail, head) = (self.col_node(col, group), self.col_node(col, above));
                add(tail, head, sums[group])?;
            }
        }
        for row in 0..self.rows {
            let weights = &self.weights[row * self.cols..(row + 1) * self.cols];
            let sums = self.col_groups.sums(weights);
            add(self.source(), self.row_node(row, 0), sums[0])?;
            for (group, above) in self.col_groups.nested() {
                let (tail, head) = (self.row_node(row, above), self.row_node(row, group));
                add(tail, head, sums[group])?;
            }
        }
        for (at, weight) in self.weights.iter().enumerate() {
            let (row, col) = (at / self.cols, at % self.cols);
            let tail = self.row_node(row, self.col_groups.of_entry(col));
            let head = self.col_node(col, self.row_groups.of_entry(row));
            add(tail, head, *weight)?;
        }
        Ok(edges)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(weights: &[u64], cols: usize, total: u64) -> Vec<i64> {
        let rows = weights.len() / cols;
        // Rows in pairs and columns in threes.
        let pairs = |entries: usize, size: usize| {
            let groups = entries.div_ceil(size);
            let parent = move |node: usize| match node {
                0 => None,
                group if group <= groups => Some(0),
                entry => Some(1 + (entry - groups - 1) / size),
            };
            Groups::of_tree(0..1 + groups + entries, parent, |node| node > groups)
        };
        let table = Table {
            weights,
            row_groups: &pairs(rows, 2),
            col_groups: &pairs(cols, 3),
            rows,
            cols,
        };
        let cells = scale(&table, total).unwrap();
        let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
        let near = |places: &[usize]| {
            let cells: i128 = places.iter().map(|at| i128::from(cells[*at])).sum();
            let weight: u128 = places.iter().map(|at| u128::from(weights[*at])).sum();
            let fitted = weight * u128::from(total);
            let cells = u128::try_from(cells).unwrap();
            assert!(
                fitted / sum <= cells && cells <= fitted.div_ceil(sum),
                "{places:?}"
            );
        };
        near(&(0..weights.len()).collect::<Vec<_>>());
        for row in 0..rows {
            let places: Vec<usize> = (row * cols..(row + 1) * cols).collect();
            near(&places);
            places.chunks(3).for_each(near);
        }
        for col in 0..cols {
            let places: Vec<usize> = (0..rows).map(|row| row * cols + col).collect();
            near(&places);
            places.chunks(2).for_each(near);
        }
        (0..weights.len()).for_each(|at| near(&[at]));
        cells
    }

    #[test]
    fn examples() {
        assert_eq!(check(&[1, 1, 1, 1], 2, 4), [1, 1, 1, 1]);
        assert_eq!(check(&[1, 0, 0, 3], 2, 8), [2, 0, 0, 6]);
        assert_eq!(check(&[5], 1, 0), [0]);
        assert_eq!(check(&[u64::MAX], 1, 9), [9]);
    }

    proptest! {
        #[test]
        fn sums_are_their_fitted_values_rounded(
            weights in prop::collection::vec(prop_oneof![Just(0), 1..9_u64, 0..1_000_000_u64], 1..120),
            cols in 1..9_usize,
            total in prop_oneof![0..50_u64, 0..1_000_000_000_u64],
        ) {
            let rows = weights.len() / cols;
            prop_assume!(rows > 0 && weights[..rows * cols].iter().any(|weight| *weight > 0));
            check(&weights[..rows * cols], cols, total);
        }
    }
}
