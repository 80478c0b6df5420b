// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { KeyringState } from "./KeyringState";

/**
 * What opens the store.
 */
export type KeyState = { 
/**
 * Whether the file is encrypted.
 */
encrypted: boolean, 
/**
 * The keyring.
 */
keyring: KeyringState, 
/**
 * When the passphrase was set; None: there is none.
 */
passphrase_since: string | null, 
/**
 * When the recovery code was made; None: there is none.
 */
recovery_since: string | null, };
