// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CurvePoint } from "./CurvePoint";
import type { WhatIfPoint } from "./WhatIfPoint";
import type { WhatIfTier } from "./WhatIfTier";

/**
 * A component over all periods.
 */
export type WhatIfComponent = { 
/**
 * Code.
 */
code: string, 
/**
 * Chinese name.
 */
name_zh: string, 
/**
 * English name.
 */
name_en: string, 
/**
 * `attainment` or `amount`: what x is.
 */
by: string, 
/**
 * Whether x is money, where it is an amount.
 */
money: boolean, 
/**
 * Statements by tiers; they sum to the plan's statements.
 */
tiers: Array<WhatIfTier>, 
/**
 * The curve it pays.
 */
curve: Array<CurvePoint>, 
/**
 * People on it, by statements; at most 1,000.
 */
points: Array<WhatIfPoint>, 
/**
 * All of them.
 */
point_count: number, 
/**
 * How payouts were made comparable with the curve: `target` (by target bonuses), `goal` (by goals) or
 * `none` (as they are).
 */
scaled_by: string, };
