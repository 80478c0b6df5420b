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
 * The `next` of the window before.
 */
after: string | null, };
