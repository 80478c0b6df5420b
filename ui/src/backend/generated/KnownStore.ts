// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A store that was open before.
 */
export type KnownStore = { 
/**
 * Its folder.
 */
path: string, 
/**
 * The folder's name.
 */
name: string, 
/**
 * It is the one that is shown.
 */
present: boolean, 
/**
 * A store is still there.
 */
exists: boolean, 
/**
 * When it was opened last; None for the present one.
 */
opened_at: string | null, };
