// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";
import type { GoalRoundId } from "./GoalRoundId";

/**
 * A window of a round's tree.
 */
export type GetGoalRound = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * Which round; none: the newest.
 */
round?: GoalRoundId, 
/**
 * Units whose parts are shown (the topmost always are); `*` alone: all.
 */
expanded: Array<string>, 
/**
 * Only people and units with this text in name or staff number, with those above them.
 */
search?: string, 
/**
 * Rows before the window.
 */
offset: number, 
/**
 * Rows of the window, at most 400.
 */
limit: number, };
