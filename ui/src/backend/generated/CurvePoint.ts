// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A point of the payout curve.
 */
export type CurvePoint = { 
/**
 * Attainment in percent, or amount in major units: plain decimal.
 */
x: string, 
/**
 * Payout in major units, plain decimal.
 */
payout: string, 
/**
 * Payout in percent of the target bonus, plain decimal.
 */
payout_percent: string, };
