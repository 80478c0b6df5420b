// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Drill } from "./Drill";
import type { Money } from "./Money";

/**
 * What was reached against a goal of the year.
 */
export type GoalActual = { 
/**
 * Stable id of the unit or person.
 */
unit: string, 
/**
 * What was reached in the year; a person's in whatever team.
 */
actual: Money, 
/**
 * Exact ratio, never clamped; None: goal zero or unknown.
 */
attainment: string | null, 
/**
 * What opens; None of what is no count or sum of deals.
 */
drill: Drill | null, };
