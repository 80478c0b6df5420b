// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which audit entries, newest first.
 */
export type ListAudit = { 
/**
 * Of this action; None: all.
 */
action: string | null, 
/**
 * By this person; None: by anybody.
 */
actor: string | null, 
/**
 * `next_cursor` of the page before.
 */
cursor: number | null, };
