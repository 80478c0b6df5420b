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
 * Nothing wrong was found.
 */
ok: boolean, 
/**
 * Whether that can be known: of a damaged file nobody can say that all of it was read.
 */
known: boolean, 
/**
 * The first thing that is wrong.
 */
detail: string | null, };
