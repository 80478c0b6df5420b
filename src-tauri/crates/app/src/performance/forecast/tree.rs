//! The units of a company as series that add up: each is the sum of those below it and of what it made
//! itself.

use std::collections::{BTreeMap, BTreeSet};

use yeji_core::ids::UnitId;
use yeji_core::org::Organisation;
use yeji_insight::forecast::Series;

/// What was made in each unit itself, by period; none is what belongs to no unit.
pub(in crate::performance) type Direct = BTreeMap<Option<UnitId>, Vec<Option<f64>>>;

/// A unit with all below it, or only what it made itself.
#[derive(Debug, Clone)]
pub(in crate::performance) struct Node {
    /// None: what belongs to no unit.
    pub unit: Option<UnitId>,
    /// Only what the unit made itself, beside its parts.
    pub own: bool,
    pub parent: Option<usize>,
    pub values: Vec<Option<f64>>,
}

/// Parents before their parts; the first is the company.
#[derive(Debug, Default)]
pub(in crate::performance) struct Tree {
    pub nodes: Vec<Node>,
}

impl Tree {
    /// `keep`: units that get a place for what they made themselves even where that is zero.
    pub fn of(
        organisation: &Organisation,
        mut direct: Direct,
        periods: usize,
        keep: &BTreeSet<Option<UnitId>>,
    ) -> Self {
        let mut tree = Self::default();
        let Some(company) = organisation.company() else {
            return tree;
        };
        tree.add(organisation, company.id, None, &mut direct, (periods, keep));
        // No unit, and units that the organisation has no longer.
        let mut rest = vec![Some(0.0); periods];
        let is_gone = |unit: &UnitId| organisation.unit(*unit).is_none();
        let mut has_rest = keep.iter().any(|one| one.as_ref().is_none_or(is_gone));
        for values in direct.into_values() {
            has_rest |= values.iter().flatten().any(|value| *value != 0.0);
            add(&mut rest, &values);
        }
        if has_rest {
            add(&mut tree.nodes[0].values, &rest);
            tree.nodes.push(Node {
                unit: None,
                own: true,
                parent: Some(0),
                values: rest,
            });
        }
        tree
    }

    fn add(
        &mut self,
        organisation: &Organisation,
        unit: UnitId,
        parent: Option<usize>,
        direct: &mut Direct,
        (periods, keep): (usize, &BTreeSet<Option<UnitId>>),
    ) -> usize {
        let own = direct.remove(&Some(unit));
        let own = own.unwrap_or_else(|| vec![Some(0.0); periods]);
        let place = self.nodes.len();
        self.nodes.push(Node {
            unit: Some(unit),
            own: false,
            parent,
            values: own.clone(),
        });
        for child in organisation.children(unit) {
            let child = self.add(organisation, *child, Some(place), direct, (periods, keep));
            let values = self.nodes[child].values.clone();
            add(&mut self.nodes[place].values, &values);
        }
        let is_split = !organisation.children(unit).is_empty();
        let is_kept = keep.contains(&Some(unit));
        if is_split && (is_kept || own.iter().flatten().any(|value| *value != 0.0)) {
            self.nodes.push(Node {
                unit: Some(unit),
                own: true,
                parent: Some(place),
                values: own,
            });
        }
        place
    }

    /// As series of one season, that name their parents.
    pub fn series(&self, season: usize) -> Vec<Series> {
        let nodes = self.nodes.iter().enumerate();
        nodes
            .map(|(place, node)| Series {
                id: place.to_string(),
                values: node.values.clone(),
                season,
                parent: node.parent.map(|parent| parent.to_string()),
                ..Series::default()
            })
            .collect()
    }

    /// The place of a unit with all below it.
    pub fn place(&self, unit: UnitId) -> Option<usize> {
        let is_it = |node: &Node| node.unit == Some(unit) && !node.own;
        self.nodes.iter().position(is_it)
    }

    /// The place at the bottom where what a unit makes itself belongs.
    pub fn bottom(&self, unit: Option<UnitId>) -> Option<usize> {
        let own = |unit: Option<UnitId>| {
            let is_own = move |node: &Node| node.unit == unit && node.own;
            self.nodes.iter().position(is_own)
        };
        let there = unit.and_then(|unit| self.place(unit));
        match there {
            Some(place) => Some(own(unit).unwrap_or(place)),
            None => own(None),
        }
    }

    /// Places below one, parents first, with their depth (1: directly below).
    pub fn below(&self, top: usize) -> Vec<(usize, u32)> {
        let mut all = Vec::new();
        self.go_down(top, 1, &mut all);
        all
    }

    fn go_down(&self, top: usize, depth: u32, all: &mut Vec<(usize, u32)>) {
        for (place, node) in self.nodes.iter().enumerate() {
            if node.parent == Some(top) {
                all.push((place, depth));
                self.go_down(place, depth + 1, all);
            }
        }
    }
}

/// A sum is known where all its parts are.
fn add(sum: &mut [Option<f64>], part: &[Option<f64>]) {
    for (sum, part) in sum.iter_mut().zip(part) {
        *sum = sum.zip(*part).map(|(sum, part)| sum + part);
    }
}
