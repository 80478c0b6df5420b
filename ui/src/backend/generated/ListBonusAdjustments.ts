// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which adjustments.
 */
export type ListBonusAdjustments = { 
/**
 * In the statements of this period; None: of all.
 */
period?: string, };
