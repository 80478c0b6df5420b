// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalRoundId } from "./GoalRoundId";

/**
 * Opens a unit again that was handed in.
 */
export type SendGoalsBack = { 
/**
 * In which round.
 */
round: GoalRoundId, 
/**
 * Id of the unit.
 */
unit: string, 
/**
 * Why.
 */
reason: string, };
