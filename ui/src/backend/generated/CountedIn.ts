// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A line of the reconciliation.
 */
export type CountedIn = { 
/**
 * Kind code.
 */
kind: string, 
/**
 * Its `period`.
 */
period: string, };
