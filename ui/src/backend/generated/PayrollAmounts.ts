// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * How amounts are written.
 */
export type PayrollAmounts = "decimal" | "minor";
