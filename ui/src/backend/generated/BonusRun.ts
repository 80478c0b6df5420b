// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusRunId } from "./BonusRunId";
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { StatementSummary } from "./StatementSummary";

/**
 * A run with its statements.
 */
export type BonusRun = { 
/**
 * Id; None for a preview.
 */
id: BonusRunId | null, 
/**
 * Period.
 */
period: string, 
/**
 * When it was calculated.
 */
at: string, 
/**
 * Version of the engine.
 */
engine_version: string, 
/**
 * SHA-256 of the complete input.
 */
inputs_hash: string, 
/**
 * Name of the plan, both languages.
 */
plan_name_zh: string, 
/**
 * Name of the plan.
 */
plan_name_en: string, 
/**
 * Statements in order of payout, then name.
 */
statements: Array<StatementSummary>, 
/**
 * Sum.
 */
total: Money, 
/**
 * What to know (no goal for the period, nobody has a target bonus, facts changed since, ...).
 */
notes: Array<Message>, };
