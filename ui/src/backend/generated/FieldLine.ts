// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * One field that was written.
 */
export type FieldLine = { 
/**
 * Field (`name`, `amount`, ...).
 */
field: string, 
/**
 * Value before, in words.
 */
from: Message, 
/**
 * Value after, in words.
 */
to: Message, 
/**
 * The value before may be put back.
 */
can_restore: boolean, };
