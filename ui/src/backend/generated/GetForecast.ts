// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ForecastBy } from "./ForecastBy";
import type { Grain } from "./Grain";
import type { Lang } from "./Lang";
import type { UnitId } from "./UnitId";

/**
 * A metric's forecast.
 */
export type GetForecast = { 
/**
 * Code of the metric: an amount or a count.
 */
metric: string, 
/**
 * Weeks, months or quarters.
 */
grain: Grain, 
/**
 * Periods ahead; left out: a quarter's weeks, half a year's months, four quarters.
 */
horizon: number | null, 
/**
 * Of this unit and below; none: all that one sees.
 */
unit: UnitId | null, 
/**
 * Rows.
 */
by: ForecastBy | null, 
/**
 * Language of titles and labels.
 */
language: Lang, };
