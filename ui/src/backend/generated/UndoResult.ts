// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchInfo } from "./BatchInfo";
import type { Message } from "./Message";

/**
 * What undoing a batch did.
 */
export type UndoResult = { 
/**
 * Later imports that were taken back too, as their files are to be imported again, oldest first. The
 * counts are theirs as well.
 */
later: Array<BatchInfo>, 
/**
 * Rows removed.
 */
removed: number, 
/**
 * Rows set back to what they were.
 */
restored: number, 
/**
 * Rows kept because something later depends on them, with the reason; not all of very many.
 */
kept: Array<Message>, 
/**
 * Rows kept in all.
 */
kept_count: number, };
