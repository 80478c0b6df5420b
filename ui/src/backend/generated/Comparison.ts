// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What a value is held against.
 */
export type Comparison = "goal" | "last_period" | "last_year";
