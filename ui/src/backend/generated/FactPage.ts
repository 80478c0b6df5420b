// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { FactColumn } from "./FactColumn";
import type { FactLine } from "./FactLine";

/**
 * A window of records, as people read them.
 */
export type FactPage = { 
/**
 * Code of the records' table, under which their history is asked for.
 */
entity: string, 
/**
 * The columns, in order.
 */
columns: Array<FactColumn>, 
/**
 * The records.
 */
rows: Array<FactLine>, 
/**
 * Currency of amounts.
 */
currency: string, 
/**
 * Continue after this; none at the end.
 */
next: string | null, 
/**
 * All of them.
 */
total: number, };
