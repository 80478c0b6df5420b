// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Gives the store to another administrator.
 */
export type HandOver = { 
/**
 * The present passphrase or recovery code, if there is one.
 */
current: string | null, 
/**
 * The passphrase of the next one.
 */
new: string, };
