// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which run.
 */
export type GetBonusRun = { 
/**
 * A period.
 */
period: string, };
