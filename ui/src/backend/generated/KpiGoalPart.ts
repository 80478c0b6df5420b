// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A part of a unit.
 */
export type KpiGoalPart = { 
/**
 * Id of the unit or person.
 */
whose: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its goal, exact.
 */
value: string, 
/**
 * In the KPI's digits.
 */
shown: string, 
/**
 * Whether it is the one of a unit above.
 */
inherited: boolean, 
/**
 * What it weighs, exact; none in a sum.
 */
weight: string | null, };
