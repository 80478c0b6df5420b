// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CycleAction } from "./CycleAction";
import type { PersonId } from "./PersonId";
import type { UnitId } from "./UnitId";

/**
 * Makes a step.
 */
export type StepBonusCycle = { 
/**
 * Of which period.
 */
period: string, 
/**
 * Code of a plan; None: the plan in force.
 */
plan?: string, 
/**
 * What.
 */
action: CycleAction, 
/**
 * The stamp that was seen.
 */
expected: string, 
/**
 * Whose numbers are approved.
 */
unit?: UnitId, 
/**
 * Handing in: blocked people whose pay waits.
 */
hold?: Array<PersonId>, 
/**
 * The day of payment.
 */
on?: string, 
/**
 * Why.
 */
reason?: string, };
