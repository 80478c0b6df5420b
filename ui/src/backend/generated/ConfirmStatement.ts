// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";

/**
 * Confirms a statement.
 */
export type ConfirmStatement = { 
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
person?: PersonId, 
/**
 * The hash of the statement that was looked at: another one is not confirmed by it.
 */
hash: string, 
/**
 * HR has it signed on paper; else its person confirms it here.
 */
on_paper: boolean, };
