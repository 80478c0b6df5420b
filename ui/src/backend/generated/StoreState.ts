// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Whether there is a store and data in it.
 */
export type StoreState = "new" | "locked" | "empty" | "ready" | "signed_out" | "unavailable";
