// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalPlanId } from "./GoalPlanId";
import type { PersonId } from "./PersonId";

/**
 * Confirms a goal.
 */
export type ConfirmGoal = { 
/**
 * The version that was looked at; it must be in force.
 */
plan: GoalPlanId, 
/**
 * `hash` of the numbers that were looked at: others are not confirmed by it.
 */
hash: string, 
/**
 * None: the own goal. HR names somebody whose signed paper it has.
 */
person?: PersonId, };
