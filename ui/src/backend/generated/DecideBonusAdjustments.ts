// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusAdjustmentId } from "./BonusAdjustmentId";
import type { Decision } from "./Decision";

/**
 * Decides on adjustments: all or none.
 */
export type DecideBonusAdjustments = { 
/**
 * Which.
 */
adjustments: Array<BonusAdjustmentId>, 
/**
 * Which way.
 */
decision: Decision, 
/**
 * Why.
 */
reason: string | null, };
