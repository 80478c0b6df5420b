// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BothWords } from "./BothWords";

/**
 * A day by which facts belong to periods.
 */
export type EventDateInfo = { 
/**
 * The code in definitions.
 */
code: string, 
/**
 * What it is.
 */
words: BothWords, };
