// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A backup that a person chose.
 */
export type PickedBackup = { 
/**
 * The file.
 */
file: string, 
/**
 * Whether it is encrypted.
 */
encrypted: boolean, 
/**
 * Whether its passphrase or recovery code has to be typed.
 */
needs_secret: boolean, 
/**
 * Whether it would make a store readable by anybody that is encrypted now.
 */
makes_plain: boolean, };
