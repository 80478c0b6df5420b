// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What a month would have cost.
 */
export type WhatIfMonth = { 
/**
 * Month.
 */
month: string, 
/**
 * By plans, major units: of the periods that end in it.
 */
costs: Array<string>, 
/**
 * Sold, major units.
 */
sales: string, 
/**
 * An even share of the budget, in the months in which something is due; major units.
 */
budget: string | null, };
