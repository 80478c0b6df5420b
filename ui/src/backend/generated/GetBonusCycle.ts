// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Of which cycle.
 */
export type GetBonusCycle = { 
/**
 * A period of the plan.
 */
period: string, 
/**
 * Code of the plan; None: the plan in force.
 */
plan?: string, };
