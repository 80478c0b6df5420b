// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";
import type { SplitRule } from "./SplitRule";

/**
 * Splits the year's goal over the organisation and the calendar.
 */
export type SplitGoal = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * How.
 */
rule: SplitRule, 
/**
 * Only compute and show; nothing is kept.
 */
preview: boolean, };
