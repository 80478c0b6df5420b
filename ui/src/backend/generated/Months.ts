// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What the months of a year are.
 */
export type Months = "calendar" | "4-4-5" | "4-5-4" | "5-4-4";
