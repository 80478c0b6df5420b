// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * The potential of a market in the year.
 */
export type MarketPotential = { 
/**
 * Region of customers.
 */
region: string, 
/**
 * Their segment.
 */
segment: string, 
/**
 * Major units.
 */
amount: string, };
