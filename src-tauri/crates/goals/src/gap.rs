//! The goals from above beside the numbers from below, at every level.
//!
//! Everybody carries a goal; some have a number of their own beside it. A unit is the sum of what is below
//! it, on both sides, so a gap is the sum of the gaps below. Who has no number is counted and never taken
//! for the goal in silence: `bottom_up` leaves them out, `expected` says that it keeps their goals. Because
//! both sides of the gap leave the same people out, `expected - goal` is the same gap.

use yeji_core::Error as CoreError;

use crate::Result;

/// A unit or person, parents before children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GapRow {
    /// Place of the unit above, which comes earlier; none: topmost.
    pub parent: Option<usize>,
    /// What it carries itself; none: only what is below it.
    pub own: Option<GapLeaf>,
}

/// A goal with what is said beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GapLeaf {
    /// From above.
    pub goal: i64,
    /// From below; none: nothing was said.
    pub number: Option<i64>,
    /// Whether somebody is there who could say something: a unit without people is not missing.
    pub is_person: bool,
}

/// The sums of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GapSum {
    /// From above.
    pub goal: i64,
    /// From below, of those who said something.
    pub bottom_up: i64,
    /// The goals of these.
    pub goal_of_said: i64,
    /// People.
    pub people: u32,
    /// People with a number.
    pub said: u32,
}

impl GapSum {
    /// People without a number.
    pub fn missing(&self) -> u32 {
        self.people - self.said
    }

    /// Numbers less the goals of those who gave them.
    ///
    /// # Errors
    /// A difference that does not fit.
    pub fn gap(&self) -> Result<i64> {
        let gap = self.bottom_up.checked_sub(self.goal_of_said);
        Ok(gap.ok_or(CoreError::Overflow("gap of a goal"))?)
    }

    /// The sum if whoever said nothing keeps the goal.
    ///
    /// # Errors
    /// A sum that does not fit.
    pub fn expected(&self) -> Result<i64> {
        let sum = self.goal.checked_add(self.gap()?);
        Ok(sum.ok_or(CoreError::Overflow("sum of proposals"))?)
    }

    fn add(&mut self, other: &Self) -> Option<()> {
        self.goal = self.goal.checked_add(other.goal)?;
        self.bottom_up = self.bottom_up.checked_add(other.bottom_up)?;
        self.goal_of_said = self.goal_of_said.checked_add(other.goal_of_said)?;
        self.people = self.people.checked_add(other.people)?;
        self.said = self.said.checked_add(other.said)?;
        Some(())
    }
}

impl GapLeaf {
    fn sum(&self) -> GapSum {
        let said = self.number.is_some();
        GapSum {
            goal: self.goal,
            bottom_up: self.number.unwrap_or(0),
            goal_of_said: if said { self.goal } else { 0 },
            people: u32::from(self.is_person),
            said: u32::from(self.is_person && said),
        }
    }
}

/// The sums of every row, in the order of the rows.
///
/// # Errors
/// A sum that does not fit.
pub fn gather(rows: &[GapRow]) -> Result<Vec<GapSum>> {
    let mut sums: Vec<GapSum> = rows
        .iter()
        .map(|row| row.own.map_or_else(GapSum::default, |own| own.sum()))
        .collect();
    // Children come after their parents: from the end each row is complete when it is added.
    for at in (0..rows.len()).rev() {
        let Some(parent) = rows[at].parent.filter(|parent| *parent < at) else {
            continue;
        };
        let own = sums[at];
        let added = sums[parent].add(&own);
        added.ok_or(CoreError::Overflow("sum of proposals"))?;
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn leaf() -> impl Strategy<Value = GapLeaf> {
        let amount = 0..1_000_000_000_i64;
        (amount.clone(), proptest::option::of(amount), any::<bool>()).prop_map(
            |(goal, number, is_person)| GapLeaf {
                goal,
                // Nobody speaks for a unit without people.
                number: number.filter(|_| is_person),
                is_person,
            },
        )
    }

    /// Random trees: each row below an earlier one; only rows without children carry something.
    fn trees() -> impl Strategy<Value = Vec<GapRow>> {
        proptest::collection::vec((any::<prop::sample::Index>(), leaf()), 1..60).prop_map(|rows| {
            let parents: Vec<Option<usize>> = rows
                .iter()
                .enumerate()
                .map(|(at, (parent, _))| (at > 0).then(|| parent.index(at)))
                .collect();
            rows.iter()
                .enumerate()
                .map(|(at, (_, own))| GapRow {
                    parent: parents[at],
                    own: (!parents.contains(&Some(at))).then_some(*own),
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn both_sides_and_the_missing_close_at_every_level(rows in trees()) {
            let sums = gather(&rows).unwrap();
            for (at, sum) in sums.iter().enumerate() {
                // All leaves below, found by walking up from each: another way than the engine's.
                let below = rows.iter().enumerate().filter(|(leaf, _)| {
                    let mut up = std::iter::successors(Some(*leaf), |one| rows[*one].parent);
                    up.any(|one| one == at)
                });
                let own: Vec<GapLeaf> = below.filter_map(|(_, row)| row.own).collect();
                let total = |of: fn(&GapLeaf) -> i64| own.iter().map(of).sum::<i64>();
                prop_assert_eq!(sum.goal, total(|one| one.goal));
                prop_assert_eq!(sum.bottom_up, total(|one| one.number.unwrap_or(0)));
                let missing = own.iter().filter(|one| one.is_person && one.number.is_none());
                prop_assert_eq!(sum.missing() as usize, missing.count());
                // Who says nothing keeps the goal in the expected sum, and adds nothing to the gap.
                let expected = total(|one| one.number.unwrap_or(one.goal));
                prop_assert_eq!(sum.expected().unwrap(), expected);
                prop_assert_eq!(sum.gap().unwrap(), expected - sum.goal);
            }
            for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.own.is_none()) {
                let children = || sums.iter().zip(&rows).filter(|(_, one)| one.parent == Some(at));
                let gaps: i64 = children().map(|(sum, _)| sum.gap().unwrap()).sum();
                prop_assert_eq!(sums[at].gap().unwrap(), gaps, "the gaps below {:?}", row);
                let missing: u32 = children().map(|(sum, _)| sum.missing()).sum();
                prop_assert_eq!(sums[at].missing(), missing);
            }
        }
    }

    #[test]
    fn a_sum_that_does_not_fit_is_refused() {
        let own = |goal| GapRow {
            parent: Some(0),
            own: Some(GapLeaf {
                goal,
                number: None,
                is_person: true,
            }),
        };
        let top = GapRow {
            parent: None,
            own: None,
        };
        assert!(gather(&[top, own(i64::MAX), own(1)]).is_err());
    }
}
