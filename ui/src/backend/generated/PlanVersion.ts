// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A version with its days.
 */
export type PlanVersion = { 
/**
 * Its number; 0 is the built-in plan that nobody has changed.
 */
version: number, 
/**
 * First day; none: from the first there is.
 */
from: string | null, 
/**
 * Day after the last; none: until another one starts.
 */
to: string | null, 
/**
 * When it was saved.
 */
saved_at: string | null, 
/**
 * Whether it holds today.
 */
today: boolean, 
/**
 * The plan as a document (TOML).
 */
document: string, };
