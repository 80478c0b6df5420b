// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";
import type { PersonId } from "./PersonId";
import type { UnitId } from "./UnitId";

/**
 * Whose result by a scorecard.
 */
export type GetScorecardResult = { 
/**
 * A year, half, quarter or month.
 */
period: string, 
/**
 * Of which unit.
 */
unit?: UnitId, 
/**
 * Or of which person; neither: one's own, or the topmost unit that one sees.
 */
person?: PersonId, 
/**
 * Of a unit: the people who sell in it and below as well.
 */
people: boolean, 
/**
 * Language of labels.
 */
language: Lang, };
