// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { RecordRow } from "./RecordRow";
import type { StatementLineView } from "./StatementLineView";
import type { StatementSummary } from "./StatementSummary";
import type { TraceStep } from "./TraceStep";

/**
 * A statement opened down to its steps and deals.
 */
export type StatementView = { 
/**
 * The result.
 */
summary: StatementSummary, 
/**
 * Lines; their amounts sum to the payout.
 */
lines: Array<StatementLineView>, 
/**
 * The steps that made it, in order.
 */
steps: Array<TraceStep>, 
/**
 * The deals that count; their amounts sum to the actual.
 */
deals: Array<RecordRow>, 
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
