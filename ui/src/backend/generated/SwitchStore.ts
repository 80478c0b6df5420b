// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Opens another store of the list.
 */
export type SwitchStore = { 
/**
 * As the list has it.
 */
path: string, };
