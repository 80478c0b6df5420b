// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";

/**
 * The goal of one unit or person, change by change.
 */
export type ListGoalHistory = { 
/**
 * Figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * Key of the unit or person, as the goal tree has it.
 */
unit: string, };
