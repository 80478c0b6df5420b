// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ClaimedValue } from "./ClaimedValue";
import type { Message } from "./Message";

/**
 * A field of a record on which sources disagree.
 */
export type Disagreement = { 
/**
 * Table of the record, as the history names it.
 */
entity: string, 
/**
 * Kind code.
 */
kind: string, 
/**
 * The record.
 */
id: string, 
/**
 * What people call it.
 */
name: Message, 
/**
 * Field, as the history names it.
 */
field: string, 
/**
 * What stands.
 */
value: Message, 
/**
 * Why it stands: `precedence`, `chosen` (by a person), `edited` (none of the sources says it).
 */
reason: string, 
/**
 * What each source says.
 */
values: Array<ClaimedValue>, };
