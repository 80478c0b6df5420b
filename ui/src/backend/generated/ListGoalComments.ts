// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";

/**
 * Words on goals of a year.
 */
export type ListGoalComments = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * Id of a unit or person; none: all that are seen.
 */
unit?: string, };
