// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ConfirmationState } from "./ConfirmationState";

/**
 * Confirmations of a period's statements.
 */
export type ListStatementConfirmations = { 
/**
 * A period.
 */
period: string, 
/**
 * Code of the plan; none: the one that was run for the period last.
 */
plan?: string, 
/**
 * Only these.
 */
state?: ConfirmationState, 
/**
 * Rows before the window.
 */
offset: number, 
/**
 * Rows of the window, at most 400.
 */
limit: number, };
