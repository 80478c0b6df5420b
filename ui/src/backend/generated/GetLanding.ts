// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ForecastBy } from "./ForecastBy";
import type { Grain } from "./Grain";
import type { Lang } from "./Lang";
import type { UnitId } from "./UnitId";

/**
 * Where a period will land.
 */
export type GetLanding = { 
/**
 * Month, quarter or year.
 */
grain: Grain, 
/**
 * As it was known at the end of this day; none: today, or the last day with data.
 */
as_of: string | null, 
/**
 * Of this unit and below; none: all that one sees.
 */
unit: UnitId | null, 
/**
 * Rows.
 */
by: ForecastBy | null, 
/**
 * Language of labels.
 */
language: Lang, };
