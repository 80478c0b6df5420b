// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Decisions on one file.
 */
export type FileDecision = { 
/**
 * Leave this file out.
 */
skip: boolean, 
/**
 * Kind instead of the proposed one.
 */
kind: string | null, 
/**
 * Encoding instead of the detected one.
 */
encoding: string | null, 
/**
 * Field -> header (None: leave the field empty).
 */
columns: { [key in string]: string | null }, 
/**
 * Field -> `day_first`, `month_first`, `year_first`.
 */
date_orders: { [key in string]: string }, 
/**
 * Source's stage -> stage code.
 */
stages: { [key in string]: string }, 
/**
 * Source's role or job title -> `sales`, `manager`, `by_deals`.
 */
roles: { [key in string]: string }, };
