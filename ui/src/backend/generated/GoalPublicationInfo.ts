// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalPlanId } from "./GoalPlanId";

/**
 * When a version was made public.
 */
export type GoalPublicationInfo = { 
/**
 * The version.
 */
plan: GoalPlanId, 
/**
 * Its number.
 */
version: number, 
/**
 * Who.
 */
author: string, 
/**
 * When.
 */
at: string, 
/**
 * Whether it still has the numbers that were made public.
 */
unchanged: boolean, };
