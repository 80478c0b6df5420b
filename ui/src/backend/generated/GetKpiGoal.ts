// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";
import type { UnitId } from "./UnitId";

/**
 * Whose goal of a KPI, in which period.
 */
export type GetKpiGoal = { 
/**
 * Code of the KPI.
 */
metric: string, 
/**
 * Of which unit.
 */
unit?: UnitId, 
/**
 * Or of which person; neither: one's own, or the topmost unit that one sees.
 */
person?: PersonId, 
/**
 * In which period.
 */
period: string, };
