// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What merging did.
 */
export type MergedCustomers = { 
/**
 * Rows that have another customer now.
 */
rows: number, };
