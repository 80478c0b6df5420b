// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";
import type { PersonId } from "./PersonId";

/**
 * Whose goal is asked for.
 */
export type GetGoalConfirmation = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * Whose; none: the own one.
 */
person?: PersonId, };
