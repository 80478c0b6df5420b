// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Whether the system's keyring opens the store.
 */
export type KeyringState = "holds" | "empty" | "absent";
