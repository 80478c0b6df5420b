// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchInfo } from "./BatchInfo";
import type { ChangeInfo } from "./ChangeInfo";
import type { Message } from "./Message";

/**
 * What was taken back.
 */
export type ChangeUndone = { 
/**
 * The change that was taken back (or done again).
 */
undone: ChangeInfo, 
/**
 * The new change that did it.
 */
by: string, 
/**
 * Later imports that were taken back with an import, newest first; the counts are theirs as well.
 */
later: Array<BatchInfo>, 
/**
 * Whether it was done again.
 */
redo: boolean, 
/**
 * Taking `by` back does it again. Not so for imports: they are imported again.
 */
can_redo: boolean, 
/**
 * New records that are gone.
 */
removed: number, 
/**
 * Records with their earlier values.
 */
restored: number, 
/**
 * Records left as they are, with the reason; the first ones.
 */
kept: Array<Message>, 
/**
 * How many were left as they are.
 */
kept_count: number, };
