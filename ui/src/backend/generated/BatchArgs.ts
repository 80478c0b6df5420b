// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchId } from "./BatchId";

/**
 * Names a batch.
 */
export type BatchArgs = { 
/**
 * Which.
 */
batch: BatchId, };
