// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CustomerId } from "./CustomerId";

/**
 * A customer, and the one that it is or is no longer part of.
 */
export type MergeCustomers = { 
/**
 * The one that is given up, or comes back.
 */
customer: CustomerId, 
/**
 * The one that stays.
 */
into: CustomerId, };
