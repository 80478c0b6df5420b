// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * One place on the category axis, one row of a ranking, one slice.
 */
export type Category = { 
/**
 * What the place stands for: a period key, an id, a type code. Opens the records behind it.
 */
key: string, 
/**
 * What is written beside it.
 */
label: string, };
