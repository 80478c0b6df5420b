// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { MeasureInfo } from "./MeasureInfo";
import type { MetricRecordRow } from "./MetricRecordRow";

/**
 * The records.
 */
export type MetricRecords = { 
/**
 * The measure.
 */
measure: MeasureInfo, 
/**
 * Its value: what all the rows add together, exact.
 */
value: string | null, 
/**
 * A window of the rows, latest first.
 */
rows: Array<MetricRecordRow>, 
/**
 * Continue here.
 */
next_cursor: string | null, };
