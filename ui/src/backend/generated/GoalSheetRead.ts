// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalEdited } from "./GoalEdited";
import type { GoalMismatch } from "./GoalMismatch";
import type { Message } from "./Message";

/**
 * What reading a sheet came to.
 */
export type GoalSheetRead = { 
/**
 * What does not close, at most 200; then nothing has changed.
 */
mismatches: Array<GoalMismatch>, 
/**
 * How many in all.
 */
mismatch_count: number, 
/**
 * Rows that were read.
 */
people: number, 
/**
 * What changed; none: nothing differs.
 */
edited: GoalEdited | null, 
/**
 * Rows with only some months filled, line by line.
 */
notes: Array<Message>, };
