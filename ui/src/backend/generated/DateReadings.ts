// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A value of a date column as each order reads it; None: no date in that order.
 */
export type DateReadings = { 
/**
 * As the file has it.
 */
value: string, 
/**
 * Day, month, year.
 */
day_first: string | null, 
/**
 * Month, day, year.
 */
month_first: string | null, 
/**
 * Year, month, day.
 */
year_first: string | null, };
