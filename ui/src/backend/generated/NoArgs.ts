// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * For use cases that need nothing.
 */
export type NoArgs = Record<symbol, never>;
