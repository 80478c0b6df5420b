// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { KeptForecast } from "./KeptForecast";

/**
 * Forecasts that were kept, beside what came.
 */
export type KeptForecasts = { 
/**
 * The day of the latest ones.
 */
last_kept: string | null, 
/**
 * Currency.
 */
currency: string, 
/**
 * Periods that are over, latest first; at most 200.
 */
rows: Array<KeptForecast>, 
/**
 * Kept ones whose period is not over yet.
 */
waiting: number, 
/**
 * Of those that are over, how many intervals held what came.
 */
held: number, 
/**
 * Mean absolute error by what came, exact; none where nothing is over.
 */
mean_off: string | null, };
