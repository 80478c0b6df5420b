// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A part of the period.
 */
export type GoalStep = { 
/**
 * Period.
 */
period: string, 
/**
 * It in words.
 */
label: string, 
/**
 * Goal.
 */
goal: string, 
/**
 * What was reached in it by the day; none: it has not begun.
 */
actual: string | null, 
/**
 * Whether it is over by the day.
 */
over: boolean, };
