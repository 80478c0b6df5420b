// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchId } from "./BatchId";
import type { Message } from "./Message";

/**
 * What a source says of a field.
 */
export type ClaimedValue = { 
/**
 * Source.
 */
source: string, 
/**
 * Value.
 */
value: Message, 
/**
 * Since when it says so.
 */
at: string, 
/**
 * The import that brought it.
 */
batch: BatchId | null, 
/**
 * It is what stands.
 */
stands: boolean, };
