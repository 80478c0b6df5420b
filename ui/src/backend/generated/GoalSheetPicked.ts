// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalPlanId } from "./GoalPlanId";
import type { GoalSheetRead } from "./GoalSheetRead";

/**
 * A workbook that a dialog named, looked at.
 */
export type GoalSheetPicked = { 
/**
 * The version that it was held against.
 */
plan: GoalPlanId, 
/**
 * Name of the file.
 */
file: string, 
/**
 * What does not close, or what taking it in would move.
 */
read: GoalSheetRead, };
