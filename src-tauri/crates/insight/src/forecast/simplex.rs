//! The downhill simplex of Nelder and Mead (1965), for a handful of parameters.

use super::number::real;

/// How a search ends early, and how long it may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Evaluations of the cost, about.
    pub evaluations: usize,
    /// Relative distance of the best and the worst corner at which the search ends.
    pub tolerance: f64,
}

/// Where the search ended.
#[derive(Debug)]
pub(super) struct Found {
    /// The parameters.
    pub at: Vec<f64>,
    /// Their cost; infinite if no allowed point was met.
    pub cost: f64,
}

type Corner = (Vec<f64>, f64);

/// Searches the least cost from `start`, its first simplex one `step` along each parameter. A cost
/// that is not a number counts as infinite, so that a cost may refuse a point.
pub(super) fn minimise(
    start: &[f64],
    step: &[f64],
    limits: Limits,
    cost: impl FnMut(&[f64]) -> f64,
) -> Found {
    let mut cost = Counted { cost, used: 0 };
    let mut corners = vec![(start.to_vec(), cost.of(start))];
    for (place, step) in step.iter().enumerate() {
        let mut at = start.to_vec();
        at[place] += step;
        let value = cost.of(&at);
        corners.push((at, value));
    }
    let last = corners.len() - 1;
    while cost.used < limits.evaluations {
        corners.sort_by(|a, b| a.1.total_cmp(&b.1));
        let (best, worst) = (corners[0].1, corners[last].1);
        if (worst - best).abs() <= limits.tolerance * (best.abs() + limits.tolerance) {
            break;
        }
        let centre = centre(&corners[..last]);
        let beyond = |far: f64| along(&centre, &corners[last].0, far);
        let reflected = cost.corner(beyond(-1.0));
        let next = if reflected.1 < best {
            let expanded = cost.corner(beyond(-2.0));
            Some(if expanded.1 < reflected.1 {
                expanded
            } else {
                reflected
            })
        } else if reflected.1 < corners[last - 1].1 {
            Some(reflected)
        } else {
            let contracted = cost.corner(beyond(if reflected.1 < worst { -0.5 } else { 0.5 }));
            (contracted.1 < worst.min(reflected.1)).then_some(contracted)
        };
        match next {
            Some(corner) => corners[last] = corner,
            None => shrink(&mut corners, &mut cost),
        }
    }
    corners.sort_by(|a, b| a.1.total_cmp(&b.1));
    let (at, cost) = corners.swap_remove(0);
    Found { at, cost }
}

struct Counted<F> {
    cost: F,
    used: usize,
}

impl<F: FnMut(&[f64]) -> f64> Counted<F> {
    fn of(&mut self, at: &[f64]) -> f64 {
        self.used += 1;
        let cost = (self.cost)(at);
        if cost.is_nan() { f64::INFINITY } else { cost }
    }

    fn corner(&mut self, at: Vec<f64>) -> Corner {
        let cost = self.of(&at);
        (at, cost)
    }
}

fn centre(corners: &[Corner]) -> Vec<f64> {
    let share = 1.0 / real(corners.len());
    let mut centre = vec![0.0; corners[0].0.len()];
    for (at, _) in corners {
        for (sum, value) in centre.iter_mut().zip(at) {
            *sum += value * share;
        }
    }
    centre
}

/// The point on the line from the centre to a corner, `far` times as far (negative: beyond the centre).
fn along(centre: &[f64], corner: &[f64], far: f64) -> Vec<f64> {
    let places = centre.iter().zip(corner);
    places
        .map(|(centre, corner)| centre + far * (corner - centre))
        .collect()
}

/// All corners half the way to the best one.
fn shrink<F: FnMut(&[f64]) -> f64>(corners: &mut [Corner], cost: &mut Counted<F>) {
    let best = corners[0].0.clone();
    for (at, value) in corners.iter_mut().skip(1) {
        *at = along(&best, at, 0.5);
        *value = cost.of(at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::number::square;
    use super::*;

    #[test]
    fn the_valley_of_rosenbrock_is_walked_to_its_end() {
        let limits = Limits {
            evaluations: 500,
            tolerance: 1e-12,
        };
        let found = minimise(&[-1.2, 1.0], &[0.1, 0.1], limits, |at| {
            square(1.0 - at[0]) + 100.0 * square(at[1] - at[0] * at[0])
        });
        assert!(
            (found.at[0] - 1.0).abs() < 1e-3 && (found.at[1] - 1.0).abs() < 1e-3,
            "{found:?}"
        );
    }

    #[test]
    fn refused_points_are_left_and_the_evaluations_are_bounded() {
        let limits = Limits {
            evaluations: 60,
            tolerance: 0.0,
        };
        let mut used = 0;
        let found = minimise(&[0.5], &[0.4], limits, |at| {
            used += 1;
            if at[0] < 0.2 { f64::NAN } else { at[0] }
        });
        assert!(found.at[0] >= 0.2 && found.at[0] < 0.25, "{found:?}");
        assert!(used <= 64, "{used} evaluations");
    }
}
