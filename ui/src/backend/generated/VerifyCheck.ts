// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * One check.
 */
export type VerifyCheck = { 
/**
 * `integrity`, `foreign_keys`, `rollups`, `audit_chain` ...
 */
name: string, 
/**
 * Outcome.
 */
ok: boolean, 
/**
 * The first thing that is wrong.
 */
detail: string | null, };
