// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CustomerField } from "./CustomerField";
import type { CustomerName } from "./CustomerName";
import type { CustomerRows } from "./CustomerRows";

/**
 * What is known of a customer.
 */
export type CustomerCard = { 
/**
 * Who.
 */
customer: CustomerName, 
/**
 * Field codes and their values; only those that are filled.
 */
fields: Array<CustomerField>, 
/**
 * Names of its contacts; not all of very many.
 */
contacts: Array<string>, 
/**
 * How many rows of each table are its own.
 */
rows: Array<CustomerRows>, };
