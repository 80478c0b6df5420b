// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusRunId } from "./BonusRunId";

/**
 * A plan that pays in the period.
 */
export type PayrollPlan = { 
/**
 * Its code.
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
 * Its version.
 */
version: number, 
/**
 * The run.
 */
run: BonusRunId, 
/**
 * SHA-256 of the run's complete input.
 */
inputs_hash: string, 
/**
 * A second person approved that it is paid.
 */
approved: boolean, };
