// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { RestoredKeys } from "./RestoredKeys";

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
deals: number, 
/**
 * What opens it from now on; None: it is not encrypted.
 */
keys: RestoredKeys | null, };
