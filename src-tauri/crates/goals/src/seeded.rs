//! Fitted values of a matrix whose cells have shares of their own: 0 where a person is not there in a
//! week, 1 where the whole week.
//!
//! 1. Iterative proportional fitting: shares times column totals, then rows and columns are scaled to
//!    their margins in turn until both agree (Deming and Stephan, "On a least squares adjustment of a
//!    sampled frequency table", Annals of Mathematical Statistics 11, 1940). Floats in a fixed order of
//!    +, -, x and /, which every platform calculates alike. Cells of share zero stay zero.
//! 2. The floats become whole numbers of 2^-20 minor units. What the margins lack then, a few of these,
//!    goes along a maximum spanning forest of rows and columns, so over the largest cells, and both
//!    margins are exact.
//! 3. [`crate::matrix`] rounds each of these fractions down or up.
//!
//! Not every pattern of shares has a matrix: nobody may be there in a week that has an amount. Then
//! there is no answer here, and the caller lets the weeks follow the people.

/// Denominator of the fractions.
pub(crate) const ONE: u64 = 1 << 20;
/// Turns of scaling rows and columns. Patterns of shares that have a matrix agree after some tens.
const MAX_TURNS: usize = 400;
/// Columns that differ by less, in parts of the total, agree; the forest takes the rest.
const NEAR: f64 = 1e-10;

/// Fitted values, row by row: whole minor units and what is beyond, in parts of [`ONE`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fit {
    pub whole: Vec<u64>,
    pub part: Vec<u64>,
}

/// The matrix of these margins (one total, none negative) in the proportions of the shares (row by
/// row, none negative, finite); none if there is none, or none was found.
pub(crate) fn fit(rows: &[u64], cols: &[u64], shares: &[f64]) -> Option<Fit> {
    let floats = proportional(rows, cols, shares)?;
    let mut cells = Vec::with_capacity(floats.len());
    for value in &floats {
        cells.push(in_parts(*value)?);
    }
    close(rows, cols, &mut cells)?;
    let one = i128::from(ONE);
    let mut fit = Fit {
        whole: Vec::with_capacity(cells.len()),
        part: Vec::with_capacity(cells.len()),
    };
    for cell in cells {
        fit.whole.push(u64::try_from(cell.div_euclid(one)).ok()?);
        fit.part.push(u64::try_from(cell.rem_euclid(one)).ok()?);
    }
    Some(fit)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "proportions; the margins are closed in whole numbers afterwards"
)]
fn proportional(rows: &[u64], cols: &[u64], shares: &[f64]) -> Option<Vec<f64>> {
    let width = cols.len();
    let mut cells = Vec::with_capacity(shares.len());
    for line in shares.chunks_exact(width) {
        cells.extend(
            line.iter()
                .zip(cols)
                .map(|(share, col)| share * *col as f64),
        );
    }
    let total: f64 = rows.iter().map(|row| *row as f64).sum();
    for _ in 0..MAX_TURNS {
        for (line, row) in cells.chunks_exact_mut(width).zip(rows) {
            let sum: f64 = line.iter().sum();
            if sum > 0.0 {
                let scale = *row as f64 / sum;
                for cell in line.iter_mut() {
                    *cell *= scale;
                }
            } else if *row > 0 {
                return None;
            }
        }
        let mut sums = vec![0.0; width];
        for line in cells.chunks_exact(width) {
            for (sum, cell) in sums.iter_mut().zip(line) {
                *sum += cell;
            }
        }
        let agrees = |(sum, col): (&f64, &u64)| (sum - *col as f64).abs() <= NEAR * total;
        if sums.iter().zip(cols).all(agrees) {
            return Some(cells);
        }
        for (sum, col) in sums.iter_mut().zip(cols) {
            if *sum <= 0.0 && *col > 0 {
                return None;
            }
            *sum = if *sum > 0.0 { *col as f64 / *sum } else { 0.0 };
        }
        for line in cells.chunks_exact_mut(width) {
            for (cell, scale) in line.iter_mut().zip(&sums) {
                *cell *= scale;
            }
        }
    }
    None
}

/// A float in parts of [`ONE`], rounded down.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a power of two loses nothing; a float out of bounds is refused"
)]
fn in_parts(value: f64) -> Option<i128> {
    let parts = value * ONE as f64;
    let fits = (0.0..1e30).contains(&parts);
    fits.then_some(parts as i128)
}

/// Brings the cells to the margins exactly, along the forest of their largest.
fn close(rows: &[u64], cols: &[u64], cells: &mut [i128]) -> Option<()> {
    let width = cols.len();
    let one = i128::from(ONE);
    // Rows first, then columns: what each still lacks.
    let mut lacks: Vec<i128> = rows
        .iter()
        .chain(cols)
        .map(|it| i128::from(*it) * one)
        .collect();
    for (at, cell) in cells.iter().enumerate() {
        lacks[at / width] -= cell;
        lacks[rows.len() + at % width] -= cell;
    }
    let forest = largest_forest(rows.len(), width, cells);
    let mut degree = vec![0_usize; lacks.len()];
    let mut beside: Vec<Vec<usize>> = vec![Vec::new(); lacks.len()];
    for at in &forest {
        for node in [at / width, rows.len() + at % width] {
            degree[node] += 1;
            beside[node].push(*at);
        }
    }
    let mut leaves: Vec<usize> = (0..lacks.len()).filter(|node| degree[*node] == 1).collect();
    let mut done = vec![false; cells.len()];
    while let Some(leaf) = leaves.pop() {
        let Some(at) = beside[leaf].iter().copied().find(|at| !done[*at]) else {
            continue;
        };
        let (row, col) = (at / width, rows.len() + at % width);
        let other = if leaf == row { col } else { row };
        let given = std::mem::take(&mut lacks[leaf]);
        cells[at] += given;
        lacks[other] -= given;
        done[at] = true;
        degree[other] -= 1;
        if degree[other] == 1 {
            leaves.push(other);
        }
    }
    let closed = lacks.iter().all(|lack| *lack == 0) && cells.iter().all(|cell| *cell >= 0);
    closed.then_some(())
}

/// Positions of cells that join rows and columns into trees, the largest first (Kruskal's algorithm).
fn largest_forest(rows: usize, width: usize, cells: &[i128]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..cells.len()).filter(|at| cells[*at] > 0).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(cells[*at]), *at));
    let mut roots: Vec<usize> = (0..rows + width).collect();
    let mut forest = Vec::new();
    for at in order {
        let (row, col) = (
            root_of(&mut roots, at / width),
            root_of(&mut roots, rows + at % width),
        );
        if row != col {
            roots[row] = col;
            forest.push(at);
        }
    }
    forest
}

/// The root of a node's tree; the way to it is halved.
fn root_of(roots: &mut [usize], mut node: usize) -> usize {
    while roots[node] != node {
        roots[node] = roots[roots[node]];
        node = roots[node];
    }
    node
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sums(fit: &Fit, rows: usize, width: usize) -> (Vec<u128>, Vec<u128>) {
        let (mut by_row, mut by_col) = (vec![0; rows], vec![0; width]);
        for (at, (whole, part)) in fit.whole.iter().zip(&fit.part).enumerate() {
            let value = u128::from(*whole) * u128::from(ONE) + u128::from(*part);
            by_row[at / width] += value;
            by_col[at % width] += value;
        }
        (by_row, by_col)
    }

    #[test]
    fn a_known_table_is_fitted() {
        // With a zero in a corner the answer follows from the margins: 0 4 / 6 2.
        let fit = fit(&[4, 8], &[6, 6], &[0.0, 1.0, 1.0, 1.0]).unwrap();
        assert_eq!((fit.whole, fit.part), (vec![0, 4, 6, 2], vec![0; 4]));
    }

    #[test]
    fn a_pattern_without_a_matrix_has_none() {
        assert_eq!(
            fit(&[1, 1], &[1, 1], &[1.0, 0.0, 1.0, 0.0]),
            None,
            "a week without anybody"
        );
        assert_eq!(
            fit(&[5, 5], &[2, 8], &[1.0, 0.0, 1.0, 1.0]),
            None,
            "a week of too little"
        );
        assert_eq!(
            fit(&[5, 5], &[5, 5], &[0.0, 0.0, 1.0, 1.0]),
            None,
            "somebody who is never there"
        );
    }

    proptest! {
        /// Margins of a matrix that has the zeros are met exactly, and zeros stay zero.
        #[test]
        fn margins_are_exact(
            (width, table) in (1..12_usize).prop_flat_map(|width| {
                let cell = prop_oneof![2 => Just(0_u64), 5 => 1..2_000_000_u64];
                (Just(width), prop::collection::vec(prop::collection::vec(cell, width), 1..14))
            }),
            high in any::<bool>(),
        ) {
            let scale = if high { 500_000 } else { 1 };
            let rows: Vec<u64> = table.iter().map(|line| line.iter().sum::<u64>() * scale).collect();
            let cols: Vec<u64> = (0..width)
                .map(|at| table.iter().map(|line| line[at]).sum::<u64>() * scale)
                .collect();
            let shares: Vec<f64> = table.iter().flatten().map(|cell| if *cell == 0 { 0.0 } else { 1.0 }).collect();
            // Where the margins force a cell of share one to zero the scaling may not agree in time.
            if let Some(fit) = fit(&rows, &cols, &shares) {
                let (by_row, by_col) = sums(&fit, rows.len(), width);
                let scaled = |margin: &[u64]| margin.iter().map(|it| u128::from(*it) * u128::from(ONE)).collect::<Vec<_>>();
                prop_assert_eq!(by_row, scaled(&rows));
                prop_assert_eq!(by_col, scaled(&cols));
                for (at, share) in shares.iter().enumerate() {
                    prop_assert!(*share > 0.0 || (fit.whole[at], fit.part[at]) == (0, 0));
                }
            }
        }

        /// Where most are there most of the time, as in companies, there is always an answer.
        #[test]
        fn companies_have_an_answer(
            rows in prop::collection::vec(1_000..900_000_000_u64, 8..40),
            weights in prop::collection::vec(1..1_000_u64, 12..54),
            absent in prop::collection::vec((0..8_usize, 0..54_usize, 1..20_usize), 0..6),
        ) {
            let width = weights.len();
            let total: u64 = rows.iter().sum();
            let cols = yeji_core::allocate(i64::try_from(total).unwrap(), &weights).unwrap();
            let cols: Vec<u64> = cols.into_iter().map(i64::unsigned_abs).collect();
            // The first eight of ten times as many people, so that they are a small part.
            let people: Vec<u64> = rows.iter().map(|row| row / 1_000).chain([total - rows.iter().map(|row| row / 1_000).sum::<u64>()]).collect();
            let mut shares = vec![1.0; people.len() * width];
            for (who, from, weeks) in absent {
                for week in from..(from + weeks).min(width.saturating_sub(1)) {
                    shares[who * width + week] = 0.0;
                }
            }
            let fit = fit(&people, &cols, &shares);
            prop_assert!(fit.is_some());
        }
    }
}
