// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A point of the payout curve.
 */
export type CurvePoint = { 
/**
 * Attainment in percent, plain decimal.
 */
attainment_percent: string, 
/**
 * Payout in percent of the target bonus, plain decimal.
 */
payout_percent: string, };
