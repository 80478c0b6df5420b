// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A head that was noted earlier, to be looked for.
 */
export type CheckHead = { 
/**
 * As it was printed: `12-3f9a2c41b7d0`.
 */
head: string, };
