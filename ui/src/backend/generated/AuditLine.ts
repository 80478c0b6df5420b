// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * An audit entry.
 */
export type AuditLine = { 
/**
 * Number.
 */
seq: number, 
/**
 * When.
 */
at: string, 
/**
 * Who.
 */
actor: string, 
/**
 * What (`bonus.run`, `export.report`, ...).
 */
action: string, 
/**
 * What, and to what, in words.
 */
what: Message, 
/**
 * Values worth keeping, in words.
 */
details: Array<Message>, 
/**
 * Number and beginning of the entry's hash, as it is printed.
 */
mark: string, };
