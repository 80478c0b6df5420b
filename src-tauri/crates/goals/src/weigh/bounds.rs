//! Least and greatest goals by growth floor and cap.

use yeji_core::{Ratio, Rounding};

use super::error::WeighError;
use super::input::{Factor, WeighInput};
use super::weights::Weights;
use crate::fill::{Filled, Part, fill};
use crate::split::Level;
use crate::tree::UnitTree;
use crate::{Error, Result};

/// People named in an error.
const MAX_NAMED: usize = 10;

/// Least and greatest goal; without a greatest none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub low: i64,
    pub high: Option<i64>,
}

/// The bounds of everybody: of people by what they made, of units the sums of their people's.
pub(super) struct AllBounds<'a> {
    input: &'a WeighInput,
    tree: &'a UnitTree<'a>,
    weights: &'a Weights,
    by_position: Vec<Bounds>,
}

impl<'a> AllBounds<'a> {
    pub fn new(
        input: &'a WeighInput,
        tree: &'a UnitTree<'a>,
        weights: &'a Weights,
    ) -> Result<Self> {
        let mut bounds = Self {
            input,
            tree,
            weights,
            by_position: Vec::new(),
        };
        bounds.by_position = bounds.all()?;
        Ok(bounds)
    }

    pub fn of(&self, at: usize) -> Bounds {
        self.by_position[at]
    }

    fn all(&self) -> Result<Vec<Bounds>> {
        let zero = Bounds {
            low: 0,
            high: Some(0),
        };
        let mut bounds = vec![zero; self.input.units.len()];
        for at in self.tree.order().iter().rev() {
            let unit = &self.input.units[*at];
            if unit.level == Level::Person {
                let cap = unit.facts.cap.or(self.input.cap);
                let floor = unit.facts.floor.or(self.input.floor);
                let made = (self.weights.basis[*at], self.weights.held_to[*at]);
                let found = person_bounds(made, cap, floor)?;
                let is_idle = unit.weight.is_none() && !self.weighs_anything(*at);
                let high = if is_idle { Some(found.low) } else { found.high };
                bounds[*at] = Bounds { high, ..found };
            }
            if let Some(above) = self.tree.parent(*at) {
                let sum = |a: i64, b: i64| {
                    a.checked_add(b).ok_or_else(|| Error::Overflow {
                        place: self.tree.id(above).to_owned(),
                    })
                };
                bounds[above].low = sum(bounds[above].low, bounds[*at].low)?;
                bounds[above].high = match (bounds[above].high, bounds[*at].high) {
                    (Some(above), Some(own)) => Some(sum(above, own)?),
                    _ => None,
                };
            }
        }
        Ok(bounds)
    }

    /// Whether any factor gives somebody anything. What the caps of others leave over is not for who is
    /// away all year.
    fn weighs_anything(&self, at: usize) -> bool {
        let shares = self
            .input
            .blend
            .iter()
            .filter(|one| one.share > Ratio::ZERO);
        let mut factors = shares.flat_map(|blend| match blend.factor {
            Factor::History => vec![Factor::History, Factor::Equal],
            other => vec![other],
        });
        factors.any(|factor| self.weights.of(factor, at) > Ratio::ZERO)
    }

    /// The wished goals within the bounds of each; what is cut off goes to the others in proportion.
    pub fn fill(&self, at: usize, amount: i64, wished: &[i64]) -> Result<Vec<i64>> {
        let children = self.tree.children(at);
        let fits = |(child, minor): (&usize, &i64)| {
            let Bounds { low, high } = self.by_position[*child];
            low <= *minor && high.is_none_or(|high| *minor <= high)
        };
        if children.iter().zip(wished).all(fits) {
            return Ok(wished.to_vec());
        }
        let parts: Vec<Part> = children
            .iter()
            .zip(wished)
            .map(|(child, minor)| Part {
                weight: minor.unsigned_abs(),
                low: self.by_position[*child].low,
                high: self.by_position[*child].high,
            })
            .collect();
        match fill(amount, &parts)? {
            Filled::Parts(parts) => Ok(parts),
            Filled::Below(most) => Err(self.caps_bind(at, amount, most)),
            Filled::Above(least) => Err(self.floors_bind(at, amount, least)),
        }
    }

    fn caps_bind(&self, at: usize, amount: i64, most: i128) -> Error {
        let (people, count) = self.named(at, |bounds| bounds.high.is_some());
        let unit = &self.input.units[at];
        let needed = self.weights.held_to[at]
            .and_then(|basis| Ratio::new(i128::from(amount), i128::from(basis)).ok())
            .and_then(|needed| needed.to_decimal(4, Rounding::Ceiling).ok());
        WeighError::CapsBind {
            unit: unit.id.clone(),
            name: unit.name.clone(),
            left: i128::from(amount) - most,
            most,
            people,
            count,
            needed: needed.unwrap_or_else(|| "none".to_owned()),
        }
        .into()
    }

    fn floors_bind(&self, at: usize, amount: i64, least: i128) -> Error {
        let (people, count) = self.named(at, |bounds| bounds.low > 0);
        let unit = &self.input.units[at];
        WeighError::FloorsBind {
            unit: unit.id.clone(),
            name: unit.name.clone(),
            least,
            over: least - i128::from(amount),
            people,
            count,
        }
        .into()
    }

    /// The first people below a unit whose bounds are meant, and how many there are.
    fn named(&self, at: usize, is_meant: impl Fn(&Bounds) -> bool) -> (String, usize) {
        let people: Vec<&str> = self
            .tree
            .below(at)
            .into_iter()
            .filter(|at| is_meant(&self.by_position[*at]))
            .map(|at| self.input.units[at].name.as_str())
            .collect();
        let named = &people[..people.len().min(MAX_NAMED)];
        (named.join(", "), people.len())
    }
}

/// Whole bounds: the floor rounded up, the cap down. A floor needs something made to grow from; a cap holds new
/// people to the median that they weigh, or what others' caps cut off would all land on them.
fn person_bounds(
    (made, held_to): (Option<i64>, Option<i64>),
    cap: Option<Ratio>,
    floor: Option<Ratio>,
) -> Result<Bounds> {
    let times = |basis: Option<i64>, factor: Option<Ratio>, rounding| -> Result<Option<i64>> {
        let (Some(basis), Some(factor)) = (basis, factor) else {
            return Ok(None);
        };
        let product = Ratio::from_int(basis).checked_mul(factor)?;
        Ok(Some(product.round(rounding)?))
    };
    let low = times(made, floor, Rounding::Ceiling)?.unwrap_or(0);
    // A floor and a cap of one minor unit's width may cross by rounding; then the floor holds.
    let high = times(held_to, cap, Rounding::Floor)?.map(|high| high.max(low));
    Ok(Bounds { low, high })
}
