// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AuditLine } from "./AuditLine";

/**
 * A page of the audit log.
 */
export type AuditPage = { 
/**
 * Newest first.
 */
rows: Array<AuditLine>, 
/**
 * For the next page; None at the end.
 */
next_cursor: number | null, 
/**
 * Entries in all pages.
 */
total: number, 
/**
 * Head of the chain as it is printed on statements; None without entries.
 */
head: string | null, 
/**
 * Actions and people that occur, for the filter.
 */
actions: Array<string>, 
/**
 * See `actions`.
 */
actors: Array<string>, };
