// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A step that was made.
 */
export type CycleStep = { 
/**
 * Code of the step.
 */
kind: string, 
/**
 * Who.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * The unit or person that it is about.
 */
name: string | null, 
/**
 * The day of payment.
 */
on: string | null, 
/**
 * Why.
 */
reason: string | null, };
