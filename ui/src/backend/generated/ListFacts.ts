// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which records to list.
 */
export type ListFacts = { 
/**
 * Kind code.
 */
kind: string, 
/**
 * Only what this source brought and counts in `month`; both or none.
 */
source: string | null, 
/**
 * Month: `2026-03`.
 */
month: string | null, 
/**
 * The `next` of the window before.
 */
after: string | null, };
