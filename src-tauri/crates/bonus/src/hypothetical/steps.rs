//! Which lines and steps of a component are not the same.

use super::{LineChange, StepChange};
use crate::statement::{StatementLine, Step, StepKind};

/// Steps in the order of the calculation, the nth of a kind beside the nth of it.
pub(super) fn changed(before: &[Step], after: &[Step]) -> Vec<StepChange> {
    let mut kinds: Vec<StepKind> = Vec::new();
    for step in after.iter().chain(before) {
        if !kinds.contains(&step.step) {
            kinds.push(step.step);
        }
    }
    let of = |steps: &[Step], kind: StepKind| -> Vec<Step> {
        let same = steps.iter().filter(|step| step.step == kind);
        same.cloned().collect()
    };
    let mut changed = Vec::new();
    for kind in kinds {
        let (was, is) = (of(before, kind), of(after, kind));
        for at in 0..was.len().max(is.len()) {
            let (before, after) = (was.get(at), is.get(at));
            if before != after {
                changed.push(StepChange {
                    step: kind,
                    before: before.cloned(),
                    after: after.cloned(),
                });
            }
        }
    }
    changed
}

/// Lines by what they are for, which is their code and tier (a line of a deal: its words).
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
    let of_fact = |line: &StatementLine| line.label.params.get("fact").cloned();
    one.label.code == other.label.code && one.tier == other.tier && of_fact(one) == of_fact(other)
}
