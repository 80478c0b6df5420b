// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Whose history, newest first.
 */
export type ListHistory = { 
/**
 * Table (`person`, `customer`, ...).
 */
entity: string, 
/**
 * Row.
 */
id: string, 
/**
 * `next_cursor` of the page before.
 */
cursor: number | null, };
