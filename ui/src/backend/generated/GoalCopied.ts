// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalDifference } from "./GoalDifference";
import type { GoalPlanInfo } from "./GoalPlanInfo";
import type { Message } from "./Message";

/**
 * What copying a plan comes to.
 */
export type GoalCopied = { 
/**
 * The version of the other year.
 */
plan: GoalPlanInfo, 
/**
 * The version that was copied.
 */
from: GoalPlanInfo, 
/**
 * The version that is in force in the other year until then; none: it has no goal.
 */
replaced: GoalPlanInfo | null, 
/**
 * Every unit and person: the year that was copied, and the other one. Units before their parts, then who
 * is in the other year no more.
 */
rows: Array<GoalDifference>, 
/**
 * Who left, moved or is new, and what to know.
 */
notes: Array<Message>, };
