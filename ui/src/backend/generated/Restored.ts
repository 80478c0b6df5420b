// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * What putting a value back does, or did.
 */
export type Restored = { 
/**
 * The record.
 */
name: Message, 
/**
 * The value that is there (was there) now.
 */
present: Message, 
/**
 * The value that is put back.
 */
value: Message, 
/**
 * The change; None for a preview, or where the value is there already.
 */
change: string | null, };
