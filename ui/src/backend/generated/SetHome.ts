// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which board opens first.
 */
export type SetHome = { 
/**
 * Its id; none: the built-in one of one's role.
 */
id: string | null, };
