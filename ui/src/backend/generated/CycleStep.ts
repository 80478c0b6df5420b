// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A step.
 */
export type CycleStep = { 
/**
 * What (term `bonus_step`).
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
 * Name of the unit or person that it is about.
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
