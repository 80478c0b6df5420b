// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchInfo } from "./BatchInfo";
import type { Message } from "./Message";

/**
 * A file that was met in a watched folder.
 */
export type WatchedFileInfo = { 
/**
 * Id.
 */
id: string, 
/**
 * Its folder.
 */
folder: string, 
/**
 * Name.
 */
name: string, 
/**
 * `taken`, `nothing` (all of it was known), `waiting` (for a decision), `failed`.
 */
state: string, 
/**
 * Why it waits or failed, what is doubtful of a taken one, or that its import was taken back.
 */
reason: Message | null, 
/**
 * When that was found.
 */
at: string, 
/**
 * The import.
 */
batch: BatchInfo | null, };
