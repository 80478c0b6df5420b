// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CustomerName } from "./CustomerName";

/**
 * Two customers of which somebody said that they are not the same.
 */
export type ApartPair = { 
/**
 * One.
 */
one: CustomerName, 
/**
 * The other.
 */
other: CustomerName, };
