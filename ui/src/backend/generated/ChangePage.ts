// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ChangeInfo } from "./ChangeInfo";

/**
 * A page of changes.
 */
export type ChangePage = { 
/**
 * Newest first.
 */
rows: Array<ChangeInfo>, 
/**
 * For the next page; None at the end.
 */
next_cursor: number | null, 
/**
 * Changes in all pages.
 */
total: number, 
/**
 * Everybody who made a change, for the filter.
 */
authors: Array<string>, };
