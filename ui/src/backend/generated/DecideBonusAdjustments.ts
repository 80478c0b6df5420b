// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusAdjustmentId } from "./BonusAdjustmentId";

/**
 * Decides on adjustments: all or none.
 */
export type DecideBonusAdjustments = { 
/**
 * Which.
 */
adjustments: Array<BonusAdjustmentId>, 
/**
 * `approved`, `refused`, `withdrawn`.
 */
decision: "approved" | "refused" | "withdrawn", 
/**
 * Why.
 */
reason?: string, };
