// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What was restored.
 */
export type RestoredStore = { 
/**
 * Folder with what was there before; None: nothing was.
 */
kept: string | null, 
/**
 * When the restored store was changed last.
 */
last_change: string | null, 
/**
 * Opportunities in it.
 */
deals: number, };
