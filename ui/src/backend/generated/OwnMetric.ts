// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BothWords } from "./BothWords";

/**
 * An own metric as it is written in the window.
 */
export type OwnMetric = { 
/**
 * The name in formulas and on the command line.
 */
code: string, 
/**
 * The formula over measures and other metrics.
 */
formula: string, 
/**
 * `money`, `count`, `ratio`, `number`, `days` or `score`.
 */
unit: string, 
/**
 * `higher`, `lower` or `neutral`: what is better.
 */
direction: string, 
/**
 * Digits after the point; of the per cent, for a share.
 */
decimals: number, 
/**
 * The day by which all its facts count; none: each measure's own.
 */
event_date: string | null, 
/**
 * Its name.
 */
name: BothWords, 
/**
 * What it says and what to know about it.
 */
definition: BothWords, 
/**
 * Where the formula is from.
 */
source: BothWords, };
