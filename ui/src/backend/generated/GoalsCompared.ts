// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalDifference } from "./GoalDifference";
import type { GoalPlanInfo } from "./GoalPlanInfo";

/**
 * What differs between two versions.
 */
export type GoalsCompared = { 
/**
 * The older version.
 */
before: GoalPlanInfo, 
/**
 * The newer version.
 */
after: GoalPlanInfo, 
/**
 * What differs, units before their parts, periods in order.
 */
rows: Array<GoalDifference>, };
