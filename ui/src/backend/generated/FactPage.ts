// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A window of records, as people read them.
 */
export type FactPage = { 
/**
 * Field codes of the columns.
 */
columns: Array<string>, 
/**
 * Cells by column; empty where there is nothing.
 */
rows: Array<Array<string>>, 
/**
 * Continue after this; none at the end.
 */
next: string | null, 
/**
 * All of them.
 */
total: number, };
