// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PlanAssignmentId } from "./PlanAssignmentId";

/**
 * Ends an assignment.
 */
export type EndPlanAssignment = { 
/**
 * Which.
 */
assignment: PlanAssignmentId, 
/**
 * The day after its last; none: it never held, and is removed.
 */
to?: string, 
/**
 * Only tell whose plan or target bonus would change.
 */
preview: boolean, };
