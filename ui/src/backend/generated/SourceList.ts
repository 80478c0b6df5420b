// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { SourceInfo } from "./SourceInfo";
import type { SourceOrder } from "./SourceOrder";

/**
 * The sources with their order.
 */
export type SourceList = { 
/**
 * All that imports named, and all that the order names.
 */
sources: Array<SourceInfo>, 
/**
 * The stated order.
 */
order: SourceOrder, 
/**
 * Records that stating it has changed; only in its answer.
 */
changed_records: number, };
