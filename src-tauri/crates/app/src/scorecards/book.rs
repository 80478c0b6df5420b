//! The goals of one KPI in one period, looked up: own ones, those of a unit above, and what the parts of a unit
//! are together.
//!
//! A share that holds for a year holds for its months; a sum of a year does not. What is set for a unit holds
//! for its people where nothing is set for them, if it is no sum.

use std::collections::BTreeMap;

use yeji_core::Ratio;
use yeji_core::calendar::{Period, PeriodKind};
use yeji_core::ids::{PersonId, UnitId};
use yeji_core::org::{MemberRole, Organisation};
use yeji_core::scorecard::KpiGoal;

use super::who::last_day;
use crate::performance::{Measured, Whose};

/// How the goal of a unit follows from those of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// Parts add up.
    pub sums: bool,
    /// So do months and quarters.
    pub along_time: bool,
}

impl Kind {
    pub fn of(measured: &Measured) -> Self {
        Self {
            sums: measured.is_sum(),
            along_time: measured.adds_along_time(),
        }
    }
}

/// A goal that is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set {
    pub value: Ratio,
    /// The period that it was set for; none: it is the sum of shorter ones.
    pub period: Option<Period>,
}

/// A part of a unit with its goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub whose: Whose,
    pub value: Ratio,
    /// It is that of a unit above.
    pub inherited: bool,
}

/// What is set below a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Below {
    /// Each at the nearest unit or person with a goal.
    pub parts: Vec<Part>,
    /// Those without.
    pub left_out: Vec<Whose>,
}

/// The goals of one KPI in one period.
pub(super) struct Book<'a> {
    organisation: &'a Organisation,
    period: Period,
    kind: Kind,
    /// Values that are in force on the last day of the period, by whose and for which period they are.
    set: BTreeMap<Whose, BTreeMap<Period, Ratio>>,
}

impl<'a> Book<'a> {
    /// `goals` are all of the KPI.
    pub fn new(
        organisation: &'a Organisation,
        kind: Kind,
        period: Period,
        goals: &[KpiGoal],
    ) -> Self {
        let day = last_day(period);
        let mut begun: Vec<&KpiGoal> = goals.iter().filter(|goal| goal.from <= day).collect();
        begun.sort_by_key(|goal| goal.from);
        let mut set: BTreeMap<Whose, BTreeMap<Period, Ratio>> = BTreeMap::new();
        for goal in begun {
            if let Some(whose) = whose_of(goal) {
                // A later one takes the place of an earlier one.
                set.entry(whose)
                    .or_default()
                    .insert(goal.period, goal.value);
            }
        }
        Self {
            organisation,
            period,
            kind,
            set,
        }
    }

    /// What is set for somebody: for the period, else for the shortest longer one that it lies in; of a sum
    /// along time else what its parts add up to.
    pub fn own(&self, whose: Whose) -> Option<Set> {
        let of = self.set.get(&whose)?;
        let exact = |period: Period| {
            let value = *of.get(&period)?;
            Some(Set {
                value,
                period: Some(period),
            })
        };
        if let Some(set) = exact(self.period) {
            return Some(set);
        }
        if self.kind.sums {
            let value = summed(of, self.period).filter(|_| self.kind.along_time)?;
            return Some(Set {
                value,
                period: None,
            });
        }
        [PeriodKind::Quarter, PeriodKind::Half, PeriodKind::Year]
            .into_iter()
            .find_map(|kind| exact(self.period.around(kind)?))
    }

    /// What is set for the nearest unit above; nothing of a sum, which is not everybody's.
    pub fn above(&self, whose: Whose) -> Option<(UnitId, Set)> {
        if self.kind.sums {
            return None;
        }
        let mut at = match whose {
            Whose::Person(person) => self.unit_of(person),
            Whose::Unit(unit) => self.parent(unit),
        };
        while let Some(unit) = at {
            if let Some(set) = self.own(Whose::Unit(unit)) {
                return Some((unit, set));
            }
            at = self.parent(unit);
        }
        None
    }

    /// What is set below a unit; none where nothing is.
    pub fn below(&self, unit: UnitId) -> Option<Below> {
        if !self.is_set_below(unit) {
            return None;
        }
        let own = self.own(Whose::Unit(unit)).filter(|_| !self.kind.sums);
        let inherited = own.or(self.above(Whose::Unit(unit)).map(|(_, set)| set));
        let mut below = Below::default();
        self.gather(unit, inherited.map(|set| set.value), &mut below);
        Some(below)
    }

    fn gather(&self, unit: UnitId, inherited: Option<Ratio>, below: &mut Below) {
        let parts = self.organisation.children(unit).iter().copied();
        for child in parts {
            let whose = Whose::Unit(child);
            if let Some(set) = self.own(whose) {
                below.put(whose, Some(set.value), false);
            } else if self.is_set_below(child) {
                self.gather(child, inherited, below);
            } else if !self.sellers(child).is_empty() {
                below.put(whose, inherited, true);
            }
        }
        for person in self.direct_sellers(unit) {
            let whose = Whose::Person(person);
            match self.own(whose) {
                Some(set) => below.put(whose, Some(set.value), false),
                None => below.put(whose, inherited, true),
            }
        }
    }

    fn is_set_below(&self, unit: UnitId) -> bool {
        let has = |whose: Whose| self.own(whose).is_some();
        let people = self.direct_sellers(unit).into_iter();
        let mut units = self.organisation.children(unit).iter();
        people.map(Whose::Person).any(has)
            || units.any(|child| has(Whose::Unit(*child)) || self.is_set_below(*child))
    }

    /// People who sell in a unit or below in the period, each once.
    pub fn sellers(&self, unit: UnitId) -> Vec<PersonId> {
        let units = self.organisation.subtree(unit);
        let mut people: Vec<PersonId> = units
            .into_iter()
            .flat_map(|unit| self.direct_sellers(unit))
            .collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    fn direct_sellers(&self, unit: UnitId) -> Vec<PersonId> {
        let (from, to) = (self.period.start(), self.period.end());
        let sellers = self.organisation.sellers_within(unit, from, to);
        // Who moved is measured where they sold last, in one unit.
        sellers
            .filter(|person| self.unit_of(*person) == Some(unit))
            .collect()
    }

    /// The unit of the last days on which somebody sells in the period.
    fn unit_of(&self, person: PersonId) -> Option<UnitId> {
        let (from, to) = (self.period.start(), self.period.end());
        let stays = self.organisation.stays(person);
        let sold =
            stays.filter(|stay| stay.role == MemberRole::Sales && stay.from < to && from < stay.to);
        let last = sold.max_by_key(|stay| (stay.to.min(to), stay.from));
        last.map(|stay| stay.unit)
    }

    fn parent(&self, unit: UnitId) -> Option<UnitId> {
        self.organisation.unit(unit)?.parent
    }
}

impl Below {
    fn put(&mut self, whose: Whose, value: Option<Ratio>, inherited: bool) {
        match value {
            Some(value) => self.parts.push(Part {
                whose,
                value,
                inherited,
            }),
            None => self.left_out.push(whose),
        }
    }
}

/// Whose a goal is.
pub(super) fn whose_of(goal: &KpiGoal) -> Option<Whose> {
    let unit = goal.unit.map(Whose::Unit);
    unit.or(goal.person.map(Whose::Person))
}

/// The sum of shorter periods, if every one of them is set.
fn summed(of: &BTreeMap<Period, Ratio>, period: Period) -> Option<Ratio> {
    let kinds: &[PeriodKind] = match period.kind() {
        PeriodKind::Year => &[PeriodKind::Half, PeriodKind::Quarter],
        PeriodKind::Half => &[PeriodKind::Quarter],
        PeriodKind::Quarter => &[PeriodKind::Month],
        PeriodKind::Month | PeriodKind::CutWeek | PeriodKind::IsoWeek => &[],
    };
    kinds.iter().find_map(|kind| {
        let parts = period.parts(*kind);
        let mut sum = (!parts.is_empty()).then_some(Ratio::ZERO)?;
        for part in parts {
            let value = of.get(&part).copied().or_else(|| summed(of, part))?;
            sum = sum.checked_add(value).ok()?;
        }
        Some(sum)
    })
}
