//! Which lines and steps of a component are not the same.

use std::collections::HashMap;

use super::{LineChange, StepChange};
use crate::statement::{StatementLine, Step, StepKind};

/// Steps in the order of the calculation, the nth of a kind beside the nth of it; of what is paid fact by
/// fact those of the same fact.
pub(super) fn changed(before: &[Step], after: &[Step]) -> Vec<StepChange> {
    let mut order: Vec<(StepKind, Option<&str>)> = Vec::new();
    let mut beside: HashMap<_, [Vec<&Step>; 2]> = HashMap::new();
    for (side, steps) in [(1, after), (0, before)] {
        for step in steps {
            let key = (step.step, step.fact.as_deref());
            let both = beside.entry(key).or_insert_with(|| {
                order.push(key);
                [Vec::new(), Vec::new()]
            });
            both[side].push(step);
        }
    }
    let mut changed = Vec::new();
    for key in order {
        let Some([was, is]) = beside.remove(&key) else {
            continue;
        };
        for at in 0..was.len().max(is.len()) {
            let (before, after) = (was.get(at).copied(), is.get(at).copied());
            if before != after {
                changed.push(StepChange {
                    step: key.0,
                    before: before.cloned(),
                    after: after.cloned(),
                });
            }
        }
    }
    changed
}

/// Lines by what they are for, which is their code, tier and fact.
pub(super) fn lines(before: &[StatementLine], after: &[StatementLine]) -> Vec<LineChange> {
    let mut rest: Vec<&StatementLine> = before.iter().collect();
    let mut changed = Vec::new();
    for line in after {
        let same = rest.iter().position(|one| is_same(one, line));
        let before = same.map(|at| rest.remove(at));
        if before != Some(line) {
            changed.push(LineChange {
                before: before.cloned(),
                after: Some(line.clone()),
            });
        }
    }
    changed.extend(rest.into_iter().map(|line| LineChange {
        before: Some(line.clone()),
        after: None,
    }));
    changed
}

fn is_same(one: &StatementLine, other: &StatementLine) -> bool {
    one.label.code == other.label.code && one.tier == other.tier && one.fact == other.fact
}
