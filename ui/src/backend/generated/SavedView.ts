// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountRole } from "./AccountRole";
import type { ViewQuestion } from "./ViewQuestion";

/**
 * A question that somebody kept.
 */
export type SavedView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The question.
 */
question: ViewQuestion, 
/**
 * The roles that it is shared with.
 */
roles: Array<AccountRole>, 
/**
 * Name of the account that made it; none: made without accounts.
 */
owner: string | null, 
/**
 * Whether whoever asks may change, share and remove it.
 */
can_edit: boolean, };
