// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What changed in the store, for refetching. One event a use case.
 */
export type Changed = { 
/**
 * Topics: `organisation`, `facts`, `goals`, `bonus`, `settings`, `batches`, `boards`, `audit`, `accounts`; with every
 * change `history`.
 */
topics: Array<string>, 
/**
 * `window` or `command_line`.
 */
source: string, };
