// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CycleAction } from "./CycleAction";
import type { PersonId } from "./PersonId";
import type { UnitId } from "./UnitId";

/**
 * A step to take.
 */
export type StepBonusCycle = { 
/**
 * A period of the plan.
 */
period: string, 
/**
 * Code of the plan; None: the plan in force.
 */
plan?: string, 
/**
 * Which.
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
 * Whose pay waits: people whose statements are blocked, and others with a reason.
 */
hold?: Array<PersonId>, 
/**
 * The day of payment; None: today.
 */
on?: string, 
/**
 * Why: sending back, asking to open again, refusing that, approving over teams that are missing,
 * pay that waits.
 */
reason?: string, };
