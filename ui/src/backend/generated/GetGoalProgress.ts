// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";
import type { Lang } from "./Lang";

/**
 * Whose goal, and when.
 */
export type GetGoalProgress = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * A year, quarter, month or week of the goal.
 */
period: string, 
/**
 * Id of a unit or person; none: one's own, or the topmost that one sees.
 */
unit?: string, 
/**
 * The last day whose results count; none: yesterday, or the last day with data.
 */
as_of?: string, 
/**
 * Language of labels.
 */
language: Lang, };
