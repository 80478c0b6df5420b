// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";
import type { UnitId } from "./UnitId";

/**
 * Sets a goal of a KPI, or takes one away.
 */
export type SetKpiGoal = { 
/**
 * Code of the KPI.
 */
metric: string, 
/**
 * Of which unit.
 */
unit?: UnitId, 
/**
 * Or of which person.
 */
person?: PersonId, 
/**
 * In which period: a year, half, quarter or month.
 */
period: string, 
/**
 * First day on which it is the goal; none: the first of the period.
 */
from?: string, 
/**
 * The goal: `35%`, `120000.50`, `8.5`; none: the one that begins on this day is taken away.
 */
value: string | null, };
