// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A column of the file for payroll.
 */
export type PayrollColumn = { 
/**
 * What stands above it.
 */
header: string, 
/**
 * `staff_number`, `name`, `team`, `department`, `plan`, `plan_version`, `period`, `payout`, `currency`,
 * `component:CODE`, `limit`, `adjustments`, `target_bonus`, `attainment`, `hash`, or `text`.
 */
field: string, 
/**
 * What stands in every row, where the field is `text`.
 */
text?: string, };
