// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";

/**
 * Opens a round on the goal in force.
 */
export type OpenGoalRound = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * The last day for people.
 */
people_due: string, 
/**
 * The last day for managers.
 */
managers_due: string, };
