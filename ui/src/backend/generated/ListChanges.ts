// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which changes to list, newest first.
 */
export type ListChanges = { 
/**
 * Kinds (`import`, `set_goal`, ...); empty: all.
 */
kinds: Array<string>, 
/**
 * By this person; None: by anybody.
 */
author: string | null, 
/**
 * `next_cursor` of the page before.
 */
cursor: number | null, };
