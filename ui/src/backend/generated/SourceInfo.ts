// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A source and what came from it.
 */
export type SourceInfo = { 
/**
 * Name.
 */
source: string, 
/**
 * Place in the stated order, 1 is believed first; None: it keeps its records to itself.
 */
place: number | null, 
/**
 * Imports that are not taken back.
 */
imports: number, 
/**
 * The latest of them.
 */
last_at: string | null, 
/**
 * Kind codes of what they held.
 */
kinds: Array<string>, 
/**
 * Fields on which it disagrees with another source.
 */
disagreements: number, };
