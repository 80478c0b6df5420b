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
changed_records: number, 
/**
 * Sources that came into an order with others after they were imported from; only in the answer to stating
 * it. The records that they brought stay beside those of the others until they are imported again.
 */
apart: Array<string>, };
