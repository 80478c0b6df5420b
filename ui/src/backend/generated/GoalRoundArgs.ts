// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalRoundId } from "./GoalRoundId";

/**
 * Which round.
 */
export type GoalRoundArgs = { 
/**
 * Which round.
 */
round: GoalRoundId, };
