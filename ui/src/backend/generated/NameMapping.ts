// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Gives a kept mapping a name.
 */
export type NameMapping = { 
/**
 * Its name so far.
 */
name: string, 
/**
 * The name from now on. One that was remembered for headers stays besides.
 */
new_name: string, };
