// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Where a year made of weeks ends; the day of the week is the one before `week_start`.
 */
export type YearEnd = "last" | "nearest";
