// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * A value that would be emptied.
 */
export type EmptiedValue = { 
/**
 * What people call the record.
 */
name: Message, 
/**
 * Field.
 */
field: string, 
/**
 * The value that the store has.
 */
value: Message, };
