// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A sum of the sheet that is not what it sums.
 */
export type GoalMismatch = { 
/**
 * Line of the sheet.
 */
line: number, 
/**
 * Unit or person.
 */
name: string, 
/**
 * Period.
 */
period: string, 
/**
 * What stands there, in major units.
 */
written: string, 
/**
 * What its parts come to.
 */
sum: string, };
