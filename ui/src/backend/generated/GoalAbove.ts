// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What happens to the sums above a changed number.
 */
export type GoalAbove = "grow" | "units" | "periods";
