// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { MetricDrill } from "./MetricDrill";

/**
 * Records of one measure behind a value, a window at a time.
 */
export type ListMetricRecords = { 
/**
 * What is behind which value.
 */
drill: MetricDrill, 
/**
 * Of which measure of its formula.
 */
measure: string, 
/**
 * Continue after this row.
 */
cursor: string | null, };
