// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonPlans } from "./PersonPlans";
import type { PlanAssignmentRow } from "./PlanAssignmentRow";

/**
 * Who is under which plan.
 */
export type PlanPeople = { 
/**
 * First day.
 */
from: string, 
/**
 * Day after the last.
 */
to: string, 
/**
 * Assignments, in the order of whom they are for: everybody, units, people.
 */
assignments: Array<PlanAssignmentRow>, 
/**
 * People in the order of their names.
 */
people: Array<PersonPlans>, };
