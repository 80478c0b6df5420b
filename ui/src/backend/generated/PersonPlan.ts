// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AssignedBy } from "./AssignedBy";
import type { Money } from "./Money";
import type { PlanAssignmentId } from "./PlanAssignmentId";

/**
 * Days under one plan.
 */
export type PersonPlan = { 
/**
 * Code of the plan.
 */
plan: string, 
/**
 * First day.
 */
from: string, 
/**
 * Day after the last.
 */
to: string, 
/**
 * Where the assignment tells one.
 */
target_bonus: Money | null, 
/**
 * Why.
 */
by: AssignedBy, 
/**
 * The assignment, if there is one.
 */
assignment: PlanAssignmentId | null, };
