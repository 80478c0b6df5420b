// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Statements in a tier.
 */
export type WhatIfTier = { 
/**
 * `tier`, `below`, `above`, `none` or `blocked`.
 */
place: string, 
/**
 * Of a tier, its number, counted from 1.
 */
number: number | null, 
/**
 * Where a tier starts, as the plan writes it.
 */
from: string | null, 
/**
 * Where it ends.
 */
to: string | null, 
/**
 * Statements.
 */
statements: number, 
/**
 * People, each once.
 */
people: number, 
/**
 * What they are paid, major units.
 */
amount: string, };
