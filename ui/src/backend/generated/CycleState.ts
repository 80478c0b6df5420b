// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * How far the bonuses of a period are.
 */
export type CycleState = "open" | "in_review" | "approved" | "paid" | "closed";
