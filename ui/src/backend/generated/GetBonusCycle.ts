// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which cycle.
 */
export type GetBonusCycle = { 
/**
 * A period.
 */
period: string, 
/**
 * Code of a plan; None: the plan in force.
 */
plan?: string, };
