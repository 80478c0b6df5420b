// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { ScorecardInfo } from "./ScorecardInfo";

/**
 * All scorecards.
 */
export type ScorecardList = { 
/**
 * Everybody's first, then by role; each by its first day.
 */
scorecards: Array<ScorecardInfo>, 
/**
 * What to know.
 */
notes: Array<Message>, };
