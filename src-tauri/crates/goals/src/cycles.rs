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
    pub tail: u32,
    /// Node that it enters.
    pub head: u32,
    /// Numerator of the fraction: from 0 to the denominator, which both are whole.
    pub part: u64,
}

/// An edge of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// Position of the edge.
    pub edge: u32,
    /// Whether it rises and falls with the edge that closed the cycle, or against it.
    pub along: bool,
    /// Node at its lower end, or [`NONE`] for the closing edge, which stands in no tree.
    below: u32,
}

/// No node. Nodes and edges are numbered in 32 bits: half the memory to walk through, and a network
/// with more of them would not fit into a computer.
const NONE: u32 = u32::MAX;

/// `size x by / one`: its whole part and the numerator of what is beyond. 64 bits are enough for most
/// and take a fraction of the time.
pub(crate) fn divide(size: u64, by: u64, one: u64) -> (u128, u64) {
    if let Some(product) = size.checked_mul(by) {
        return (u128::from(product / one), product % one);
    }
    let (product, one) = (u128::from(size) * u128::from(by), u128::from(one));
    let rest = u64::try_from(product % one);
    let rest = rest.unwrap_or_else(|_| unreachable!("below the denominator, a u64"));
    (product / one, rest)
}

/// Whether nodes and edges of a network can be numbered.
pub(crate) fn fits(nodes: usize, edges: usize) -> bool {
    u32::try_from(nodes.max(edges)).is_ok_and(|count| count < NONE)
}

/// Makes every edge whole, 0 or `one`, and keeps every node's balance. Whole edges stay.
///
/// Cycles are cancelled in the order of the edges that close them. `rises` chooses the direction of
/// each: it gets the cycle, the shift by which its closing edge can rise and the one by which it can
/// fall, and answers whether it shall rise. Nodes are numbered below `nodes`.
///
/// The caller owes the balance of every node; without it some edges stay between 0 and `one`. And it
/// owes that the network [`fits`].
pub(crate) fn make_whole(
    edges: &mut [Edge],
    nodes: usize,
    one: u64,
    mut rises: impl FnMut(&[Step], u64, u64) -> bool,
) {
    let is_whole = |edge: &Edge| edge.part == 0 || edge.part == one;
    let mut forest = Forest::new(nodes);
    for (at, number) in (0..edges.len()).zip(0_u32..) {
        if is_whole(&edges[at]) {
            continue;
        }
        if forest.find_cycle(edges, number) {
            forest.cancel(edges, one, &mut rises);
        }
        if !is_whole(&edges[at]) {
            // Its ends are in two trees: they were, or the shift cut the path between them.
            forest.link(&edges[at], number);
        }
    }
}

/// The node above a node, and the edge between.
#[derive(Debug, Clone, Copy)]
struct Above {
    node: u32,
    edge: u32,
}

const ROOT: Above = Above {
    node: NONE,
    edge: NONE,
};

/// Trees of edges that are not whole.
struct Forest {
    above: Vec<Above>,
    /// The walk that last came by: every search has two, one from each end.
    seen: Vec<u32>,
    walks: u32,
    cycle: Vec<Step>,
}

impl Forest {
    fn new(nodes: usize) -> Self {
        Self {
            above: vec![ROOT; nodes],
            seen: vec![0; nodes],
            walks: 0,
            cycle: Vec::new(),
        }
    }

    fn above(&self, node: u32) -> Option<Above> {
        let above = self.above[node as usize];
        (above.node != NONE).then_some(above)
    }

    /// Collects the cycle that an edge closes. False if it joins two trees.
    fn find_cycle(&mut self, edges: &[Edge], closing: u32) -> bool {
        let Edge { tail, head, .. } = edges[closing as usize];
        let Some(meeting) = self.meeting(tail, head) else {
            return false;
        };
        self.cycle.clear();
        self.cycle.push(Step {
            edge: closing,
            along: true,
            below: NONE,
        });
        // From the head the cycle goes up: along an edge that leaves its lower node.
        self.collect(head, meeting, |edge, node| {
            edges[edge as usize].tail == node
        });
        // To the tail it comes down: along an edge that enters its lower node.
        self.collect(tail, meeting, |edge, node| {
            edges[edge as usize].head == node
        });
        true
    }

    fn collect(&mut self, from: u32, to: u32, along: impl Fn(u32, u32) -> bool) {
        let mut node = from;
        while node != to {
            let Above { node: above, edge } = self.above[node as usize];
            self.cycle.push(Step {
                edge,
                along: along(edge, node),
                below: node,
            });
            node = above;
        }
    }

    /// The lowest node above both, or none if they are in two trees. Both paths are walked in turn:
    /// cycles are short, trees are high.
    fn meeting(&mut self, tail: u32, head: u32) -> Option<u32> {
        if self.walks > u32::MAX - 2 {
            self.seen.fill(0);
            self.walks = 0;
        }
        let walks = [self.walks + 1, self.walks + 2];
        self.walks += 2;
        let mut ends = [Some(tail), Some(head)];
        self.seen[tail as usize] = walks[0];
        if tail == head {
            return Some(tail);
        }
        self.seen[head as usize] = walks[1];
        while ends != [None, None] {
            for side in [0, 1] {
                let Some(node) = ends[side] else { continue };
                ends[side] = self.above(node).map(|above| above.node);
                if let Some(node) = ends[side] {
                    let seen = &mut self.seen[node as usize];
                    if *seen == walks[1 - side] {
                        return Some(node);
                    }
                    *seen = walks[side];
                }
            }
        }
        None
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
            let part = edges[step.edge as usize].part;
            let (room_up, room_down) = if step.along {
                (one - part, part)
            } else {
                (part, one - part)
            };
            up = up.min(room_up);
            down = down.min(room_down);
        }
        let rise = rises(&self.cycle, up, down);
        let shift = if rise { up } else { down };
        for step in &self.cycle {
            let part = &mut edges[step.edge as usize].part;
            if step.along == rise {
                *part += shift;
            } else {
                *part -= shift;
            }
            if (*part == 0 || *part == one) && step.below != NONE {
                self.above[step.below as usize] = ROOT;
            }
        }
    }

    /// Hangs one of two trees below the other, the one whose path to its root is shorter. Which one
    /// decides nothing but the time: cycles are the same however a tree is hung.
    fn link(&mut self, edge: &Edge, at: u32) {
        let (lower, upper) = if self.is_nearer_to_root(edge.tail, edge.head) {
            (edge.tail, edge.head)
        } else {
            (edge.head, edge.tail)
        };
        // Turns the path from the lower node to its root over.
        let mut node = lower;
        let mut above = Above {
            node: upper,
            edge: at,
        };
        loop {
            let old = std::mem::replace(&mut self.above[node as usize], above);
            if old.node == NONE {
                break;
            }
            above = Above {
                node,
                edge: old.edge,
            };
            node = old.node;
        }
    }

    /// Both are walked in turn until one is at its root.
    fn is_nearer_to_root(&self, mut one: u32, mut other: u32) -> bool {
        loop {
            let Some(above) = self.above(other) else {
                return false;
            };
            other = above.node;
            let Some(above) = self.above(one) else {
                return true;
            };
            one = above.node;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sources, two middles, two sinks; all ends balanced at a whole.
    fn square(parts: [u64; 4]) -> Vec<Edge> {
        let ends = [(0_u32, 2), (0, 3), (1, 2), (1, 3)];
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
