// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { HistoryLine } from "./HistoryLine";
import type { Message } from "./Message";

/**
 * A page of a record's history.
 */
export type HistoryPage = { 
/**
 * Table.
 */
entity: string, 
/**
 * What people call the record.
 */
name: Message, 
/**
 * It is there today.
 */
exists: boolean, 
/**
 * Newest first.
 */
rows: Array<HistoryLine>, 
/**
 * For the next page; None at the end.
 */
next_cursor: number | null, 
/**
 * Entries in all pages.
 */
total: number, };
