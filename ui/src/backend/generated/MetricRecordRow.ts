// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A record behind a value.
 */
export type MetricRecordRow = { 
/**
 * Table: `opportunity`, `receipt` ...
 */
entity: string, 
/**
 * Id.
 */
id: string, 
/**
 * Its source.
 */
source: string, 
/**
 * Identity in the source.
 */
external_id: string, 
/**
 * The day by which it counts.
 */
day: string | null, 
/**
 * Whose it is.
 */
person: string | null, 
/**
 * Customer.
 */
customer: string | null, 
/**
 * Product.
 */
product: string | null, 
/**
 * What it adds to the measure, exact.
 */
value: string, };
