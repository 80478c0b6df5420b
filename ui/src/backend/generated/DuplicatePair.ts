// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CustomerName } from "./CustomerName";

/**
 * Two customers that may be one.
 */
export type DuplicatePair = { 
/**
 * One.
 */
one: CustomerName, 
/**
 * The other.
 */
other: CustomerName, 
/**
 * Why: `same_name`, `same_sound`, `near_name`, `same_phone`.
 */
reasons: Array<string>, };
