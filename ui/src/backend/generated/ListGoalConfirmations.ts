// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ConfirmationState } from "./ConfirmationState";
import type { GoalMetric } from "./GoalMetric";

/**
 * Confirmations of a year's goal.
 */
export type ListGoalConfirmations = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * Only these.
 */
state?: ConfirmationState, 
/**
 * Rows before the window.
 */
offset: number, 
/**
 * Rows of the window, at most 400.
 */
limit: number, };
