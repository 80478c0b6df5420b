// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BothWords } from "./BothWords";

/**
 * A measure: a sum of facts.
 */
export type MeasureInfo = { 
/**
 * The name in formulas.
 */
code: string, 
/**
 * What it is.
 */
words: BothWords, 
/**
 * The day that puts a fact into a period.
 */
event_date: BothWords, };
