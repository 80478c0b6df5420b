// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A record of a list.
 */
export type FactLine = { 
/**
 * Id.
 */
id: string, 
/**
 * The source that brought it; numbers are one of a kind only within it.
 */
source: string, 
/**
 * Cells by column; empty where there is nothing.
 */
cells: Array<string>, };
