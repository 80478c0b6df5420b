// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CustomerValueRow } from "./CustomerValueRow";

/**
 * Customers by what they bought so far.
 */
export type CustomerValues = { 
/**
 * The day after the last that counts.
 */
before: string, 
/**
 * A window of them, largest first.
 */
rows: Array<CustomerValueRow>, 
/**
 * What continues after the last row; None: there are no more.
 */
next_cursor: string | null, };
