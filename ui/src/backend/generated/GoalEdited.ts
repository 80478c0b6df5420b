// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalDifference } from "./GoalDifference";
import type { GoalPlanInfo } from "./GoalPlanInfo";
import type { Message } from "./Message";

/**
 * What changes did.
 */
export type GoalEdited = { 
/**
 * The version that has the changes.
 */
plan: GoalPlanInfo, 
/**
 * Cells that changed (person by week).
 */
changed: number, 
/**
 * The years of units and people that changed most, the largest change first; at most 200.
 */
moved: Array<GoalDifference>, 
/**
 * How many changed in all.
 */
moved_total: number, 
/**
 * What to know.
 */
notes: Array<Message>, };
