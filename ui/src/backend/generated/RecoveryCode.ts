// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A recovery code, shown this once.
 */
export type RecoveryCode = { 
/**
 * In groups, to be printed.
 */
code: string, };
