// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalPlanId } from "./GoalPlanId";

/**
 * Takes in the workbook that was looked at.
 */
export type ImportGoalSheet = { 
/**
 * The version that it was held against.
 */
plan: GoalPlanId, 
/**
 * What begins before this day stays as it is.
 */
frozen_before?: string, 
/**
 * Only compute and show.
 */
preview?: boolean, };
