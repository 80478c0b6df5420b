// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What the values of a series are to the reader.
 */
export type Role = "actual" | "goal" | "previous" | "forecast" | "lower" | "upper" | "cumulative" | "change";
