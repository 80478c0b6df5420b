// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * How much of a number is locked.
 */
export type LockMark = "none" | "part" | "all" | "own";
