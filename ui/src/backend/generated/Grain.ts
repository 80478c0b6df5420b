// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Periods of a table.
 */
export type Grain = "week" | "month" | "quarter" | "year";
