//! A flow of fractions made whole by cancelling cycles.
//!
//! At every node of the network the fractions that flow in and out differ by a whole number. So a
//! node with an edge that is not whole has a second one, and edges that are not whole always hold a
//! cycle. A shift around a cycle keeps every node's balance; the largest shift that leaves every
//! fraction within 0 and 1 makes at least one edge whole.
//!
//! Edges are taken one by one. An edge either joins two trees of edges that are not yet whole, or
//! closes a cycle, which is cancelled at once. In the end the trees would have leaves, nodes with a
//! single edge that is not whole: none is left.
//!
//! (Kang and Payor, "Flow rounding", 2015. Theirs finds paths by link-cut trees; here plain trees do,
//! because paths run through few levels.)

/// An edge with the fraction of one that flows along it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edge {
    /// Node that the flow leaves.
    pub tail: usize,
    /// Node that it enters.
    pub head: usize,
    /// Numerator of the fraction: from 0 to the denominator, which both are whole.
    pub part: u64,
}

/// An edge of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// Position of the edge.
    pub edge: usize,
    /// Whether it rises and falls with the edge that closed the cycle, or against it.
    pub along: bool,
    /// Node at its lower end, if it stands in a tree.
    below: Option<usize>,
}

/// Makes every edge whole, 0 or `one`, and keeps every node's balance. Whole edges stay.
///
/// Cycles are cancelled in the order of the edges that close them. `rises` chooses the direction of
/// each: it gets the cycle, the shift by which its closing edge can rise and the one by which it can
/// fall, and answers whether it shall rise. Nodes are numbered below `nodes`.
///
/// The caller owes the balance of every node; without it some edges stay between 0 and `one`.
pub(crate) fn make_whole(
    edges: &mut [Edge],
    nodes: usize,
    one: u64,
    mut rises: impl FnMut(&[Step], u64, u64) -> bool,
) {
    let is_whole = |edge: &Edge| edge.part == 0 || edge.part == one;
    let mut forest = Forest::new(nodes);
    for at in 0..edges.len() {
        if is_whole(&edges[at]) {
            continue;
        }
        if forest.find_cycle(edges, at) {
            forest.cancel(edges, one, &mut rises);
        }
        if !is_whole(&edges[at]) {
            // Its ends are in two trees: they were, or the shift cut the path between them.
            forest.link(&edges[at], at);
        }
    }
}

/// Trees of edges that are not whole.
struct Forest {
    /// The node above each node, and the edge between.
    above: Vec<Option<(usize, usize)>>,
    /// The search that last came by.
    seen: Vec<usize>,
    searches: usize,
    cycle: Vec<Step>,
}

impl Forest {
    fn new(nodes: usize) -> Self {
        Self {
            above: vec![None; nodes],
            seen: vec![0; nodes],
            searches: 0,
            cycle: Vec::new(),
        }
    }

    /// Collects the cycle that an edge closes. False if it joins two trees.
    fn find_cycle(&mut self, edges: &[Edge], closing: usize) -> bool {
        let Edge { tail, head, .. } = edges[closing];
        self.searches += 1;
        self.seen[tail] = self.searches;
        let mut node = tail;
        while let Some((above, _)) = self.above[node] {
            node = above;
            self.seen[node] = self.searches;
        }
        self.cycle.clear();
        self.cycle.push(Step {
            edge: closing,
            along: true,
            below: None,
        });
        node = head;
        while self.seen[node] != self.searches {
            let Some((above, edge)) = self.above[node] else {
                return false;
            };
            // The cycle goes up here: along an edge that leaves its lower node.
            let along = edges[edge].tail == node;
            self.cycle.push(Step {
                edge,
                along,
                below: Some(node),
            });
            node = above;
        }
        let meeting = node;
        node = tail;
        while let Some((above, edge)) = self.above[node].filter(|_| node != meeting) {
            // The cycle comes down here: along an edge that enters its lower node.
            let along = edges[edge].head == node;
            self.cycle.push(Step {
                edge,
                along,
                below: Some(node),
            });
            node = above;
        }
        true
    }

    /// Shifts around the cycle until an edge is whole, and takes whole edges out of the trees.
    fn cancel(
        &mut self,
        edges: &mut [Edge],
        one: u64,
        rises: &mut impl FnMut(&[Step], u64, u64) -> bool,
    ) {
        let (mut up, mut down) = (one, one);
        for step in &self.cycle {
            let part = edges[step.edge].part;
            let (room_up, room_down) = if step.along {
                (one - part, part)
            } else {
                (part, one - part)
            };
            up = up.min(room_up);
            down = down.min(room_down);
        }
        let rise = rises(&self.cycle, up, down);
        for step in &self.cycle {
            let part = &mut edges[step.edge].part;
            let shift = if rise { up } else { down };
            if step.along == rise {
                *part += shift;
            } else {
                *part -= shift;
            }
            if let Some(below) = step.below.filter(|_| *part == 0 || *part == one) {
                self.above[below] = None;
            }
        }
    }

    /// Hangs one of two trees below the other, the one whose path to its root is shorter.
    fn link(&mut self, edge: &Edge, at: usize) {
        let (lower, upper) = if self.depth(edge.tail) < self.depth(edge.head) {
            (edge.tail, edge.head)
        } else {
            (edge.head, edge.tail)
        };
        // Turns the path from the lower node to its root over.
        let (mut node, mut above) = (lower, (upper, at));
        while let Some((next, edge)) = self.above[node].replace(above) {
            above = (node, edge);
            node = next;
        }
    }

    fn depth(&self, node: usize) -> usize {
        std::iter::successors(self.above[node], |(above, _)| self.above[*above]).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sources, two middles, two sinks; all ends balanced at a whole.
    fn square(parts: [u64; 4]) -> Vec<Edge> {
        let ends = [(0, 2), (0, 3), (1, 2), (1, 3)];
        ends.into_iter()
            .zip(parts)
            .map(|((tail, head), part)| Edge { tail, head, part })
            .collect()
    }

    #[test]
    fn a_cycle_goes_the_way_that_is_chosen() {
        let check = |parts: [u64; 4], rise: bool, expected: [u64; 4]| {
            let mut edges = square(parts);
            make_whole(&mut edges, 4, 10, |cycle, up, down| {
                assert_eq!(cycle.len(), 4);
                assert_eq!((up, down), (10 - parts[3], parts[3]), "the shifts offered");
                rise
            });
            let parts: Vec<u64> = edges.iter().map(|edge| edge.part).collect();
            assert_eq!(parts, expected, "rise: {rise}");
        };
        check([3, 7, 7, 3], true, [10, 0, 0, 10]);
        check([3, 7, 7, 3], false, [0, 10, 10, 0]);
    }

    #[test]
    fn whole_edges_stay() {
        let mut edges = square([0, 10, 10, 0]);
        make_whole(&mut edges, 4, 10, |_, _, _| panic!("no cycle to cancel"));
        assert_eq!(edges, square([0, 10, 10, 0]));
    }
}
