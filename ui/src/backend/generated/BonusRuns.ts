// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusRunInfo } from "./BonusRunInfo";

/**
 * Runs made so far.
 */
export type BonusRuns = { 
/**
 * Newest first.
 */
runs: Array<BonusRunInfo>, 
/**
 * Periods of the plan in force that have data or a goal, newest first.
 */
periods: Array<string>, };
