// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";
import type { UnitId } from "./UnitId";

/**
 * What was kept of a unit, and what came.
 */
export type GetKeptForecasts = { 
/**
 * Of this unit; none: the company, or the one unit that one leads.
 */
unit: UnitId | null, 
/**
 * Language of labels.
 */
language: Lang, };
