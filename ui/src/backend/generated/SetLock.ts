// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * When the window locks itself.
 */
export type SetLock = { 
/**
 * Idle minutes, 1 to 480; None: never.
 */
minutes: number | null, };
