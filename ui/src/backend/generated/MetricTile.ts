// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { MetricCell } from "./MetricCell";
import type { MetricInfo } from "./MetricInfo";

/**
 * A key figure.
 */
export type MetricTile = { 
/**
 * What it is.
 */
metric: MetricInfo, 
/**
 * Currency of a money value.
 */
currency: string | null, 
/**
 * Its value, beside the period before.
 */
cell: MetricCell, 
/**
 * Key of the period before.
 */
compared_with: string | null, 
/**
 * The goal of a won amount, exact.
 */
goal: string | null, 
/**
 * What is reached of it, an exact ratio.
 */
attainment: string | null, 
/**
 * Values of the last twelve months, oldest first; none is unknown.
 */
sparkline: Array<string | null>, };
