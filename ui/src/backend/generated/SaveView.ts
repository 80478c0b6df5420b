// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountRole } from "./AccountRole";
import type { ViewQuestion } from "./ViewQuestion";

/**
 * Keeps a question.
 */
export type SaveView = { 
/**
 * The view that is replaced; none: a new one.
 */
id: string | null, 
/**
 * Its name.
 */
name: string, 
/**
 * The question.
 */
question: ViewQuestion, 
/**
 * Roles that see it besides its owner.
 */
roles: Array<AccountRole>, };
