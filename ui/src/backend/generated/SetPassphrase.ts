// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Sets or changes the passphrase.
 */
export type SetPassphrase = { 
/**
 * The present passphrase or recovery code, if there is one.
 */
current: string | null, 
/**
 * The new one.
 */
new: string, };
