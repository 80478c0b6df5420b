// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalRoundId } from "./GoalRoundId";
import type { PersonId } from "./PersonId";

/**
 * Makes another number of somebody's, beside it.
 */
export type AdjustGoal = { 
/**
 * In which round.
 */
round: GoalRoundId, 
/**
 * Whose.
 */
person: PersonId, 
/**
 * Major units of the year; none: the person's own number again.
 */
amount: string | null, 
/**
 * Why; the person sees it.
 */
reason: string, };
