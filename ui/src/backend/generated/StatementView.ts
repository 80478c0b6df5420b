// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AdjustmentView } from "./AdjustmentView";
import type { ComponentView } from "./ComponentView";
import type { StatementLineView } from "./StatementLineView";
import type { StatementSummary } from "./StatementSummary";

/**
 * A statement opened down to its steps and facts.
 */
export type StatementView = { 
/**
 * The result.
 */
summary: StatementSummary, 
/**
 * In the order of the plan; their amounts, the limit and the paid adjustments sum to the payout.
 */
components: Array<ComponentView>, 
/**
 * The line of the plan's own cap or floor.
 */
limit: StatementLineView | null, 
/**
 * Lines by hand.
 */
adjustments: Array<AdjustmentView>, 
/**
 * SHA-256 of the run's complete input.
 */
inputs_hash: string, 
/**
 * Engine version.
 */
engine_version: string, 
/**
 * Head of the audit log when the statement was shown, as `12-3f9a2c41b7d0`.
 */
audit_head: string | null, };
