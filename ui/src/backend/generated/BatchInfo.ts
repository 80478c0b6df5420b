// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchId } from "./BatchId";

/**
 * An import that was made.
 */
export type BatchInfo = { 
/**
 * Id.
 */
id: BatchId, 
/**
 * Source.
 */
source: string, 
/**
 * File names.
 */
files: Array<string>, 
/**
 * When.
 */
at: string, 
/**
 * New rows.
 */
new_rows: number, 
/**
 * Changed rows.
 */
changed_rows: number, 
/**
 * Unchanged rows.
 */
unchanged_rows: number, 
/**
 * Rejected rows.
 */
rejected_rows: number, 
/**
 * Taken back at.
 */
undone_at: string | null, };
