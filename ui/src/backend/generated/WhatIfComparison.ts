// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A plan against the one in force.
 */
export type WhatIfComparison = { 
/**
 * Place of the plan.
 */
plan: number, 
/**
 * Difference of the totals, major units.
 */
difference: string, 
/**
 * People who get more.
 */
gain: number, 
/**
 * People who get less.
 */
lose: number, 
/**
 * People who get the same.
 */
same: number, 
/**
 * What the first get more, major units.
 */
gained: string, 
/**
 * What the second get less, below zero.
 */
lost: string, };
