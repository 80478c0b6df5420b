// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A statement on a curve.
 */
export type WhatIfPoint = { 
/**
 * Whose.
 */
name: string, 
/**
 * Which period.
 */
period: string, 
/**
 * As the curve's x.
 */
x: string, 
/**
 * On the curve's scale, major units.
 */
drawn: string, 
/**
 * What it is paid, major units.
 */
payout: string, };
