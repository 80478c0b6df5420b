// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which change.
 */
export type GetChange = { 
/**
 * Its id.
 */
change: string, };
