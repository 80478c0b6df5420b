// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalPlanInfo } from "./GoalPlanInfo";
import type { GoalPlanState } from "./GoalPlanState";
import type { GoalVersionPublished } from "./GoalVersionPublished";

/**
 * A version of a year's goal.
 */
export type GoalVersion = { 
/**
 * The version.
 */
plan: GoalPlanInfo, 
/**
 * State.
 */
state: GoalPlanState, 
/**
 * When it was made.
 */
created_at: string, 
/**
 * When it was made public, and how many confirmed it; none: never.
 */
publication: GoalVersionPublished | null, };
