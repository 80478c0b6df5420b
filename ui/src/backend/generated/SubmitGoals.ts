// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalRoundId } from "./GoalRoundId";

/**
 * Hands a unit in, with all below it.
 */
export type SubmitGoals = { 
/**
 * In which round.
 */
round: GoalRoundId, 
/**
 * Id of the unit.
 */
unit: string, 
/**
 * Words to it.
 */
note?: string, };
