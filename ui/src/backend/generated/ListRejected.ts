// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchId } from "./BatchId";
import type { CountedIn } from "./CountedIn";

/**
 * A window of rejected rows.
 */
export type ListRejected = { 
/**
 * Of which batch.
 */
batch: BatchId, 
/**
 * Continue after this row: `next` of the page before.
 */
offset: number, 
/**
 * Only those that reconciliation counts there.
 */
counted: CountedIn | null, };
