// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which year to show.
 */
export type GetCalendar = { 
/**
 * Its number in the calendar; None: the year of today.
 */
year: number | null, };
