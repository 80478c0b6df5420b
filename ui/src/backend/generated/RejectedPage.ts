// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { RejectedLine } from "./RejectedLine";

/**
 * Rejected rows.
 */
export type RejectedPage = { 
/**
 * Rows.
 */
rows: Array<RejectedLine>, 
/**
 * All of them.
 */
total: number, 
/**
 * Where the next window continues.
 */
next: number | null, };
