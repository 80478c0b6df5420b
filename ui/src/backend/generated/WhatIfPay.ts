// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What a person would have got for a period.
 */
export type WhatIfPay = { 
/**
 * Period.
 */
period: string, 
/**
 * Payout, major units.
 */
payout: string, 
/**
 * Something of it cannot be known.
 */
blocked: boolean, };
