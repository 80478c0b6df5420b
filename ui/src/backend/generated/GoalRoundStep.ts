// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalRoundRow } from "./GoalRoundRow";
import type { Message } from "./Message";

/**
 * A row of a round after a step, and what to know.
 */
export type GoalRoundStep = { 
/**
 * The row as it is now.
 */
row: GoalRoundRow, 
/**
 * What to know: people without a number.
 */
notes: Array<Message>, };
