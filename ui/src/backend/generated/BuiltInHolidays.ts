// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which built-in list of holidays counts, below the company's own days.
 */
export type BuiltInHolidays = "none" | "china";
