// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CustomerName } from "./CustomerName";

/**
 * A customer that is part of another one.
 */
export type MergedPair = { 
/**
 * The one that was given up.
 */
customer: CustomerName, 
/**
 * The one that stayed.
 */
into: CustomerName, 
/**
 * Rows that were given.
 */
rows: number, };
