// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Rows of a customer in a table.
 */
export type CustomerRows = { 
/**
 * Kind code (`opportunities`, `contacts`, ...).
 */
kind: string, 
/**
 * How many.
 */
count: number, };
