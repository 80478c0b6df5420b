// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CustomerId } from "./CustomerId";

/**
 * Two customers, and whether they are known not to be the same.
 */
export type KeepApart = { 
/**
 * One.
 */
one: CustomerId, 
/**
 * The other.
 */
other: CustomerId, 
/**
 * They are not the same; false forgets it, and they are proposed again.
 */
apart: boolean, };
