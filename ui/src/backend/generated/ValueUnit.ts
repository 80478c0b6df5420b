// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What the values of a chart or table column are.
 */
export type ValueUnit = { "kind": "money", 
/**
 * ISO 4217 code.
 */
currency: string, } | { "kind": "count" } | { "kind": "percent" };
