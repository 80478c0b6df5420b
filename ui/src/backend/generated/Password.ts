// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A password on its way: never printed, never sent back.
 */
export type Password = string;
