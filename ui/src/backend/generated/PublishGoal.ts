// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalPlanId } from "./GoalPlanId";

/**
 * Makes the version in force public.
 */
export type PublishGoal = { 
/**
 * The version that was looked at; it must be in force.
 */
plan: GoalPlanId, };
