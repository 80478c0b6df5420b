// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Keeps a plan as a new version.
 */
export type SavePlan = { 
/**
 * The document, JSON or TOML.
 */
plan: string, 
/**
 * The first day on which it holds, `0001-01-01` for all the time; none: the first plan of a store holds
 * all the time, others from the next period of their kind that nobody has approved.
 */
from?: string, 
/**
 * From then on it is the plan of everybody who is assigned to none; none: if its code is new.
 */
everybody?: boolean, };
