// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Makes a store where there is none.
 */
export type CreateStore = { 
/**
 * The passphrase.
 */
passphrase: string | null, 
/**
 * Without encryption; a person chose this after reading what it means.
 */
plain: boolean, };
