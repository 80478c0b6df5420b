// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { EmptiedField } from "./EmptiedField";
import type { EmptiedValue } from "./EmptiedValue";

/**
 * Values that would be emptied: the store has one, and the row of the file has none.
 */
export type EmptiedValues = { 
/**
 * All of them.
 */
count: number, 
/**
 * By field, most first.
 */
fields: Array<EmptiedField>, 
/**
 * One of them.
 */
example: EmptiedValue | null, };
