// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Makes a new recovery code.
 */
export type MakeRecoveryCode = { 
/**
 * The present passphrase or recovery code, if there is one.
 */
current: string | null, };
