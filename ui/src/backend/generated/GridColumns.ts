// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Down to which periods the columns go.
 */
export type GridColumns = "quarters" | "months" | "weeks";
