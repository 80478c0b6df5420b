// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A half-open range of days, `[from, to)`.
 */
export type Days = { 
/**
 * First day.
 */
from: string, 
/**
 * Day after the last.
 */
to: string, };
