// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalEdited } from "./GoalEdited";
import type { Message } from "./Message";

/**
 * What taking numbers over did.
 */
export type GoalsAdopted = { 
/**
 * The change of the plan.
 */
edited: GoalEdited, 
/**
 * People whose number was taken over and differs from their goal.
 */
people: number, 
/**
 * What to know: who has no number, which teams are not handed in.
 */
notes: Array<Message>, };
