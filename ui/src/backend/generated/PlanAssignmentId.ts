// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Who is under a plan, and when.
 */
export type PlanAssignmentId = string;
