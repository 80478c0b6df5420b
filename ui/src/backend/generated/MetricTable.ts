// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Comparison } from "./Comparison";
import type { MetricCell } from "./MetricCell";
import type { MetricInfo } from "./MetricInfo";
import type { MetricRow } from "./MetricRow";

/**
 * A metric's values.
 */
export type MetricTable = { 
/**
 * What it is.
 */
metric: MetricInfo, 
/**
 * Currency of money values.
 */
currency: string | null, 
/**
 * What its values are held against: against a goal the change is the attainment.
 */
compare: Comparison | null, 
/**
 * By period, then largest first.
 */
rows: Array<MetricRow>, 
/**
 * Of the whole interval, from its own facts: never a sum or mean of the rows.
 */
total: MetricCell, };
