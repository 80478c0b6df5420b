// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalActual } from "./GoalActual";
import type { GoalNode } from "./GoalNode";
import type { GoalPlanInfo } from "./GoalPlanInfo";
import type { Message } from "./Message";

/**
 * A goal with its decomposition.
 */
export type GoalTree = { 
/**
 * The plan in force; None: no goal is set for the year. One that is not split yet is in force
 * only while the year has no other.
 */
plan: GoalPlanInfo | null, 
/**
 * A newer goal that is set, but does not count before it is split.
 */
draft: GoalPlanInfo | null, 
/**
 * Units and people at year, quarter and month level (cut weeks by `get_goal_weeks` or `goal show`), parents first.
 */
nodes: Array<GoalNode>, 
/**
 * How it was made, and what to know (people without history get nothing, ...).
 */
notes: Array<Message>, 
/**
 * What was reached in the same year by unit and person, for attainment; none in a preview.
 */
actuals: Array<GoalActual>, };
