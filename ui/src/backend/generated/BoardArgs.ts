// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Names a board.
 */
export type BoardArgs = { 
/**
 * Its id.
 */
id: string, };
