// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ChangeInfo } from "./ChangeInfo";
import type { RecordLine } from "./RecordLine";

/**
 * A change with its records.
 */
export type ChangeView = { 
/**
 * The change.
 */
change: ChangeInfo, 
/**
 * Its records, the first ones.
 */
records: Array<RecordLine>, 
/**
 * Records that are not listed.
 */
more: number, };
