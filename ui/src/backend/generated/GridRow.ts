// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { LockMark } from "./LockMark";

/**
 * A row.
 */
export type GridRow = { 
/**
 * Stable id of the unit or person.
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
 * 0 for the topmost.
 */
depth: number, 
/**
 * Unit above, if it is seen.
 */
parent: string | null, 
/**
 * Parts of this unit.
 */
children: number, 
/**
 * Whether its parts are shown.
 */
expanded: boolean, 
/**
 * Amounts in major units, one a column.
 */
amounts: Array<string>, 
/**
 * Locks, one a column.
 */
locks: Array<LockMark>, 
/**
 * Results of the year before by month, in major units (a sparkline); none without data.
 */
history: Array<string> | null, 
/**
 * Results of the year before, in major units, of its months that are over; none without data.
 */
last_year: string | null, 
/**
 * The last day of these, where the year before is not over.
 */
last_year_until?: string, 
/**
 * Goal of the same months over these, an exact fraction; none where they are zero or unknown.
 */
growth: string | null, };
