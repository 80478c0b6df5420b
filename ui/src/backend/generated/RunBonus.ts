// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Runs a period.
 */
export type RunBonus = { 
/**
 * A quarter.
 */
period: string, 
/**
 * Only compute and show; nothing is kept.
 */
preview: boolean, };
