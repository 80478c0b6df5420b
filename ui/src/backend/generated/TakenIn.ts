// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchId } from "./BatchId";
import type { ReturnPreview } from "./ReturnPreview";

/**
 * What was taken in.
 */
export type TakenIn = { 
/**
 * What the file held.
 */
preview: ReturnPreview, 
/**
 * The import; None where nothing was new.
 */
batch: BatchId | null, };
