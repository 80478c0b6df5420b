// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * State of a goal plan version.
 */
export type GoalPlanState = "draft" | "in_force" | "superseded";
