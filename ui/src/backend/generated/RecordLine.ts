// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { FieldLine } from "./FieldLine";
import type { Message } from "./Message";

/**
 * What a change did to a record.
 */
export type RecordLine = { 
/**
 * Table (`person`, `customer`, ...).
 */
entity: string, 
/**
 * Row.
 */
id: string, 
/**
 * What people call it.
 */
name: Message, 
/**
 * `created`, `changed`, `deleted`.
 */
fate: string, 
/**
 * The fields that were written.
 */
fields: Array<FieldLine>, };
