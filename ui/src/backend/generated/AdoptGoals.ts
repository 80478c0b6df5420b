// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalAbove } from "./GoalAbove";
import type { GoalPlanId } from "./GoalPlanId";
import type { GoalRoundId } from "./GoalRoundId";

/**
 * Takes numbers of a round into the plan.
 */
export type AdoptGoals = { 
/**
 * Of which round.
 */
round: GoalRoundId, 
/**
 * The version that was looked at; it must be in force.
 */
plan: GoalPlanId, 
/**
 * Id of a unit or person; none: everybody.
 */
unit?: string, 
/**
 * `grow`: the sums above change with them; `units`: each team keeps its goal, whoever is not taken over
 * absorbs the difference.
 */
above: GoalAbove, 
/**
 * What begins before this day stays as it is.
 */
frozen_before?: string, 
/**
 * Why, for the history.
 */
reason?: string, 
/**
 * Only compute and show.
 */
preview: boolean, };
