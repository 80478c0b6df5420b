// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What became of an adjustment; the newest counts.
 */
export type Decision = "approved" | "refused" | "withdrawn";
