//! A goal between the company and its owner: words on it, publication, confirmation, the paper of both
//! (目标责任书). `GoalPlanState::Published` means only that a version is in force; that it was made public is
//! a fact of its own (docs/decisions/0024).

mod comments;
mod confirm;
mod figures;
mod letter;
mod publish;

pub(crate) use figures::is_document;
