//! Nested groups of the entries of a margin: teams in departments in the company, months in quarters
//! in the year.

/// Levels of groups. What stands deeper counts only in the groups above it: work grows with each
/// level, and no company has as many.
pub(crate) const MAX_LEVELS: usize = 32;

/// A tree of groups over entries numbered from 0. Group 0 holds all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Groups {
    /// The group above each group, which is listed before it; group 0 has none.
    parents: Vec<Option<usize>>,
    /// Smallest group of each entry.
    of_entry: Vec<usize>,
}

impl Groups {
    /// One group of all entries.
    pub fn flat(entries: usize) -> Self {
        Self {
            parents: vec![None],
            of_entry: vec![0; entries],
        }
    }

    /// The groups of a tree whose leaves are the entries, from its nodes in an order in which each
    /// stands before what is below it. Entries are numbered in that order.
    ///
    /// A tree of a single node is a group with one entry.
    pub fn of_tree(
        order: impl ExactSizeIterator<Item = usize>,
        parent: impl Fn(usize) -> Option<usize>,
        is_leaf: impl Fn(usize) -> bool,
    ) -> Self {
        let (mut parents, mut of_entry) = (Vec::new(), Vec::new());
        // Smallest group of each node and its level.
        let mut places = vec![(0, 0); order.len()];
        for node in order {
            let above = parent(node).map(|above| places[above]);
            let leaf = is_leaf(node);
            places[node] = match above {
                Some((group, level)) if leaf || level + 1 == MAX_LEVELS => (group, level),
                _ => {
                    parents.push(above.map(|(group, _)| group));
                    (parents.len() - 1, above.map_or(0, |(_, level)| level + 1))
                }
            };
            if leaf {
                of_entry.push(places[node].0);
            }
        }
        Self { parents, of_entry }
    }

    /// Number of groups.
    pub fn count(&self) -> usize {
        self.parents.len()
    }

    /// Every group but group 0 with the group above it.
    pub fn nested(&self) -> impl Iterator<Item = (usize, usize)> {
        let parents = self.parents.iter().enumerate();
        parents.filter_map(|(group, parent)| Some((group, (*parent)?)))
    }

    /// Smallest group of an entry.
    pub fn of_entry(&self, entry: usize) -> usize {
        self.of_entry[entry]
    }

    /// A group and the groups around it, without group 0.
    pub fn upwards(&self, group: usize) -> impl Iterator<Item = usize> {
        let groups = std::iter::successors(Some(group), |group| self.parents[*group]);
        groups.take_while(|group| *group != 0)
    }

    /// The sum of each group's entries. The caller knows that the sum of all fits.
    pub fn sums(&self, entries: &[u64]) -> Vec<u64> {
        let mut sums = vec![0; self.count()];
        for (group, value) in self.of_entry.iter().zip(entries) {
            sums[*group] += value;
        }
        for (group, parent) in self.parents.iter().enumerate().rev() {
            if let Some(parent) = parent {
                sums[*parent] += sums[group];
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(parents: &[Option<usize>]) -> Groups {
        let is_leaf = |node: usize| !parents.contains(&Some(node));
        Groups::of_tree(0..parents.len(), |node| parents[node], is_leaf)
    }

    #[test]
    fn leaves_are_entries_and_the_rest_groups() {
        // 0 over 1, 2 and leaf 3; 1 over leaf 4; 2 over leaves 5 and 6.
        let tree = groups(&[None, Some(0), Some(0), Some(0), Some(1), Some(2), Some(2)]);
        assert_eq!(tree.count(), 3);
        assert_eq!(tree.nested().collect::<Vec<_>>(), [(1, 0), (2, 0)]);
        assert_eq!(tree.sums(&[1, 2, 4, 8]), [15, 2, 12]);
        assert_eq!(tree.upwards(tree.of_entry(0)).count(), 0);
        assert_eq!(tree.upwards(tree.of_entry(3)).collect::<Vec<_>>(), [2]);

        let lone = groups(&[None]);
        assert_eq!(lone, Groups::flat(1));
        assert_eq!(lone.sums(&[7]), [7]);
    }

    #[test]
    fn a_deep_tree_counts_in_the_levels_kept() {
        let chain: Vec<_> = (0..100_usize).map(|node| node.checked_sub(1)).collect();
        let tree = groups(&chain);
        assert_eq!(tree.count(), MAX_LEVELS);
        assert_eq!(tree.of_entry(0), MAX_LEVELS - 1);
        assert_eq!(tree.sums(&[5]), [5; MAX_LEVELS]);
    }
}
