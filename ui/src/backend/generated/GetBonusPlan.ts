// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which plan, as it is in force today.
 */
export type GetBonusPlan = { 
/**
 * Its code; none: the plan of everybody who is assigned to none.
 */
plan?: string, 
/**
 * One of its versions instead.
 */
version?: number, };
