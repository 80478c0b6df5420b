// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { MetricDrill } from "./MetricDrill";

/**
 * What a mark of a chart opens.
 */
export type Mark = { 
/**
 * The records.
 */
drill: MetricDrill, 
/**
 * The measure whose records add up to the mark; none: it is the metric of them.
 */
measure: string | null, 
/**
 * Of a change: what it is taken from.
 */
less: MetricDrill | null, };
