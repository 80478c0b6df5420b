// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Takes what a source says of a field.
 */
export type TakeValue = { 
/**
 * Table of the record, as the history names it.
 */
entity: string, 
/**
 * The record.
 */
id: string, 
/**
 * Field, as the history names it.
 */
field: string, 
/**
 * The source.
 */
source: string, };
