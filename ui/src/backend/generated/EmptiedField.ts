// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * How many values of a field would be emptied.
 */
export type EmptiedField = { 
/**
 * Kind of the records.
 */
kind: string, 
/**
 * Field.
 */
field: string, 
/**
 * Values.
 */
count: number, };
