// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A period of the year that is shown.
 */
export type CalendarPeriod = { 
/**
 * Its key.
 */
period: string, 
/**
 * Its kind.
 */
kind: string, 
/**
 * First day.
 */
start: string, 
/**
 * Day after the last.
 */
end: string, 
/**
 * Working days.
 */
working_days: number, };
