// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { KpiRow } from "./KpiRow";
import type { Metric } from "./Metric";

/**
 * Rows of a KPI table.
 */
export type KpiTable = { 
/**
 * Figure.
 */
metric: Metric, 
/**
 * Currency of money values.
 */
currency: string | null, 
/**
 * Rows; periods without any data are left out (unknown, not zero).
 */
rows: Array<KpiRow>, 
/**
 * Their sum.
 */
total: string, };
