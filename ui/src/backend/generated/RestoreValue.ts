// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Puts an overwritten value back.
 */
export type RestoreValue = { 
/**
 * The change that overwrote it.
 */
change: string, 
/**
 * Table.
 */
entity: string, 
/**
 * Row.
 */
id: string, 
/**
 * Field.
 */
field: string, 
/**
 * Only say what is there now; nothing is kept.
 */
preview: boolean, };
