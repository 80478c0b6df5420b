// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalPlanInfo } from "./GoalPlanInfo";
import type { GoalRoundInfo } from "./GoalRoundInfo";
import type { GoalRoundRow } from "./GoalRoundRow";

/**
 * A window of a round's tree: goals from above, numbers from below, gaps.
 */
export type GoalRoundView = { 
/**
 * The round; none: the year has none.
 */
round: GoalRoundInfo | null, 
/**
 * The goal that it is held against: the one in force; none: no goal is set.
 */
plan: GoalPlanInfo | null, 
/**
 * Currency of every amount.
 */
currency: string, 
/**
 * Whether who asks may open, change and close rounds and take numbers into the plan.
 */
can_run: boolean, 
/**
 * The window, parents before children.
 */
rows: Array<GoalRoundRow>, 
/**
 * Rows before the window.
 */
offset: number, 
/**
 * All rows that the question has.
 */
total: number, 
/**
 * The last day of the year before that growth is held against; none: all of it.
 */
last_year_until: string | null, };
