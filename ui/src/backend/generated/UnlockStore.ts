// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Opens an encrypted store, or ends the lock.
 */
export type UnlockStore = { 
/**
 * Passphrase or recovery code.
 */
secret: string, 
/**
 * Keep the key in this computer's keyring.
 */
remember: boolean, };
