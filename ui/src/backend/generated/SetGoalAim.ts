// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";

/**
 * Says which aim of the company a year's goal serves; empty: none.
 */
export type SetGoalAim = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * In at most 200 characters.
 */
aim: string, };
