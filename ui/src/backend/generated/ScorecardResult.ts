// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { ScorecardOf } from "./ScorecardOf";

/**
 * Results by scorecards.
 */
export type ScorecardResult = { 
/**
 * The period.
 */
period: string, 
/**
 * It in words.
 */
period_label: string, 
/**
 * The unit or person; then, if asked for, the people by name.
 */
rows: Array<ScorecardOf>, 
/**
 * What to know.
 */
notes: Array<Message>, };
