// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";
import type { PlanAssignmentId } from "./PlanAssignmentId";
import type { UnitId } from "./UnitId";

/**
 * An assignment.
 */
export type PlanAssignmentRow = { 
/**
 * Its id.
 */
id: PlanAssignmentId, 
/**
 * Code of the plan.
 */
plan: string, 
/**
 * Whom; none: a unit or everybody.
 */
person: PersonId | null, 
/**
 * A unit with all below; none with no person: everybody.
 */
unit: UnitId | null, 
/**
 * Name of the person or unit.
 */
name: string | null, 
/**
 * For one whole period of the plan.
 */
target_bonus: Money | null, 
/**
 * First day; none: from the first there is.
 */
from: string | null, 
/**
 * Day after the last; none: open.
 */
to: string | null, };
