// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which disagreements to list.
 */
export type ListDisagreements = { 
/**
 * Only records of this kind.
 */
kind: string | null, 
/**
 * Only where this source says something.
 */
source: string | null, 
/**
 * The `next` of the window before.
 */
after: string | null, };
