// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A number before and after.
 */
export type GoalDifference = { 
/**
 * Id of the unit or person.
 */
unit: string, 
/**
 * Name.
 */
name: string, 
/**
 * Of a person who has one.
 */
staff_number?: string, 
/**
 * `company`, `department`, `team`, `person`.
 */
level: string, 
/**
 * Period.
 */
period: string, 
/**
 * Major units before; none: was not in the plan.
 */
before: string | null, 
/**
 * Major units after; none: is not in the plan any more.
 */
after: string | null, };
