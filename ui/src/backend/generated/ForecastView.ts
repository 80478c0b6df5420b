// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Chart } from "./Chart";
import type { ForecastPoint } from "./ForecastPoint";
import type { ForecastRow } from "./ForecastRow";
import type { MetricInfo } from "./MetricInfo";

/**
 * A forecast with what it was learned from.
 */
export type ForecastView = { 
/**
 * The metric.
 */
metric: MetricInfo, 
/**
 * Currency of amounts.
 */
currency: string | null, 
/**
 * Whose.
 */
unit_name: string, 
/**
 * Last day with a fact of the metric, not after today.
 */
data_up_to: string | null, 
/**
 * Periods that were learned from, oldest first.
 */
history: Array<ForecastPoint>, 
/**
 * The period under way, which was not.
 */
under_way: ForecastPoint | null, 
/**
 * Of the whole.
 */
total: ForecastRow, 
/**
 * Of its parts; their means sum to the whole where the metric adds up.
 */
rows: Array<ForecastRow>, 
/**
 * What is seen; none without a forecast.
 */
chart: Chart | null, };
