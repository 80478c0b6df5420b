// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What decides how much of a goal somebody carries.
 */
export type GoalFactor = "history" | "equal" | "pipeline" | "market" | "segment" | "own";
