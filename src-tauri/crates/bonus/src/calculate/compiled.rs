//! A component with its conditions read and its tiers in minor units.

use yeji_core::{Currency, Ratio};

use crate::condition::{self, Expression, Trouble};
use crate::exact::Exact;
use crate::plan::{By, Component, ModifierStep, Plan};

/// A component ready to be worked out.
#[derive(Debug)]
pub(crate) struct Compiled<'a> {
    pub component: &'a Component,
    pub filter: Option<Expression>,
    pub gates: Vec<(Expression, Ratio)>,
    pub modifiers: Vec<(Expression, &'a [ModifierStep])>,
    /// Where each tier starts and ends, in the unit of what it is chosen by.
    pub bounds: Vec<(Ratio, Option<Ratio>)>,
    /// Minor units of one that people write: 100 for yuan, 1 for numbers.
    pub scale: Ratio,
}

/// Why a component cannot be made ready.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// A condition that cannot be read.
    #[error(transparent)]
    Condition(#[from] Trouble),
    /// Bounds that do not fit.
    #[error("bounds that do not fit")]
    Bounds,
}

impl<'a> Compiled<'a> {
    pub fn new(component: &'a Component, currency: Currency) -> Result<Self, Fault> {
        let read = |text: &str| condition::parse(text).map_err(Fault::from);
        let filter = component.credit.filter.as_deref();
        let scale = if component.measures_money() {
            Ratio::from_int(currency.minor_per_major())
        } else {
            Ratio::ONE
        };
        let factor = match component.rate.by {
            By::Attainment => Ratio::ONE,
            By::Amount => scale,
        };
        let scaled = |value: Ratio| value.times(factor).map_err(|_| Fault::Bounds);
        let mut bounds = Vec::with_capacity(component.rate.tiers.len());
        for tier in &component.rate.tiers {
            let to = tier.to.map(|to| scaled(to.value)).transpose()?;
            bounds.push((scaled(tier.from.value)?, to));
        }
        let mut gates = Vec::new();
        for gate in &component.gates {
            gates.push((read(&gate.when)?, gate.otherwise));
        }
        let mut modifiers = Vec::new();
        for modifier in &component.modifiers {
            modifiers.push((read(&modifier.value)?, modifier.steps.as_slice()));
        }
        Ok(Self {
            component,
            filter: filter.map(read).transpose()?,
            gates,
            modifiers,
            bounds,
            scale,
        })
    }

    /// All components of a plan.
    pub fn all(plan: &'a Plan, currency: Currency) -> Result<Vec<Self>, Fault> {
        plan.components
            .iter()
            .map(|component| Self::new(component, currency))
            .collect()
    }
}
