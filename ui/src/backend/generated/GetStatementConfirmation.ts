// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";

/**
 * Whose statement is asked for.
 */
export type GetStatementConfirmation = { 
/**
 * A period.
 */
period: string, 
/**
 * Code of the plan; none: the only one by which they have a statement.
 */
plan?: string, 
/**
 * Whose; none: the own one.
 */
person?: PersonId, };
