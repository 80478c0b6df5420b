// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";

/**
 * Weeks of one unit or person in a month or quarter.
 */
export type GetGoalWeeks = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * Unit or person id.
 */
unit: string, };
