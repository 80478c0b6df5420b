// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";
import type { PlanAssignmentId } from "./PlanAssignmentId";
import type { UnitId } from "./UnitId";

/**
 * Puts people under a plan, or changes an assignment.
 */
export type AssignPlan = { 
/**
 * The one that is changed; none: a new one for each of whom.
 */
assignment?: PlanAssignmentId, 
/**
 * Code of the plan.
 */
plan: string, 
/**
 * Whom.
 */
people?: Array<PersonId>, 
/**
 * A unit with all below; none with no people: everybody.
 */
unit?: UnitId, 
/**
 * First day.
 */
from: string, 
/**
 * Day after the last; none: open.
 */
to?: string, 
/**
 * For one whole period of the plan, in major units; none: the person's record, or the plan's default.
 */
target_bonus?: string, 
/**
 * Only tell whose plan or target bonus would change.
 */
preview: boolean, };
