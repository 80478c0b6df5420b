// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A field of a customer.
 */
export type CustomerField = { 
/**
 * Field code.
 */
field: string, 
/**
 * Value as text.
 */
value: string, };
