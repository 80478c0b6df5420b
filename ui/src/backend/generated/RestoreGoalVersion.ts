// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalPlanId } from "./GoalPlanId";

/**
 * Makes an older version the newest again, as a new version.
 */
export type RestoreGoalVersion = { 
/**
 * Which version.
 */
plan: GoalPlanId, };
