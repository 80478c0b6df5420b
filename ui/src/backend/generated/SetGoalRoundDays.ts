// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalRoundId } from "./GoalRoundId";

/**
 * Gives a round other days.
 */
export type SetGoalRoundDays = { 
/**
 * Which round.
 */
round: GoalRoundId, 
/**
 * The last day for people.
 */
people_due: string, 
/**
 * The last day for managers.
 */
managers_due: string, };
