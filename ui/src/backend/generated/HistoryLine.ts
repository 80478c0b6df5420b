// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ChangeInfo } from "./ChangeInfo";
import type { RecordLine } from "./RecordLine";

/**
 * An entry of a history.
 */
export type HistoryLine = { 
/**
 * The change.
 */
change: ChangeInfo, 
/**
 * What it did to the record.
 */
record: RecordLine, };
