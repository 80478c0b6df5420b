// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchId } from "./BatchId";

/**
 * A window of rejected rows.
 */
export type ListRejected = { 
/**
 * Of which batch.
 */
batch: BatchId, 
/**
 * Continue after this many rows.
 */
offset: number, };
