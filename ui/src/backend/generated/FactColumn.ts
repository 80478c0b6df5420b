// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A column of a list of records.
 */
export type FactColumn = { 
/**
 * Field code.
 */
field: string, 
/**
 * What its cells hold: `text`, `date`, `amount`, `number`, `stage`, `choice`.
 */
holds: string, };
