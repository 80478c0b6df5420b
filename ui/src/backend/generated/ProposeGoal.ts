// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalRoundId } from "./GoalRoundId";
import type { PersonId } from "./PersonId";

/**
 * Proposes a number for a year's goal.
 */
export type ProposeGoal = { 
/**
 * In which round.
 */
round: GoalRoundId, 
/**
 * Whose goal; none: the own one. Only HR names somebody else.
 */
person?: PersonId, 
/**
 * Major units of the year.
 */
amount: string, 
/**
 * Why.
 */
note?: string, };
