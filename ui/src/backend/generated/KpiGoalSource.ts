// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Where a goal comes from.
 */
export type KpiGoalSource = "own" | "inherited" | "mean" | "sum" | "plan";
