// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalPlanId } from "./GoalPlanId";

/**
 * Says something on the goal of a unit or person.
 */
export type AddGoalComment = { 
/**
 * The version that was looked at; it must be in force.
 */
plan: GoalPlanId, 
/**
 * Id of the unit or person.
 */
unit: string, 
/**
 * What.
 */
words: string, };
