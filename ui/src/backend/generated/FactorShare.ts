// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalFactor } from "./GoalFactor";

/**
 * A factor's share.
 */
export type FactorShare = { 
/**
 * Which factor.
 */
factor: GoalFactor, 
/**
 * A decimal or fraction; all shares total 1.
 */
share: string, };
