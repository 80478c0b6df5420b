// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusAdjustmentId } from "./BonusAdjustmentId";

/**
 * A decision.
 */
export type DecideBonusAdjustments = { 
/**
 * On which; all or none.
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
