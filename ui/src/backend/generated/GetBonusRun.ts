// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which run.
 */
export type GetBonusRun = { 
/**
 * A period.
 */
period: string, 
/**
 * Code of the plan; none: that of everybody who is assigned to none.
 */
plan?: string, };
