// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalEdit } from "./GoalEdit";
import type { GoalPlanId } from "./GoalPlanId";

/**
 * Changes of a plan: all of them, or none.
 */
export type EditGoal = { 
/**
 * Which version; it must be the newest.
 */
plan: GoalPlanId, 
/**
 * In this order.
 */
edits: Array<GoalEdit>, 
/**
 * What begins before this day stays.
 */
frozen_before?: string, 
/**
 * Why, for the history.
 */
reason?: string, 
/**
 * Only compute and show.
 */
preview: boolean, };
