// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A tier.
 */
export type TierSettings = { 
/**
 * Attainment from, percent as plain decimal (`80`).
 */
from_percent: string, 
/**
 * Attainment to; None: no end.
 */
to_percent: string | null, 
/**
 * Pays this percent of the target bonus.
 */
pays_percent: string, 
/**
 * `all` or `excess`.
 */
applies_to: string, };
