// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which sources are believed before which.
 */
export type SourceOrder = { 
/**
 * Sources that speak of the same records, the most believed first. Others keep their records to
 * themselves.
 */
order: Array<string>, 
/**
 * By kind code, where another order holds; sources left out follow in the general order.
 */
kinds: { [key in string]: Array<string> }, };
